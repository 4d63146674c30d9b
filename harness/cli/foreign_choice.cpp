#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <functional>

#include "core/ports/transport.hpp"
#include "harness/cli/choice.hpp"
#include "harness/subject/foreign.hpp"

// A connector of somebody's own as the subject: --driver, --exec and what belongs to them.

namespace atrapa::harness::cli {
namespace {

std::map<std::string, std::string> environment_of(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> environment;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) {
      throw Failure(fmt::format(
          "--env-map: expected NAME=ATRAPA_SHOP_URL or NAME=TEXT with {{ATRAPA_SHOP_URL}} in it, "
          "found '{}'",
          text));
    }
    environment[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return environment;
}

std::chrono::milliseconds in_milliseconds(double seconds) {
  return std::chrono::milliseconds(std::llround(seconds * 1000));
}

/// CLI::Range lets "nan" through.
std::function<std::string(const std::string&)> between(double least, double most) {
  return [least, most](const std::string& text) -> std::string {
    double value = 0;
    if (CLI::detail::lexical_cast(text, value) && value >= least && value <= most) return "";
    return fmt::format("expected a number from {:g} to {:g}, found '{}'", least, most, text);
  };
}

void only_with(bool given, bool wanted, const char* option, const char* with) {
  if (given && !wanted) throw Failure(fmt::format("{} goes with {}", option, with));
}

}  // namespace

void add_foreign(CLI::App& command, ForeignArguments& arguments) {
  constexpr const char* kGroup = "A connector of your own";
  command
      .add_option("--driver", arguments.driver,
                  "Judge the connector behind this driver: a command that speaks the driver "
                  "protocol, or the address of one that runs (http://...)")
      ->type_name("CMD")
      ->group(kGroup);
  command
      .add_option("--exec", arguments.exec,
                  "Judge this program, run once per sync; it finds shop and products in its "
                  "environment (ATRAPA_SHOP_URL, ...), and what it does in the shop is judged")
      ->type_name("CMD")
      ->group(kGroup);
  command
      .add_option("--erp-dump", arguments.erp_dump,
                  "With --exec: prints what the ERP then holds, as JSON; without it only the shop "
                  "is looked at")
      ->type_name("CMD")
      ->group(kGroup);
  command
      .add_option("--env-map", arguments.environment,
                  "With --exec: a variable under the name that the program knows: "
                  "SHOP_URL=ATRAPA_SHOP_URL; more than once for more")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false)
      ->group(kGroup);
  command
      .add_option("--can", arguments.commands,
                  "With --exec: what one run of it does [stock,orders]")
      ->delimiter(',')
      ->type_name("COMMANDS")
      ->group(kGroup);
  command
      .add_flag("--virtual-clock", arguments.virtual_clock,
                "With --exec: it waits by the clock at ATRAPA_CLOCK, not for real")
      ->group(kGroup);
  command.add_option("--timeout", arguments.timeout, "Seconds that each answer, or run, may take")
      ->type_name("S")
      ->check(between(0.1, 86'400))
      ->capture_default_str()
      ->group(kGroup);
  command
      .add_option("--time-scale", arguments.time_scale,
                  "Where it really waits: seconds of the shop's clock for each that passes")
      ->type_name("X")
      ->check(between(1, 10'000))
      ->capture_default_str()
      ->group(kGroup);
}

std::shared_ptr<const SubjectKind> foreign_subject(const ForeignArguments& arguments) {
  const bool driver = !arguments.driver.empty();
  const bool exec = !arguments.exec.empty();
  if (driver && exec) throw Failure("--driver and --exec name two subjects; give one of them");
  only_with(!arguments.erp_dump.empty(), exec, "--erp-dump", "--exec");
  only_with(!arguments.environment.empty(), exec, "--env-map", "--exec");
  only_with(!arguments.commands.empty(), exec, "--can", "--exec");
  only_with(arguments.virtual_clock, exec, "--virtual-clock",
            "--exec; a driver says it in its handshake");
  if (driver) {
    if (is_address(arguments.driver) && !core::is_callable(arguments.driver)) {
      throw Failure(
          "--driver: expected an address such as http://127.0.0.1:9000/, without user and "
          "password");
    }
    return driver_subject({.where = arguments.driver,
                           .timeout = in_milliseconds(arguments.timeout),
                           .time_scale = arguments.time_scale});
  }
  if (!exec) return nullptr;
  ExecOptions options{.command = arguments.exec,
                      .erp_dump = {},
                      .environment = environment_of(arguments.environment),
                      .timeout = in_milliseconds(arguments.timeout),
                      .virtual_clock = arguments.virtual_clock,
                      .time_scale = arguments.time_scale};
  if (!arguments.erp_dump.empty()) options.erp_dump = arguments.erp_dump;
  if (!arguments.commands.empty()) options.commands = arguments.commands;
  return exec_subject(std::move(options));
}

bool serves_one_case_at_a_time(const ForeignArguments& arguments) {
  return is_address(arguments.driver);
}

std::vector<std::string> words_of(const ForeignArguments& arguments) {
  const ForeignArguments usual;
  std::vector<std::string> words;
  const auto add = [&](const char* option, const std::string& value) {
    if (!value.empty()) words.insert(words.end(), {option, value});
  };
  add("--driver", arguments.driver);
  add("--exec", arguments.exec);
  add("--erp-dump", arguments.erp_dump);
  for (const std::string& variable : arguments.environment) add("--env-map", variable);
  if (!arguments.commands.empty()) {
    add("--can", fmt::format("{}", fmt::join(arguments.commands, ",")));
  }
  if (arguments.virtual_clock) words.emplace_back("--virtual-clock");
  if (arguments.timeout != usual.timeout) add("--timeout", fmt::format("{:g}", arguments.timeout));
  if (arguments.time_scale != usual.time_scale) {
    add("--time-scale", fmt::format("{:g}", arguments.time_scale));
  }
  return words;
}

}  // namespace atrapa::harness::cli
