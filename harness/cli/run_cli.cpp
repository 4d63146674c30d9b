#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <iostream>

#include "harness/cli/cli.hpp"
#include "harness/cli/command.hpp"
#include "harness/cli/names.hpp"
#include "harness/report/version.hpp"

namespace atrapa::harness::cli {

namespace {

constexpr int kAtFault = 2;

std::vector<Command> add_commands(CLI::App& app) {
  return {add_demo(app),      add_check(app),  add_replay(app),     add_rules(app),
          add_explain(app),   add_bugs(app),   add_readings(app),   add_chaos(app),
          add_up(app),        add_world(app),  add_operations(app), add_sync(app),
          add_connector(app), add_driver(app), add_ci(app),         add_doctor(app)};
}

/// CLI11 would only say that the word was not expected.
void check_command_name(int argc, const char* const* argv, const std::vector<Command>& commands) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string> names;
  for (const Command& command : commands) names.push_back(command.arguments->get_name());
  const std::string name = argv[1];
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  throw Failure(fmt::format("there is no command '{}'.{} All commands: atrapa --help", name,
                            did_you_mean(name, names)));
}

void check_all_is_printed(const Program& program) {
  if (program.machine.out().flush()) return;
  throw Failure("standard output cannot be written to; what was found is not all printed");
}

int run_parsed(const std::vector<Command>& commands, const Program& program) {
  for (const Command& command : commands) {
    if (!command.arguments->parsed()) continue;
    const int code = command.run(program);
    check_all_is_printed(program);
    return code;
  }
  throw std::logic_error("no command was parsed");
}

/// The command whose arguments were read last: "world from-har" where a part of it has its own.
CLI::App* innermost(CLI::App* app) {
  for (CLI::App* command : app->get_subcommands()) return innermost(command);
  return app;
}

/// "atrapa world from-har"
std::string words_of(const CLI::App* command) {
  const CLI::App* parent = command->get_parent();
  return parent == nullptr ? command->get_name()
                           : fmt::format("{} {}", words_of(parent), command->get_name());
}

/// A command of several parts without one of them, or with a word that is none.
std::string part_missing(const CLI::App& command, const std::vector<std::string>& extras) {
  std::vector<std::string> parts;
  for (const CLI::App* part : command.get_subcommands({})) parts.push_back(part->get_name());
  const std::string there = fmt::format("There are: {}", fmt::join(parts, ", "));
  if (extras.empty()) return fmt::format("{}: say what to do. {}", words_of(&command), there);
  return fmt::format("{} has no '{}'.{} {}", words_of(&command), extras.front(),
                     did_you_mean(extras.front(), parts), there);
}

/// What CLI11 found wrong with the arguments, in words that lead on.
std::string in_words(const CLI::ParseError& error, CLI::App& app) {
  CLI::App* command = innermost(&app);
  const std::string help = fmt::format("See {} --help", words_of(command));
  const std::vector<std::string> extras = command->remaining();
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError) &&
      command->get_require_subcommand_min() > 0) {
    return fmt::format("{}. {}", part_missing(*command, extras), help);
  }
  if (error.get_exit_code() != static_cast<int>(CLI::ExitCodes::ExtrasError) || extras.empty()) {
    return fmt::format("{}. {}", error.what(), help);
  }
  std::vector<std::string> names;
  for (const CLI::Option* option : command->get_options()) {
    if (option->nonpositional()) names.push_back(option->get_name());
  }
  for (const CLI::App* part : command->get_subcommands({})) names.push_back(part->get_name());
  return fmt::format("{} does not take '{}'.{} {}", words_of(command), extras.front(),
                     did_you_mean(extras.front(), names), help);
}

/// An empty word was typed for an option: a shell's variable that is not set, as a rule. To go on
/// as if the option had not been given would judge something else than was meant.
void check_nothing_is_empty(CLI::App* app) {
  for (const CLI::Option* option : app->get_options()) {
    const std::vector<std::string>& words = option->results();
    if (option->get_items_expected_max() == 0) continue;  // A flag.
    if (std::find(words.begin(), words.end(), "") == words.end()) continue;
    throw Failure(fmt::format(
        "{}: expected {}, found ''. Where it comes from a variable, that one is empty or not set",
        option->get_name(), option->get_type_name().empty() ? "a text" : option->get_type_name()));
  }
  for (CLI::App* part : app->get_subcommands()) check_nothing_is_empty(part);
}

int complain(const Program& program, const std::string& text) {
  program.machine.out().flush();
  program.machine.err() << "atrapa: " << text << std::endl;
  return kAtFault;
}

int run(int argc, const char* const* argv, const Program& program) {
  CLI::App app("Atrapa: a fake commerce world, and a judge of the connectors that sync with it");
  app.name("atrapa");
  app.set_version_flag("--version", fmt::format("atrapa {}", report::kVersion));
  app.set_help_all_flag("--help-all", "The help of all commands");
  app.require_subcommand(1);
  app.footer("Start here: atrapa demo");
  const std::vector<Command> commands = add_commands(app);
  check_command_name(argc, argv, commands);
  if (argc < 2) {
    program.machine.out() << app.help() << std::flush;
    return kAtFault;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // --help, --version
      const int code = app.exit(error, program.machine.out(), program.machine.err());
      check_all_is_printed(program);
      return code;
    }
    return complain(program, in_words(error, app));
  }
  check_nothing_is_empty(&app);
  return run_parsed(commands, program);
}

}  // namespace

int run_cli(int argc, const char* const* argv, const Program& program) {
  try {
    return run(argc, argv, program);
  } catch (const std::logic_error& error) {
    return complain(program, fmt::format("a bug of Atrapa's own: {}", error.what()));
  } catch (const std::exception& error) {
    return complain(program, error.what());
  } catch (...) {
    return complain(program, "something was thrown that is no exception: a bug of Atrapa's own");
  }
}

}  // namespace atrapa::harness::cli
