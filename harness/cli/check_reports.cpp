#include "harness/cli/check_reports.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>

#include "harness/cli/findings.hpp"
#include "harness/cli/names.hpp"
#include "harness/report/html.hpp"
#include "harness/report/json_lines.hpp"
#include "harness/report/junit.hpp"
#include "harness/report/markdown.hpp"
#include "harness/report/sarif.hpp"
#include "harness/world/text_file.hpp"

namespace atrapa::harness::cli {

namespace {

constexpr std::uintmax_t kMaxBaselineBytes = 4u << 20;

/// A report as a file: its name in `--out DIR`, who it is for, and where an option wants it.
struct ReportFile {
  const char* name;
  const char* reader;
  std::string (*render)(const CampaignResult&, const report::RunFacts&, const report::ReplayFileOf&,
                        const report::Policy&);
  std::string ReportArguments::*option;  ///< Null: only in the directory.
  const char* option_name;
};

constexpr ReportFile kReportFiles[] = {
    {"report.html", "a page for people", report::html, &ReportArguments::html, "--html"},
    {"summary.md", "for a job's page", report::markdown, &ReportArguments::markdown, "--markdown"},
    {"junit.xml", "for build servers", report::junit_xml, &ReportArguments::junit, "--junit"},
    {"report.sarif", "for code scanning", report::sarif, &ReportArguments::sarif, "--sarif"},
    {"report.jsonl", "for programs", report::json_lines, nullptr, nullptr},
};

report::Baseline read_baseline(const std::string& file, const RuleSet& set) {
  report::Baseline baseline = report::parse_baseline(read_text_file(file, kMaxBaselineBytes), file);
  std::vector<std::string> ids;
  for (const Rule& rule : set.rules) ids.push_back(rule.id);
  for (const report::KnownFailure& known : baseline.known) {
    if (std::find(ids.begin(), ids.end(), known.rule) != ids.end()) continue;
    throw Failure(fmt::format(
        "{}: no rule is called '{}'.{} Mend the entry or take it out. All rules: atrapa rules",
        file, report::printable(known.rule), did_you_mean(known.rule, ids)));
  }
  return baseline;
}

Level level_named(const std::string& name) {
  for (const Level level : {Level::Must, Level::Should, Level::May}) {
    if (to_string(level) == name) return level;
  }
  return Level::Info;
}

}  // namespace

void add_reports(CLI::App& command, ReportArguments& arguments) {
  std::string all;
  for (const ReportFile& file : kReportFiles) {
    all += fmt::format("{} ({}), ", file.name, file.reader);
  }
  command
      .add_option("--out", arguments.out,
                  "Write into this directory: " + all + "and a replay file per violation")
      ->type_name("DIR");
  for (const ReportFile& file : kReportFiles) {
    if (file.option == nullptr) continue;
    command
        .add_option(file.option_name, arguments.*file.option,
                    fmt::format("Write {} here: {}", file.name, file.reader))
        ->type_name("FILE");
  }
  command
      .add_option("--baseline", arguments.baseline,
                  "Known failures: they do not fail the run, new ones do; those that hold now are "
                  "named")
      ->type_name("FILE");
  command
      .add_option("--write-baseline", arguments.write_baseline,
                  "Write what is violated as known failures; keeps notes, and rules not judged, of "
                  "--baseline or of the file that is there; the exit code stays as it is")
      ->type_name("FILE");
  command
      .add_option("--fail-on", arguments.fail_on,
                  "The lowest level whose violation fails the run [any]; others are shown only")
      ->check(CLI::IsMember({"must", "should", "may"}))
      ->type_name("must|should|may");
}

report::Policy policy_of(const ReportArguments& arguments, const RuleSet& set) {
  report::Policy policy;
  policy.fail_on = level_named(arguments.fail_on);
  if (!arguments.baseline.empty()) {
    policy.has_baseline = true;
    policy.baseline = read_baseline(arguments.baseline, set);
    policy.baseline_file = arguments.baseline;
  }
  // A file that cannot be read is told now, not after a long run.
  if (std::filesystem::exists(arguments.write_baseline)) {
    read_baseline(arguments.write_baseline, set);
  }
  return policy;
}

void check_places(const ReportArguments& arguments) {
  std::map<std::string, const char*> taken;
  const auto look = [&](const std::string& file, const char* option) {
    if (file.empty()) return;
    const auto [other, fresh] = taken.emplace(file, option);
    if (!fresh) {
      throw Failure(fmt::format("{} and {} name one file: {}", other->second, option, file));
    }
    check_text_file(file);
  };
  if (!arguments.out.empty()) {
    std::error_code error;
    std::filesystem::create_directories(arguments.out, error);
    if (error) {
      throw Failure(
          fmt::format("--out {}: cannot be made a directory: {}", arguments.out, error.message()));
    }
    check_text_file(std::filesystem::path(arguments.out) / kReportFiles[0].name);
  }
  for (const ReportFile& file : kReportFiles) {
    if (file.option != nullptr) look(arguments.*file.option, file.option_name);
  }
  look(arguments.write_baseline, "--write-baseline");
}

Written write_reports(const CampaignResult& result, const CampaignOptions& options,
                      const report::RunFacts& run, const report::Policy& policy,
                      const ReportArguments& arguments) {
  Written written;
  const auto name = [&](const std::string& place, std::string_view what) {
    written.in_words += fmt::format("Written to {}: {}\n", report::printable(place), what);
  };
  if (!arguments.out.empty()) {
    written.replay_file = write_replays(result, options, arguments.out);
  }
  std::string names;
  for (const ReportFile& file : kReportFiles) {
    const std::string& wanted = file.option == nullptr ? std::string() : arguments.*file.option;
    if (arguments.out.empty() && wanted.empty()) continue;
    const std::string text = file.render(result, run, written.replay_file, policy);
    names += fmt::format("{}, ", file.name);
    if (!arguments.out.empty()) {
      write_text_file(std::filesystem::path(arguments.out) / file.name, text);
    }
    if (!wanted.empty()) {
      write_text_file(wanted, text);
      name(wanted, file.reader);
    }
  }
  if (!arguments.out.empty()) name(arguments.out, names + "a file per violation");
  if (!arguments.write_baseline.empty()) {
    report::Baseline earlier = policy.baseline;
    if (!policy.has_baseline && std::filesystem::exists(arguments.write_baseline)) {
      earlier = report::parse_baseline(read_text_file(arguments.write_baseline, kMaxBaselineBytes),
                                       arguments.write_baseline);
    }
    const report::Baseline now = report::baseline_of(result, earlier);
    write_text_file(arguments.write_baseline, report::to_text(now));
    name(arguments.write_baseline,
         report::counted(now.known.size(), "known failure", "known failures"));
  }
  return written;
}

}  // namespace atrapa::harness::cli
