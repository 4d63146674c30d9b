#include "harness/report/tally.hpp"

namespace atrapa::harness::report {

Tally tally(const CampaignResult& result, const Policy& policy) {
  Tally tally;
  for (const RuleResult& rule : result.rules) {
    switch (rule.verdict) {
      case Verdict::Holds:
        ++tally.holds;
        if (is_fixed(rule, policy)) ++tally.fixed;
        break;
      case Verdict::Violated:
        ++tally.violated;
        switch (standing_of(rule, policy)) {
          case Standing::Fails:
          case Standing::FailsAnew: break;
          case Standing::Known: ++tally.known; break;
          case Standing::BelowLevel: ++tally.below_level; break;
        }
        break;
      case Verdict::NotJudged:
        ++tally.not_judged;
        if (!rule.rule->not_judged) ++tally.unproven;
        break;
    }
  }
  return tally;
}

int exit_code(const CampaignResult& result, const Policy& policy) {
  const Tally counts = tally(result, policy);
  if (counts.violated > counts.known + counts.below_level) return 1;
  return counts.unproven > 0 || counts.holds + counts.violated == 0 ? 2 : 0;
}

}  // namespace atrapa::harness::report
