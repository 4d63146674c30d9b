#include "harness/report/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "harness/report/text.hpp"

namespace atrapa::harness::report {

namespace {

constexpr std::string_view kBaselineFormat = "atrapa-baseline/1";

[[noreturn]] void refuse_baseline(const std::string& origin, std::string_view where,
                                  std::string_view what) {
  throw BaselineError(fmt::format("{}: {}: {}", origin, where, what));
}

Json parsed_baseline(std::string_view text, const std::string& origin) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    const std::string_view before = text.substr(0, error.byte);
    throw BaselineError(
        fmt::format("{}:{}: not JSON; expected a file as `atrapa check --write-baseline` makes it",
                    origin, 1 + std::count(before.begin(), before.end(), '\n')));
  }
}

/// Refuses members that nobody would read: a misspelt one would silently mean nothing.
void only_members(const Json& object, const std::vector<std::string>& known,
                  const std::string& where, const std::string& origin) {
  for (const auto& [name, value] : object.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    refuse_baseline(origin, fmt::format("{}/{}", where, printable(name)),
                    fmt::format("not known; expected {}", fmt::join(known, ", ")));
  }
}

std::string text_member(const Json& object, const std::string& name, const std::string& where,
                        const std::string& origin) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string() || found->get<std::string>().empty()) {
    refuse_baseline(origin, fmt::format("{}/{}", where, name), "expected a text");
  }
  return found->get<std::string>();
}

KnownFailure known_failure(const Json& entry, const std::string& where, const std::string& origin) {
  if (!entry.is_object()) {
    refuse_baseline(origin, where, "expected an object with \"rule\"");
  }
  only_members(entry, {"rule", "fails_by", "note"}, where, origin);
  KnownFailure known{.rule = text_member(entry, "rule", where, origin), .fails_by = {}, .note = {}};
  if (entry.contains("note")) known.note = text_member(entry, "note", where, origin);
  const Json forms = entry.value("fails_by", Json::array());
  const std::string at = where + "/fails_by";
  if (!forms.is_array()) refuse_baseline(origin, at, "expected a list of texts");
  for (std::size_t index = 0; index < forms.size(); ++index) {
    if (!forms[index].is_string()) {
      refuse_baseline(origin, fmt::format("{}/{}", at, index), "expected a text");
    }
    known.fails_by.push_back(forms[index].get<std::string>());
  }
  return known;
}

bool by_rule(const KnownFailure& a, const KnownFailure& b) { return a.rule < b.rule; }

}  // namespace

const KnownFailure* Baseline::find(std::string_view rule) const {
  const auto found = std::find_if(known.begin(), known.end(),
                                  [&](const KnownFailure& one) { return one.rule == rule; });
  return found == known.end() ? nullptr : &*found;
}

Baseline parse_baseline(std::string_view text, const std::string& origin) {
  const Json json = parsed_baseline(text, origin);
  if (!json.is_object() || json.value("format", Json()) != kBaselineFormat) {
    refuse_baseline(origin, "/format", fmt::format("expected \"{}\"", kBaselineFormat));
  }
  only_members(json, {"format", "known"}, "", origin);
  const auto entries = json.find("known");
  if (entries == json.end() || !entries->is_array()) {
    refuse_baseline(origin, "/known", "expected a list of objects, each with a \"rule\"");
  }
  Baseline baseline;
  for (std::size_t at = 0; at < entries->size(); ++at) {
    const std::string where = fmt::format("/known/{}", at);
    KnownFailure known = known_failure((*entries)[at], where, origin);
    if (baseline.find(known.rule) != nullptr) {
      refuse_baseline(
          origin, where + "/rule",
          fmt::format("{} stands there twice; join the entries", printable(known.rule)));
    }
    baseline.known.push_back(std::move(known));
  }
  std::sort(baseline.known.begin(), baseline.known.end(), by_rule);
  return baseline;
}

std::string to_text(const Baseline& baseline) {
  Json known = Json::array();
  for (const KnownFailure& one : baseline.known) {
    Json entry{{"rule", one.rule}};
    if (!one.fails_by.empty()) entry["fails_by"] = one.fails_by;
    if (!one.note.empty()) entry["note"] = one.note;
    known.push_back(std::move(entry));
  }
  const Json json{{"format", kBaselineFormat}, {"known", std::move(known)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Baseline baseline_of(const CampaignResult& result, const Baseline& earlier) {
  Baseline baseline;
  std::set<std::string_view> judged;
  for (const RuleResult& rule : result.rules) {
    if (rule.verdict != Verdict::NotJudged) judged.insert(rule.rule->id);
    if (!rule.violation) continue;
    std::set<std::string> forms;
    for (const Finding& finding : rule.violation->findings) {
      forms.insert(general_form(finding.what));
    }
    const KnownFailure* before = earlier.find(rule.rule->id);
    baseline.known.push_back({.rule = rule.rule->id,
                              .fails_by = {forms.begin(), forms.end()},
                              .note = before == nullptr ? "" : before->note});
  }
  for (const KnownFailure& one : earlier.known) {
    if (!judged.contains(one.rule)) baseline.known.push_back(one);
  }
  std::sort(baseline.known.begin(), baseline.known.end(), by_rule);
  return baseline;
}

std::string general_form(std::string_view what) {
  std::string unquoted;
  for (std::size_t at = 0; at < what.size(); ++at) {
    // A quotation begins a word: the apostrophe of "Base's" does not.
    const bool opens = (what[at] == '\'' || what[at] == '"') &&
                       (at == 0 || what[at - 1] == ' ' || what[at - 1] == '(');
    const std::size_t close = opens ? what.find(what[at], at + 1) : what.npos;
    if (close == what.npos) {
      unquoted += what[at];
    } else {
      unquoted += '*';
      at = close;
    }
  }
  std::string form;
  for (std::string_view rest = unquoted; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    const bool digits = std::any_of(word.begin(), word.end(), [](char c) {
      return std::isdigit(static_cast<unsigned char>(c)) != 0;
    });
    if (!form.empty()) form += ' ';
    form += digits ? std::string_view("*") : word;
  }
  return form;
}

bool is_of_form(std::string_view text, std::string_view form) {
  std::size_t at = 0;
  std::size_t in_form = 0;
  std::size_t star = form.npos;  // The last one met, and where the text after it is tried from.
  std::size_t tried = 0;
  while (at < text.size()) {
    if (in_form < form.size() && form[in_form] == '*') {
      star = in_form++;
      tried = at;
    } else if (in_form < form.size() && form[in_form] == text[at]) {
      ++in_form;
      ++at;
    } else if (star != form.npos) {
      in_form = star + 1;
      at = ++tried;
    } else {
      return false;
    }
  }
  return form.find_first_not_of('*', in_form) == form.npos;
}

}  // namespace atrapa::harness::report
