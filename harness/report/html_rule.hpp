#pragma once

#include <string>

#include "harness/report/policy.hpp"
#include "harness/report/run_facts.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// How a rule is shown: which verdict, in the words of the page's classes and filters.
struct HtmlVerdict {
  const char* key;    ///< "violated", "tolerated", "unproven", "holds" or "silent"
  const char* words;  ///< "violated", "violated, tolerated", "unproven", "holds", "not judged"
};
inline constexpr HtmlVerdict kHtmlVerdicts[] = {{"violated", "violated"},
                                                {"tolerated", "violated, tolerated"},
                                                {"unproven", "unproven"},
                                                {"holds", "holds"},
                                                {"silent", "not judged"}};

const HtmlVerdict& html_verdict(const RuleResult& result, const Policy& policy);

/// The drawing of a verdict, for eyes only: the words stand beside it.
std::string html_mark(const HtmlVerdict& verdict);

/// The name by which the page links to the rule.
std::string html_anchor(const Rule& rule);

/// All about one rule of the campaign, folded unless it is violated and not known. Without
/// `with_exchanges` these are counted only.
std::string html_rule(const RuleResult& result, const RunFacts& run, const std::string& replay_file,
                      const Policy& policy, bool with_exchanges);

}  // namespace atrapa::harness::report
