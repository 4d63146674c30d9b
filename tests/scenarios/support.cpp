#include "tests/scenarios/support.hpp"

#include <stdexcept>

#include "harness/run/switches.hpp"
#include "scenarios/all.hpp"

namespace atrapa::scenarios::tests {

std::vector<const harness::Rule*> judged_rules() {
  std::vector<const harness::Rule*> rules;
  for (const harness::Rule& rule : all_rules().rules) {
    if (!rule.not_judged) rules.push_back(&rule);
  }
  return rules;
}

const harness::Rule& rule(std::string_view id) {
  for (const harness::Rule& rule : all_rules().rules) {
    if (rule.id == id) return rule;
  }
  throw std::logic_error("no rule is called " + std::string(id));
}

const harness::SubjectKind& subject(std::string_view name) {
  for (const auto& kind : all_rules().subjects) {
    if (kind->name() == name) return *kind;
  }
  throw std::logic_error("no subject is called " + std::string(name));
}

harness::SwitchValues switches(const harness::SwitchValues& chosen) {
  return harness::resolve_switches(all_rules().switches, chosen);
}

std::vector<harness::SwitchValues> readings() {
  std::vector<harness::SwitchValues> all{switches()};
  for (const harness::Switch& one : all_rules().switches) {
    for (std::size_t i = 1; i < one.values.size(); ++i) {
      all.push_back(switches({{one.name, one.values[i]}}));
    }
  }
  return all;
}

std::string told(const harness::RuleResult& result) {
  std::string text =
      result.rule->id + ": " + std::string(to_string(result.verdict)) + " " + result.reason;
  if (!result.violation) return text;
  for (const harness::Finding& finding : result.violation->findings) {
    text += "\n  " + finding.what + "\n    expected: " + finding.expected +
            "\n    observed: " + finding.observed;
  }
  return text + "\n  smallest case: " + result.violation->input.dump(2);
}

}  // namespace atrapa::scenarios::tests
