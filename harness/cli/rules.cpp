#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "harness/cli/choice.hpp"
#include "harness/cli/command.hpp"
#include "harness/report/json_lines.hpp"

namespace atrapa::harness::cli {

namespace {

struct RulesArguments {
  std::vector<std::string> selectors;
  bool json = false;
};

Json as_json(const Rule& rule) {
  return {{"id", rule.id},
          {"integration", rule.integration},
          {"level", to_string(rule.level)},
          {"provenance", to_string(rule.provenance)},
          {"statement", rule.statement},
          {"source", {{"document", rule.source.document}, {"section", rule.source.section}}},
          {"switches", rule.switches},
          {"status", rule.not_judged ? "not_judged" : "judged"},
          {"reason", rule.not_judged.value_or("")}};
}

int list(const RulesArguments& arguments, const Program& program) {
  const std::vector<const Rule*> rules = select_rules(program.rules(), arguments.selectors);
  std::ostream& out = program.machine.out();
  if (arguments.json) {
    for (const Rule* rule : rules) out << report::to_line(as_json(*rule));
    return 0;
  }
  report::Table table({"rule", "level", "judged", "sentence"});
  std::size_t judged = 0;
  for (const Rule* rule : rules) {
    if (!rule->not_judged) ++judged;
    table.add({rule->id, std::string(to_string(rule->level)), rule->not_judged ? "no" : "yes",
               report::printable(rule->statement)});
  }
  out << table.render(program.machine.style());
  out << fmt::format("\n{}, {} judged. One of them in full: atrapa explain {}\n",
                     report::counted(rules.size(), "rule", "rules"), judged,
                     rules.empty() ? "RULE" : rules.front()->id);
  return 0;
}

}  // namespace

Command add_rules(CLI::App& app) {
  auto arguments = std::make_shared<RulesArguments>();
  CLI::App* command = app.add_subcommand("rules", "List the documented rules");
  command->add_option("SELECTOR", arguments->selectors,
                      "A rule's id, or how ids begin: SYSTIM-STOCK");
  command->add_flag("--json", arguments->json, "One JSON object per line");
  return {command, [arguments](const Program& program) { return list(*arguments, program); }};
}

}  // namespace atrapa::harness::cli
