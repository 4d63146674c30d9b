#include "harness/report/html.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

#include "harness/report/html_assets.hpp"
#include "harness/report/html_rule.hpp"
#include "harness/report/tally.hpp"
#include "harness/report/version.hpp"

namespace atrapa::harness::report {

namespace {

constexpr std::size_t kPageBytes = 6u << 20;  // From here on exchanges are counted only.
constexpr std::size_t kFoundRows = 100;

/// 'sha256-...' of the policy that lets this very text run, and nothing else.
std::string allowed(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::logic_error("no SHA-256");
  }
  std::array<unsigned char, 48> base64{};
  const int length = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(digest.size()));
  return fmt::format("'sha256-{}'", std::string(base64.begin(), base64.begin() + length));
}

std::vector<std::pair<const HtmlVerdict*, std::size_t>> counts_by_verdict(
    const CampaignResult& result, const Policy& policy) {
  std::vector<std::pair<const HtmlVerdict*, std::size_t>> counts;
  for (const HtmlVerdict& verdict : kHtmlVerdicts) counts.emplace_back(&verdict, 0);
  for (const RuleResult& rule : result.rules) {
    counts[static_cast<std::size_t>(&html_verdict(rule, policy) - kHtmlVerdicts)].second += 1;
  }
  return counts;
}

std::string facts_on_page(const CampaignResult& result, const RunFacts& run, const Policy& policy) {
  std::vector<std::string> facts{
      fmt::format("connector <code>{}</code>", html_text(run.subject)),
      fmt::format("seed {}", run.seed),
      fmt::format("up to {} each", counted(static_cast<std::size_t>(run.cases), "case", "cases")),
      fmt::format("{} in {:.2f} s", counted(result.exchanges, "exchange", "exchanges"),
                  result.seconds)};
  if (run.wire) facts.push_back("over real sockets");
  for (const auto& [name, value] : run.switches) {
    facts.push_back(fmt::format("<code>{}={}</code>", html_text(name), html_text(value)));
  }
  if (policy.asked()) facts.push_back(html_text(policy_in_words(policy)));
  std::string out = "<ul class=\"facts\">\n";
  for (const std::string& fact : facts) out += fmt::format("<li>{}</li>\n", fact);
  return out + "</ul>\n";
}

std::string head_of_page(const CampaignResult& result, const RunFacts& run, const Policy& policy) {
  std::string out = fmt::format(
      "<header>\n<p class=\"over\">Atrapa {}: a connector judged by documented sentences</p>\n"
      "<h1>{}</h1>\n",
      kVersion, headline(tally(result, policy)));
  out += facts_on_page(result, run, policy) + "<ul class=\"counts\">\n";
  std::string shares;
  for (const auto& [verdict, count] : counts_by_verdict(result, policy)) {
    const bool always = verdict == kHtmlVerdicts || std::string_view(verdict->key) == "holds";
    if (count == 0 && !always) continue;
    out += fmt::format("<li class=\"{}\"><b>{}</b><span>{}{}</span></li>\n", verdict->key, count,
                       html_mark(*verdict), verdict->words);
    if (count > 0) shares += fmt::format("<i class=\"{0} part-{0}\"></i>", verdict->key);
  }
  return out + fmt::format("</ul>\n<div class=\"share\" aria-hidden=\"true\">{}</div>\n</header>\n",
                           shares);
}

/// The widths of the bar, as rules: the policy of the page takes no style attribute.
std::string widths_of_bar(const CampaignResult& result, const Policy& policy) {
  std::string out;
  for (const auto& [verdict, count] : counts_by_verdict(result, policy)) {
    out += fmt::format(".part-{} {{ --part: {}; }}\n", verdict->key, count);
  }
  return out;
}

std::string found_table(const CampaignResult& result, const Policy& policy) {
  std::string rows;
  std::size_t shown = 0;
  std::size_t more = 0;
  for (const bool failing : {true, false}) {
    for (const RuleResult& rule : result.rules) {
      if (!rule.violation || fails(rule, policy) != failing) continue;
      if (shown == kFoundRows) {
        ++more;
        continue;
      }
      ++shown;
      const HtmlVerdict& verdict = html_verdict(rule, policy);
      const Finding first =
          rule.violation->findings.empty() ? Finding{} : rule.violation->findings.front();
      rows += fmt::format(
          "<tr class=\"{}\"><td><span class=\"verdict\">{}</span> <a class=\"id\" "
          "href=\"#{}\">{}</a></td>"
          "<td>{}</td><td>{}<br><span class=\"faint\">expected</span> <code>{}</code><br>"
          "<span class=\"faint\">observed</span> <code>{}</code></td></tr>\n",
          verdict.key, html_mark(verdict), html_anchor(*rule.rule), html_text(rule.rule->id),
          html_text(printable(rule.rule->statement)),
          html_text(shorten(printable(first.what), 160)),
          html_text(shorten(printable(first.expected), 120)),
          html_text(shorten(printable(first.observed), 120)));
    }
  }
  if (rows.empty()) return {};
  std::string out =
      "<h2>Violated</h2>\n<table class=\"found\"><thead><tr><th scope=\"col\">rule</th>"
      "<th scope=\"col\">the documented sentence</th><th scope=\"col\">first finding</th></tr>"
      "</thead>\n<tbody>\n" +
      rows + "</tbody></table>\n";
  if (more > 0) out += fmt::format("<p class=\"faint\">and {} more, below</p>\n", more);
  return out;
}

