#pragma once

#include <functional>
#include <stdexcept>

#include "harness/cli/cli.hpp"

namespace CLI {
class App;
}

namespace atrapa::harness::cli {

/// Something the reader of the command line has to mend: what, where, what was expected, what to
/// do. Printed as it is behind "atrapa: ", exit code 2.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One command: its arguments as CLI11 knows them, and what it does; `run` gives the exit code.
struct Command {
  CLI::App* arguments;
  std::function<int(const Program&)> run;
};

// One file each. The name of the function is the name of the command.
Command add_rules(CLI::App& app);
Command add_explain(CLI::App& app);
Command add_check(CLI::App& app);
Command add_replay(CLI::App& app);
Command add_bugs(CLI::App& app);
Command add_readings(CLI::App& app);
Command add_chaos(CLI::App& app);
Command add_driver(CLI::App& app);
Command add_demo(CLI::App& app);
Command add_up(CLI::App& app);
Command add_world(CLI::App& app);
Command add_sync(CLI::App& app);
Command add_connector(CLI::App& app);
Command add_operations(CLI::App& app);
Command add_ci(CLI::App& app);
Command add_doctor(CLI::App& app);

}  // namespace atrapa::harness::cli
