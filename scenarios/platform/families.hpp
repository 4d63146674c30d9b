#pragma once

#include <vector>

#include "harness/run/rule.hpp"
#include "scenarios/common/bug.hpp"

namespace atrapa::scenarios::platform {

std::vector<harness::Rule> shoper_traffic_rules();   ///< Limit, token, secrets, sizes of calls.
std::vector<harness::Rule> shoper_list_rules();      ///< Pages and what answers look like.
std::vector<harness::Rule> shoper_write_rules();     ///< What is written, once and to the end.
std::vector<harness::Rule> shoper_accident_rules();  ///< Answers that fail, break or get lost.

std::vector<Bug> shoper_bugs();

}  // namespace atrapa::scenarios::platform
