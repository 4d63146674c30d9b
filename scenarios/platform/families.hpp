#pragma once

#include <vector>

#include "harness/run/rule.hpp"
#include "scenarios/common/bug.hpp"

namespace atrapa::scenarios::platform {

std::vector<harness::Rule> shoper_traffic_rules();   ///< Limit, token, secrets, sizes of calls.
std::vector<harness::Rule> shoper_list_rules();      ///< Pages and what answers look like.
std::vector<harness::Rule> shoper_write_rules();     ///< What is written, once and to the end.
std::vector<harness::Rule> shoper_accident_rules();  ///< Answers that fail, break or get lost.

std::vector<harness::Rule> base_traffic_rules();   ///< Limit, token, form and size of calls.
std::vector<harness::Rule> base_list_rules();      ///< Pages and what answers look like.
std::vector<harness::Rule> base_write_rules();     ///< What is written, and what is left alone.
std::vector<harness::Rule> base_accident_rules();  ///< Answers that refuse, break or get lost.

std::vector<Bug> call_bugs_of_shoper();
std::vector<Bug> list_bugs_of_shoper();
std::vector<Bug> write_bugs_of_shoper();
std::vector<Bug> call_bugs_of_base();
std::vector<Bug> list_bugs_of_base();
std::vector<Bug> write_bugs_of_base();

}  // namespace atrapa::scenarios::platform
