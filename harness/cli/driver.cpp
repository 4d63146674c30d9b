#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "harness/cli/choice.hpp"
#include "harness/cli/command.hpp"
#include "harness/subject/driver_server.hpp"

namespace atrapa::harness::cli {

Command add_driver(CLI::App& app) {
  auto subject = std::make_shared<std::string>("core");
  CLI::App* command = app.add_subcommand(
      "driver", "The reference core behind the driver protocol, on standard input and output");
  command
      ->add_option(
          "SUBJECT", *subject,
          "core, or core:BUG for one with a planted bug: what a driver of one's own may be "
          "held against")
      ->capture_default_str();
  command->footer("Use it so: atrapa check SYSTIM --driver 'atrapa driver core'");
  return {command, [subject](const Program& program) {
            const SubjectKind& kind = subject_named(program.rules(), *subject);
            serve_driver(kind, std::cin, program.machine.out());
            return 0;
          }};
}

}  // namespace atrapa::harness::cli
