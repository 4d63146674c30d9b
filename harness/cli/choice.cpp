#include "harness/cli/choice.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <limits>

#include "harness/cli/names.hpp"
#include "harness/run/switches.hpp"

namespace atrapa::harness::cli {

namespace {

/// Cases outside this process take a hundred times as long as those in it.
constexpr int kForeignShrinks = 300;

std::vector<std::string> ids_of(const RuleSet& set) {
  std::vector<std::string> ids;
  for (const Rule& rule : set.rules) ids.push_back(rule.id);
  return ids;
}

/// "SYSTIM", "SYSTIM-STOCK", "SYSTIM-STOCK-04": all that a selector may name.
std::vector<std::string> selectable(const RuleSet& set) {
  std::vector<std::string> names;
  for (const Rule& rule : set.rules) {
    for (std::size_t dash = rule.id.find('-'); dash != std::string::npos;
         dash = rule.id.find('-', dash + 1)) {
      names.push_back(rule.id.substr(0, dash));
    }
    names.push_back(rule.id);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

void check_switch(const RuleSet& set, const std::string& name, const std::string& value) {
  const auto known = std::find_if(set.switches.begin(), set.switches.end(),
                                  [&](const Switch& one) { return one.name == name; });
  if (known == set.switches.end()) {
    std::vector<std::string> names;
    for (const Switch& one : set.switches) names.push_back(one.name);
    throw Failure(
        fmt::format("--set: there is no switch '{}'.{} The switches of a rule: atrapa "
                    "explain RULE",
                    name, did_you_mean(name, names)));
  }
  if (std::find(known->values.begin(), known->values.end(), value) == known->values.end()) {
    throw Failure(fmt::format(
        "--set: switch {} has no value '{}'; it takes {} (the first is the "
        "default).{}",
        name, value, fmt::join(known->values, ", "), did_you_mean(value, known->values)));
  }
}

SwitchValues chosen_switches(const CampaignArguments& arguments) {
  SwitchValues chosen;
  for (const std::string& text : arguments.switches) {
    const auto [name, value] = parse_switch(text);
    chosen[name] = value;
  }
  return chosen;
}

}  // namespace

std::vector<const Rule*> select_rules(const RuleSet& set,
                                      const std::vector<std::string>& selectors) {
  std::vector<bool> selected(set.rules.size(), selectors.empty());
  for (const std::string& selector : selectors) {
    const auto whole = std::find_if(set.rules.begin(), set.rules.end(),
                                    [&](const Rule& rule) { return rule.id == selector; });
    bool found = whole != set.rules.end();
    if (found) selected[static_cast<std::size_t>(whole - set.rules.begin())] = true;
    const bool is_group = std::any_of(set.rules.begin(), set.rules.end(), [&](const Rule& rule) {
      return rule.id.starts_with(selector + "-");
    });
    const std::string begin = is_group ? selector + "-" : selector;
    for (std::size_t at = 0; at < set.rules.size() && whole == set.rules.end(); ++at) {
      if (selector.empty() || !set.rules[at].id.starts_with(begin)) continue;
      selected[at] = true;
      found = true;
    }
    if (!found) {
      throw Failure(fmt::format("no rule is called '{}' or begins so.{} All rules: atrapa rules",
                                selector, did_you_mean(selector, selectable(set))));
    }
  }
  std::vector<const Rule*> rules;
  for (std::size_t at = 0; at < set.rules.size(); ++at) {
    if (selected[at]) rules.push_back(&set.rules[at]);
  }
  return rules;
}

const Rule& rule_named(const RuleSet& set, const std::string& id) {
  const auto rule = std::find_if(set.rules.begin(), set.rules.end(),
                                 [&](const Rule& known) { return known.id == id; });
  if (rule == set.rules.end()) {
    throw Failure(fmt::format("no rule is called '{}'.{} All rules: atrapa rules", id,
                              did_you_mean(id, ids_of(set))));
  }
  return *rule;
}

const SubjectKind& subject_named(const RuleSet& set, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& subject : set.subjects) {
    if (subject->name() == name) return *subject;
    names.emplace_back(subject->name());
  }
  throw Failure(
      fmt::format("--subject: there is no '{}'; expected core or core:BUG.{} All bugs: "
                  "atrapa bugs --list",
                  name, did_you_mean(name, names)));
}

void add_seed(CLI::App& command, std::uint64_t& seed, const std::string& about) {
  command.add_option("--seed", seed, about)
      ->type_name("S")
      ->check([](const std::string& text) -> std::string {
        std::uint64_t value = 0;
        const char* const end = text.data() + text.size();
        const auto [rest, error] = std::from_chars(text.data(), end, value);
        if (error == std::errc() && rest == end) return "";
        return fmt::format("expected a whole number from 0 to {}, found '{}'",
                           std::numeric_limits<std::uint64_t>::max(), text);
      })
      ->capture_default_str();
}

void add_seed(CLI::App& command, CampaignArguments& arguments) {
  add_seed(command, arguments.seed, "Where the cases come from; the same seed repeats a run");
}

void add_cases(CLI::App& command, CampaignArguments& arguments) {
  command.add_option("--cases", arguments.cases, "Cases for each rule")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
}

void add_jobs(CLI::App& command, CampaignArguments& arguments) {
  command
      .add_option("--jobs", arguments.jobs,
                  "Threads; the result does not depend on their number [one per core]")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
}

void add_wire(CLI::App& command, CampaignArguments& arguments) {
  command.add_flag("--wire", arguments.wire, "Real sockets between connector and shop");
}

void add_subject(CLI::App& command, CampaignArguments& arguments) {
  command
      .add_option("--subject", arguments.subject,
                  "The connector under test: core, or core:BUG for one with a planted bug")
      ->capture_default_str();
  add_foreign(command, arguments.foreign);
}

void add_switches(CLI::App& command, CampaignArguments& arguments) {
  command
      .add_option("--set", arguments.switches,
                  "How an ambiguous sentence is read; more than once for more switches")
      ->type_name("SWITCH=VALUE")
      ->allow_extra_args(false);
}

CampaignOptions campaign_options(const CampaignArguments& arguments, const RuleSet& set,
                                 const Machine& machine) {
  const SwitchValues chosen = chosen_switches(arguments);
  for (const auto& [name, value] : chosen) check_switch(set, name, value);
  CampaignOptions options;
  options.foreign = foreign_subject(arguments.foreign);
  if (options.foreign && arguments.subject != CampaignArguments().subject) {
    throw Failure(fmt::format("--subject {} and --{} name two subjects; give one of them",
                              arguments.subject,
                              arguments.foreign.driver.empty() ? "exec" : "driver"));
  }
  options.subject =
      options.foreign ? options.foreign.get() : &subject_named(set, arguments.subject);
  options.switches = resolve_switches(set.switches, chosen);
  options.seed = arguments.seed;
  options.cases = arguments.cases;
  options.jobs = arguments.jobs > 0 ? arguments.jobs : machine.cores();
  options.wire = arguments.wire;
  if (options.foreign) options.max_shrinks = kForeignShrinks;
  if (serves_one_case_at_a_time(arguments.foreign)) options.jobs = 1;
  return options;
}

report::RunFacts run_facts(const CampaignArguments& arguments) {
  const std::vector<std::string> foreign = words_of(arguments.foreign);
  return {.subject = foreign.empty() ? arguments.subject
                                     : fmt::format("{} '{}'", foreign[0].substr(2), foreign[1]),
          .subject_options = foreign,
          .seed = arguments.seed,
          .cases = arguments.cases,
          .wire = arguments.wire,
          .switches = chosen_switches(arguments)};
}

}  // namespace atrapa::harness::cli
