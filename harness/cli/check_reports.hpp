#pragma once

#include <string>

#include "harness/cli/choice.hpp"
#include "harness/report/console.hpp"
#include "harness/report/policy.hpp"

namespace atrapa::harness::cli {

/// What `check` is to leave behind, and which violations fail it, as typed.
struct ReportArguments {
  std::string out;  ///< A directory; the others are files.
  std::string junit;
  std::string sarif;
  std::string markdown;
  std::string html;
  std::string baseline;
  std::string write_baseline;
  std::string fail_on;
};

void add_reports(CLI::App& command, ReportArguments& arguments);

/// Reads the known failures, before anything runs. Throws Failure with the nearest names for a rule
/// that is not in the set, report::BaselineError and std::runtime_error for the file.
report::Policy policy_of(const ReportArguments& arguments, const RuleSet& set);

/// Looks whether all that is asked for can be written, before anything runs; makes the directory.
/// Throws Failure or std::runtime_error where it cannot.
void check_places(const ReportArguments& arguments);

/// What write_reports() did.
struct Written {
  report::ReplayFileOf replay_file;
  std::string in_words;  ///< A line for each place written to.
};

/// Writes all that was asked for. Throws Failure or std::runtime_error where it cannot.
Written write_reports(const CampaignResult& result, const CampaignOptions& options,
                      const report::RunFacts& run, const report::Policy& policy,
                      const ReportArguments& arguments);

}  // namespace atrapa::harness::cli
