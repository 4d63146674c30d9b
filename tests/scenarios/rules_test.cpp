#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "harness/run/judge.hpp"
#include "harness/run/replay_input.hpp"
#include "scenarios/all.hpp"
#include "tests/scenarios/support.hpp"

using namespace atrapa;
using namespace atrapa::scenarios::tests;

namespace {

/// Does the rule read the switch whose value differs from the default in this reading?
bool concerned(const harness::Rule& rule, const harness::SwitchValues& reading) {
  const harness::SwitchValues defaults = switches();
  return std::any_of(rule.switches.begin(), rule.switches.end(), [&](const std::string& name) {
    return reading.at(name) != defaults.at(name);
  });
}

std::string name_of(const harness::SwitchValues& reading) {
  const harness::SwitchValues defaults = switches();
  for (const auto& [name, value] : reading) {
    if (value != defaults.at(name)) return name + "=" + value;
  }
  return "the defaults";
}

}  // namespace

TEST_CASE("Every sentence of the page is judged or says why not", "[rules]") {
  const auto& rules = scenarios::all_rules().rules;
  std::map<std::string, int> all, judged;
  for (const harness::Rule& rule : rules) {
    const std::string page = rule.id.substr(0, rule.id.find('-'));
    ++all[page];
    judged[page] += !rule.not_judged;
  }
  CHECK(all == std::map<std::string, int>{
                   {"SYSTIM", 55}, {"EBIURO", 49}, {"FIRMINO", 39}, {"PL", 14}, {"PLATFORM", 39}});
  CHECK(judged["PLATFORM"] == all["PLATFORM"]);
  CHECK(judged["SYSTIM"] >= 47);
  CHECK(judged["EBIURO"] + judged["FIRMINO"] + judged["PL"] >= 88);
  std::set<std::string> ids;
  for (const harness::Rule& rule : rules) {
    INFO(rule.id);
    CHECK(ids.insert(rule.id).second);
    CHECK_FALSE(rule.statement.empty());
    CHECK_FALSE(rule.source.section.empty());
    CHECK(rule.integration == (rule.id.starts_with("SYSTIM")            ? "systim-shoper"
                               : rule.id.starts_with("FIRMINO")         ? "firmino-base"
                               : rule.id.starts_with("PLATFORM-SHOPER") ? "shoper"
                               : rule.id.starts_with("PLATFORM-BASE")   ? "base"
                                                                        : "ebiuro-base"));
    if (rule.not_judged) {
      CHECK(rule.not_judged->size() > 20);
      CHECK_FALSE(rule.generate);
    } else {
      CHECK(rule.generate);
      CHECK(rule.read_case);
    }
  }
}

TEST_CASE("Every switch names rules, and every rule's switches exist", "[rules]") {
  std::set<std::string> names;
  for (const harness::Switch& one : scenarios::all_rules().switches) {
    INFO(one.name);
    names.insert(one.name);
    CHECK(one.values.size() >= 2);
    CHECK_FALSE(one.rules.empty());
  }
  CHECK(names.size() == 14 + 7 + 5 + 2);
  for (const harness::Rule* rule : judged_rules()) {
    for (const std::string& name : rule->switches) {
      INFO(rule->id << " reads " << name);
      CHECK(names.contains(name));
    }
  }
}

TEST_CASE("The core holds every judged rule under the defaults", "[rules][core]") {
  const auto result = harness::run_campaign(
      judged_rules(),
      {.subject = &subject("core"), .switches = switches(), .seed = 7, .cases = 30});
  for (const harness::RuleResult& one : result.rules) {
    INFO(told(one));
    CHECK(one.verdict == harness::Verdict::Holds);
  }
}

TEST_CASE("The core holds every rule that reads a switch under each of its values",
          "[rules][core]") {
  for (const harness::SwitchValues& reading : readings()) {
    std::vector<const harness::Rule*> rules;
    for (const harness::Rule* rule : judged_rules()) {
      if (concerned(*rule, reading)) rules.push_back(rule);
    }
    if (rules.empty()) continue;
    const auto result = harness::run_campaign(
        rules, {.subject = &subject("core"), .switches = reading, .seed = 11, .cases = 30});
    for (const harness::RuleResult& one : result.rules) {
      INFO(name_of(reading) << "\n" << told(one));
      CHECK(one.verdict == harness::Verdict::Holds);
    }
  }
}

TEST_CASE("A switch does not make another rule's case wrong", "[rules][core]") {
  for (const harness::SwitchValues& reading : readings()) {
    const auto result = harness::run_campaign(
        judged_rules(), {.subject = &subject("core"), .switches = reading, .seed = 13, .cases = 4});
    for (const harness::RuleResult& one : result.rules) {
      INFO(name_of(reading) << "\n" << told(one));
      CHECK(one.verdict == harness::Verdict::Holds);
    }
  }
}

TEST_CASE("Every case survives the way through JSON with the same judgement", "[rules][json]") {
  const harness::SwitchValues values = switches();
  for (const harness::Rule* rule : judged_rules()) {
    for (const int size : {0, 30, 100}) {
      const auto seed = harness::case_seed(3, rule->id, size);
      const auto made = harness::generate_case(*rule, seed, size, values);
      const auto read = rule->read_case(harness::Json::parse(made->to_json().dump()));
      INFO(rule->id << " at size " << size << ": " << made->to_json().dump());
      CHECK(read->to_json() == made->to_json());
      CHECK(read->size() == made->size());

      for (const std::string_view name : {"core", "core:pushes-deltas", "core:float-money"}) {
        const harness::CampaignOptions options{.subject = &subject(name), .switches = values};
        const auto first = harness::judge_case(*rule, *made, options, 5).judgement;
        const auto second = harness::judge_case(*rule, *read, options, 5).judgement;
        CHECK(first.checks() == second.checks());
        CHECK(first.findings().size() == second.findings().size());
      }
    }
  }
}

TEST_CASE("What a rule writes into a replay file is read back to the last member",
          "[rules][json]") {
  const harness::SwitchValues values = switches();
  for (const harness::Rule* rule : judged_rules()) {
    for (const int size : {0, 30, 100}) {
      const auto seed = harness::case_seed(29, rule->id, size);
      const auto made = harness::generate_case(*rule, seed, size, values)->to_json();
      INFO(rule->id << " at size " << size << ": " << made.dump());
      CHECK_NOTHROW(harness::read_input(*rule, made, values, ""));
    }
  }
}

TEST_CASE("What is planted between two runs survives the way through JSON", "[rules][json]") {
  const harness::SwitchValues values = switches();
  const harness::CampaignOptions options{.subject = &subject("core"), .switches = values};
  for (const harness::Rule* rule : judged_rules()) {
    for (int i = 0; i < 12; ++i) {
      const auto made =
          harness::generate_case(*rule, harness::case_seed(17, rule->id, i), 40, values);
      const auto read = rule->read_case(harness::Json::parse(made->to_json().dump()));
      INFO(rule->id << ": " << made->to_json().dump());
      CHECK_FALSE(harness::judge_case(*rule, *read, options, 5).judgement.violated());
    }
  }
}

TEST_CASE("A replay file that misspells how a pair must end is refused", "[rules][json]") {
  const harness::Json wrong = {{"pairs", {{{"planted", ""}, {"fate", "writen"}}}}};
  CHECK_THROWS_WITH(rule("SYSTIM-STOCK-02").read_case(wrong), Catch::Contains("writen"));
}
