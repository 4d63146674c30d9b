#include "harness/report/tally.hpp"

namespace atrapa::harness::report {

Tally tally(const CampaignResult& result) {
  Tally tally;
  for (const RuleResult& rule : result.rules) {
    switch (rule.verdict) {
      case Verdict::Holds: ++tally.holds; break;
      case Verdict::Violated: ++tally.violated; break;
      case Verdict::NotJudged:
        ++tally.not_judged;
        if (!rule.rule->not_judged) ++tally.unproven;
        break;
    }
  }
  return tally;
}

int exit_code(const CampaignResult& result) {
  const Tally counts = tally(result);
  if (counts.violated > 0) return 1;
  return counts.unproven > 0 || counts.holds == 0 ? 2 : 0;
}

}  // namespace atrapa::harness::report
