#pragma once

#include <string>

#include "harness/report/run_facts.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness {

/// A rule of that id with a made-up source.
inline Rule reported_rule(const std::string& id, const std::string& statement) {
  Rule rule;
  rule.id = id;
  rule.integration = "systim-shoper";
  rule.statement = statement;
  rule.source = {"https://shop.example/help", "Jak to działa?"};
  return rule;
}

/// What a campaign of 50 cases says of the rule.
inline RuleResult reported_result(const Rule& rule, Verdict verdict, const std::string& reason) {
  RuleResult result;
  result.rule = &rule;
  result.verdict = verdict;
  result.cases = 50;
  result.exchanges = 400;
  result.checks = 90;
  result.reason = reason;
  return result;
}

/// Three rules, one of each verdict. It does not move: the results point to its rules.
struct ReportedCampaign {
  Rule holds = reported_rule("SYSTIM-STOCK-01", "Only products of both systems take part.");
  Rule broken = reported_rule("SYSTIM-STOCK-04", "The code is identical; spaces count.");
  Rule silent = reported_rule("SYSTIM-ORD-02", "A sentence without a check.");
  CampaignResult result;
  report::RunFacts run{
      .subject = "core:trims-codes", .seed = 7, .cases = 50, .wire = false, .switches = {}};

  ReportedCampaign() {
    silent.not_judged = "seen only in the panel";
    result.rules.push_back(reported_result(holds, Verdict::Holds, ""));
    Violation violation;
    violation.case_index = 11;
    violation.input = {{"code", "KUB-1 "}};
    violation.records = 1;
    violation.shrinks = 3;
    violation.findings = {{"stock of 'KUB-1 '", "5", "8\x1b"}};
    mocks::kit::Exchange exchange;
    exchange.request = {"GET", "/webapi/rest/products", {{"Authorization", "Bearer hush"}}, ""};
    exchange.response.status = 200;
    violation.exchanges.push_back(exchange);
    result.rules.push_back(reported_result(broken, Verdict::Violated, ""));
    result.rules.back().violation = violation;
    result.rules.push_back(reported_result(silent, Verdict::NotJudged, *silent.not_judged));
    result.cases = 62;
    result.exchanges = 480;
    result.seconds = 0.5;
  }
  ReportedCampaign(const ReportedCampaign&) = delete;
  ReportedCampaign& operator=(const ReportedCampaign&) = delete;

  RuleResult& violated() { return result.rules[1]; }
};

}  // namespace atrapa::harness
