#include "harness/cli/sync_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "harness/report/json_lines.hpp"

namespace atrapa::harness::cli {

namespace {

constexpr std::size_t kExamples = 3;  ///< Different texts shown of one reason.
constexpr std::size_t kExampleIndent = 18;

/// All entries of one reason.
struct Group {
  core::Severity severity;
  core::RecordKind kind;
  core::Reason reason;
  std::vector<const core::LogEntry*> entries;
};

std::vector<Group> grouped(const core::RunReport& report) {
  std::map<std::tuple<core::Severity, core::RecordKind, core::Reason>, std::size_t> at;
  std::vector<Group> groups;
  for (const core::LogEntry& entry : report.entries) {
    const auto [place, is_new] =
        at.try_emplace({entry.severity, entry.kind, entry.reason}, groups.size());
    if (is_new) groups.push_back({entry.severity, entry.kind, entry.reason, {}});
    groups[place->second].entries.push_back(&entry);
  }
  std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return std::tuple(a.severity, a.entries.size()) > std::tuple(b.severity, b.entries.size());
  });
  return groups;
}

std::string severity_word(core::Severity severity, const report::Style& style) {
  const std::string word = report::padded(to_string(severity), 7);
  switch (severity) {
    case core::Severity::Error: return style.bad(word);
    case core::Severity::Warning: return style.doubtful(word);
    case core::Severity::Info: return style.faint(word);
  }
  return word;
}

/// The texts of a group, each once, with how often it occurs where that is more than once.
std::vector<std::string> examples_of(const Group& group) {
  std::vector<std::pair<std::string, std::size_t>> texts;
  for (const core::LogEntry* entry : group.entries) {
    const bool named = entry->text.find(entry->record) != std::string::npos;
    std::string text = named ? entry->text : fmt::format("{}: {}", entry->record, entry->text);
    const auto same = std::find_if(texts.begin(), texts.end(),
                                   [&](const auto& known) { return known.first == text; });
    if (same != texts.end()) {
      ++same->second;
    } else if (texts.size() <= kExamples) {
      texts.emplace_back(std::move(text), 1);
    }
  }
  if (texts.size() > kExamples) texts.pop_back();
  std::vector<std::string> examples;
  for (const auto& [text, count] : texts) {
    examples.push_back(report::printable(text) +
                       (count > 1 ? fmt::format(" ({} times)", count) : ""));
  }
  return examples;
}

}  // namespace

std::string sync_report(const core::RunReport& report, const report::Style& style) {
  std::string out;
  for (const std::string& line : report.summary) {
    // Indented lines count the reasons, which follow here with examples.
    if (!line.starts_with(" ")) out += report::printable(line) + "\n";
  }
  const std::vector<Group> groups = grouped(report);
  if (!groups.empty()) out += "\n" + style.bold("What was left alone, and why") + "\n";
  for (const Group& group : groups) {
    out += fmt::format("  {}  {:>5}  {}s: {}\n", severity_word(group.severity, style),
                       group.entries.size(), to_string(group.kind),
                       style.bold(to_string(group.reason)));
    for (const std::string& example : examples_of(group)) {
      out += report::paragraph(example, kExampleIndent, style.width);
    }
  }
  return out;
}

std::string sync_report_line(const core::RunReport& report) {
  Json reasons = Json::array();
  for (const Group& group : grouped(report)) {
    reasons.push_back({{"reason", to_string(group.reason)},
                       {"severity", to_string(group.severity)},
                       {"kind", to_string(group.kind)},
                       {"count", group.entries.size()}});
  }
  Json products;
  if (report.products) {
    products = {{"added", report.products->added},
                {"there", report.products->there},
                {"left_alone", report.products->left_alone}};
  }
  return report::to_line({{"ok", report.ok},
                          {"run", report.run},
                          {"orders",
                           {{"read", report.orders_read},
                            {"saved", report.orders_saved},
                            {"already_there", report.orders_already_there},
                            {"left_alone", report.orders_left_alone}}},
                          {"stock",
                           {{"paired", report.products_paired},
                            {"written", report.stock_written},
                            {"unchanged", report.stock_unchanged},
                            {"left_alone", report.products_left_alone}}},
                          {"products", products},
                          {"failed", report.failed},
                          {"reasons", reasons},
                          {"summary", report.summary}});
}

}  // namespace atrapa::harness::cli
