#include "harness/run/readings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "harness/cli/choice.hpp"
#include "harness/cli/command.hpp"
#include "harness/cli/progress.hpp"
#include "harness/report/json_lines.hpp"
#include "harness/run/switches.hpp"

namespace atrapa::harness::cli {
namespace {

struct ReadingsArguments {
  std::vector<std::string> switches;
  CampaignArguments campaign;
  bool json = false;
};

int readings(const ReadingsArguments& arguments, const Program& program) {
  const RuleSet& set = program.rules();
  Machine& machine = program.machine;
  const CampaignOptions options = campaign_options(arguments.campaign, set, machine);
  std::vector<ReadingResult> results;
  try {
    Progress progress(machine);
    results = measure_readings(set, options, arguments.switches, [&](const ReadingResult& one) {
      progress.show(fmt::format("{}: {} against {}", one.of->name, one.judged, one.kept));
    });
  } catch (const SwitchError& error) {
    throw Failure(error.what());
  }
  std::size_t apart = 0;
  report::Table table({"switch", "judged by", "connector keeps to", "told apart by"});
  for (const ReadingResult& one : results) {
    apart += !one.told_by.empty();
    const std::string told =
        one.told_by.empty() ? "no rule" : fmt::format("{}", fmt::join(one.told_by, " "));
    table.add({one.of->name, one.judged, one.kept, told});
    if (arguments.json) {
      machine.out() << report::to_line({{"switch", one.of->name},
                                        {"judged", one.judged},
                                        {"kept", one.kept},
                                        {"told_by", one.told_by},
                                        {"not_judged_by", one.not_judged_by}});
    }
  }
  if (arguments.json) {
    machine.out() << report::to_line(
        {{"summary", {{"pairs", results.size()}, {"told_apart", apart}}}});
  } else {
    machine.out() << table.render(machine.style())
                  << fmt::format("\n{} of {} pairs of readings are told apart by a rule\n", apart,
                                 results.size());
  }
  return 0;
}

}  // namespace

Command add_readings(CLI::App& app) {
  auto arguments = std::make_shared<ReadingsArguments>();
  CLI::App* command = app.add_subcommand(
      "readings", "Which rules tell the readings of each switch apart, by trying");
  command->add_option("SWITCH", arguments->switches, "A switch, or how its name begins: ebiuro");
  add_seed(*command, arguments->campaign);
  add_cases(*command, arguments->campaign);
  add_jobs(*command, arguments->campaign);
  command->add_flag("--json", arguments->json, "One JSON object per line");
  return {command, [arguments](const Program& program) { return readings(*arguments, program); }};
}

}  // namespace atrapa::harness::cli
