#pragma once

#include <vector>

#include "harness/chaos/flow.hpp"
#include "harness/run/rule.hpp"
#include "scenarios/common/bug.hpp"

namespace atrapa::scenarios::platform {

/// The rules of both platforms, Shoper's first.
std::vector<harness::Rule> rules();
/// None: nothing here is open to readings.
std::vector<harness::Switch> switches();
/// Wrong cores, each with the rules that must catch it.
std::vector<Bug> bugs();

}  // namespace atrapa::scenarios::platform
