#include "tests/harness/report_campaign.hpp"

#include <catch2/catch.hpp>
#include <pugixml.hpp>
#include <sstream>

#include "harness/report/console.hpp"
#include "harness/report/json_lines.hpp"
#include "harness/report/junit.hpp"
#include "harness/report/tally.hpp"

using namespace atrapa::harness;
using namespace atrapa::harness::report;

namespace {

std::vector<Json> parsed_lines(const std::string& text) {
  std::vector<Json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(Json::parse(line));
  return lines;
}

}  // namespace

TEST_CASE("JSON lines hold a line per rule and a summary last", "[report][json]") {
  const ReportedCampaign campaign;
  const auto lines = parsed_lines(json_lines(campaign.result, campaign.run, {}));
  REQUIRE(lines.size() == 4);
  CHECK(lines[0] == Json{{"rule", "SYSTIM-STOCK-01"},
                         {"verdict", "holds"},
                         {"cases", 50},
                         {"reason", ""},
                         {"replay", ""}});
  CHECK(lines[1]["verdict"] == "violated");
  CHECK(lines[1]["replay"] ==
        "atrapa check SYSTIM-STOCK-04 --seed 7 --cases 50 --subject core:trims-codes");
  CHECK(lines[2]["reason"] == "seen only in the panel");
  CHECK(lines[3] == Json{{"summary",
                          {{"rules", 3},
                           {"holds", 1},
                           {"violated", 1},
                           {"not_judged", 1},
                           {"cases", 62},
                           {"exchanges", 480},
                           {"seconds", 0.5},
                           {"seed", 7}}}});
}

TEST_CASE("A replay file is the shorter way to repeat a violation", "[report]") {
  const ReportedCampaign campaign;
  const auto in_file = [](const RuleResult&) { return std::string("out/my finding.json"); };
  const auto lines = parsed_lines(json_lines(campaign.result, campaign.run, in_file));
  CHECK(lines[1]["replay"] == "atrapa replay 'out/my finding.json'");
}

TEST_CASE("The command that repeats a run names all that differs from the defaults", "[report]") {
  ReportedCampaign campaign;
  campaign.run.switches["systim.zero_stock"] = "always";
  campaign.run.wire = true;
  CHECK(repeat_command(campaign.run, campaign.result.rules[1], "") ==
        "atrapa check SYSTIM-STOCK-04 --seed 7 --cases 50 --subject core:trims-codes --set "
        "systim.zero_stock=always --wire");
}

