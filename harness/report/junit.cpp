#include "harness/report/junit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>
#include <vector>

#include "harness/report/json_lines.hpp"
#include "harness/report/tally.hpp"

namespace atrapa::harness::report {

namespace {

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(printable(value).c_str());
}

/// Line by line: XML has no way to write most control characters, escaped or not.
void put_text(pugi::xml_node node, const std::string& text) {
  std::string shown;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    shown += printable(std::string_view(text).substr(begin, end - begin));
    if (end < text.size()) shown += '\n';
    begin = end + 1;
  }
  node.append_child(pugi::node_pcdata).set_value(shown.c_str());
}

void add_text(pugi::xml_node parent, const char* name, const std::string& text) {
  put_text(parent.append_child(name), text);
}

void add_violation(pugi::xml_node test, const RuleResult& result, const RunFacts& run,
                   const std::string& replay_file, const Policy& policy) {
  const std::string text = violation_report(result, run, replay_file, Style{});
  if (!fails(result, policy)) {
    set(test.append_child("skipped"), "message",
        fmt::format("{}: {}", standing_in_words(result, policy), reason_of(result)));
    add_text(test, "system-out", text);
    return;
  }
  pugi::xml_node failure = test.append_child("failure");
  set(failure, "message", reason_of(result));
  set(failure, "type", fmt::format("violated, level {}", to_string(result.rule->level)));
  put_text(failure, text);
}

void add_not_judged(pugi::xml_node test, const RuleResult& result) {
  if (result.declared_reason()) {
    set(test.append_child("skipped"), "message", *result.declared_reason());
    return;
  }
  pugi::xml_node error = test.append_child("error");
  set(error, "message", result.reason);
  set(error, "type", "unproven");
  const std::string text = fmt::format(
      "{}\nNothing was proven about this sentence, which is no pass: {}\nSource: {}\n",
      printable(result.rule->statement), printable(result.reason), source_line(*result.rule));
  put_text(error, text);
}

void add_rule(pugi::xml_node suite, const RuleResult& result, const RunFacts& run,
              const std::string& replay_file, const Policy& policy) {
  pugi::xml_node test = suite.append_child("testcase");
  set(test, "name", fmt::format("{}: {}", result.rule->id, result.rule->statement));
  set(test, "classname", fmt::format("{}.{}", result.rule->integration, group_of(result.rule->id)));
  // Rules share the threads of a run, so that no rule has a time of its own.
  set(test, "time", "0");
  switch (result.verdict) {
    case Verdict::NotJudged: add_not_judged(test, result); break;
    case Verdict::Violated: add_violation(test, result, run, replay_file, policy); break;
    case Verdict::Holds: {
      std::string text;
      if (!result.reason.empty()) text = printable(result.reason) + "\n";
      if (is_fixed(result, policy)) {
        text += fmt::format("Fixed: take it out of {}.\n", printable(policy.baseline_file));
      }
      if (!text.empty()) add_text(test, "system-out", text);
      break;
    }
  }
}

int tolerated(const Tally& counts) { return counts.known + counts.below_level; }

void count(pugi::xml_node node, const Tally& counts) {
  const int tests = counts.holds + counts.violated + counts.not_judged;
  set(node, "tests", std::to_string(tests));
  set(node, "failures", std::to_string(counts.violated - tolerated(counts)));
  set(node, "errors", std::to_string(counts.unproven));
}

/// Of a suite alone: Jenkins' schema of the format has no such attribute for all of them together.
void count_skipped(pugi::xml_node suite, const Tally& counts) {
  set(suite, "skipped", std::to_string(counts.not_judged - counts.unproven + tolerated(counts)));
}

}  // namespace

std::string junit_xml(const CampaignResult& result, const RunFacts& run,
                      const ReplayFileOf& replay_file, const Policy& policy) {
  std::vector<std::string> integrations;  // In the order of their first rules.
  std::map<std::string, CampaignResult> by_integration;
  for (const RuleResult& rule : result.rules) {
    const auto [suite, is_new] = by_integration.try_emplace(rule.rule->integration);
    if (is_new) integrations.push_back(rule.rule->integration);
    suite->second.rules.push_back(rule);
  }

  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node suites = document.append_child("testsuites");
  set(suites, "name", "atrapa check");
  count(suites, tally(result, policy));
  set(suites, "time", fmt::format("{:.3f}", result.seconds));
  for (const std::string& integration : integrations) {
    const CampaignResult& part = by_integration.at(integration);
    pugi::xml_node suite = suites.append_child("testsuite");
    set(suite, "name", integration);
    count(suite, tally(part, policy));
    count_skipped(suite, tally(part, policy));
    pugi::xml_node properties = suite.append_child("properties");
    const auto property = [&](const std::string& name, const std::string& value) {
      pugi::xml_node node = properties.append_child("property");
      set(node, "name", name);
      set(node, "value", value);
    };
    property("subject", run.subject);
    property("seed", std::to_string(run.seed));
    property("cases", std::to_string(run.cases));
    for (const auto& [name, value] : run.switches) property(name, value);
    if (policy.asked()) property("policy", policy_in_words(policy));
    for (const RuleResult& rule : part.rules) {
      add_rule(suite, rule, run, replay_file ? replay_file(rule) : "", policy);
    }
  }
  std::ostringstream out;
  document.save(out, "  ");
  return out.str();
}

}  // namespace atrapa::harness::report
