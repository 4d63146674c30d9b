#pragma once

#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// Verdicts counted. `unproven` are those of the not judged whose rule is judged as a matter of
/// course: it never ran, or an accident of ours stopped it.
struct Tally {
  int holds = 0;
  int violated = 0;
  int not_judged = 0;
  int unproven = 0;
};

Tally tally(const CampaignResult& result);

/// The exit code of a campaign: 1 where a rule is violated, 2 where one is unproven or none was
/// judged at all, else 0.
int exit_code(const CampaignResult& result);

}  // namespace atrapa::harness::report
