#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>
#include <openssl/rand.h>

#include <CLI/CLI.hpp>
#include <array>
#include <charconv>
#include <memory>
#include <mutex>
#include <optional>

#include "core/integrations/systim_account.hpp"
#include "core/shops/http_transport.hpp"
#include "core/sync/documents.hpp"
#include "harness/cli/sync_work.hpp"
#include "harness/report/json_lines.hpp"
#include "harness/report/text.hpp"

namespace atrapa::harness::cli {

namespace {

namespace account = core::systim_shoper;

struct ConnectorArguments {
  std::string ledger;
  std::string config;
  std::string what;  ///< The positional of the action: a command, a user, an order, a note.
  std::vector<std::string> parts;
  int interval = 60;
  bool show = false;
  bool json = false;
};

account::Config connector_config(const std::string& file) {
  auto config = account::read_config(contents_of(file, "--config"));
  if (!config) throw Failure(fmt::format("--config {}: {}", file, config.error()));
  return std::move(config).value();
}

/// The books, and the account on them.
struct Office {
  Office(const ConnectorArguments& arguments, Machine& machine, MissingBooks missing)
      : ledger(open_ledger(arguments.ledger, missing)),
        clock(machine),
        transport(http, machine),
        config(arguments.config.empty() ? std::nullopt
                                        : std::optional(connector_config(arguments.config))),
        account({.application = {},
                 .switches = config ? config->switches : core::SystimSwitches{},
                 .stock_formula = config ? config->stock_formula : core::StockFormula::OnHand},
                *ledger, transport, clock) {}

  const account::Config& given() const {
    if (!config) throw Failure("--config FILE is missing: it says which shop, and how to get in");
    return *config;
  }

