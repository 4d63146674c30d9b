#include "harness/report/run_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace atrapa::harness::report {

std::string shell_argument(const std::string& text) {
  constexpr std::string_view kPlain = "-_./:=,@%+";
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || kPlain.find(c) != kPlain.npos;
  });
  if (plain) return text;
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string repeat_command(const RunFacts& run, const RuleResult& result,
                           const std::string& replay_file) {
  std::string foreign;
  for (const std::string& word : run.subject_options) foreign += " " + shell_argument(word);
  if (!replay_file.empty()) return "atrapa replay " + shell_argument(replay_file) + foreign;
  std::string command =
      fmt::format("atrapa check {} --seed {} --cases {}", result.rule->id, run.seed, run.cases);
  if (!foreign.empty()) {
    command += foreign;
  } else if (run.subject != "core") {
    command += " --subject " + shell_argument(run.subject);
  }
  for (const auto& [name, value] : run.switches) {
    command += " --set " + shell_argument(name + "=" + value);
  }
  if (run.wire) command += " --wire";
  return command;
}

std::string in_words(Provenance provenance) {
  switch (provenance) {
    case Provenance::Seed: return "stated by the integration's own help page";
    case Provenance::Doc: return "stated by an official page or specification";
    case Provenance::Client: return "read from the source of a published client";
    case Provenance::Inferred: return "our conclusion, not a documented sentence";
  }
  return "of unknown origin";
}

std::string in_words(Level level) {
  switch (level) {
    case Level::Must: return "must: the text states it";
    case Level::Should: return "should: advice, or a likely consequence";
    case Level::May: return "may: open or contradictory, kept as a switch";
    case Level::Info: return "info: nothing to test";
  }
  return "of unknown level";
}

std::string source_line(const Rule& rule) {
  std::string line = rule.source.document;
  if (!rule.source.section.empty()) line += fmt::format(", section \"{}\"", rule.source.section);
  return fmt::format("{} ({}: {})", line, to_string(rule.provenance), in_words(rule.provenance));
}

std::string group_of(const std::string& rule_id) {
  const std::size_t dash = rule_id.rfind('-');
  return dash == std::string::npos ? rule_id : rule_id.substr(0, dash);
}

}  // namespace atrapa::harness::report
