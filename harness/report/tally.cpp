#include "harness/report/tally.hpp"

#include <fmt/format.h>

#include "harness/report/text.hpp"

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
        if (!rule.declared_reason()) ++tally.unproven;
        break;
    }
  }
  return tally;
}

std::string headline(const Tally& counts) {
  const int failing = counts.violated - counts.known - counts.below_level;
  if (failing > 0) {
    return fmt::format("{} violated",
                       counted(static_cast<std::size_t>(failing), "documented sentence is",
                               "documented sentences are"));
  }
  if (counts.holds + counts.violated == 0) return "Nothing was judged";
  const std::string verdict = counts.violated > 0 ? "No new violation" : "Nothing is violated";
  if (counts.unproven > 0) return verdict + ", but not everything is proven";
  return counts.violated > 0 ? verdict : "Every judged sentence holds";
}

int exit_code(const CampaignResult& result, const Policy& policy) {
  const Tally counts = tally(result, policy);
  if (counts.violated > counts.known + counts.below_level) return 1;
  return counts.unproven > 0 || counts.holds + counts.violated == 0 ? 2 : 0;
}

}  // namespace atrapa::harness::report
