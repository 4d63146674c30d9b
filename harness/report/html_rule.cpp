#include "harness/report/html_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "harness/report/curl.hpp"
#include "harness/report/html.hpp"
#include "harness/report/readable.hpp"
#include "harness/report/text.hpp"

namespace atrapa::harness::report {

namespace {

constexpr std::size_t kExchangesOnPage = 60;
constexpr std::size_t kFindingsOnPage = 40;
constexpr std::size_t kAnswerWidth = 3000;  // Columns.
constexpr std::size_t kValueWidth = 4000;

std::string entry(const char* name, const std::string& html) {
  return fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, html);
}

/// The document, as a link where it is an address.
std::string document_of(const Citation& source) {
  const std::string& document = source.document;
  const bool address = document.starts_with("https://") || document.starts_with("http://");
  std::string out = html_text(document);
  if (address && document.find(' ') == document.npos) {
    out = fmt::format("<a href=\"{0}\" rel=\"noreferrer noopener\">{0}</a>", out);
  }
  if (!source.section.empty()) out += fmt::format("<br>section “{}”", html_text(source.section));
  return out;
}

std::string facts_of(const RuleResult& result, const RunFacts& run, const Policy& policy) {
  const Rule& rule = *result.rule;
  const HtmlVerdict& verdict = html_verdict(result, policy);
  std::string words = fmt::format("<span class=\"verdict\">{}</span>", verdict.words);
  if (result.violation) {
    const std::string standing = standing_in_words(result, policy);
    if (!standing.empty()) words += ": " + html_text(standing);
  } else if (rule.not_judged || !result.reason.empty()) {
    words += ": " + html_text(printable(rule.not_judged.value_or(result.reason)));
  }
  if (is_fixed(result, policy)) {
    words += fmt::format("; fixed: take it out of {}", html_text(policy.baseline_file));
  }
  std::string out = entry("Verdict", words) + entry("Source", document_of(rule.source)) +
                    entry("Level", html_text(in_words(rule.level))) +
                    entry("Provenance", html_text(in_words(rule.provenance)));
  std::string switches;
  for (const std::string& name : rule.switches) {
    const auto chosen = run.switches.find(name);
    switches += fmt::format("{}<code>{}</code> {}", switches.empty() ? "" : "<br>", html_text(name),
                            chosen == run.switches.end()
                                ? "as by default"
                                : fmt::format("= <code>{}</code>", html_text(chosen->second)));
  }
  if (!switches.empty()) out += entry("Switches", switches);
  if (result.cases > 0) {
    out +=
        entry("Looked at",
              fmt::format("{}{}, {}, {}",
                          counted(static_cast<std::size_t>(result.cases), "case", "cases"),
                          result.left_out > 0 ? fmt::format(" ({} left out)", result.left_out) : "",
                          counted(result.checks, "expectation", "expectations"),
                          counted(result.exchanges, "exchange", "exchanges")));
  }
  return "<dl>\n" + out + "</dl>\n";
}

std::string value(const std::string& text) {
  return html_text(shorten(printable(text), kValueWidth));
}

std::string findings_on_page(const Violation& violation) {
  std::string out = "<h4>What was found</h4>\n";
  const std::size_t shown = std::min(violation.findings.size(), kFindingsOnPage);
  for (std::size_t at = 0; at < shown; ++at) {
    const Finding& finding = violation.findings[at];
    out += fmt::format(
        "<div class=\"finding\"><p>{}</p><div class=\"pair\">"
        "<div class=\"expected\"><h5>expected</h5><code>{}</code></div>"
        "<div class=\"observed\"><h5>observed</h5><code>{}</code></div></div></div>\n",
        value(finding.what), value(finding.expected), value(finding.observed));
  }
  if (shown < violation.findings.size()) {
    out += fmt::format("<p class=\"faint\">and {} more</p>\n", violation.findings.size() - shown);
  }
  return out;
}

std::string smallest_case(const Violation& violation, const RunFacts& run) {
  std::string history;
  if (run.cases > 1) {
    history = fmt::format("; case {} of {} showed it first, made smaller {}",
                          violation.case_index + 1, run.cases,
                          counted(static_cast<std::size_t>(violation.shrinks), "time", "times"));
  }
  return fmt::format("<h4>Smallest case ({}{})</h4>\n<pre tabindex=\"0\">{}</pre>\n",
                     counted(violation.records, "record", "records"), history,
                     html_text(readable(violation.input, 0, 96)));
}

std::string failed_runs_on_page(const Violation& violation) {
  if (violation.failed_runs.empty()) return {};
  std::string out = "<h4>Runs that the connector called failed</h4>\n<ol>\n";
  const std::size_t shown = std::min(violation.failed_runs.size(), kExchangesOnPage);
  for (std::size_t at = 0; at < shown; ++at) {
    const FailedRun& run = violation.failed_runs[at];
    out += fmt::format("<li><code>{}</code> {}</li>\n", html_text(printable(run.command)),
                       html_text(shorten(printable(run.words), kAnswerWidth)));
  }
  out += "</ol>\n";
  if (shown < violation.failed_runs.size()) {
    out +=
        fmt::format("<p class=\"faint\">and {} more</p>\n", violation.failed_runs.size() - shown);
  }
  return out;
}

std::string calls_on_page(const Violation& violation) {
  if (violation.calls.empty()) return {};
  std::string out = fmt::format(
      "<h4>Calls of the platform to the connector ({})</h4>\n<ol class=\"exchanges\">\n",
      violation.calls.size());
  const std::size_t shown = std::min(violation.calls.size(), kExchangesOnPage);
  for (std::size_t at = 0; at < shown; ++at) {
    const mocks::kit::Delivery& call = violation.calls[at];
    const std::string answer =
        printable(call.outcome) + (call.status > 0 ? fmt::format(", {}", call.status) : "");
    out += fmt::format(
        "<li><details><summary><code>{} {}</code> <span class=\"answer\">{}</span></summary>"
        "<pre class=\"wrapped\">{}</pre></details></li>\n",
        html_text(call.request.method), html_text(printable(call.url)), html_text(answer),
        html_text(printable(call.event) + "\n" +
                  shorten(printable(without_tokens(call.request.body)), kAnswerWidth)));
  }
  out += "</ol>\n";
  if (shown < violation.calls.size()) {
    out += fmt::format("<p class=\"faint\">and {} more</p>\n", violation.calls.size() - shown);
  }
  return out;
}

/// "getOrders" where a form names what it asks for in a field `method`, since the address of such
/// calls is always the same.
std::string operation_of(const mocks::kit::Request& request) {
  constexpr std::string_view kField = "method=";
  std::string_view pairs = request.body;
  while (!pairs.empty()) {
    const std::string_view pair = pairs.substr(0, pairs.find('&'));
    if (pair.starts_with(kField)) return printable(pair.substr(kField.size(), 60));
    pairs.remove_prefix(std::min(pairs.size(), pair.size() + 1));
  }
  return {};
}

std::string exchange_on_page(const mocks::kit::Exchange& exchange) {
  const std::string& target = exchange.request.target;
  std::string status =
      exchange.response.status == 0 ? "no answer" : std::to_string(exchange.response.status);
  if (exchange.fault) {
    status += fmt::format(", fault: {}", mocks::kit::to_string(*exchange.fault));
  }
  // The line of a sign-in may hold secrets behind the question mark; the curl line masks them.
  return fmt::format(
      "<li><details><summary><code>{} {} {}</code> <span class=\"answer\">{}</span></summary>\n"
      "<pre class=\"wrapped\">{}</pre><pre class=\"wrapped\">{}</pre></details></li>\n",
      html_text(printable(exchange.request.method)),
      html_text(shorten(printable(target.substr(0, target.find('?'))), 160)),
      html_text(operation_of(exchange.request)), html_text(status), html_text(curl_line(exchange)),
      html_text(answer_line(exchange, kAnswerWidth)));
}

std::string exchanges_on_page(const Violation& violation, bool with_exchanges) {
  const std::size_t all = violation.exchanges.size();
  if (all == 0) return "<p>The connector sent nothing to the shop in this case.</p>\n";
  if (!with_exchanges) {
    return fmt::format(
        "<p class=\"faint\">{}, left out of this page for its size; the command "
        "below shows them.</p>\n",
        counted(all, "exchange", "exchanges"));
  }
  const std::size_t first = all > kExchangesOnPage ? all - kExchangesOnPage : 0;
  std::string out = fmt::format(
      "<h4>Exchanges ({})</h4>\n<p class=\"faint\"><code>$SHOP</code> is where the shop answers, "
      "<code>$TOKEN</code> what it gave.</p>\n<ol class=\"exchanges\">\n",
      first > 0 ? fmt::format("the last {} of {}", all - first, all) : std::to_string(all));
  for (std::size_t at = first; at < all; ++at) out += exchange_on_page(violation.exchanges[at]);
  return out + "</ol>\n";
}

std::string commands_on_page(const RuleResult& result, const RunFacts& run,
                             const std::string& replay_file) {
  std::string out;
  if (result.violation) {
    out = fmt::format("<h4>Repeat it</h4>\n<pre>{}</pre>\n",
                      html_text(repeat_command(run, result, replay_file)));
  }
  return fmt::format(
      "<div class=\"repeat\">{}<h4>Read it</h4>\n<pre>atrapa explain {}</pre></div>\n", out,
      html_text(result.rule->id));
}

}  // namespace

