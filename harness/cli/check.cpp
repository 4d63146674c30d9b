#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "harness/cli/choice.hpp"
#include "harness/cli/command.hpp"
#include "harness/cli/findings.hpp"
#include "harness/cli/progress.hpp"
#include "harness/report/json_lines.hpp"
#include "harness/report/tally.hpp"

namespace atrapa::harness::cli {

namespace {

struct CheckArguments {
  std::vector<std::string> selectors;
  CampaignArguments campaign;
  std::string out;
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

  const CampaignResult result = run(rules, options, machine);

  report::ReplayFileOf replay_file;
  if (!arguments.out.empty()) {
    replay_file = write_replays(result, options, arguments.out);
    write_reports(result, facts, replay_file, arguments.out);
  }
  if (arguments.json) {
    machine.out() << report::json_lines(result, facts, replay_file);
  } else {
    machine.out() << report::console_report(result, facts, replay_file, machine.style());
    if (!arguments.out.empty()) {
      machine.out() << fmt::format("Written to {}: report.jsonl, junit.xml, a file per violation\n",
                                   arguments.out);
    }
  }
  return report::exit_code(result);
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
  command
      ->add_option("--out", arguments->out,
                   "Write report.jsonl, junit.xml and a replay file per violation here")
      ->type_name("DIR");
  command->add_flag("--json", arguments->json, "One JSON object per rule and line, a summary last");
  command->footer(
      "Exit code: 0 no rule violated, 1 a rule violated, 2 unproven, or wrong arguments.");
  return {command, [arguments](const Program& program) { return check(*arguments, program); }};
}

}  // namespace atrapa::harness::cli
