#pragma once

#include <string>

#include "harness/report/policy.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// Verdicts counted. `unproven` are those of the not judged whose rule is judged as a matter of
/// course: it never ran, or an accident of ours stopped it.
struct Tally {
  int holds = 0;
  int violated = 0;
  int not_judged = 0;
  int unproven = 0;
  int known = 0;        ///< Of the violated: the baseline has it.
  int below_level = 0;  ///< Of the violated: of a level that does not fail the run.
  int fixed = 0;        ///< Of those that hold: the baseline still has it.
};

Tally tally(const CampaignResult& result, const Policy& policy = {});

/// What came of a campaign, in one line: "2 documented sentences are violated".
std::string headline(const Tally& counts);

/// The exit code of a campaign: 1 where a violation fails it, 2 where a rule is unproven or none
/// was judged at all, else 0.
int exit_code(const CampaignResult& result, const Policy& policy = {});

}  // namespace atrapa::harness::report