std::string page_name(const std::string& rule_id) { return rule_id.substr(0, rule_id.find('-')); }

/// What is behind the group in an id: "04" of "SYSTIM-STOCK-04".
std::string number_of(const std::string& rule_id) {
  const std::size_t dash = rule_id.rfind('-');
  return dash == std::string::npos ? rule_id : rule_id.substr(dash + 1);
}

std::string matrix(const CampaignResult& result, const Policy& policy) {
  std::string out = "<h2>All rules at a glance</h2>\n<div class=\"pages\">\n";
  std::string page;
  std::string group;
  for (const RuleResult& rule : result.rules) {
    const std::string& id = rule.rule->id;
    const bool first = page.empty();
    if (group != group_of(id) && !group.empty()) out += "</ul></div>\n";
    if (page != page_name(id)) {
      if (!first) out += "</section>\n";
      page = page_name(id);
      out += fmt::format("<section><h3>{} <span class=\"faint\">{}</span></h3>\n", html_text(page),
                         html_text(rule.rule->integration));
    }
    if (group != group_of(id)) {
      group = group_of(id);
      const std::string name = group.size() > page.size() ? group.substr(page.size() + 1) : group;
      out +=
          fmt::format("<div class=\"row\"><span>{}</span><ul class=\"cells\">\n", html_text(name));
    }
    const HtmlVerdict& verdict = html_verdict(rule, policy);
    const std::string label = html_text(fmt::format("{}: {}", id, verdict.words));
    out += fmt::format(
        "<li class=\"{}\"><a href=\"#{}\" title=\"{}\" aria-label=\"{}\">{}{}</a></li>\n",
        verdict.key, html_anchor(*rule.rule), label, label, html_mark(verdict),
        html_text(number_of(id)));
  }
  if (!page.empty()) out += "</ul></div></section>\n";
  return out + "</div>\n";
}

std::string filters(const CampaignResult& result, const Policy& policy) {
  std::string out =
      "<form id=\"filters\" class=\"filters\" hidden>\n"
      "<input type=\"search\" aria-label=\"Rules that hold these words\" placeholder=\"Find a "
      "rule, a word, a path\" "
      "autocomplete=\"off\">\n<fieldset><legend>Verdict</legend>\n";
  for (const auto& [verdict, count] : counts_by_verdict(result, policy)) {
    if (count == 0) continue;
    out += fmt::format(
        "<label class=\"{0}\"><input type=\"checkbox\" name=\"verdict\" value=\"{0}\" checked>"
        "{1}{2}</label>\n",
        verdict->key, html_mark(*verdict), verdict->words);
  }
  out += "</fieldset>\n<fieldset><legend>Level</legend>\n";
  for (const Level level : {Level::Must, Level::Should, Level::May, Level::Info}) {
    bool any = false;
    for (const RuleResult& rule : result.rules) any = any || rule.rule->level == level;
    if (!any) continue;
    out += fmt::format(
        "<label><input type=\"checkbox\" name=\"level\" value=\"{0}\" checked>{0}</label>\n",
        to_string(level));
  }
  return out +
         "</fieldset>\n<button type=\"reset\">Show all</button> <output "
         "aria-live=\"polite\"></output>\n"
         "</form>\n";
}

std::string rules_on_page(const CampaignResult& result, const RunFacts& run,
                          const ReplayFileOf& replay_file, const Policy& policy) {
  std::string out;
  std::string group;
  for (const RuleResult& rule : result.rules) {
    const std::string next = group_of(rule.rule->id);
    if (next != group || out.empty()) {
      if (!out.empty()) out += "</section>\n";
      out += fmt::format("<section class=\"group\"><h3>{} <span class=\"faint\">{}</span></h3>\n",
                         html_text(next), html_text(rule.rule->integration));
      group = next;
    }
    out +=
        html_rule(rule, run, replay_file ? replay_file(rule) : "", policy, out.size() < kPageBytes);
  }
  return out.empty() ? out : out + "</section>\n";
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string out;
  for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n')) {
    out += html_text(text.substr(0, end)) + "\n";
    text.remove_prefix(end + 1);
  }
  for (const char c : printable(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string html(const CampaignResult& result, const RunFacts& run, const ReplayFileOf& replay_file,
                 const Policy& policy) {
  const std::string style = std::string(html_style()) + widths_of_bar(result, policy);
  const std::string script(html_script());
  return fmt::format(
             "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "style-src {}; script-src {}; base-uri 'none'; form-action 'none'\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Atrapa: {}</title>\n"
             "<style>{}</style>\n</head>\n<body>\n",
             allowed(style), allowed(script), headline(tally(result, policy)), style) +
         std::string(html_drawings()) + head_of_page(result, run, policy) + "<main>\n" +
         found_table(result, policy) + matrix(result, policy) + "<h2>Rule by rule</h2>\n" +
         filters(result, policy) + rules_on_page(result, run, replay_file, policy) + "</main>\n" +
         fmt::format("<footer>Made by Atrapa {}. The page asks nobody for anything.</footer>\n",
                     kVersion) +
         "<script>" + script + "</script>\n</body>\n</html>\n";
}

}  // namespace atrapa::harness::report
