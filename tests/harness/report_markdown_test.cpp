#include <catch2/catch.hpp>
#include <regex>

#include "harness/report/markdown.hpp"
#include "tests/harness/report_campaign.hpp"

using namespace atrapa::harness;
using namespace atrapa::harness::report;

namespace {

/// What foreign texts may hold.
const std::string kHostile =
    "a|b `c` ``` <script>alert(1)</script> </details> <!-- [x](y) *z* #1 @all :tada: $x$ \\| "
    "\n\x1b";

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("The summary tells counts, sentence, expected, observed and the command",
          "[report][markdown]") {
  const ReportedCampaign campaign;
  const std::string text = markdown(campaign.result, campaign.run, {});
  CHECK_THAT(text, Catch::Contains("❌ Atrapa: 1 documented sentence is violated") &&
                       Catch::Contains("**1 hold, 1 violated, 1 not judged**") &&
                       Catch::Contains("| **SYSTIM-STOCK-04**<br>must |") &&
                       Catch::Contains("The code is identical; spaces count.") &&
                       Catch::Contains("expected <code>5</code>") &&
                       Catch::Contains("observed <code>8&#92;x1b</code>") &&
                       Catch::Contains("atrapa check SYSTIM-STOCK-04 --seed 7") &&
                       Catch::Contains("seen only in the panel"));
  CHECK(count_of(text, "<details>") == count_of(text, "</details>"));
}

TEST_CASE("No foreign text breaks the summary", "[report][markdown]") {
  const std::string escaped =
      std::regex_replace(markdown_text(kHostile), std::regex("&#[0-9]+;"), "");
  CHECK(escaped.find_first_of("&|`<>*[]_@#$:\n\x1b") == escaped.npos);
  ReportedCampaign campaign;
  const std::string plain = markdown(campaign.result, campaign.run, {});
  campaign.broken.statement = kHostile;
  campaign.violated().violation->findings = {{kHostile, kHostile, kHostile}};
  campaign.violated().violation->input = {{kHostile, kHostile}};
  campaign.silent.not_judged = kHostile;
  const std::string text = markdown(campaign.result, campaign.run, {});
  // As many cells, folds and rules as without; the fence is longer than what it holds.
  const std::string head = text.substr(0, text.find("<details>"));
  const std::string plain_head = plain.substr(0, plain.find("<details>"));
  CHECK(count_of(head, "|") == count_of(plain_head, "|"));
  CHECK(count_of(text, "<summary>") == count_of(plain, "<summary>"));
  CHECK(count_of(head, "<script") == 0);
  CHECK(count_of(text, "````") == 2);
  CHECK(text.find('\x1b') == text.npos);
}

TEST_CASE("A block of code holds any backticks", "[report][markdown]") {
  CHECK(markdown_block("a") == "```text\na\n```\n");
  CHECK(markdown_block("a ```` b\n") == "`````text\na ```` b\n`````\n");
  CHECK(markdown_block("`") == "```text\n`\n```\n");
}

TEST_CASE("The summary stays within what a job's page takes", "[report][markdown]") {
  ReportedCampaign campaign;
  const std::string much(20'000, '|');
  campaign.violated().violation->findings.assign(50, {much, much, much});
  campaign.violated().violation->input = {{"much", much}};
  const RuleResult violated = campaign.violated();
  for (int copies = 0; copies < 400; ++copies) campaign.result.rules.push_back(violated);
  const std::string text = markdown(campaign.result, campaign.run, {});
  CHECK(text.size() <= kMaxSummaryBytes);
  CHECK_THAT(text, Catch::Contains("401 documented sentences are violated") &&
                       Catch::Contains("more violated, in the other reports"));
}

TEST_CASE("The summary sets known failures apart from new ones", "[report][markdown]") {
  const ReportedCampaign campaign;
  Policy policy;
  policy.has_baseline = true;
  policy.baseline.known = {{"SYSTIM-STOCK-01", {}, ""}, {"SYSTIM-STOCK-04", {}, "ERP-118"}};
  policy.baseline_file = "known.json";
  CHECK_THAT(markdown(campaign.result, campaign.run, {}, policy),
             Catch::Contains("✅ Atrapa: No new violation") &&
                 Catch::Contains("1 violated (1 known)") && Catch::Contains("ERP-118") &&
                 !Catch::Contains("SYSTIM-STOCK-04 in full") &&
                 Catch::Contains("Fixed, to be taken out of <code>known.json</code>: "
                                 "SYSTIM-STOCK-01"));
}
