#pragma once

#include "harness/run/rule.hpp"

namespace atrapa::scenarios {

/// Everything there is to judge by: rules, switches, chaos flows, the core and its planted bugs.
/// Made at the first call; the caller may come from any thread.
const harness::RuleSet& all_rules();

}  // namespace atrapa::scenarios
