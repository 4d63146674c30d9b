#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <memory>

#include "harness/cli/check_reports.hpp"
#include "harness/cli/choice.hpp"
#include "harness/cli/command.hpp"
#include "harness/cli/progress.hpp"
#include "harness/report/json_lines.hpp"
#include "harness/report/tally.hpp"

namespace atrapa::harness::cli {

namespace {

struct CheckArguments {
  std::vector<std::string> selectors;
  CampaignArguments campaign;
  ReportArguments reports;
  bool json = false;
};

CampaignResult run(const std::vector<const Rule*>& rules, const CampaignOptions& options,
                   Machine& machine) {
  Progress progress(machine);
  std::size_t done = 0;
  progress.show(fmt::format("0 of {} rules", rules.size()));
  const double start = machine.seconds();
  CampaignResult result = run_campaign(rules, options, [&](const RuleResult& rule) {
    progress.show(fmt::format("{} of {} rules: {} {}", ++done, rules.size(), rule.rule->id,
                              to_string(rule.verdict)));
  });
  result.seconds = machine.seconds() - start;
  return result;
}

int check(const CheckArguments& arguments, const Program& program) {
  const RuleSet& set = program.rules();
  Machine& machine = program.machine;
  const std::vector<const Rule*> rules = select_rules(set, arguments.selectors);
  const CampaignOptions options = campaign_options(arguments.campaign, set, machine);
  const report::RunFacts facts = run_facts(arguments.campaign);
  const report::Policy policy = policy_of(arguments.reports, set);
  check_places(arguments.reports);

  const CampaignResult result = run(rules, options, machine);

  // What was found is told even where it cannot be written down.
  Written written;
  std::exception_ptr trouble;
  try {
    written = write_reports(result, options, facts, policy, arguments.reports);
  } catch (const std::exception&) {
    trouble = std::current_exception();
  }
  if (arguments.json) {
    machine.out() << report::json_lines(result, facts, written.replay_file, policy);
  } else {
    machine.out() << report::console_report(result, facts, written.replay_file, machine.style(),
                                            policy)
                  << written.in_words;
  }
  if (trouble) std::rethrow_exception(trouble);
  return report::exit_code(result, policy);
}

}  // namespace

Command add_check(CLI::App& app) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* command =
      app.add_subcommand("check", "Drive a connector through the fake world and judge it");
  command->add_option("SELECTOR", arguments->selectors,
                      "A rule's id, or how ids begin: SYSTIM-STOCK [all rules]");
  add_cases(*command, arguments->campaign);
  add_seed(*command, arguments->campaign);
  add_subject(*command, arguments->campaign);
  add_switches(*command, arguments->campaign);
  add_jobs(*command, arguments->campaign);
  add_wire(*command, arguments->campaign);
  add_reports(*command, arguments->reports);
  command->add_flag("--json", arguments->json, "One JSON object per rule and line, a summary last");
  command->footer(
      "Exit code: 0 no violation fails the run, 1 one does, 2 unproven, or wrong arguments.");
  return {command, [arguments](const Program& program) { return check(*arguments, program); }};
}

}  // namespace atrapa::harness::cli
