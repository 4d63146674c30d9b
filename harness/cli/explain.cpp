#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "harness/cli/choice.hpp"
#include "harness/cli/command.hpp"

namespace atrapa::harness::cli {

namespace {

constexpr std::size_t kIndent = 14;

/// "  Level       must: the text states it", further lines below the first one's text.
std::string entry(const std::string& name, const std::string& text, const report::Style& style) {
  std::string block = report::paragraph(text, kIndent, style.width);
  block.replace(0, kIndent, kIndent, ' ');
  return "  " + style.bold(name) + block.substr(2 + std::min(name.size(), kIndent - 3));
}

std::string switches_of(const Rule& rule, const RuleSet& set, const report::Style& style) {
  std::string out;
  for (const std::string& name : rule.switches) {
    const auto known = std::find_if(set.switches.begin(), set.switches.end(),
                                    [&](const Switch& one) { return one.name == name; });
    std::string values;
    if (known != set.switches.end()) {
      for (const std::string& value : known->values) {
        values += values.empty() ? value + " (default)" : ", " + value;
      }
    }
    out += entry(out.empty() ? "Switches" : "", fmt::format("{}: {}", name, values), style);
  }
  return out;
}

/// The bugs that the rule is known to catch: how its teeth can be seen.
std::vector<const RuleSet::PlantedBug*> bugs_of(const Rule& rule, const RuleSet& set) {
  std::vector<const RuleSet::PlantedBug*> bugs;
  for (const RuleSet::PlantedBug& bug : set.bugs) {
    if (std::find(bug.caught_by.begin(), bug.caught_by.end(), rule.id) != bug.caught_by.end()) {
      bugs.push_back(&bug);
    }
  }
  return bugs;
}

std::string commands_of(const Rule& rule, const RuleSet& set) {
  std::string out = fmt::format("    atrapa check {}\n", rule.id);
  for (const std::string& name : rule.switches) {
    const auto known = std::find_if(set.switches.begin(), set.switches.end(),
                                    [&](const Switch& one) { return one.name == name; });
    if (known == set.switches.end() || known->values.size() < 2) continue;
    out += fmt::format("    atrapa check {} --set {}={}\n", rule.id, name, known->values[1]);
  }
  for (const RuleSet::PlantedBug* bug : bugs_of(rule, set)) {
    out += fmt::format("    atrapa check {} --subject core:{}\n", rule.id, bug->name);
  }
  return out;
}

int explain(const std::string& id, const Program& program) {
  const RuleSet& set = program.rules();
  const Rule& rule = rule_named(set, id);
  const report::Style style = program.machine.style();
  std::ostream& out = program.machine.out();

  out << fmt::format("{}  {}\n\n", style.bold(rule.id), style.faint(rule.integration));
  out << report::paragraph(rule.statement, 2, style.width) << "\n";
  out << entry("Level", report::in_words(rule.level), style);
  out << entry("Source", rule.source.document, style);
  if (!rule.source.section.empty()) {
    out << entry("", fmt::format("section \"{}\"", rule.source.section), style);
  }
  out << entry("Provenance", report::in_words(rule.provenance), style);
  out << switches_of(rule, set, style);
  for (const RuleSet::PlantedBug* bug : bugs_of(rule, set)) {
    out << entry("Catches", fmt::format("core:{}: {}", bug->name, bug->about), style);
  }
  if (rule.not_judged) {
    out << entry("Not judged", *rule.not_judged, style);
  } else {
    out << "\n  " << style.bold("Run it") << "\n" << commands_of(rule, set);
  }
  return 0;
}

}  // namespace

Command add_explain(CLI::App& app) {
  auto id = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("explain", "Tell all about one rule");
  command->add_option("RULE", *id, "Its id, such as SYSTIM-STOCK-04")->required();
  return {command, [id](const Program& program) { return explain(*id, program); }};
}

}  // namespace atrapa::harness::cli
