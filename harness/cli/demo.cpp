#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "harness/cli/choice.hpp"
#include "harness/cli/command.hpp"
#include "harness/report/console.hpp"

namespace atrapa::harness::cli {

namespace {

const RuleSet::PlantedBug& bug_to_show(const RuleSet& set, const std::string& name) {
  const auto bug = std::find_if(set.bugs.begin(), set.bugs.end(),
                                [&](const auto& planted) { return planted.name == name; });
  if (bug == set.bugs.end() || bug->caught_by.empty()) {
    throw std::logic_error("the demo's bug '" + name + "' is not among the planted ones");
  }
  return *bug;
}

int demo(const Program& program) {
  const RuleSet& set = program.rules();
  Machine& machine = program.machine;
  const report::Style style = machine.style();
  const RuleSet::PlantedBug& bug = bug_to_show(set, program.demo_bug);

  CampaignArguments arguments;
  arguments.subject = "core:" + bug.name;
  const CampaignOptions options = campaign_options(arguments, set, machine);
  std::vector<const Rule*> rules;
  for (const std::string& id : bug.caught_by) rules.push_back(&rule_named(set, id));

  machine.out() << report::paragraph(
      fmt::format("A connector with a bug is driven through a fake shop; the judge is not told. "
                  "The bug: {}",
                  bug.about),
      0, style.width);
  machine.out() << fmt::format("$ atrapa check {} --subject {}\n\n", fmt::join(bug.caught_by, " "),
                               arguments.subject)
                << std::flush;
  const double start = machine.seconds();
  CampaignResult result = run_campaign(rules, options);
  result.seconds = machine.seconds() - start;
  machine.out() << report::console_report(result, run_facts(arguments), {}, style);

  const auto found =
      std::find_if(result.rules.begin(), result.rules.end(),
                   [](const RuleResult& rule) { return rule.violation.has_value(); });
  if (found == result.rules.end()) {
    throw std::logic_error("the demo's bug was not found; run: atrapa bugs " + bug.name);
  }
  machine.out()
      << "\n"
      << style.bold("Next") << "\n"
      << fmt::format(
             "  atrapa check {0:<20}  the same rule on the core without the bug\n"
             "  atrapa explain {0:<18}  the sentence, its source, its switches\n"
             "  atrapa check                       all rules on the core\n"
             "  atrapa bugs                        every planted bug, and who catches it\n"
             "  atrapa up                          the fake shop over HTTP, for your own "
             "connector\n",
             found->rule->id);
  return 0;
}

}  // namespace

Command add_demo(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "demo", "See a doubled order found: a connector with a bug, in the fake world");
  return {command, demo};
}

}  // namespace atrapa::harness::cli
