#include <catch2/catch.hpp>
#include <sstream>

#include "harness/report/console.hpp"
#include "harness/report/json_lines.hpp"
#include "harness/report/junit.hpp"
#include "harness/report/tally.hpp"
#include "tests/harness/report_campaign.hpp"

using namespace atrapa::harness;
using namespace atrapa::harness::report;

namespace {

Policy knowing(std::vector<KnownFailure> known) {
  Policy policy;
  policy.has_baseline = true;
  policy.baseline.known = std::move(known);
  policy.baseline_file = "known.json";
  return policy;
}

Baseline parsed(const std::string& text) { return parse_baseline(text, "known.json"); }

}  // namespace

TEST_CASE("A known failure does not fail the run, and a rule that fails otherwise does",
          "[report][baseline]") {
  ReportedCampaign campaign;  // Violated: "stock of 'KUB-1 '".
  const RuleResult& violated = campaign.violated();
  for (const std::vector<std::string>& forms :
       {std::vector<std::string>{"stock of *"}, {}, {"price of *", "stock of 'KUB-1 '"}, {"*"}}) {
    const Policy policy = knowing({{violated.rule->id, forms, ""}});
    CHECK(standing_of(violated, policy) == Standing::Known);
    CHECK(exit_code(campaign.result, policy) == 0);
  }
  for (const std::vector<std::string>& forms :
       {std::vector<std::string>{"price of *"}, {"stock of"}, {"stock of *!"}}) {
    const Policy policy = knowing({{violated.rule->id, forms, ""}});
    CHECK(standing_of(violated, policy) == Standing::FailsAnew);
    CHECK(exit_code(campaign.result, policy) == 1);
  }
  CHECK(exit_code(campaign.result, knowing({})) == 1);
}

TEST_CASE("A second finding that the baseline does not have fails the run", "[report][baseline]") {
  ReportedCampaign campaign;
  campaign.violated().violation->findings.push_back({"price of 'KUB-1 '", "1", "2"});
  CHECK(exit_code(campaign.result, knowing({{"SYSTIM-STOCK-04", {"stock of *"}, ""}})) == 1);
  CHECK(exit_code(campaign.result,
                  knowing({{"SYSTIM-STOCK-04", {"price of *", "stock of *"}, ""}})) == 0);
}

TEST_CASE("A known failure that holds is fixed; one that is not judged is not",
          "[report][baseline]") {
  const ReportedCampaign campaign;
  const Policy policy = knowing({{"SYSTIM-ORD-02", {}, ""}, {"SYSTIM-STOCK-01", {}, ""}});
  CHECK(fixed_rules(campaign.result, policy) == std::vector<std::string>{"SYSTIM-STOCK-01"});
}

TEST_CASE("A violation below the level is shown and does not fail the run", "[report][level]") {
  ReportedCampaign campaign;
  campaign.broken.level = Level::Should;
  Policy policy;
  policy.fail_on = Level::Must;
  CHECK(exit_code(campaign.result, policy) == 0);
  CHECK_THAT(console_report(campaign.result, campaign.run, {}, {}, policy),
             Catch::Contains("violated    SYSTIM-STOCK-04") &&
                 Catch::Contains("level should, below --fail-on must") &&
                 Catch::Contains("fails on must\n") && Catch::Contains("expected  5") &&
                 Catch::Contains("1 violated (1 below must)"));
  policy.fail_on = Level::Should;
  CHECK(exit_code(campaign.result, policy) == 1);
  campaign.broken.level = Level::May;
  CHECK(exit_code(campaign.result, policy) == 0);
  CHECK(exit_code(campaign.result) == 1);
}

TEST_CASE("Nothing but known failures is a judged run; what is unproven is still at fault",
          "[report][baseline]") {
  ReportedCampaign campaign;
  const Policy policy = knowing({{"SYSTIM-STOCK-04", {}, ""}});
  campaign.result.rules[0].verdict = Verdict::NotJudged;
  campaign.result.rules[0].reason = "unproven";
  CHECK(exit_code(campaign.result, policy) == 2);
  campaign.result.rules.erase(campaign.result.rules.begin());
  CHECK(exit_code(campaign.result, policy) == 0);
}

