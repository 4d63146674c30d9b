#include "harness/report/policy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/report/text.hpp"

namespace atrapa::harness::report {

namespace {

bool is_known(const Violation& violation, const KnownFailure& known) {
  if (known.fails_by.empty()) return true;
  return std::all_of(
      violation.findings.begin(), violation.findings.end(), [&](const Finding& finding) {
        return std::any_of(known.fails_by.begin(), known.fails_by.end(),
                           [&](const auto& form) { return is_of_form(finding.what, form); });
      });
}

}  // namespace

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::Fails: return "fails";
    case Standing::FailsAnew: return "fails_anew";
    case Standing::Known: return "known";
    case Standing::BelowLevel: return "below_level";
  }
  return "unknown";
}

Standing standing_of(const RuleResult& violated, const Policy& policy) {
  const KnownFailure* known = policy.baseline.find(violated.rule->id);
  if (known != nullptr && is_known(violated.violation.value(), *known)) return Standing::Known;
  if (violated.rule->level > policy.fail_on) return Standing::BelowLevel;
  return known == nullptr ? Standing::Fails : Standing::FailsAnew;
}

bool fails(const RuleResult& result, const Policy& policy) {
  if (!result.violation) return false;
  const Standing standing = standing_of(result, policy);
  return standing == Standing::Fails || standing == Standing::FailsAnew;
}

std::string standing_in_words(const RuleResult& violated, const Policy& policy) {
  switch (standing_of(violated, policy)) {
    case Standing::Fails: return "";
    case Standing::FailsAnew:
      return fmt::format("a known failure ({}), but it fails by something else now",
                         printable(policy.baseline_file));
    case Standing::Known: {
      const std::string& note = policy.baseline.find(violated.rule->id)->note;
      return fmt::format("a known failure ({}{})", printable(policy.baseline_file),
                         note.empty() ? "" : ": " + printable(note));
    }
    case Standing::BelowLevel:
      return fmt::format("level {}, below --fail-on {}", to_string(violated.rule->level),
                         to_string(policy.fail_on));
  }
  return "";
}

bool is_fixed(const RuleResult& result, const Policy& policy) {
  return result.verdict == Verdict::Holds && policy.baseline.find(result.rule->id) != nullptr;
}

std::vector<std::string> fixed_rules(const CampaignResult& result, const Policy& policy) {
  std::vector<std::string> rules;
  for (const RuleResult& rule : result.rules) {
    if (is_fixed(rule, policy)) rules.push_back(rule.rule->id);
  }
  return rules;
}

std::string policy_in_words(const Policy& policy) {
  std::string words;
  if (policy.fail_on != Level::Info) words = fmt::format("fails on {}", to_string(policy.fail_on));
  if (policy.has_baseline) {
    words += fmt::format("{}known failures: {} ({})", words.empty() ? "" : "; ",
                         printable(policy.baseline_file), policy.baseline.known.size());
  }
  return words;
}

}  // namespace atrapa::harness::report
