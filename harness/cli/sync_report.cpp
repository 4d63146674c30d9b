#include "harness/cli/sync_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "harness/report/json_lines.hpp"

namespace atrapa::harness::cli {

namespace {

constexpr std::size_t kExamples = 3;

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

}  // namespace

std::string sync_report(const core::RunReport& report, const report::Style& style) {
  std::string out;
  for (const std::string& line : report.summary) out += report::printable(line) + "\n";
  const std::vector<Group> groups = grouped(report);
  if (!groups.empty()) out += "\n" + style.bold("What was left alone, and why") + "\n";
  for (const Group& group : groups) {
    out += fmt::format("  {}  {:>5}  {} {}\n", severity_word(group.severity, style),
                       group.entries.size(), to_string(group.kind),
                       style.bold(to_string(group.reason)));
    for (std::size_t at = 0; at < std::min(kExamples, group.entries.size()); ++at) {
      const core::LogEntry& entry = *group.entries[at];
      const std::string record =
          entry.record.empty() ? "" : fmt::format("{}: ", report::printable(entry.record));
      out += report::paragraph(record + report::printable(entry.text), 18, style.width);
    }
    if (group.entries.size() > kExamples) {
      out += fmt::format("{}and {} more\n", std::string(18, ' '), group.entries.size() - kExamples);
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
                          {"failed", report.failed},
                          {"reasons", reasons},
                          {"summary", report.summary}});
}

}  // namespace atrapa::harness::cli