  std::unique_ptr<core::Ledger> ledger;
  SyncClock clock;
  core::HttpTransport http;
  EndingTransport transport;
  std::optional<account::Config> config;
  account::Account account;
};

void say(const ConnectorArguments& arguments, Machine& machine, const std::string& text) {
  machine.out() << (arguments.json ? report::to_line({{"ok", true}, {"text", text}})
                                   : report::printable(text) + "\n")
                << std::flush;
}

/// An order by its number, or by its id in the books.
std::int64_t order_named(const core::Ledger& ledger, const std::string& name) {
  for (const core::ErpOrder& order : ledger.orders()) {
    if (order.number == name || std::to_string(order.id) == name) return order.id;
  }
  throw Failure(fmt::format("the books have no order '{}'", name));
}

/// "2:1.5": one and a half of the second line.
core::GoodsPart part_of(const std::string& text) {
  const std::size_t colon = text.find(':');
  std::size_t line = 0;
  if (colon != text.npos) std::from_chars(text.data(), text.data() + colon, line);
  const auto quantity = colon == text.npos
                            ? core::Result<core::Quantity>(core::Quantity{})
                            : core::parse_quantity(std::string_view(text).substr(colon + 1));
  if (line == 0 || !quantity) {
    throw Failure(fmt::format("--part {}: expected LINE:QUANTITY, such as 2:1.5", text));
  }
  return {line - 1, *quantity};
}

std::string document_text(const core::Document& document) {
  std::string text = fmt::format("{} {}, {}", core::to_string(document.kind), document.number,
                                 document.contractor);
  if (!document.nip.empty()) text += ", NIP " + document.nip;
  for (const core::ErpOrderLine& line : document.lines) {
    text += fmt::format("\n  {} x {}: {} ({})", core::to_text(line.quantity), line.name,
                        core::to_text(line.value), line.vat);
  }
  for (const core::VatSummary& rate : document.summary) {
    text += fmt::format("\n  VAT {}: net {}, tax {}, gross {}", rate.vat, core::to_text(rate.net),
                        core::to_text(rate.tax), core::to_text(rate.gross));
  }
  return text + fmt::format("\n  total {}", core::to_text(document.total_gross));
}

using Action = int (*)(const ConnectorArguments&, Office&, Machine&);

int install(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  const account::Config& given = office.given();
  office.account.install_by_hand(given.shop_url, given.login, given.password, given.token);
  say(arguments, machine, "installed in " + given.shop_url + "; next: atrapa connector configure");
  return 0;
}

int configure(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  const account::Config& given = office.given();
  const auto saved = office.account.save_form(core::integration_of_url(given.shop_url),
                                              {.erp_login = given.erp.login,
                                               .erp_key = given.erp.key,
                                               .automatic = given.automatic,
                                               .webhook_secret = given.webhook_secret});
  if (!saved) throw Failure(saved.error().text);
  say(arguments, machine,
      fmt::format("saved: this account serves {}; automatic operation is {}", given.shop_url,
                  given.automatic ? "on" : "off"));
  return 0;
}

int test(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  const auto checks = office.account.test_connection();
  bool good = true;
  for (const account::ConnectionCheck& check : checks) {
    good = good && check.state == account::ConnectionCheck::State::Good;
  }
  if (arguments.json) {
    Json list = Json::array();
    for (const account::ConnectionCheck& check : checks) {
      const bool tried = check.state != account::ConnectionCheck::State::NotTried;
      list.push_back({{"name", check.name},
                      {"good", tried ? Json(check.state == account::ConnectionCheck::State::Good)
                                     : Json(nullptr)},
                      {"text", check.text}});
    }
    machine.out() << report::to_line({{"ok", good}, {"checks", list}}) << std::flush;
  } else {
    for (const std::string& line : account::lines_of(checks)) {
      machine.out() << report::printable(line) << "\n";
    }
    machine.out() << std::flush;
  }
  return good ? 0 : 2;
}

int status(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  const auto url = office.account.shop_url();
  say(arguments, machine,
      url ? fmt::format("shop URL address: {}; automatic operation is {}", *url,
                        office.account.automatic() ? "on" : "off")
          : "no shop is connected");
  return 0;
}

int keys(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  auto shown = office.account.keys();
  if (!arguments.show) shown = core::covered(std::move(shown));
  if (arguments.json) {
    Json object = Json::object();
    for (const core::ShownKey& key : shown) object[key.name] = key.value;
    machine.out() << report::to_line({{"ok", true}, {"keys", object}}) << std::flush;
    return 0;
  }
  for (const core::ShownKey& key : shown) say(arguments, machine, key.name + ": " + key.value);
  if (shown.empty()) say(arguments, machine, "no shop is connected");
  return 0;
}

int switch_automatic(const ConnectorArguments& arguments, Office& office, Machine& machine,
                     bool on) {
  const auto set = office.account.set_automatic(on);
  if (!set) throw Failure(set.error().text);
  say(arguments, machine, on ? "automatic operation is on" : "automatic operation is off");
  return 0;
}
int suspend(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  return switch_automatic(arguments, office, machine, false);
}
int resume(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  return switch_automatic(arguments, office, machine, true);
}

int uninstall(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  office.account.uninstall(core::integration_of_url(office.given().shop_url));
  say(arguments, machine, "uninstalled: its keys are forgotten, orders and documents stay");
  return 0;
}

int run_command(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  const auto command = account::command(arguments.what);
  if (!command) {
    throw Failure(fmt::format("there is no command '{}'; expected stock, orders, all or tick",
                              arguments.what));
  }
  const core::RunReport report = office.account.run(*command);
  print_report(report, arguments.json, machine);
  return report.ok ? 0 : 2;
}

/// Takes the shop's webhooks until the process is to end; automatic operation runs at its interval,
/// and at once when an order was told of.
int listen(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  machine.catch_end_signals();
  std::mutex one_at_a_time;
  bool told = true;
  const auto receiver = receive_at(arguments.what, [&](const core::HttpRequest& message) {
    const std::lock_guard lock(one_at_a_time);
    account::MessageAnswer answer = office.account.receive(message);
    told = told || answer.status == 200;
    return core::HttpResponse{.status = answer.status, .headers = {}, .body = answer.text};
  });
  say(arguments, machine, "listening on " + receiver->url());
  int since = 0;
  return until_asked_to_end(machine, arguments.ledger, true, [&] {
    return repeat(std::chrono::seconds(1), machine, [&] {
      const std::lock_guard lock(one_at_a_time);
      if (!told && ++since < arguments.interval) return true;
      told = false;
      since = 0;
      print_report(office.account.run(account::Command::Tick), arguments.json, machine);
      return true;
    });
  });
}

int api_key(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  std::array<unsigned char, 20> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw Failure("the machine gives no random numbers for a key");
  }
  std::string key;
  for (const unsigned char byte : bytes) key += fmt::format("{:02x}", byte);
  office.ledger->put_api_key(arguments.what, core::shoper::digest_of(key), machine.now());
  // Shown this once: the books keep its digest.
  machine.out() << (arguments.json
                        ? report::to_line({{"ok", true}, {"login", arguments.what}, {"key", key}})
                        : key + "\n")
                << std::flush;
  return 0;
}

int invoice(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  core::Desk desk = core::desk_at(*office.ledger, machine.now());
  const auto made = core::issue_invoice(desk, order_named(*office.ledger, arguments.what));
  if (!made) throw Failure(made.error());
  say(arguments, machine, document_text(*made));
  return 0;
}

int goods_issue(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  core::Desk desk = core::desk_at(*office.ledger, machine.now());
  std::vector<core::GoodsPart> parts;
  for (const std::string& part : arguments.parts) parts.push_back(part_of(part));
  const auto made = core::issue_goods(desk, order_named(*office.ledger, arguments.what), parts);
  if (!made) throw Failure(made.error());
  say(arguments, machine, document_text(*made));
  return 0;
}

int cancel_goods_issue(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  core::Desk desk = core::desk_at(*office.ledger, machine.now());
  for (const core::Document& document : office.ledger->documents()) {
    if (document.kind != core::DocumentKind::GoodsIssue || document.number != arguments.what) {
      continue;
    }
    const auto done = core::cancel_goods(desk, document.id);
    if (!done) throw Failure(done.error());
    say(arguments, machine, document.number + " is cancelled; its pieces are back in stock");
    return 0;
  }
  throw Failure(fmt::format("the books have no goods issue note '{}'", arguments.what));
}

int shipment(const ConnectorArguments& arguments, Office& office, Machine& machine) {
  core::Desk desk = core::desk_at(*office.ledger, machine.now());
  const auto made = core::make_shipment(desk, order_named(*office.ledger, arguments.what));
  if (!made) throw Failure(made.error());
  const core::ShopParty& to = made->recipient;
  say(arguments, machine,
      fmt::format("shipment {}: {} {} {}, {}, {} {}", made->id, to.company, to.first_name,
                  to.last_name, to.street, to.postcode, to.city));
  return 0;
}

struct ActionRow {
  const char* name;
  const char* help;
  const char* what;  ///< Name of its positional; "" for none.
  Action action;
  MissingBooks missing = MissingBooks::Make;
};

constexpr std::array kActions{
    ActionRow{"install", "Put the connector into the shop of --config, with its keys", "", install},
    ActionRow{"configure", "Save the form: this account serves the shop of --config", "",
              configure},
    ActionRow{"test", "What works, in plain words; changes nothing", "", test,
              MissingBooks::Refuse},
    ActionRow{"status", "\"Shop URL address\": which shop this account serves", "", status,
              MissingBooks::Refuse},
    ActionRow{"keys", "\"Show Shoper access keys\"; covered without --show", "", keys,
              MissingBooks::Refuse},
    ActionRow{"suspend", "Untick automatic operation and save", "", suspend, MissingBooks::Refuse},
    ActionRow{"resume", "Tick automatic operation and save", "", resume, MissingBooks::Refuse},
    ActionRow{"uninstall", "Take the connector out of the shop of --config", "", uninstall},
    ActionRow{"run", "stock, orders, all, or tick for what automatic operation does", "COMMAND",
              run_command},
    ActionRow{"listen", "Take the shop's webhooks there, and do what automatic operation does",
              "PORT", listen},
    ActionRow{"api-key", "Generate the API key of a user; a former one ends", "LOGIN", api_key},
    ActionRow{"invoice", "Issue the invoice of an order, once", "ORDER", invoice,
              MissingBooks::Refuse},
    ActionRow{"goods-issue", "Make a goods issue note (WZ) of what is left of an order", "ORDER",
              goods_issue, MissingBooks::Refuse},
    ActionRow{"cancel-goods-issue", "Cancel a note; its pieces return", "NUMBER",
              cancel_goods_issue, MissingBooks::Refuse},
    ActionRow{"shipment", "Make a courier's shipment from an order", "ORDER", shipment,
              MissingBooks::Refuse}};

int run_action(const ConnectorArguments& arguments, const Program& program, const ActionRow& row) {
  try {
    Office office(arguments, program.machine, row.missing);
    return row.action(arguments, office, program.machine);
  } catch (const SQLite::Exception& error) {
    throw Failure(fmt::format("--ledger {}: {}", arguments.ledger, error.what()));
  }
}

}  // namespace