TEST_CASE("A violation tells sentence, source, expected, observed, case, exchanges and command",
          "[report][console]") {
  const ReportedCampaign campaign;
  const std::string text =
      violation_report(campaign.result.rules[1], campaign.run, "", Style{.width = 100});
  for (const char* part :
       {"SYSTIM-STOCK-04", "The code is identical; spaces count.", "https://shop.example/help",
        "Jak to działa?", "seed: stated by", "stock of 'KUB-1 '", "expected  5", "observed  8\\x1b",
        "1 record", "case 12 of 50", "{code: \"KUB-1 \"}", "curl -s", "$TOKEN", "# 200",
        "atrapa check SYSTIM-STOCK-04 --seed 7"}) {
    INFO(part << " in\n" << text);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text.find("hush") == std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("The console report has a verdict per rule and counts in the end", "[report][console]") {
  const ReportedCampaign campaign;
  const std::string text = console_report(campaign.result, campaign.run, {}, Style{.width = 100});
  CHECK(text.find("3 rules on core:trims-codes, up to 50 cases each, seed 7") == 0);
  CHECK(text.find("holds       SYSTIM-STOCK-01  Only products") != std::string::npos);
  CHECK(text.find("VIOLATED    SYSTIM-STOCK-04") != std::string::npos);
  CHECK(text.find("seen only in the panel") != std::string::npos);
  CHECK(text.find("1 hold, 1 violated, 1 not judged\n") != std::string::npos);
  CHECK(text.find("62 cases, 480 exchanges in 0.50 s (124 cases/s, 960 exchanges/s)") !=
        std::string::npos);
}

TEST_CASE("What ran and proved nothing does not look like what is known not to be judged",
          "[report][console]") {
  ReportedCampaign campaign;
  campaign.result.rules[0].verdict = Verdict::NotJudged;
  campaign.result.rules[0].reason = "accident: the shop burnt down";
  const std::string text = console_report(campaign.result, campaign.run, {}, Style{.width = 100});
  CHECK(text.find("UNPROVEN    SYSTIM-STOCK-01") != std::string::npos);
  CHECK(text.find("why: accident: the shop burnt down") != std::string::npos);
  CHECK(text.find("2 not judged (1 of them unproven)") != std::string::npos);
}

TEST_CASE("JUnit XML is well-formed, with a suite per integration", "[report][junit]") {
  ReportedCampaign campaign;
  campaign.silent.integration = "ebiuro-base";
  const std::string text = junit_xml(campaign.result, campaign.run, {});
  pugi::xml_document document;
  REQUIRE(document.load_string(text.c_str()));
  const auto suites = document.child("testsuites");
  CHECK(suites.attribute("tests").as_int() == 3);
  CHECK(suites.attribute("failures").as_int() == 1);
  const auto suite = suites.find_child_by_attribute("testsuite", "name", "systim-shoper");
  CHECK(suite.attribute("tests").as_int() == 2);
  const auto failure = suite.select_node("testcase/failure").node();
  CHECK(std::string(failure.attribute("message").value()) ==
        "stock of 'KUB-1 ': expected 5, observed 8\\x1b");
  CHECK(std::string(failure.child_value()).find("Repeat it:") != std::string::npos);
  const auto skipped = suites.find_child_by_attribute("testsuite", "name", "ebiuro-base");
  CHECK(std::string(skipped.select_node("testcase/skipped/@message").attribute().value()) ==
        "seen only in the panel");
  CHECK(skipped.attribute("skipped").as_int() == 1);
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("A violation decides the exit code, then what is unproven", "[report]") {
  ReportedCampaign campaign;
  CHECK(exit_code(campaign.result) == 1);
  campaign.result.rules.erase(campaign.result.rules.begin() + 1);
  CHECK(exit_code(campaign.result) == 0);  // Not judged by its own reason: known beforehand.
  CHECK(tally(campaign.result).unproven == 0);

  campaign.result.rules[0].verdict = Verdict::NotJudged;
  campaign.result.rules[0].reason = "unproven";
  CHECK(exit_code(campaign.result) == 2);
  CHECK(tally(campaign.result).unproven == 1);

  campaign.result.rules.erase(campaign.result.rules.begin());
  CHECK(exit_code(campaign.result) == 2);  // Nothing was judged at all.
}

TEST_CASE("Rules of several pages end in a table with what is not judged, and why",
          "[report][console]") {
  ReportedCampaign campaign;
  const Style plain{};
  CHECK(console_report(campaign.result, campaign.run, {}, plain).find("judged on") ==
        std::string::npos);
  Rule other = reported_rule("EBIURO-ORD-01", "Orders travel through an automatic action.");
  other.integration = "ebiuro-base";
  campaign.result.rules.push_back(reported_result(other, Verdict::Holds, ""));
  const std::string text = console_report(campaign.result, campaign.run, {}, plain);
  CHECK_THAT(text,
             Catch::Contains("SYSTIM     systim-shoper         3      1         1           1"));
  CHECK_THAT(text,
             Catch::Contains("EBIURO     ebiuro-base           1      1         0           0"));
  CHECK_THAT(text, Catch::Contains("SYSTIM-ORD-02: seen only in the panel"));
}

TEST_CASE("What the platform told the connector stands before the exchanges", "[report][console]") {
  ReportedCampaign campaign;
  CHECK_THAT(console_report(campaign.result, campaign.run, {}, {}),
             !Catch::Contains("Calls of the platform"));
  atrapa::mocks::kit::Delivery call;
  call.event = "status_set";
  call.url = "http://127.0.0.1:9/order?secretKey=***";
  call.request.method = "GET";
  call.outcome = "delivered";
  call.status = 200;
  campaign.result.rules[1].violation->calls.push_back(call);
  const std::string text = console_report(campaign.result, campaign.run, {}, {});
  CHECK_THAT(text, Catch::Contains("GET http://127.0.0.1:9/order?secretKey=***"));
  CHECK_THAT(text, Catch::Contains("status_set: delivered, 200"));
  CHECK(text.find("status_set") < text.find("Exchanges"));
}

TEST_CASE("JUnit holds no character that XML has no way to write", "[report][junit]") {
  ReportedCampaign campaign;
  campaign.run.subject_options = {"--exec", "run \x01\x0b it"};
  const std::string text = junit_xml(campaign.result, campaign.run, {});
  CHECK_THAT(text, Catch::Contains("run \\x01\\x0b it") && !Catch::Contains("&#"));
  CHECK(text.find_first_of(std::string("\x01\x0b\x1b")) == std::string::npos);
}
