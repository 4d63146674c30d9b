#include <catch2/catch.hpp>

#include "harness/report/sarif.hpp"
#include "tests/harness/report_campaign.hpp"

using namespace atrapa::harness;
using namespace atrapa::harness::report;

namespace {

Json run_of(const ReportedCampaign& campaign, const Policy& policy = {},
            const ReplayFileOf& replay_file = {}) {
  return Json::parse(sarif(campaign.result, campaign.run, replay_file, policy))["runs"][0];
}

Policy sarif_policy(std::vector<KnownFailure> known) {
  Policy policy;
  policy.has_baseline = true;
  policy.baseline.known = std::move(known);
  policy.baseline_file = "known.json";
  return policy;
}

}  // namespace

TEST_CASE("SARIF has each rule with its help and a result for each violated one",
          "[report][sarif]") {
  ReportedCampaign campaign;
  campaign.broken.source.document = "https://shop.example/jak-działa";
  const Json run = run_of(campaign);
  const Json& rules = run["tool"]["driver"]["rules"];
  REQUIRE(rules.size() == 3);
  CHECK(rules[1]["helpUri"] == "https://shop.example/jak-dzia%C5%82a");
  CHECK_THAT(
      rules[1]["help"]["text"].get<std::string>(),
      Catch::Contains("The code is identical; spaces count.") && Catch::Contains("Jak to działa?"));
  REQUIRE(run["results"].size() == 1);
  const Json& result = run["results"][0];
  CHECK(result["ruleId"] == rules[result["ruleIndex"].get<std::size_t>()]["id"]);
  CHECK(result["level"] == "error");
  CHECK_THAT(result["message"]["text"].get<std::string>(),
             Catch::Contains("expected 5, observed 8\\x1b") &&
                 Catch::Contains("atrapa check SYSTIM-STOCK-04 --seed 7"));
  CHECK(result["properties"]["smallestCase"] == Json{{"code", "KUB-1 "}});
  CHECK_FALSE(result.contains("baselineState"));
  CHECK(run["invocations"][0]["exitCode"] == 1);
  CHECK(run["invocations"][0]["executionSuccessful"] == true);
}

TEST_CASE("A SARIF result lies in its replay file, by an address that any path has",
          "[report][sarif]") {
  const ReportedCampaign campaign;
  const auto uri_for = [&](const std::string& file) {
    const Json run = run_of(campaign, {}, [&](const RuleResult&) { return file; });
    return run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
  };
  CHECK(uri_for("out/a b#1%.json") == "out/a%20b%231%25.json");
  CHECK(uri_for("/tmp/ó.json") == "file:///tmp/%C3%B3.json");
  CHECK(uri_for("") == "atrapa/SYSTIM-STOCK-04");
}

TEST_CASE("A SARIF fingerprint stays with another seed and goes with another finding",
          "[report][sarif]") {
  ReportedCampaign campaign;
  const auto fingerprint = [&] { return run_of(campaign)["results"][0]["partialFingerprints"]; };
  const Json first = fingerprint();
  campaign.violated().violation->findings = {{"stock of 'BUT-7'", "1", "2"}};
  CHECK(fingerprint() == first);
  campaign.violated().violation->findings = {{"price of 'BUT-7'", "1", "2"}};
  CHECK(fingerprint() != first);
}

TEST_CASE("SARIF tells new from known by the baseline", "[report][sarif]") {
  const ReportedCampaign campaign;
  const auto known = run_of(campaign, sarif_policy({{"SYSTIM-STOCK-04", {}, "ERP-118"}}));
  CHECK(known["results"][0]["baselineState"] == "unchanged");
  CHECK_THAT(known["results"][0]["suppressions"][0]["justification"].get<std::string>(),
             Catch::Contains("ERP-118"));
  CHECK(known["invocations"][0]["exitCode"] == 0);
  const auto anew = run_of(campaign, sarif_policy({{"SYSTIM-STOCK-04", {"price"}, ""}}));
  CHECK(anew["results"][0]["baselineState"] == "updated");
  CHECK_FALSE(anew["results"][0].contains("suppressions"));
  CHECK(run_of(campaign, sarif_policy({}))["results"][0]["baselineState"] == "new");
}

TEST_CASE("What SARIF has no result for is told by the invocation", "[report][sarif]") {
  ReportedCampaign campaign;
  Rule unproven = reported_rule("SYSTIM-ORD-03", "A sentence that nothing was seen of.");
  campaign.result.rules.push_back(reported_result(unproven, Verdict::NotJudged, "unproven"));
  campaign.result.rules[0].reason = "2 cases left out: no clock";
  campaign.result.rules.erase(campaign.result.rules.begin() + 1);
  const Json run = run_of(campaign, sarif_policy({{"SYSTIM-STOCK-01", {}, ""}}));
  std::vector<std::string> told;
  for (const Json& one : run["invocations"][0]["toolExecutionNotifications"]) {
    const std::size_t index = one["associatedRule"]["index"];
    CHECK(run["tool"]["driver"]["rules"][index]["id"] == one["associatedRule"]["id"]);
    told.push_back(one["descriptor"]["id"].get<std::string>() + " " +
                   one["level"].get<std::string>());
  }
  CHECK(told == std::vector<std::string>{"left-out note", "fixed note", "not-judged note",
                                         "unproven error"});
  CHECK(run["results"].empty());
  CHECK(run["invocations"][0]["exitCode"] == 2);
  CHECK(run["invocations"][0]["executionSuccessful"] == false);
}