const HtmlVerdict& html_verdict(const RuleResult& result, const Policy& policy) {
  enum { kViolated, kTolerated, kUnproven, kHolds, kSilent };
  switch (result.verdict) {
    case Verdict::Violated: return kHtmlVerdicts[fails(result, policy) ? kViolated : kTolerated];
    case Verdict::Holds: return kHtmlVerdicts[kHolds];
    case Verdict::NotJudged: break;
  }
  return kHtmlVerdicts[result.declared_reason() ? kSilent : kUnproven];
}

std::string html_mark(const HtmlVerdict& verdict) {
  return fmt::format("<svg class=\"mark\" aria-hidden=\"true\"><use href=\"#mark-{}\"/></svg>",
                     verdict.key);
}

std::string html_anchor(const Rule& rule) {
  std::string anchor = rule.id;
  std::replace_if(
      anchor.begin(), anchor.end(),
      [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '_';
      },
      '-');
  return "rule-" + anchor;
}

std::string html_rule(const RuleResult& result, const RunFacts& run, const std::string& replay_file,
                      const Policy& policy, bool with_exchanges) {
  const Rule& rule = *result.rule;
  const HtmlVerdict& verdict = html_verdict(result, policy);
  std::string out = fmt::format(
      "<details class=\"rule {0}\" id=\"{1}\" data-verdict=\"{0}\" data-level=\"{2}\"{3}>\n"
      "<summary>{4}<b>{5}</b><span class=\"sentence\">{6}</span>"
      "<span class=\"faint\">{7}, {2}</span></summary>\n<div class=\"body\">\n",
      verdict.key, html_anchor(rule), to_string(rule.level), fails(result, policy) ? " open" : "",
      html_mark(verdict), html_text(rule.id), html_text(printable(rule.statement)), verdict.words);
  if (result.violation) out += findings_on_page(*result.violation);
  if (result.violation) out += "<h4>The documented sentence</h4>\n";
  out += facts_of(result, run, policy);
  if (result.violation) {
    out += smallest_case(*result.violation, run) + failed_runs_on_page(*result.violation) +
           calls_on_page(*result.violation) + exchanges_on_page(*result.violation, with_exchanges);
  }
  return out + commands_on_page(result, run, replay_file) + "</div></details>\n";
}

}  // namespace atrapa::harness::report
