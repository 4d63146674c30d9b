#pragma once

#include <string>
#include <vector>

#include "harness/report/text.hpp"
#include "harness/world/world.hpp"

namespace atrapa::harness::cli {

/// The world of a file, or the built-in one of that name ("demo", "empty") where there is no such
/// file. Throws Failure where there is neither, and for a text that is no world.
World load_world(const std::string& file_or_name);
/// Likewise, but only a world in which validate() finds nothing: what the fakes are to hold.
World load_sound_world(const std::string& file_or_name);

/// "shop.json: /shoper/0/resources/products/3/tax_id: there is no row 999 in 'taxes'"
std::string problem_line(const std::string& file, const WorldProblem& problem);
/// The first of them, and how to see the others.
std::string problem_summary(const std::string& file, const std::vector<WorldProblem>& problems);

/// What a world holds, for people: its accounts with credentials and rows, the ERP's products.
std::string world_contents(const World& world, const report::Style& style);

}  // namespace atrapa::harness::cli
