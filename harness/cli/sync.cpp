#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "core/integrations/systim_shoper.hpp"
#include "core/shops/http_transport.hpp"
#include "harness/cli/command.hpp"
#include "harness/cli/names.hpp"
#include "harness/cli/progress.hpp"
#include "harness/cli/sync_work.hpp"
#include "harness/report/json_lines.hpp"
#include "harness/world/text_file.hpp"
#include "harness/world/world_form.hpp"

namespace atrapa::harness::cli {

namespace {

namespace systim_shoper = core::systim_shoper;

constexpr double kSecondsBetweenLines = 5;

struct SyncArguments {
  std::string config;
  std::string ledger;
  std::string products;
  std::string command;
  std::string since;
  std::string out;
  bool watch = false;
  bool byte_order_mark = false;
  int interval = 60;
  bool json = false;
};

/// A clock that shows one moment: when the form of the connector was saved.
class SavedAt final : public core::Clock {
 public:
  explicit SavedAt(core::Instant moment) : moment_(moment) {}
  core::Instant now() override { return moment_; }
  bool wait(core::Duration) override { return true; }

 private:
  core::Instant moment_;
};

systim_shoper::Config read_config(const std::string& file) {
  auto config = systim_shoper::read_config(contents_of(file, "--config"));
  if (!config) throw Failure(fmt::format("--config {}: {}", file, config.error()));
  return std::move(config).value();
}

/// "2026-03-02" or "2026-03-02T08:00:00Z"
core::Instant moment_of(const std::string& text) {
  const auto moment = read_instant(text.size() == 10 ? text + "T00:00:00Z" : text);
  if (moment) return *moment;
  throw Failure(
      fmt::format("--since {}: expected a day or a moment, such as 2026-03-02 or "
                  "2026-03-02T08:00:00Z",
                  text));
}

systim_shoper::Command command_named(const std::string& name) {
  if (const auto command = systim_shoper::command(name)) return *command;
  throw Failure(
      fmt::format("there is no command '{}' of systim-shoper; "
                  "expected stock, orders, products, all or csv",
                  name));
}

core::RunReport run_once(systim_shoper::Connector& connector, systim_shoper::Command command,
                         Machine& machine) {
  Progress progress(machine, kSecondsBetweenLines);
  return connector.run(command, [&](const core::Progress& step) {
    const std::string total = step.total ? fmt::format(" of {}", *step.total) : "";
    progress.show(fmt::format("{}: {}{}", step.stage, step.done, total));
  });
}

/// The command csv: nobody is called, so that nothing of the shop is needed.
int export_csv(const SyncArguments& arguments, Machine& machine) {
  if (arguments.out.empty()) throw Failure("csv: --out FILE is missing: where the file is to go");
  if (arguments.watch) throw Failure("csv: --watch is for what is synchronised with a shop");
  const std::unique_ptr<core::Ledger> ledger = open_ledger(
      arguments.ledger, arguments.products.empty() ? MissingBooks::Refuse : MissingBooks::Make);
  if (!arguments.products.empty()) put_products(*ledger, arguments.products);
  const core::Ledger& books = *ledger;
  const auto products = books.products();
  try {
    write_text_file(arguments.out, core::write_products_csv(
                                       products, {.byte_order_mark = arguments.byte_order_mark}));
  } catch (const std::runtime_error& error) {
    throw Failure(fmt::format("--out {}", error.what()));
  }
  machine.out() << (arguments.json
                        ? report::to_line({{"ok", true},
                                           {"products", products.size()},
                                           {"file", arguments.out}})
                        : fmt::format("{}: {} products\n", arguments.out, products.size()))
                << std::flush;
  return 0;
}

int sync_systim_shoper(const SyncArguments& arguments, const Program& program) {
  Machine& machine = program.machine;
  if (arguments.command == "csv") return export_csv(arguments, machine);
  if (!arguments.out.empty() || arguments.byte_order_mark) {
    throw Failure("--out and --bom belong to the command csv");
  }
  const systim_shoper::Command command = command_named(arguments.command);
  systim_shoper::Config config = read_config(arguments.config);
  if (arguments.watch && !config.automatic) {
    throw Failure(
        fmt::format("--watch is automatic operation, and {} has \"automatic\": false; set "
                    "it to true, or leave --watch out for a single run by hand",
                    arguments.config));
  }
  const std::unique_ptr<core::Ledger> ledger = open_ledger(arguments.ledger);
  if (!arguments.products.empty()) put_products(*ledger, arguments.products);

  machine.catch_end_signals();
  SyncClock clock(machine);
  core::HttpTransport http;
  EndingTransport transport(http, machine);
  if (!arguments.since.empty()) {
    SavedAt since(moment_of(arguments.since));
    systim_shoper::Connector(config, *ledger, transport, since).save_configuration();
  }
  systim_shoper::Connector connector(std::move(config), *ledger, transport, clock);
  connector.save_configuration();
  return until_asked_to_end(machine, arguments.ledger, arguments.watch, [&] {
    return repeat(
        arguments.watch ? std::optional(std::chrono::seconds(arguments.interval)) : std::nullopt,
        machine, [&] {
          const core::RunReport report = run_once(connector, command, machine);
          print_report(report, arguments.json, machine);
          return report.ok;
        });
  });
}

}  // namespace

Command add_sync(CLI::App& app) {
  auto arguments = std::make_shared<SyncArguments>();
  CLI::App* command = app.add_subcommand("sync", "Synchronise a shop with the ERP's books");
  command->require_subcommand(1);
  CLI::App* systim = command->add_subcommand("systim-shoper",
                                             "Stock and products to a Shoper shop, orders from it");
  systim
      ->add_option("COMMAND", arguments->command,
                   "stock, orders, products (adds what the shop lacks; with orders and stock), "
                   "all (orders and stock), or csv")
      ->required();
  systim
      ->add_option("--config", arguments->config,
                   "JSON: "
                   "{\"integration\":\"systim-shoper\",\"shop\":{\"url\",\"login\","
                   "\"password\"}}")
      ->type_name("FILE")
      ->required();
  systim
      ->add_option("--ledger", arguments->ledger,
                   "The books: an SQLite file, made where it is missing")
      ->type_name("FILE.db")
      ->required();
  systim
      ->add_option("--products", arguments->products,
                   "Put these products into the books first: a JSON list, or a "
                   "world file")
      ->type_name("FILE");
  systim
      ->add_option("--since", arguments->since,
                   "On empty books: take older orders too, from this day or moment on [orders from "
                   "the first run on]")
      ->type_name("DAY");
  systim->add_option("--out", arguments->out, "csv: the file to write, whole or not at all")
      ->type_name("FILE.csv");
  systim->add_flag("--bom", arguments->byte_order_mark,
                   "csv: begin with UTF-8's byte order mark, for spreadsheets that want it");
  systim->add_flag("--watch", arguments->watch, "Again and again, until SIGINT or SIGTERM");
  systim->add_option("--interval", arguments->interval, "Seconds between two runs of --watch")
      ->type_name("S")
      ->check(CLI::Range(1, 24 * 3600))
      ->capture_default_str();
  systim->add_flag("--json", arguments->json, "One JSON object per run and line");
  systim->footer(
      "Exit code: 0 done, 2 config, books or shop at fault. What "
      "was done stays done:\n"
      "the next run goes on from there, whatever ended this one.");
  auto base = std::make_shared<std::vector<Command>>(add_sync_with_base(*command));
  return {command, [arguments, base](const Program& program) {
            for (const Command& one : *base) {
              if (one.arguments->parsed()) return one.run(program);
            }
            return sync_systim_shoper(*arguments, program);
          }};
}

}  // namespace atrapa::harness::cli
