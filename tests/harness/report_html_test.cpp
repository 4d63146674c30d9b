#include <catch2/catch.hpp>
#include <regex>
#include <set>

#include "harness/report/html.hpp"
#include "harness/report/json_lines.hpp"
#include "harness/report/junit.hpp"
#include "harness/report/markdown.hpp"
#include "harness/report/sarif.hpp"
#include "tests/harness/report_campaign.hpp"

using namespace atrapa::harness;
using namespace atrapa::harness::report;

namespace {

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

std::set<std::string> all_of(const std::string& text, const std::string& expression) {
  std::set<std::string> found;
  const std::regex regex(expression);
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) {
    found.insert((*at)[1]);
  }
  return found;
}

}  // namespace

TEST_CASE("The page tells all that is known of a violated rule", "[report][html]") {
  const ReportedCampaign campaign;
  const std::string text = html(campaign.result, campaign.run, {});
  for (const char* part :
       {"1 documented sentence is violated", "The code is identical; spaces count.",
        "href=\"https://shop.example/help\"", "Jak to działa?", "stock of &#39;KUB-1 &#39;",
        "<code>8\\x1b</code>", "{code: &quot;KUB-1 &quot;}", "case 12 of 50", "curl -s", "$TOKEN",
        "atrapa check SYSTIM-STOCK-04 --seed 7", "must: the text states it",
        "seen only in the panel"}) {
    INFO(part);
    CHECK(text.find(part) != text.npos);
  }
  CHECK(text.find("hush") == text.npos);
  CHECK(times(text, " open>") == 1);
}

TEST_CASE("Each rule of the page is linked from the matrix, and each link has its target",
          "[report][html]") {
  const ReportedCampaign campaign;
  std::string text = html(campaign.result, campaign.run, {});
  text.resize(text.find("<script>"));
  const auto targets = all_of(text, "<[a-z]+[^>]* id=\"([^\"]+)\"");
  const auto links = all_of(text, "href=\"#([^\"]+)\"");
  CHECK(links.size() == 3 + 3);  // Three rules, and the drawings of their verdicts.
  for (const std::string& link : links) {
    INFO(link);
    CHECK(targets.contains(link));
  }
}

TEST_CASE("No foreign text becomes markup of the page", "[report][html]") {
  const std::string hostile = "</code></details><script>x</script><img src=x> & \"'\x1b\n\xff";
  ReportedCampaign campaign;
  const std::string plain = html(campaign.result, campaign.run, {});
  campaign.run.subject = hostile;
  campaign.run.switches["a"] = hostile;
  campaign.broken.id = "SYSTIM-STOCK-\"><b>04";
  campaign.broken.statement = hostile;
  campaign.broken.source = {"https://shop.example/\"><b>", hostile};
  campaign.broken.switches = {"a", hostile};
  campaign.silent.not_judged = hostile;
  Violation& violation = *campaign.violated().violation;
  violation.findings = {{hostile, hostile, hostile}};
  violation.input = {{hostile, hostile}};
  violation.exchanges[0].request = {"POST", "/" + hostile, {{"Content-Type", hostile}}, hostile};
  violation.exchanges[0].response.body = hostile;
  violation.exchanges[0].note = hostile;
  violation.calls.push_back({});
  violation.calls[0].event = violation.calls[0].url = violation.calls[0].outcome = hostile;
  violation.calls[0].request.body = hostile;
  Policy policy;
  policy.has_baseline = true;
  policy.baseline_file = hostile;
  policy.baseline.known = {{campaign.broken.id, {"other"}, hostile}};
  const std::string text = html(
      campaign.result, campaign.run, [&](const RuleResult&) { return hostile; }, policy);
  CHECK(times(text, "<script") == times(plain, "<script"));
  CHECK(times(text, "<img") == 0);
  CHECK(times(text, "<b>04") == 0);
  CHECK(times(text, "<details") == times(text, "</details>"));
  CHECK(text.find('\x1b') == text.npos);
  CHECK(text.find('\xff') == text.npos);
}

TEST_CASE("The page forbids itself everything but its own style and script", "[report][html]") {
  const ReportedCampaign campaign;
  const std::string text = html(campaign.result, campaign.run, {});
  CHECK_THAT(text, Catch::Contains("default-src 'none'; style-src 'sha256-") &&
                       Catch::Contains("script-src 'sha256-"));
  CHECK(all_of(text, "(<(?:link|img|iframe|object|embed|base|form[^>]* action))").empty());
  CHECK(all_of(text, "( (?:src|srcset|style|on[a-z]+)=)").empty());
  CHECK(all_of(text, "(url\\(|@import)").empty());
}

TEST_CASE("Every report tells what was left out of a rule that holds", "[report]") {
  ReportedCampaign campaign;
  campaign.result.rules[0].left_out = 3;
  campaign.result.rules[0].reason = "it cannot advance the clock";
  CHECK_THAT(
      html(campaign.result, campaign.run, {}),
      Catch::Contains("50 cases (3 left out)") && Catch::Contains("it cannot advance the clock"));
  for (const std::string& text :
       {console_report(campaign.result, campaign.run, {}, {}),
        json_lines(campaign.result, campaign.run, {}), junit_xml(campaign.result, campaign.run, {}),
        markdown(campaign.result, campaign.run, {}), sarif(campaign.result, campaign.run, {})}) {
    CHECK_THAT(text, Catch::Contains("it cannot advance the clock"));
  }
}

TEST_CASE("The page sets known failures apart, and what is unproven is no pass", "[report][html]") {
  ReportedCampaign campaign;
  campaign.result.rules[0].verdict = Verdict::NotJudged;
  campaign.result.rules[0].reason = "accident: the shop burnt down";
  Policy policy;
  policy.has_baseline = true;
  policy.baseline.known = {{"SYSTIM-STOCK-04", {}, "ERP-118"}};
  policy.baseline_file = "known.json";
  const std::string text = html(campaign.result, campaign.run, {}, policy);
  CHECK_THAT(text, Catch::Contains("data-verdict=\"tolerated\"") && Catch::Contains("ERP-118") &&
                       Catch::Contains("data-verdict=\"unproven\"") &&
                       Catch::Contains("accident: the shop burnt down") &&
                       Catch::Contains("No new violation, but not everything is proven"));
  CHECK(times(text, " open>") == 0);
}
