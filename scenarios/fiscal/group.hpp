#pragma once

#include <vector>

#include "harness/run/rule.hpp"
#include "scenarios/common/bug.hpp"

namespace atrapa::scenarios::fiscal {

/// Every sentence of the page, in its order: judged, or with the reason why not.
std::vector<harness::Rule> rules();
std::vector<harness::Switch> switches();
/// Wrong cores, each with the rules that must catch it.
std::vector<Bug> bugs();

}  // namespace atrapa::scenarios::fiscal
