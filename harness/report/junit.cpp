#include "harness/report/junit.hpp"

#include <fmt/format.h>

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

void add_rule(pugi::xml_node suite, const RuleResult& result, const RunFacts& run,
              const std::string& replay_file) {
  pugi::xml_node test = suite.append_child("testcase");
  set(test, "name", fmt::format("{}: {}", result.rule->id, result.rule->statement));
  set(test, "classname", fmt::format("{}.{}", result.rule->integration, group_of(result.rule->id)));
  if (result.verdict == Verdict::NotJudged) {
    set(test.append_child("skipped"), "message", result.reason);
  }
  if (result.violation) {
    pugi::xml_node failure = test.append_child("failure");
    set(failure, "message", reason_of(result));
    set(failure, "type", "violated");
    const std::string text = violation_report(result, run, replay_file, Style{});
    failure.append_child(pugi::node_pcdata).set_value(text.c_str());
  }
}

void count(pugi::xml_node node, const Tally& counts) {
  const int tests = counts.holds + counts.violated + counts.not_judged;
  set(node, "tests", std::to_string(tests));
  set(node, "failures", std::to_string(counts.violated));
  set(node, "errors", "0");
  set(node, "skipped", std::to_string(counts.not_judged));
}

}  // namespace

std::string junit_xml(const CampaignResult& result, const RunFacts& run,
                      const ReplayFileOf& replay_file) {
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
  count(suites, tally(result));
  set(suites, "time", fmt::format("{:.3f}", result.seconds));
  for (const std::string& integration : integrations) {
    const CampaignResult& part = by_integration.at(integration);
    pugi::xml_node suite = suites.append_child("testsuite");
    set(suite, "name", integration);
    count(suite, tally(part));
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
    for (const RuleResult& rule : part.rules) {
      add_rule(suite, rule, run, replay_file ? replay_file(rule) : "");
    }
  }
  std::ostringstream out;
  document.save(out, "  ");
  return out.str();
}

}  // namespace atrapa::harness::report
