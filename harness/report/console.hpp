#pragma once

#include <functional>
#include <string>

#include "harness/report/policy.hpp"
#include "harness/report/run_facts.hpp"
#include "harness/report/text.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// Where the replay file of a violated rule lies, or "" where none was written.
using ReplayFileOf = std::function<std::string(const RuleResult&)>;

/// The campaign as a person reads it: a heading, the rules in groups with a verdict each, every
/// violation in full but the known ones, the verdicts by page where there are several, a closing
/// summary.
std::string console_report(const CampaignResult& result, const RunFacts& run,
                           const ReplayFileOf& replay_file, const Style& style,
                           const Policy& policy = {});

/// One violated rule in full: the documented sentence with its source, what was expected and
/// observed, the smallest case, the exchanges as curl lines, the command that repeats it.
std::string violation_report(const RuleResult& result, const RunFacts& run,
                             const std::string& replay_file, const Style& style);

/// The last lines of console_report(): how many hold, are violated, are not judged, and how fast.
std::string summary_report(const CampaignResult& result, const RunFacts& run, const Style& style,
                           const Policy& policy = {});

}  // namespace atrapa::harness::report