TEST_CASE("Every report tells known from new, and names what is fixed", "[report][baseline]") {
  const ReportedCampaign campaign;
  const Policy policy =
      knowing({{"SYSTIM-STOCK-01", {}, ""}, {"SYSTIM-STOCK-04", {"stock of *"}, "ERP-118"}});
  CHECK_THAT(console_report(campaign.result, campaign.run, {}, {}, policy),
             Catch::Contains("a known failure (known.json: ERP-118)") &&
                 Catch::Contains("1 violated (1 known)") &&
                 Catch::Contains("Fixed, to be taken out of known.json: SYSTIM-STOCK-01") &&
                 !Catch::Contains("Smallest case"));
  std::istringstream lines(json_lines(campaign.result, campaign.run, {}, policy));
  std::vector<Json> values;
  for (std::string line; std::getline(lines, line);) values.push_back(Json::parse(line));
  CHECK(values.at(1)["standing"] == "known");
  CHECK_FALSE(values.at(0).contains("standing"));
  CHECK(values.back()["summary"]["policy"] == "known failures: known.json (2)");
  CHECK(values.back()["summary"]["known"] == 1);
  CHECK(values.back()["summary"]["fixed"] == Json{"SYSTIM-STOCK-01"});
  CHECK_THAT(junit_xml(campaign.result, campaign.run, {}, policy),
             Catch::Contains("failures=\"0\"") && Catch::Contains("<skipped message=\"a known") &&
                 Catch::Contains("Fixed: take it out of known.json"));
}

TEST_CASE("A baseline is written sorted, and read back as it was", "[report][baseline]") {
  ReportedCampaign campaign;
  campaign.violated().violation->findings = {
      {"stock of 'KUB-1 '", "5", "8"}, {"orders", "1", "2"}, {"stock of 'X 7'", "5", "8"}};
  const Baseline baseline = baseline_of(campaign.result, {{{"SYSTIM-ORD-02", {}, "never judged"},
                                                           {"SYSTIM-STOCK-01", {}, "holds now"},
                                                           {"SYSTIM-STOCK-04", {"x"}, "ERP-118"}}});
  CHECK(to_text(baseline) == R"({
  "format": "atrapa-baseline/1",
  "known": [
    {
      "rule": "SYSTIM-ORD-02",
      "note": "never judged"
    },
    {
      "rule": "SYSTIM-STOCK-04",
      "fails_by": [
        "orders",
        "stock of *"
      ],
      "note": "ERP-118"
    }
  ]
}
)");
  CHECK(parsed(to_text(baseline)) == baseline);
}

TEST_CASE("What differs from case to case does not stand in a baseline", "[report][baseline]") {
  CHECK(general_form("stock of 'KUB-1 '") == "stock of *");
  CHECK(general_form("Base's products") == "Base's products");
  CHECK(general_form("row 12 of \"a b\": it's") == "row * of *: it's");
  CHECK(general_form("") == "");
  for (const char* what : {"stock of 'KUB-1 '", "Base's products", "row 12 of \"a b\": it's", ""}) {
    CHECK(is_of_form(what, general_form(what)));
  }
  CHECK_FALSE(is_of_form("stock of", "stock of *"));
  CHECK(is_of_form("aXbXc", "a*c"));
  CHECK_FALSE(is_of_form("aXbXc", "a*b"));
}

TEST_CASE("A baseline that cannot be meant is refused with its place", "[report][baseline]") {
  const struct {
    const char* text;
    const char* complaint;
  } cases[] = {
      {"{", "known.json:1: not JSON"},
      {"[]", "/format: expected \"atrapa-baseline/1\""},
      {R"({"format":"atrapa-baseline/2","known":[]})", "/format"},
      {R"({"format":"atrapa-baseline/1"})", "/known: expected a list"},
      {R"({"format":"atrapa-baseline/1","known":[],"knwon":[]})", "/knwon: not known"},
      {R"({"format":"atrapa-baseline/1","known":[7]})", "/known/0: expected an object"},
      {R"({"format":"atrapa-baseline/1","known":[{}]})", "/known/0/rule: expected a text"},
      {R"({"format":"atrapa-baseline/1","known":[{"rule":"A","fail_by":[]}]})",
       "/known/0/fail_by: not known; expected rule, fails_by, note"},
      {R"({"format":"atrapa-baseline/1","known":[{"rule":"A","fails_by":"x"}]})",
       "/known/0/fails_by: expected a list"},
      {R"({"format":"atrapa-baseline/1","known":[{"rule":"A","fails_by":[1]}]})",
       "/known/0/fails_by/0: expected a text"},
      {R"({"format":"atrapa-baseline/1","known":[{"rule":"A"},{"rule":"A"}]})",
       "/known/1/rule: A stands there twice"},
  };
  for (const auto& one : cases) {
    INFO(one.text);
    CHECK_THROWS_WITH(parsed(one.text), Catch::Contains(one.complaint));
  }
}
