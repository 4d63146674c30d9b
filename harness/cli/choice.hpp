#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/cli/command.hpp"
#include "harness/report/run_facts.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness::cli {

/// The seed of a run that names none, so that a plain `atrapa check` repeats itself.
inline constexpr std::uint64_t kDefaultSeed = 1;
inline constexpr int kDefaultCases = 100;

/// The rules whose id is a selector or begins with one, in the order of the set; all without a
/// selector. A whole id, or a whole group such as "PL", does not stand for longer names
/// ("PLATFORM"). Throws Failure with
/// the nearest names for a selector that selects nothing.
std::vector<const Rule*> select_rules(const RuleSet& set,
                                      const std::vector<std::string>& selectors);

/// Throws Failure with the nearest names.
const Rule& rule_named(const RuleSet& set, const std::string& id);
const SubjectKind& subject_named(const RuleSet& set, const std::string& name);

/// A connector of somebody's own, as typed; see ExecOptions and DriverOptions.
struct ForeignArguments {
  std::string driver, exec, erp_dump;
  std::vector<std::string> environment;  ///< "NAME=VALUE"
  std::vector<std::string> commands;
  bool virtual_clock = false;
  double timeout = 30;  ///< Seconds.
  double time_scale = 1;
};

void add_foreign(CLI::App& command, ForeignArguments& arguments);
/// Null where none is named. Throws Failure for options that do not go together.
std::shared_ptr<const SubjectKind> foreign_subject(const ForeignArguments& arguments);
bool serves_one_case_at_a_time(const ForeignArguments& arguments);
/// The options again, as words of a command line.
std::vector<std::string> words_of(const ForeignArguments& arguments);

/// The options that every campaign takes, as typed.
struct CampaignArguments {
  std::uint64_t seed = kDefaultSeed;
  int cases = kDefaultCases;
  int jobs = 0;  ///< 0: as many as the machine has cores.
  bool wire = false;
  std::string subject = "core";
  ForeignArguments foreign = {};      ///< Instead of `subject`.
  std::vector<std::string> switches;  ///< "NAME=VALUE"
};

/// --seed: a whole number of 64 bits, nothing else.
void add_seed(CLI::App& command, std::uint64_t& seed, const std::string& about);
void add_seed(CLI::App& command, CampaignArguments& arguments);
void add_cases(CLI::App& command, CampaignArguments& arguments);
void add_jobs(CLI::App& command, CampaignArguments& arguments);
void add_wire(CLI::App& command, CampaignArguments& arguments);
void add_subject(CLI::App& command, CampaignArguments& arguments);
void add_switches(CLI::App& command, CampaignArguments& arguments);

/// What was typed, checked against the set. Throws Failure with the nearest names.
CampaignOptions campaign_options(const CampaignArguments& arguments, const RuleSet& set,
                                 const Machine& machine);
report::RunFacts run_facts(const CampaignArguments& arguments);

}  // namespace atrapa::harness::cli
