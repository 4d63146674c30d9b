#pragma once

#include <vector>

#include "harness/subject/instant.hpp"
#include "harness/world/world.hpp"

namespace atrapa::harness {

/// Reads a world from JSON that is sound as such. Whatever does not fit is added to `problems`, in
/// the order of the text; the world holds what did fit.
World read_form(const Json& json, std::vector<WorldProblem>& problems);

}  // namespace atrapa::harness
