#include "harness/run/bugs.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>

#include "harness/cli/choice.hpp"
#include "harness/cli/command.hpp"
#include "harness/cli/names.hpp"
#include "harness/cli/progress.hpp"
#include "harness/report/json_lines.hpp"

namespace atrapa::harness::cli {

namespace {

struct BugsArguments {
  std::vector<std::string> bugs;
  CampaignArguments campaign;
  bool list = false;
  bool by_rule = false;
  bool json = false;
};

void check_names(const std::vector<std::string>& names, const RuleSet& set) {
  std::vector<std::string> known;
  for (const RuleSet::PlantedBug& bug : set.bugs) known.push_back(bug.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw Failure(fmt::format("no planted bug is called '{}'.{} All bugs: atrapa bugs --list", name,
                              did_you_mean(name, known)));
  }
}

/// Every rule that promised to catch it did.
bool as_promised(const BugResult& result) {
  return result.caught() && result.missed_by.empty() && result.not_judged_by.empty();
}

/// 1 where a rule missed what it must catch; 2 where one could not tell.
int exit_code(const std::vector<BugResult>& results) {
  const auto missed = [](const BugResult& result) { return !result.missed_by.empty(); };
  if (std::any_of(results.begin(), results.end(), missed)) return 1;
  return std::all_of(results.begin(), results.end(), as_promised) ? 0 : 2;
}

Json as_json(const BugResult& result) {
  Json caught_by = Json::array();
  for (const BugCatch& found : result.catches) caught_by.push_back(found.rule->id);
  Json line{{"bug", result.bug->name}, {"caught_by", caught_by}, {"cases_to_catch", nullptr}};
  if (const auto cases = result.cases_to_catch()) line["cases_to_catch"] = *cases;
  line["smallest_records"] = nullptr;
  if (const auto records = result.smallest_records()) line["smallest_records"] = *records;
  line["missed_by"] = result.missed_by;
  line["not_judged_by"] = result.not_judged_by;
  line["about"] = result.bug->about;
  return line;
}

int list(const RuleSet& set, const BugsArguments& arguments, const Program& program) {
  const report::Style style = program.machine.style();
  for (const RuleSet::PlantedBug& bug : set.bugs) {
    const bool wanted =
        arguments.bugs.empty() ||
        std::find(arguments.bugs.begin(), arguments.bugs.end(), bug.name) != arguments.bugs.end();
    if (!wanted) continue;
    if (arguments.json) {
      program.machine.out() << report::to_line(
          {{"bug", bug.name}, {"about", bug.about}, {"to_be_caught_by", bug.caught_by}});
      continue;
    }
    program.machine.out() << style.bold(bug.name) << "\n"
                          << report::paragraph(bug.about, 4, style.width)
                          << fmt::format("    to be caught by {}\n",
                                         fmt::join(bug.caught_by, ", "));
  }
  return 0;
}

std::string table_of(const std::vector<BugResult>& results, const report::Style& style) {
  using Align = report::Table::Align;
  report::Table table({"bug", "cases", "records", "caught by"},
                      {Align::Left, Align::Right, Align::Right, Align::Left});
  for (const BugResult& result : results) {
    std::vector<std::string> rules;
    for (const BugCatch& found : result.catches) rules.push_back(found.rule->id);
    for (const std::string& rule : result.missed_by) rules.push_back("NOT by " + rule);
    for (const std::string& rule : result.not_judged_by) rules.push_back("not judged: " + rule);
    const auto cases = result.cases_to_catch();
    const auto records = result.smallest_records();
    table.add({result.bug->name, cases ? std::to_string(*cases) : "-",
               records ? std::to_string(*records) : "-",
               fmt::format("{}", fmt::join(rules, ", "))});
  }
  return table.render(style);
}

/// A judged rule, and the planted bugs that it caught.
struct Teeth {
  const Rule* rule = nullptr;
  std::vector<std::string> caught;
};

std::vector<Teeth> teeth_of(const RuleSet& set, const std::vector<BugResult>& results) {
  std::map<std::string, std::vector<std::string>> caught;
  for (const BugResult& result : results) {
    for (const BugCatch& found : result.catches) {
      caught[found.rule->id].push_back(result.bug->name);
    }
  }
  std::vector<Teeth> teeth;
  for (const Rule& rule : set.rules) {
    if (!rule.not_judged) teeth.push_back({&rule, std::move(caught[rule.id])});
  }
  return teeth;
}

Json as_json(const Teeth& teeth) {
  return {
      {"rule", teeth.rule->id}, {"level", to_string(teeth.rule->level)}, {"catches", teeth.caught}};
}

std::string table_of(const std::vector<Teeth>& teeth, const report::Style& style) {
  using Align = report::Table::Align;
  report::Table table({"rule", "level", "bugs", "catches"},
                      {Align::Left, Align::Left, Align::Right, Align::Left});
  for (const Teeth& one : teeth) {
    table.add({one.rule->id, std::string(to_string(one.rule->level)),
               std::to_string(one.caught.size()),
               one.caught.empty() ? "-" : fmt::format("{}", fmt::join(one.caught, ", "))});
  }
  return table.render(style);
}

void report_teeth(const std::vector<Teeth>& teeth, bool json, Machine& machine) {
  if (json) {
    for (const Teeth& one : teeth) machine.out() << report::to_line(as_json(one));
    return;
  }
  machine.out() << table_of(teeth, machine.style());
  const auto bare = [](const Teeth& one) { return one.caught.empty(); };
  machine.out() << fmt::format("\n{}, {} without a bug to prove it\n",
                               report::counted(teeth.size(), "judged rule", "judged rules"),
                               std::count_if(teeth.begin(), teeth.end(), bare));
}

void report_bugs(const std::vector<BugResult>& results, bool json, Machine& machine) {
  if (json) {
    for (const BugResult& result : results) machine.out() << report::to_line(as_json(result));
    return;
  }
  const auto kept = std::count_if(results.begin(), results.end(), as_promised);
  machine.out() << table_of(results, machine.style());
  machine.out() << fmt::format("\n{} of {} caught by every rule that promised to\n", kept,
                               report::counted(results.size(), "planted bug", "planted bugs"));
  if (!results.empty() && results.front().caught()) {
    machine.out() << fmt::format("See one: atrapa check {} --subject core:{}\n",
                                 results.front().catches.front().rule->id,
                                 results.front().bug->name);
  }
}

int bugs(const BugsArguments& arguments, const Program& program) {
  const RuleSet& set = program.rules();
  Machine& machine = program.machine;
  check_names(arguments.bugs, set);
  if (arguments.list) return list(set, arguments, program);

  const CampaignOptions options = campaign_options(arguments.campaign, set, machine);
  std::vector<BugResult> results;
  {
    Progress progress(machine);
    std::size_t done = 0;
    results = measure_bugs(set, options, arguments.bugs, [&](const BugResult& result) {
      progress.show(fmt::format("{} bugs: {} {}", ++done, result.bug->name,
                                result.caught() ? "caught" : "NOT caught"));
    });
  }
  if (arguments.by_rule) {
    report_teeth(teeth_of(set, results), arguments.json, machine);
  } else {
    report_bugs(results, arguments.json, machine);
  }
  return exit_code(results);
}

}  // namespace

Command add_bugs(CLI::App& app) {
  auto arguments = std::make_shared<BugsArguments>();
  CLI::App* command = app.add_subcommand(
      "bugs", "Run the cores with a planted bug: does each rule catch what it must?");
  command->add_option("BUG", arguments->bugs, "Only these [all]");
  add_cases(*command, arguments->campaign);
  add_seed(*command, arguments->campaign);
  add_switches(*command, arguments->campaign);
  add_jobs(*command, arguments->campaign);
  add_wire(*command, arguments->campaign);
  command->add_flag("--list", arguments->list, "Only list them, run nothing");
  command->add_flag("--by-rule", arguments->by_rule, "Which bugs each rule catches");
  command->add_flag("--json", arguments->json, "One JSON object per bug, or per rule, and line");
  command->footer(
      "Exit code: 0 all caught, 1 a rule missed a bug it must catch, 2 a rule could not tell.");
  return {command, [arguments](const Program& program) { return bugs(*arguments, program); }};
}

}  // namespace atrapa::harness::cli
