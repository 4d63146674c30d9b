#pragma once

#include <vector>

#include "harness/chaos/flow.hpp"
#include "harness/run/rule.hpp"
#include "scenarios/common/bug.hpp"

namespace atrapa::scenarios::ebiuro {

/// Every sentence of the page, in its order: judged, or with the reason why not.
std::vector<harness::Rule> rules();
std::vector<harness::Switch> switches();
/// Wrong cores, each with the rules that must catch it.
std::vector<Bug> bugs();
/// What chaos drives through every accident.
std::vector<harness::ChaosFlow> flows();

}  // namespace atrapa::scenarios::ebiuro
