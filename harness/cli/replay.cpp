#include "harness/run/replay.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "harness/cli/choice.hpp"
#include "harness/cli/command.hpp"
#include "harness/report/console.hpp"
#include "harness/report/json_lines.hpp"

namespace atrapa::harness::cli {

namespace {

struct ReplayArguments {
  std::string file;
  ForeignArguments foreign;
  bool json = false;
};

/// The outcome in the words of a campaign of one case, so that it is reported like one.
RuleResult as_rule_result(const Replay& replay, const ReplayOutcome& outcome) {
  RuleResult result;
  result.rule = outcome.rule;
  result.verdict = outcome.verdict;
  result.cases = 1;
  result.exchanges = outcome.exchange_count;
  result.reason = outcome.reason;
  if (outcome.verdict == Verdict::Violated) {
    Violation violation;
    violation.input = replay.input;
    violation.records = outcome.rule->read_case(replay.input)->size();
    violation.findings = outcome.findings;
    violation.exchanges = outcome.exchanges;
    violation.calls = outcome.calls;
    violation.failed_runs = outcome.failed_runs;
    result.violation = std::move(violation);
  }
  return result;
}

std::string verdict_in_words(const ReplayOutcome& outcome, const Replay& replay) {
  switch (outcome.verdict) {
    case Verdict::Holds:
      return fmt::format("{} holds on {}: what the file shows is not there any more.\n",
                         replay.rule, replay.subject);
    case Verdict::Violated:
      return outcome.same ? "The very finding of the file.\n"
                          : "Violated again, but with other findings than the file holds.\n";
    case Verdict::NotJudged: break;
  }
  return fmt::format("{} could not be judged on {}: {}\n", replay.rule, replay.subject,
                     report::printable(outcome.reason));
}

int replay_file(const ReplayArguments& arguments, const Program& program) {
  const Replay replay = read_replay(arguments.file);
  const auto foreign = foreign_subject(arguments.foreign);
  const ReplayOutcome outcome = run_replay(replay, program.rules(), foreign.get());
  const RuleResult result = as_rule_result(replay, outcome);
  const report::RunFacts run{.subject = replay.subject,
                             .subject_options = words_of(arguments.foreign),
                             .seed = replay.seed,
                             .cases = 1,
                             .wire = replay.wire,
                             .switches = replay.switches};
  std::ostream& out = program.machine.out();
  if (arguments.json) {
    const bool violated = result.violation.has_value();
    out << report::to_line(
        {{"rule", replay.rule},
         {"verdict", to_string(outcome.verdict)},
         {"cases", 1},
         {"reason", report::reason_of(result)},
         {"replay", violated ? report::repeat_command(run, result, arguments.file) : ""},
         {"same", outcome.same}});
  } else {
    if (result.violation) {
      out << report::violation_report(result, run, arguments.file, program.machine.style()) << "\n";
    }
    out << verdict_in_words(outcome, replay);
  }
  switch (outcome.verdict) {
    case Verdict::Holds: return 0;
    case Verdict::Violated: return 1;
    case Verdict::NotJudged: break;
  }
  return 2;
}

}  // namespace

Command add_replay(CLI::App& app) {
  auto arguments = std::make_shared<ReplayArguments>();
  CLI::App* command = app.add_subcommand("replay", "Judge the case of a replay file again");
  command->add_option("FILE", arguments->file, "What check --out wrote for a violation")
      ->required();
  add_foreign(*command, arguments->foreign);
  command->add_flag("--json", arguments->json, "One line as check --json prints it");
  command->footer("Exit code: 0 the rule holds now, 1 it is violated, 2 the file is at fault.");
  return {command,
          [arguments](const Program& program) { return replay_file(*arguments, program); }};
}

}  // namespace atrapa::harness::cli
