#include "harness/report/console.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/report/curl.hpp"
#include "harness/report/readable.hpp"
#include "harness/report/tally.hpp"

namespace atrapa::harness::report {

namespace {

constexpr std::size_t kShownExchanges = 40;
constexpr std::size_t kShownFindings = 8;
constexpr std::size_t kVerdictWidth = 10;

std::string verdict_word(const RuleResult& result, const Policy& policy, const Style& style) {
  switch (result.verdict) {
    case Verdict::Holds: return style.good(padded("holds", kVerdictWidth));
    case Verdict::Violated:
      return fails(result, policy) ? style.bad(padded("VIOLATED", kVerdictWidth))
                                   : style.doubtful(padded("violated", kVerdictWidth));
    case Verdict::NotJudged: break;
  }
  return result.declared_reason() ? style.faint(padded("not judged", kVerdictWidth))
                                  : style.doubtful(padded("UNPROVEN", kVerdictWidth));
}

std::string heading(const CampaignResult& result, const RunFacts& run, const Policy& policy,
                    const Style& style) {
  std::string line =
      fmt::format("{} on {}, up to {} each, seed {}", counted(result.rules.size(), "rule", "rules"),
                  style.bold(run.subject),
                  counted(static_cast<std::size_t>(run.cases), "case", "cases"), run.seed);
  if (run.wire) line += ", over real sockets";
  for (const auto& [name, value] : run.switches) line += fmt::format(", {}={}", name, value);
  const std::string decided = policy_in_words(policy);
  return line + "\n" + (decided.empty() ? "" : decided + "\n");
}

/// Verdict, id and sentence on one line. A rule that declares why it is not judged shows that in
/// the place of the sentence; one that ran and proved nothing shows why below it, and one that
/// holds what was left out.
std::string rule_line(const RuleResult& result, std::size_t id_width, const Policy& policy,
                      const Style& style) {
  const std::size_t used = 2 + kVerdictWidth + 2 + id_width + 2;
  const std::size_t left = style.width > used + 20 ? style.width - used : 20;
  const bool declared = result.declared_reason().has_value();
  const std::string sentence =
      shorten(printable(declared ? *result.declared_reason() : result.rule->statement), left);
  std::string out =
      fmt::format("  {}  {}  {}\n", verdict_word(result, policy, style),
                  padded(result.rule->id, id_width), declared ? style.faint(sentence) : sentence);
  if (result.verdict == Verdict::NotJudged && !declared) {
    out += paragraph("why: " + printable(result.reason), used, style.width);
  } else if (result.verdict == Verdict::Holds && !result.reason.empty()) {
    out += paragraph("but: " + printable(result.reason), used, style.width);
  }
  if (is_fixed(result, policy)) {
    out += paragraph("fixed: take it out of the known failures", used, style.width);
  }
  if (!result.violation) return out;
  const std::string why = standing_in_words(result, policy);
  if (!why.empty()) out += paragraph(why, used, style.width);
  return out;
}

/// "EBIURO" of "EBIURO-ORD-01": the page that the rule stands on.
std::string page_of(const std::string& rule_id) { return rule_id.substr(0, rule_id.find('-')); }

/// The verdicts by page, then what is not judged with its reasons; nothing for a single page.
std::string page_table(const CampaignResult& result, const Style& style) {
  struct Row {
    std::string page, integration;
    std::vector<const RuleResult*> rules;
  };
  std::vector<Row> rows;
  for (const RuleResult& rule : result.rules) {
    const std::string page = page_of(rule.rule->id);
    if (rows.empty() || rows.back().page != page) {
      rows.push_back({page, rule.rule->integration, {}});
    }
    std::string& judged_on = rows.back().integration;
    if (judged_on.find(rule.rule->integration) == std::string::npos) {
      judged_on += ", " + rule.rule->integration;
    }
    rows.back().rules.push_back(&rule);
  }
  if (rows.size() < 2) return {};
  std::string out =
      "\n" + style.bold(fmt::format("{:<10} {:<16} {:>6} {:>6} {:>9} {:>11}\n", "page", "judged on",
                                    "rules", "hold", "violated", "not judged"));
  std::string why;
  for (const Row& row : rows) {
    const auto count = [&](Verdict verdict) {
      return std::count_if(row.rules.begin(), row.rules.end(),
                           [&](const RuleResult* rule) { return rule->verdict == verdict; });
    };
    const auto violated = count(Verdict::Violated);
    const std::string wrong = fmt::format("{:>9}", violated);
    out += fmt::format("{:<10} {:<16} {:>6} {:>6} {} {:>11}\n", row.page, row.integration,
                       row.rules.size(), count(Verdict::Holds),
                       violated > 0 ? style.bad(wrong) : wrong, count(Verdict::NotJudged));
    for (const RuleResult* rule : row.rules) {
      if (rule->verdict != Verdict::NotJudged) continue;
      why += paragraph(fmt::format("{}: {}", rule->rule->id,
                                   printable(rule->declared_reason().value_or(rule->reason))),
                       2, style.width);
    }
  }
  if (!why.empty()) out += style.bold("Not judged, and why") + "\n" + why;
  return out;
}

std::string findings_of(const Violation& violation, const Style& style) {
  std::string out;
  const std::size_t shown = std::min(violation.findings.size(), kShownFindings);
  for (std::size_t at = 0; at < shown; ++at) {
    const Finding& finding = violation.findings[at];
    out += fmt::format("  {}\n", style.bold(printable(finding.what)));
    out += fmt::format("    expected  {}\n", style.good(printable(finding.expected)));
    out += fmt::format("    observed  {}\n", style.bad(printable(finding.observed)));
  }
  if (shown < violation.findings.size()) {
    out += fmt::format("  and {} more\n", violation.findings.size() - shown);
  }
  return out;
}

/// What the platform told the connector by itself; nothing where it told it nothing.
std::string calls_of(const Violation& violation, const Style& style) {
  if (violation.calls.empty()) return {};
  std::string out =
      fmt::format("  {} ({}), secrets masked:\n",
                  style.bold("Calls of the platform to the connector"), violation.calls.size());
  const std::size_t shown = std::min(violation.calls.size(), kShownExchanges);
  for (std::size_t at = 0; at < shown; ++at) {
    const mocks::kit::Delivery& call = violation.calls[at];
    out += fmt::format("    {} {}\n", call.request.method, printable(call.url));
    out += style.faint(fmt::format("      # {}: {}{}\n", printable(call.event),
                                   printable(call.outcome),
                                   call.status > 0 ? fmt::format(", {}", call.status) : ""));
  }
  if (shown < violation.calls.size()) {
    out += fmt::format("    and {} more\n", violation.calls.size() - shown);
  }
  return out + "\n";
}

/// What the connector said of runs that did not go well; nothing where all went well.
std::string failed_runs_of(const Violation& violation, const Style& style) {
  const std::vector<FailedRun>& runs = violation.failed_runs;
  if (runs.empty()) return {};
  std::string out = fmt::format("  {}:\n", style.bold("Runs that the connector called failed"));
  const std::size_t shown = std::min(runs.size(), kShownFindings);
  for (std::size_t at = 0; at < shown; ++at) {
    out += fmt::format("    {}: {}\n", printable(runs[at].command), printable(runs[at].words));
  }
  if (shown < runs.size()) out += fmt::format("    and {} more\n", runs.size() - shown);
  return out + "\n";
}

std::string exchanges_of(const Violation& violation, const Style& style) {
  const std::size_t all = violation.exchanges.size();
  if (all == 0) return "  The connector sent nothing to the shop in this case.\n";
  const std::size_t first = all > kShownExchanges ? all - kShownExchanges : 0;
  std::string out = fmt::format("  {}{}; SHOP is where the shop answers, TOKEN what it gave:\n",
                                style.bold("Exchanges"),
                                first > 0 ? fmt::format(" (the last {} of {})", all - first, all)
                                          : fmt::format(" ({})", all));
  const std::size_t width = style.width > 20 ? style.width - 8 : 20;
  for (std::size_t at = first; at < all; ++at) {
    out += fmt::format("    {}\n", curl_line(violation.exchanges[at]));
    out +=
        fmt::format("      {}\n", style.faint("# " + answer_line(violation.exchanges[at], width)));
  }
  return out;
}

}  // namespace

std::string violation_report(const RuleResult& result, const RunFacts& run,
                             const std::string& replay_file, const Style& style) {
  const Rule& rule = *result.rule;
  const Violation& violation = *result.violation;
  std::string out = fmt::format("{} {}\n\n", style.bad("VIOLATED"), style.bold(rule.id));
  out += paragraph(printable(rule.statement), 2, style.width);
  out += style.faint(paragraph("Source: " + printable(source_line(rule)), 2, style.width));
  out += "\n" + findings_of(violation, style);
  std::string history;
  if (run.cases > 1) {
    history = fmt::format("; case {} of {} showed it first, made smaller {}",
                          violation.case_index + 1, run.cases,
                          counted(static_cast<std::size_t>(violation.shrinks), "time", "times"));
  }
  out += fmt::format("\n  {} ({}{}):\n", style.bold("Smallest case"),
                     counted(violation.records, "record", "records"), history);
  out += readable(violation.input, 4, style.width);
  out += "\n" + failed_runs_of(violation, style) + calls_of(violation, style) +
         exchanges_of(violation, style);
  out += fmt::format("\n  {}  {}\n", style.bold("Repeat it:"),
                     repeat_command(run, result, replay_file));
  out += fmt::format("  {}  atrapa explain {}\n", style.bold("Read it:  "), rule.id);
  return out;
}

std::string summary_report(const CampaignResult& result, const RunFacts& run, const Style& style,
                           const Policy& policy) {
  const Tally counts = tally(result, policy);
  std::string out = fmt::format("{} hold", counts.holds);
  out += counts.violated > 0 ? ", " + style.bad(fmt::format("{} violated", counts.violated))
                             : std::string(", none violated");
  if (counts.known > 0 && counts.below_level > 0) {
    out += fmt::format(" ({} known, {} below {})", counts.known, counts.below_level,
                       to_string(policy.fail_on));
  } else if (counts.known > 0) {
    out += fmt::format(" ({} known)", counts.known);
  } else if (counts.below_level > 0) {
    out += fmt::format(" ({} below {})", counts.below_level, to_string(policy.fail_on));
  }
  if (counts.not_judged > 0) {
    out += ", " + style.doubtful(fmt::format("{} not judged", counts.not_judged));
    if (counts.unproven > 0) out += fmt::format(" ({} of them unproven)", counts.unproven);
  }
  const auto rate = [&](std::uint64_t number) {
    return result.seconds > 0 ? std::llround(static_cast<double>(number) / result.seconds) : 0;
  };
  out += fmt::format("\n{}, {} in {:.2f} s ({} cases/s, {} exchanges/s), seed {}\n",
                     counted(result.cases, "case", "cases"),
                     counted(result.exchanges, "exchange", "exchanges"), result.seconds,
                     rate(result.cases), rate(result.exchanges), run.seed);
  if (counts.unproven > 0) {
    out += "Unproven is not a pass: the reasons stand beside the rules above.\n";
  }
  const std::vector<std::string> fixed = fixed_rules(result, policy);
  if (!fixed.empty()) {
    out += paragraph(fmt::format("Fixed, to be taken out of {}: {}",
                                 printable(policy.baseline_file), fmt::join(fixed, ", ")),
                     0, style.width);
  }
  return out;
}

std::string console_report(const CampaignResult& result, const RunFacts& run,
                           const ReplayFileOf& replay_file, const Style& style,
                           const Policy& policy) {
  std::string out = heading(result, run, policy, style);
  std::size_t id_width = 0;
  for (const RuleResult& rule : result.rules) {
    id_width = std::max(id_width, display_width(rule.rule->id));
  }
  std::string group;
  for (const RuleResult& rule : result.rules) {
    const std::string next = group_of(rule.rule->id);
    if (next != group) {
      out += fmt::format("\n{} {}\n", style.bold(next), style.faint(rule.rule->integration));
      group = next;
    }
    out += rule_line(rule, id_width, policy, style);
  }
  for (const RuleResult& rule : result.rules) {
    if (!rule.violation || standing_of(rule, policy) == Standing::Known) continue;
    out += fmt::format("\n{}\n",
                       style.faint(std::string(std::min<std::size_t>(style.width, 72), '-')));
    out += violation_report(rule, run, replay_file ? replay_file(rule) : "", style);
  }
  return out + page_table(result, style) + "\n" + summary_report(result, run, style, policy);
}

}  // namespace atrapa::harness::report
