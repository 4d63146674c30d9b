#pragma once

#include <string>

#include "harness/report/text.hpp"
#include "harness/world/world.hpp"

namespace atrapa::harness::cli {

/// The world of a file, or the built-in one of that name ("demo", "empty") where there is no such
/// file. Throws Failure where there is neither, and what read_world() throws.
World load_world(const std::string& file_or_name);

/// What a world holds, for people: its accounts with credentials and rows, the ERP's products.
std::string world_contents(const World& world, const report::Style& style);

}  // namespace atrapa::harness::cli
