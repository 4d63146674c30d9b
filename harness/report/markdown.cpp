#include "harness/report/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "harness/report/json_lines.hpp"
#include "harness/report/tally.hpp"
#include "harness/report/version.hpp"

namespace atrapa::harness::report {

namespace {

constexpr std::size_t kCellWidth = 240;      // Columns of a sentence or a value in a table.
constexpr std::size_t kDetailBytes = 8'000;  // Of one violation in full.

/// Text that keeps within a budget of bytes; what came too late is counted.
class Bounded {
 public:
  explicit Bounded(std::size_t budget) : budget_(budget) {}

  void add(const std::string& piece) {
    if (left_out_ > 0 || text_.size() + piece.size() > budget_) {
      ++left_out_;
    } else {
      text_ += piece;
    }
  }
  const std::string& text() const { return text_; }
  std::size_t left_out() const { return left_out_; }

 private:
  std::size_t budget_;
  std::size_t left_out_ = 0;
  std::string text_;
};

/// A text of code inside of a line: an element, since backticks cannot quote each other in tables.
std::string code(std::string_view text) {
  std::string out;
  const std::string shown = markdown_text(text);
  for (std::size_t at = 0; at < shown.size(); ++at) {
    // Browsers join spaces and drop the outer ones; here they may be what it is about.
    const bool joined = at == 0 || at + 1 == shown.size() || shown[at - 1] == ' ';
    out += shown[at] == ' ' && joined ? std::string("&nbsp;") : std::string(1, shown[at]);
  }
  return fmt::format("<code>{}</code>", out);
}

std::string cell(std::string_view text) { return markdown_text(shorten(text, kCellWidth)); }
std::string code_cell(std::string_view text) { return code(shorten(printable(text), kCellWidth)); }

/// As a job's page lists it among others.
const char* light(const Tally& counts) {
  if (counts.violated > counts.known + counts.below_level) return "❌";
  return counts.unproven > 0 || counts.holds + counts.violated == 0 ? "⚠️" : "✅";
}

std::string counts_in_words(const Tally& counts, const Policy& policy) {
  std::string out = fmt::format("**{} hold, {} violated", counts.holds, counts.violated);
  if (counts.known > 0) out += fmt::format(" ({} known)", counts.known);
  if (counts.below_level > 0) {
    out += fmt::format(" ({} below {})", counts.below_level, to_string(policy.fail_on));
  }
  out += fmt::format(", {} not judged", counts.not_judged);
  if (counts.unproven > 0) out += fmt::format(" ({} unproven)", counts.unproven);
  return out + "**";
}

std::string facts_in_words(const CampaignResult& result, const RunFacts& run,
                           const Policy& policy) {
  std::string out =
      fmt::format("Connector {}, {}, {} in {:.1f} s, seed {}", code(run.subject),
                  counted(result.cases, "case", "cases"),
                  counted(result.exchanges, "exchange", "exchanges"), result.seconds, run.seed);
  if (run.wire) out += ", over real sockets";
  for (const auto& [name, value] : run.switches) out += ", " + code(name + "=" + value);
  const std::string decided = policy_in_words(policy);
  if (!decided.empty()) out += "; " + markdown_text(decided);
  return out + fmt::format(". Atrapa {}.\n\n", kVersion);
}

std::string pages(const CampaignResult& result, const Policy& policy) {
  std::vector<std::string> order;
  std::map<std::string, CampaignResult> by_page;
  for (const RuleResult& rule : result.rules) {
    const std::string page = rule.rule->id.substr(0, rule.rule->id.find('-'));
    if (!by_page.contains(page)) order.push_back(page);
    by_page[page].rules.push_back(rule);
  }
  if (order.size() < 2) return {};
  std::string out = "| page | rules | hold | violated | not judged |\n|---|--:|--:|--:|--:|\n";
  for (const std::string& page : order) {
    const Tally counts = tally(by_page[page], policy);
    out += fmt::format("| {} | {} | {} | {} | {} |\n", cell(page), by_page[page].rules.size(),
                       counts.holds, counts.violated, counts.not_judged);
  }
  return out + "\n";
}

std::string violated_row(const RuleResult& result, const RunFacts& run,
                         const std::string& replay_file, const Policy& policy) {
  const std::vector<Finding>& findings = result.violation->findings;
  const Finding first = findings.empty() ? Finding{} : findings.front();
  std::string what = cell(first.what);
  if (findings.size() > 1) what += fmt::format(" (and {} more)", findings.size() - 1);
  const std::string standing = standing_in_words(result, policy);
  return fmt::format("| **{}**<br>{}{} | {} | {}<br>expected {}<br>observed {} | {} |\n",
                     cell(result.rule->id), to_string(result.rule->level),
                     standing.empty() ? "" : "<br>" + cell(standing), cell(result.rule->statement),
                     what, code_cell(first.expected), code_cell(first.observed),
                     code(repeat_command(run, result, replay_file)));
}

std::string detail(const RuleResult& result, const RunFacts& run, const std::string& replay_file) {
  std::string text = violation_report(result, run, replay_file, Style{});
  if (text.size() > kDetailBytes) {
    const std::size_t end = text.rfind('\n', kDetailBytes);
    text = text.substr(0, end) + "\n... the rest stands in the other reports\n";
  }
  return fmt::format("<details><summary>{} in full</summary>\n\n{}\n</details>\n\n",
                     cell(result.rule->id), markdown_block(text));
}

/// A table of the rules with a reason each, below a fold or not; "" without any.
std::string reasons(const std::vector<std::pair<const Rule*, std::string>>& rules,
                    const std::string& heading, bool folded) {
  if (rules.empty()) return {};
  Bounded rows(6'000);
  for (const auto& [rule, reason] : rules) {
    rows.add(fmt::format("| {} | {} | {} |\n", cell(rule->id), cell(rule->statement),
                         cell(printable(reason))));
  }
  std::string table = "| rule | the documented sentence | why |\n|---|---|---|\n" + rows.text();
  if (rows.left_out() > 0) table += fmt::format("\nAnd {} more.\n", rows.left_out());
  return folded
             ? fmt::format("<details><summary>{}</summary>\n\n{}\n</details>\n\n", heading, table)
             : fmt::format("### {}\n\n{}\n", heading, table);
}

std::string not_judged(const CampaignResult& result) {
  std::vector<std::pair<const Rule*, std::string>> unproven, declared, left_out;
  for (const RuleResult& rule : result.rules) {
    if (rule.declared_reason()) {
      declared.emplace_back(rule.rule, *rule.declared_reason());
    } else if (rule.verdict == Verdict::NotJudged) {
      unproven.emplace_back(rule.rule, rule.reason);
    } else if (rule.verdict == Verdict::Holds && !rule.reason.empty()) {
      left_out.emplace_back(rule.rule, rule.reason);
    }
  }
  return reasons(unproven, "Unproven, which is no pass", false) +
         reasons(left_out, "Hold, with cases that could not be judged", true) +
         reasons(declared, "Not judged", true);
}

}  // namespace

std::string markdown_text(std::string_view text) {
  // As references these are never markup: also '@', '#', ':' and '$', which GitHub and GitLab read
  // as mentions, issues, emoji and formulas.
  constexpr std::string_view kMarkup = "&<>|`*_[]\\#~$@:!";
  std::string out;
  for (const char c : printable(text)) {
    if (kMarkup.find(c) == kMarkup.npos) {
      out += c;
    } else {
      out += fmt::format("&#{};", static_cast<int>(c));
    }
  }
  return out;
}

std::string markdown_block(std::string_view text) {
  std::size_t longest = 2;
  for (std::size_t at = text.find('`'); at != text.npos; at = text.find('`', at)) {
    const std::size_t end = std::min(text.find_first_not_of('`', at), text.size());
    longest = std::max(longest, end - at);
    at = end;
  }
  const std::string fence(longest + 1, '`');
  return fmt::format("{}text\n{}{}{}\n", fence, text, text.ends_with('\n') ? "" : "\n", fence);
}

std::string markdown(const CampaignResult& result, const RunFacts& run,
                     const ReplayFileOf& replay_file, const Policy& policy) {
  const Tally counts = tally(result, policy);
  std::string out = fmt::format("## {} Atrapa: {}\n\n{}\n\n", light(counts), headline(counts),
                                counts_in_words(counts, policy)) +
                    facts_in_words(result, run, policy) + pages(result, policy);
  const std::string rest = not_judged(result);
  const std::vector<std::string> fixed = fixed_rules(result, policy);
  std::string closing;
  if (!fixed.empty()) {
    closing = fmt::format("Fixed, to be taken out of {}: {}\n\n", code(policy.baseline_file),
                          markdown_text(shorten(fmt::format("{}", fmt::join(fixed, ", ")), 2000)));
  }
  const std::size_t left = kMaxSummaryBytes - out.size() - rest.size() - closing.size() - 500;
  Bounded rows(left / 2);
  Bounded details(left / 2);
  const auto add_all = [&](bool failing) {
    for (const RuleResult& rule : result.rules) {
      if (!rule.violation || fails(rule, policy) != failing) continue;
      const std::string file = replay_file ? replay_file(rule) : "";
      rows.add(violated_row(rule, run, file, policy));
      if (failing) details.add(detail(rule, run, file));
    }
  };
  add_all(true);
  add_all(false);
  if (counts.violated > 0) {
    out += "| rule | the documented sentence | found | repeat it |\n|---|---|---|---|\n";
    out += rows.text() + "\n";
    if (rows.left_out() > 0) {
      out += fmt::format("And {} more violated, in the other reports.\n\n", rows.left_out());
    }
  }
  out += closing + details.text();
  if (details.left_out() > 0) {
    out += fmt::format("In full, {} more stand in the other reports.\n\n", details.left_out());
  }
  return out + rest;
}

}  // namespace atrapa::harness::report
