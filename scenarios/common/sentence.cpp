#include "scenarios/common/sentence.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace atrapa::scenarios {

const Sentence& sentence(const Page& page, std::string_view id) {
  for (const Sentence& candidate : page.sentences) {
    if (candidate.id == id) return candidate;
  }
  throw std::logic_error("no documented sentence is called " + std::string(id));
}

harness::Rule rule_of(const Page& page, std::string_view id) {
  const Sentence& text = sentence(page, id);
  harness::Rule rule;
  rule.id = text.id;
  rule.integration = page.integration;
  rule.level = text.level;
  rule.provenance = text.provenance;
  rule.statement = text.says;
  rule.source = {.document = std::string(page.document), .section = std::string(text.section)};
  return rule;
}

harness::Rule not_judged(const Page& page, std::string_view id, std::string reason) {
  harness::Rule rule = rule_of(page, id);
  rule.not_judged = std::move(reason);
  return rule;
}

std::vector<harness::Rule> in_order(const Page& page, std::vector<harness::Rule> rules) {
  std::map<std::string, harness::Rule, std::less<>> by_id;
  for (harness::Rule& rule : rules) {
    const std::string id = rule.id;
    if (!by_id.emplace(id, std::move(rule)).second) {
      throw std::logic_error("two rules are called " + id);
    }
  }
  std::vector<harness::Rule> all;
  for (const Sentence& text : page.sentences) {
    const auto found = by_id.find(text.id);
    if (found == by_id.end()) {
      throw std::logic_error("nothing judges " + std::string(text.id) + ", and no reason is given");
    }
    all.push_back(std::move(found->second));
  }
  return all;
}

harness::Switch make_switch(std::string name, std::vector<std::string> values,
                            const std::vector<harness::Rule>& rules) {
  harness::Switch made{.name = std::move(name), .values = std::move(values), .rules = {}};
  for (const harness::Rule& rule : rules) {
    if (std::find(rule.switches.begin(), rule.switches.end(), made.name) != rule.switches.end()) {
      made.rules.push_back(rule.id);
    }
  }
  return made;
}

std::string_view value_of(const harness::SwitchValues& switches, std::string_view name) {
  const auto found = switches.find(name);
  if (found == switches.end()) {
    throw std::logic_error("switch " + std::string(name) + " has no value here");
  }
  return found->second;
}

}  // namespace atrapa::scenarios
