#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/run/campaign.hpp"
#include "harness/run/rule.hpp"

namespace atrapa::scenarios::tests {

/// The judged rules of the whole set.
std::vector<const harness::Rule*> judged_rules();

const harness::Rule& rule(std::string_view id);
const harness::SubjectKind& subject(std::string_view name);

/// Every switch at its default but for the chosen ones.
harness::SwitchValues switches(const harness::SwitchValues& chosen = {});

/// The readings to try: the defaults, and for each other value of each switch that value alone.
std::vector<harness::SwitchValues> readings();

/// "holds", or the violation with its smallest case: what a failing test prints.
std::string told(const harness::RuleResult& result);

}  // namespace atrapa::scenarios::tests
