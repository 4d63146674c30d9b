#pragma once

#include <string>

#include "harness/report/console.hpp"
#include "harness/report/policy.hpp"
#include "harness/report/run_facts.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// One line per rule, the last one a summary; the shape that other programs read:
///   {"rule","verdict":"holds"|"violated"|"not_judged","cases","reason","replay"}
///   {"summary":{"rules","holds","violated","not_judged","cases","exchanges","seconds","seed"}}
/// `reason` is "" where the rule holds; where it is violated, the first finding in words. `replay`
/// is the command that repeats a violation, else "".
/// With a policy that asks for something a violated rule has "standing", too: "fails",
/// "fails_anew", "known" or "below_level"; the summary says the "policy", counts "known"
/// and "below_level", and lists "fixed".
std::string json_lines(const CampaignResult& result, const RunFacts& run,
                       const ReplayFileOf& replay_file, const Policy& policy = {});

/// What went wrong in one line: the reason where not judged, the first finding where violated.
std::string reason_of(const RuleResult& result);

/// JSON on one line that no foreign byte can break.
std::string to_line(const Json& json);

}  // namespace atrapa::harness::report
