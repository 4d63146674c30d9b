#include "harness/run/campaign.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "harness/run/replay.hpp"
#include "tests/harness/toy.hpp"

namespace atrapa::harness {
namespace {

using toy::subject;

std::vector<const Rule*> pointers(const std::vector<Rule>& rules) {
  std::vector<const Rule*> all;
  for (const Rule& rule : rules) all.push_back(&rule);
  return all;
}

CampaignOptions options(const SubjectKind& kind) {
  return {.subject = &kind, .switches = {{"toy.colour", "red"}}, .seed = 7, .cases = 40};
}

/// Everything a report could show of it, as one text.
std::string in_full(const CampaignResult& result) {
  Json rules = Json::array();
  for (const RuleResult& one : result.rules) {
    Json json{{"rule", one.rule->id}, {"verdict", to_string(one.verdict)},
              {"cases", one.cases},   {"exchanges", one.exchanges},
              {"checks", one.checks}, {"reason", one.reason}};
    if (one.violation) {
      json["index"] = one.violation->case_index;
      json["input"] = one.violation->input;
      json["shrinks"] = one.violation->shrinks;
      for (const Finding& finding : one.violation->findings) {
        json["findings"] += Json{finding.what, finding.expected, finding.observed};
      }
      for (const auto& exchange : one.violation->exchanges) {
        json["exchanges_of_case"] += exchange_line(exchange);
      }
    }
    rules.push_back(std::move(json));
  }
  return Json{{"rules", rules}, {"cases", result.cases}, {"exchanges", result.exchanges}}.dump(1);
}

TEST_CASE("a rule that the subject keeps holds over all cases") {
  const auto kind = subject({});
  const Rule rule = toy::marks_all();
  const CampaignResult result = run_campaign({&rule}, options(*kind));

  REQUIRE(result.rules.size() == 1);
  CHECK(result.rules[0].verdict == Verdict::Holds);
  CHECK(result.rules[0].cases == 40);
  CHECK(result.rules[0].checks == 40);
  CHECK(result.cases == 40);
  CHECK_FALSE(result.rules[0].violation);
}

TEST_CASE("a violation is shrunk to the one record and the one value that matter") {
  const auto kind = subject({.name = "core:forgets-large", .forgets_large = true});
  const Rule rule = toy::marks_all();
  const CampaignResult result = run_campaign({&rule}, options(*kind));

  REQUIRE(result.rules[0].verdict == Verdict::Violated);
  const Violation& violation = *result.rules[0].violation;
  CHECK(violation.input == Json{{"values", {100}}});
  CHECK(violation.records == 1);
  CHECK(violation.shrinks > 0);
  REQUIRE(violation.findings.size() == 1);
  CHECK(violation.findings[0].what == "marks");
  CHECK(violation.findings[0].expected == R"(["100"])");
  CHECK(violation.findings[0].observed == "[]");
  CHECK(result.rules[0].cases == violation.case_index + 1);
}

TEST_CASE("shrinking stops at its limit and keeps a case that violates") {
  const auto kind = subject({.name = "core:forgets-large", .forgets_large = true});
  const Rule rule = toy::marks_all();
  CampaignOptions few = options(*kind);
  few.max_shrinks = 1;
  const CampaignResult result = run_campaign({&rule}, few);

  REQUIRE(result.rules[0].violation);
  CHECK(result.rules[0].violation->shrinks <= 1);
  const auto input = rule.read_case(result.rules[0].violation->input);
  CHECK(judge_case(rule, *input, few, 1).judgement.violated());
}

TEST_CASE("a rule that looked at nothing is unproven and not judged") {
  const auto kind = subject({});
  const Rule rule = toy::looks_at_nothing();
  const CampaignResult result = run_campaign({&rule}, options(*kind));

  CHECK(result.rules[0].verdict == Verdict::NotJudged);
  CHECK(result.rules[0].reason == "unproven");
  CHECK(result.rules[0].cases == 40);
}

TEST_CASE("a campaign without cases proves nothing") {
  const auto kind = subject({});
  const Rule rule = toy::marks_all();
  CampaignOptions none = options(*kind);
  none.cases = 0;
  const CampaignResult result = run_campaign({&rule}, none);

  CHECK(result.rules[0].verdict == Verdict::NotJudged);
  CHECK(result.rules[0].reason == "unproven");
}

TEST_CASE("an exception is an accident of ours and nobody's violation") {
  const auto kind = subject({});
  const Rule rule = toy::throws_always();
  const CampaignResult result = run_campaign({&rule}, options(*kind));

  CHECK(result.rules[0].verdict == Verdict::NotJudged);
  CHECK(result.rules[0].reason == "accident: the table has no legs");
  CHECK(result.rules[0].cases == 1);
}

TEST_CASE("a rule that is not judged keeps its own reason and gets no case") {
  const auto kind = subject({});
  const Rule rule = toy::declared_not_judged();
  const CampaignResult result = run_campaign({&rule}, options(*kind));

  CHECK(result.rules[0].verdict == Verdict::NotJudged);
  CHECK(result.rules[0].reason == "nothing of it can be seen from outside");
  CHECK(result.rules[0].cases == 0);
}

TEST_CASE("a subject that never ends its work violates the rule at hand") {
  const auto kind = subject({});
  const std::string command = GENERATE("spin", "doze");
  const Rule rule = toy::runs(command);
  CampaignOptions few = options(*kind);
  few.cases = 1;
  few.max_shrinks = 3;
  const CampaignResult result = run_campaign({&rule}, few);

  REQUIRE(result.rules[0].verdict == Verdict::Violated);
  CHECK(result.rules[0].violation->findings.at(0).what == "the connector ends its work");
}

TEST_CASE("a subject that never ends its work violates even where the oracle stumbles over it") {
  const auto kind = subject({});
  const Rule rule = toy::runs_and_stumbles("spin");
  CampaignOptions few = options(*kind);
  few.cases = 1;
  few.max_shrinks = 0;
  const CampaignResult result = run_campaign({&rule}, few);

  REQUIRE(result.rules[0].verdict == Verdict::Violated);
  CHECK(result.rules[0].violation->findings.at(0).what == "the connector ends its work");
}

TEST_CASE("the same seed gives the same result, another seed another") {
  const auto kind = subject({.name = "core:forgets-large", .forgets_large = true});
  const std::vector<Rule> rules{toy::marks_all(), toy::levels_arrive()};
  CampaignOptions chosen = options(*kind);
  const std::string first = in_full(run_campaign(pointers(rules), chosen));

  CHECK(in_full(run_campaign(pointers(rules), chosen)) == first);
  chosen.seed = 8;
  CHECK(in_full(run_campaign(pointers(rules), chosen)) != first);
}

TEST_CASE("the number of jobs changes nothing") {
  const auto kind = subject({.name = "core:forgets-large", .forgets_large = true});
  const std::vector<Rule> rules{toy::looks_at_nothing(), toy::marks_all(),
                                toy::throws_always(),    toy::levels_arrive(),
                                toy::runs("mark"),       toy::declared_not_judged()};
  CampaignOptions chosen = options(*kind);
  const bool stop_at_first = GENERATE(false, true);
  chosen.stop_at_first = stop_at_first;
  const auto run = [&](int jobs) {
    chosen.jobs = jobs;
    std::string progress;
    const CampaignResult result = run_campaign(
        pointers(rules), chosen, [&](const RuleResult& one) { progress += one.rule->id + " "; });
    return progress + in_full(result);
  };
  const std::string alone = run(1);

  CHECK(run(2) == alone);
  CHECK(run(5) == alone);
}

TEST_CASE("real sockets between connector and fake change nothing") {
  const auto kind = subject({.name = "core:forgets-large", .forgets_large = true});
  const std::vector<Rule> rules{toy::levels_arrive(), toy::marks_all(), toy::runs("levels")};
  CampaignOptions chosen = options(*kind);
  chosen.cases = 8;
  const std::string in_process = in_full(run_campaign(pointers(rules), chosen));
  chosen.wire = true;
  chosen.jobs = 2;

  CHECK(in_full(run_campaign(pointers(rules), chosen)) == in_process);
}

TEST_CASE("a rule is judged alike alone and among others") {
  const auto kind = subject({.name = "core:forgets-large", .forgets_large = true});
  const std::vector<Rule> rules{toy::levels_arrive(), toy::looks_at_nothing(), toy::marks_all()};
  const CampaignResult all = run_campaign(pointers(rules), options(*kind));

  for (std::size_t i = 0; i < rules.size(); ++i) {
    const CampaignResult alone = run_campaign({&rules[i]}, options(*kind));
    CHECK(in_full(alone) == in_full({.rules = {all.rules[i]},
                                     .cases = static_cast<std::uint64_t>(all.rules[i].cases),
                                     .exchanges = all.rules[i].exchanges}));
  }
}

TEST_CASE("a campaign that stops at the first violation ends with that rule") {
  const auto kind = subject({.name = "core:forgets-large", .forgets_large = true});
  const std::vector<Rule> rules{toy::runs("mark"), toy::marks_all(), toy::levels_arrive()};
  CampaignOptions chosen = options(*kind);
  chosen.stop_at_first = true;
  const CampaignResult result = run_campaign(pointers(rules), chosen);

  REQUIRE(result.rules.size() == 2);
  CHECK(result.rules[0].verdict == Verdict::Holds);
  CHECK(result.rules[1].verdict == Verdict::Violated);
}

TEST_CASE("cases differ by rule, by index and by campaign seed") {
  std::set<std::uint64_t> seeds;
  for (const char* rule : {"A-1", "A-2"}) {
    for (int index = 0; index < 50; ++index) {
      for (const std::uint64_t seed : {1u, 2u}) {
        seeds.insert(case_seed(seed, rule, index));
        seeds.insert(bench_seed(case_seed(seed, rule, index)));
      }
    }
  }
  CHECK(seeds.size() == 2 * 2 * 50 * 2);
}

TEST_CASE("sizes grow from 0 to 100 over a campaign") {
  CHECK(case_size(0, 200) == 0);
  CHECK(case_size(199, 200) == 100);
  for (int i = 1; i < 200; ++i) CHECK(case_size(i - 1, 200) <= case_size(i, 200));
  CHECK(case_size(0, 1) == 50);
}

}  // namespace
}  // namespace atrapa::harness
