#include "harness/run/bugs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace atrapa::harness {
namespace {

const SubjectKind& subject_of(const RuleSet& set, const RuleSet::PlantedBug& bug) {
  const std::string name = "core:" + bug.name;
  for (const auto& subject : set.subjects) {
    if (subject->name() == name) return *subject;
  }
  throw std::runtime_error(fmt::format("planted bug '{}' has no subject '{}'", bug.name, name));
}

std::vector<const Rule*> rules_of(const RuleSet& set, const RuleSet::PlantedBug& bug) {
  std::vector<const Rule*> rules;
  for (const std::string& id : bug.caught_by) {
    const auto rule = std::find_if(set.rules.begin(), set.rules.end(),
                                   [&](const Rule& one) { return one.id == id; });
    if (rule == set.rules.end()) {
      throw std::runtime_error(
          fmt::format("planted bug '{}' names rule '{}', which does not exist", bug.name, id));
    }
    rules.push_back(&*rule);
  }
  return rules;
}

std::vector<const RuleSet::PlantedBug*> chosen_bugs(const RuleSet& set,
                                                    const std::vector<std::string>& only) {
  std::vector<const RuleSet::PlantedBug*> chosen;
  for (const RuleSet::PlantedBug& bug : set.bugs) {
    if (only.empty() || std::find(only.begin(), only.end(), bug.name) != only.end()) {
      chosen.push_back(&bug);
    }
  }
  for (const std::string& name : only) {
    if (std::none_of(set.bugs.begin(), set.bugs.end(),
                     [&](const RuleSet::PlantedBug& bug) { return bug.name == name; })) {
      std::vector<std::string_view> names;
      for (const RuleSet::PlantedBug& bug : set.bugs) names.push_back(bug.name);
      throw std::runtime_error(
          fmt::format("there is no planted bug '{}'; there are: {}", name, fmt::join(names, ", ")));
    }
  }
  return chosen;
}

BugResult measure(const RuleSet& set, const RuleSet::PlantedBug& bug, CampaignOptions options) {
  options.subject = &subject_of(set, bug);
  options.stop_at_first = false;
  BugResult result{.bug = &bug, .catches = {}, .missed_by = {}, .not_judged_by = {}};
  for (RuleResult& one : run_campaign(rules_of(set, bug), options).rules) {
    switch (one.verdict) {
      case Verdict::Violated:
        result.catches.push_back(
            {.rule = one.rule, .cases = one.cases, .violation = *std::move(one.violation)});
        break;
      case Verdict::Holds: result.missed_by.push_back(one.rule->id); break;
      case Verdict::NotJudged:
        result.not_judged_by.push_back(fmt::format("{}: {}", one.rule->id, one.reason));
        break;
    }
  }
  return result;
}

}  // namespace

std::optional<int> BugResult::cases_to_catch() const {
  std::optional<int> fewest;
  for (const BugCatch& one : catches) fewest = std::min(fewest.value_or(one.cases), one.cases);
  return fewest;
}

std::optional<std::size_t> BugResult::smallest_records() const {
  std::optional<std::size_t> fewest;
  for (const BugCatch& one : catches) {
    fewest = std::min(fewest.value_or(one.violation.records), one.violation.records);
  }
  return fewest;
}

std::vector<BugResult> measure_bugs(const RuleSet& set, const CampaignOptions& options,
                                    const std::vector<std::string>& only,
                                    const std::function<void(const BugResult&)>& progress) {
  std::vector<BugResult> results;
  for (const RuleSet::PlantedBug* bug : chosen_bugs(set, only)) {
    results.push_back(measure(set, *bug, options));
    if (progress) progress(results.back());
  }
  return results;
}

}  // namespace atrapa::harness
