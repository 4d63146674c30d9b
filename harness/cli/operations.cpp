#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "harness/cli/command.hpp"
#include "harness/cli/platforms.hpp"
#include "harness/report/json_lines.hpp"

namespace atrapa::harness::cli {

namespace {

struct OperationsArguments {
  std::vector<std::string> platforms;
  bool json = false;
};

std::string in_words(mocks::kit::Emulation emulation) {
  switch (emulation) {
    case mocks::kit::Emulation::Behaviour: return "behaves like the real one";
    case mocks::kit::Emulation::Contract: return "served from its contract alone";
    case mocks::kit::Emulation::None: return "refused by name (X-Atrapa-Not-Emulated)";
    case mocks::kit::Emulation::NameOnly:
      return "no source shows its calls: any is refused by name (X-Atrapa-Not-Emulated)";
  }
  return "unknown";
}

int operations(const OperationsArguments& arguments, const Program& program) {
  std::ostream& out = program.machine.out();
  const report::Style style = program.machine.style();
  for (const PlatformEntry* entry : select_platforms(arguments.platforms)) {
    std::map<mocks::kit::Emulation, std::size_t> counts;
    std::set<std::string> resources;
    report::Table table({"operation", "emulation", "provenance"});
    const std::vector<mocks::kit::Operation> all = entry->make()->operations();
    for (const mocks::kit::Operation& operation : all) {
      ++counts[operation.emulation];
      resources.insert(operation.resource);
      table.add(
          {operation.operation, std::string(to_string(operation.emulation)), operation.provenance});
      if (!arguments.json) continue;
      out << report::to_line({{"platform", operation.platform},
                              {"resource", operation.resource},
                              {"operation", operation.operation},
                              {"emulation", to_string(operation.emulation)},
                              {"provenance", operation.provenance}});
    }
    if (arguments.json) continue;
    const std::size_t named = counts[mocks::kit::Emulation::NameOnly];
    out << fmt::format("{}: {} of {}\n\n", style.bold(entry->name),
                       report::counted(all.size() - named, "operation", "operations"),
                       report::counted(resources.size(), "resource", "resources"))
        << table.render(style, 2) << "\n";
    for (const auto& [emulation, count] : counts) {
      if (count == 0) continue;
      out << fmt::format("  {:>4}  {:<10} {}\n", count, to_string(emulation), in_words(emulation));
    }
    out << fmt::format(
        "\n{} (a world's \"settings\"; what the documentation leaves open, or a test may want "
        "otherwise)\n{}\n",
        style.bold("Settings"), entry->settings());
  }
  return 0;
}

}  // namespace

Command add_operations(CLI::App& app) {
  auto arguments = std::make_shared<OperationsArguments>();
  CLI::App* command = app.add_subcommand("operations", "List what the fakes imitate, and how far");
  command->add_option("PLATFORM", arguments->platforms, "Only these [all]");
  command->add_flag("--json", arguments->json, "One JSON object per line");
  return {command, [arguments](const Program& program) { return operations(*arguments, program); }};
}

}  // namespace atrapa::harness::cli