Command add_connector(CLI::App& app) {
  auto arguments = std::make_shared<ConnectorArguments>();
  auto chosen = std::make_shared<const ActionRow*>(nullptr);
  CLI::App* command = app.add_subcommand(
      "connector", "The Systim connector's life and the ERP's desk, on the books of --ledger");
  command->require_subcommand(1);
  for (const ActionRow& row : kActions) {
    CLI::App* one = command->add_subcommand(row.name, row.help);
    if (*row.what != '\0') one->add_option(row.what, arguments->what)->required();
    one->add_option("--ledger", arguments->ledger, "The books: an SQLite file")
        ->type_name("FILE.db")
        ->required();
    one->add_option("--config", arguments->config, "The file that `atrapa sync` takes too")
        ->type_name("FILE");
    if (row.action == listen) {
      one->add_option("--interval", arguments->interval, "Seconds between two runs")
          ->type_name("S")
          ->check(CLI::Range(1, 24 * 3600))
          ->capture_default_str();
    }
    if (row.action == keys) one->add_flag("--show", arguments->show, "Secrets whole");
    if (row.action == goods_issue) {
      one->add_option("--part", arguments->parts, "Only this much of a line; may be repeated")
          ->type_name("LINE:QUANTITY");
    }
    one->add_flag("--json", arguments->json, "One JSON object");
    one->callback([chosen, &row] { *chosen = &row; });
  }
  command->footer("Exit code: 0 done, 2 refused, or books, config or shop at fault.");
  return {command, [arguments, chosen](const Program& program) {
            return run_action(*arguments, program, **chosen);
          }};
}

}  // namespace atrapa::harness::cli
