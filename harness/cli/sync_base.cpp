#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/rand.h>

#include <CLI/CLI.hpp>
#include <array>
#include <charconv>
#include <map>
#include <mutex>

#include "core/integrations/ebiuro_base.hpp"
#include "core/integrations/firmino_base.hpp"
#include "core/ledger/stores.hpp"
#include "core/shops/http_transport.hpp"
#include "harness/cli/sync_work.hpp"
#include "harness/report/json_lines.hpp"
#include "harness/report/text.hpp"
#include "harness/subject/erp.hpp"

// `atrapa sync ebiuro-base` and `atrapa sync firmino-base`.

namespace atrapa::harness::cli {
namespace {

namespace ebiuro = core::ebiuro_base;
namespace firmino = core::firmino_base;

struct BaseArguments {
  std::string command, order;
  std::string config, ledger, products;
  std::string kind;    ///< Of a document: "invoice", "receipt", "" for what the program chooses.
  std::string listen;  ///< "9000", or "127.0.0.1:9000".
  int interval = 60;
  bool watch = false;
  bool show = false;
  bool json = false;
};

/// The file of --config.
struct BaseConfig {
  std::string url = "https://api.baselinker.com";
  std::string token;
  std::string label;  ///< By which the books know the integration again.
  Json settings = Json::object();
  std::map<std::string, std::string> switches;
  std::map<std::string, std::string> warehouses;  ///< Firmino: of the books, by Base's key.
  Json erp = Json::object();
};

/// The members of an object one after the other; a Failure names the place of what does not fit.
class Members {
 public:
  Members(const Json& json, std::string file, std::string place)
      : json_(json), file_(std::move(file)), place_(std::move(place)) {
    if (!json.is_object()) refuse("", "expected an object");
  }

  [[noreturn]] void refuse(const std::string& name, const std::string& why) const {
    const std::string at = place_ + (name.empty() ? "" : "/" + name);
    throw Failure(fmt::format("--config {}: {}: {}", file_, at.empty() ? "/" : at, why));
  }
  bool has(const char* name) const { return json_.contains(name); }
  const Json& at(const char* name) const { return json_.at(name); }
  std::string needed(const char* name) const {
    if (!has(name)) refuse(name, "is missing; expected a text");
    return text(name, "");
  }
  std::string text(const char* name, const std::string& otherwise) const {
    if (!has(name)) return otherwise;
    if (!at(name).is_string()) refuse(name, "expected a text");
    return at(name).get<std::string>();
  }
  std::map<std::string, std::string> texts(const char* name) const {
    if (!has(name)) return {};
    std::map<std::string, std::string> all;
    const Members inner(at(name), file_, fmt::format("{}/{}", place_, name));
    for (const auto& [key, value] : at(name).items()) {
      all[key] = inner.text(key.c_str(), "");
    }
    return all;
  }
  void only(const std::vector<std::string_view>& known) const {
    for (const auto& [key, value] : json_.items()) {
      if (std::find(known.begin(), known.end(), key) == known.end()) {
        refuse(key, fmt::format("is unknown; expected one of {}", fmt::join(known, ", ")));
      }
    }
  }

 private:
  const Json& json_;
  std::string file_, place_;
};

BaseConfig read_base_config(const std::string& file, std::string_view integration) {
  const Json json = Json::parse(contents_of(file, "--config"), nullptr, false);
  if (json.is_discarded()) throw Failure(fmt::format("--config {}: is no JSON", file));
  const Members root(json, file, "");
  root.only({"integration", "base", "label", "settings", "switches", "warehouses", "erp"});
  if (const std::string named = root.needed("integration"); named != integration) {
    root.refuse("integration", fmt::format("is '{}'; expected \"{}\"", named, integration));
  }
  if (!root.has("base")) root.refuse("base", "is missing; expected {\"url\", \"token\"}");
  const Members base(root.at("base"), file, "/base");
  base.only({"url", "token"});
  BaseConfig config;
  config.url = base.text("url", config.url);
  if (!core::is_callable(config.url)) {
    base.refuse("url",
                "expected an address such as \"https://api.baselinker.com\", without user and "
                "password");
  }
  config.token = base.needed("token");
  config.label = root.text("label", "Base");
  if (!root.has("settings")) root.refuse("settings", "is missing; expected an object");
  config.settings = root.at("settings");
  config.switches = root.texts("switches");
  config.warehouses = root.texts("warehouses");
  if (root.has("erp")) config.erp = root.at("erp");
  return config;
}

/// What the ERP's own forms would be filled in with: {"warehouses": [{"id","name"}],
/// "price_groups": [{"id","name","net"}], "product_groups": [{"id","name"}],
/// "series": [{"id","kind","pattern","reset"}], "stocks": [{"product","warehouse","pieces"}]}
void put_erp(core::Ledger& ledger, const BaseConfig& config, const std::string& file) {
  const Members erp(config.erp, file, "/erp");
  erp.only({"warehouses", "price_groups", "product_groups", "series", "stocks"});
  const auto each = [&](const char* name, const auto& put) {
    if (!erp.has(name)) return;
    if (!erp.at(name).is_array()) erp.refuse(name, "expected a list");
    for (std::size_t i = 0; i < erp.at(name).size(); ++i) {
      put(Members(erp.at(name)[i], file, fmt::format("/erp/{}/{}", name, i)));
    }
  };
  each("warehouses", [&](const Members& one) {
    core::put_warehouse(ledger, {one.needed("id"), one.needed("name")});
  });
  each("price_groups", [&](const Members& one) {
    const bool net = one.has("net") && one.at("net") == true;
    core::put_price_group(ledger, {.id = one.needed("id"), .name = one.needed("name"), .net = net});
  });
  each("product_groups", [&](const Members& one) {
    core::put_product_group(ledger, {one.needed("id"), one.needed("name")});
  });
  each("series", [&](const Members& one) {
    const auto kind =
        one.needed("kind") == "receipt" ? core::DocumentKind::Receipt : core::DocumentKind::Invoice;
    const auto reset =
        one.text("reset", "year") == "month" ? core::SeriesReset::Month : core::SeriesReset::Year;
    const auto put = ledger.put_series({one.needed("id"), kind, one.needed("pattern"), reset});
    if (!put) one.refuse("pattern", put.error());
  });
  each("stocks", [&](const Members& one) {
    const auto pieces = core::parse_quantity(one.needed("pieces"));
    if (!pieces) one.refuse("pieces", pieces.error());
    const std::string product = one.needed("product");
    const std::string warehouse = one.needed("warehouse");
    // A first figure: what has moved since stays.
    if (core::stocks_of(ledger, product).contains(warehouse)) return;
    core::set_stock(ledger, product, warehouse, *pieces);
  });
}

/// 16 random bytes in hex, cut as a uuid is.
std::string drawn_uuid() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw Failure("the machine gives no random numbers for a secret");
  }
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | 0x40U);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += fmt::format("{:02x}", bytes[i]);
  }
  return text;
}

template <typename T>
T granted(core::Result<T, core::Objection> result, std::string_view what) {
  if (!result) throw Failure(fmt::format("{}: {}", what, result.error().text));
  return std::move(result).value();
}

template <typename Switches>
void take_switches(Switches& switches, core::FiscalSwitches& fiscal, const BaseConfig& config) {
  for (const auto& [name, value] : config.switches) {
    const auto set = name.starts_with("pl.") ? core::set_switch(fiscal, name, value)
                                             : core::set_switch(switches, name, value);
    if (!set) throw Failure(fmt::format("--config: /switches: {}", set.error()));
  }
}

std::int64_t order_number(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size()) return number;
  throw Failure(fmt::format("'{}' names no order; `list` shows their numbers", text));
}

std::optional<core::DocumentKind> kind_asked(const BaseArguments& arguments) {
  if (arguments.kind == "invoice") return core::DocumentKind::Invoice;
  if (arguments.kind == "receipt") return core::DocumentKind::Receipt;
  return std::nullopt;
}

/// One run of the command line with one integration of one program.
template <typename Office>
class Session {
 public:
  Session(const BaseArguments& given, Machine& run_on, std::string_view integration)
      : arguments(given),
        machine(run_on),
        config(read_base_config(given.config, integration)),
        ledger(open_ledger(given.ledger, given.command == "list" || given.command == "issue" ||
                                                 given.command == "fulfil"
                                             ? MissingBooks::Refuse
                                             : MissingBooks::Make)),
        clock(run_on),
        transport(http, run_on) {
    if (!given.products.empty()) put_products(*ledger, given.products);
    put_erp(*ledger, config, given.config);
  }

  /// The integration of the config's label, where the books have it.
  std::optional<core::Profile> known(const std::vector<core::Profile>& all) const {
    for (const core::Profile& one : all) {
      if (one.label == config.label) return one;
    }
    return std::nullopt;
  }

  void say(const std::string& text) {
    machine.out() << (arguments.json ? report::to_line({{"ok", true}, {"text", text}})
                                     : report::printable(text) + "\n")
                  << std::flush;
  }

  void say_document(const core::Document& document) {
    machine.out() << (arguments.json
                          ? report::to_line({{"ok", true},
                                             {"kind", core::to_string(document.kind)},
                                             {"number", document.number},
                                             {"total", core::to_text(document.total_gross)}})
                          : fmt::format("{} {}: {}\n", core::to_string(document.kind),
                                        document.number, core::to_text(document.total_gross)))
                  << std::flush;
  }

  template <typename Rows>
  void say_orders(const Rows& rows) {
    Json list = Json::array();
    std::string lines =
        fmt::format("{:>6}  {:<14} {:<20} {}\n", "order", "in Base", "document", "status");
    for (const auto& row : rows) {
      const bool open = row.document_number.empty();
      list.push_back({{"order", std::to_string(row.order)},
                      {"number", row.number},
                      {"document_number", row.document_number},
                      {"status", row.status_id}});
      lines += fmt::format("{:>6}  {:<14} {:<20} {}\n", row.order, row.number,
                           open ? "none yet" : row.document_number, row.status_id);
    }
    if (rows.empty()) lines = "no orders yet\n";
    machine.out() << (arguments.json ? report::to_line({{"ok", true}, {"orders", list}}) : lines)
                  << std::flush;
  }

  /// Of a run of the office under its lock.
  bool run(Office& office, const std::string& id) {
    const std::lock_guard lock(office_lock);
    const core::RunReport report = office.run(id, arguments.command);
    print_report(report, arguments.json, machine);
    return report.ok;
  }

  std::optional<std::chrono::seconds> pause() const {
    if (!arguments.watch && arguments.listen.empty()) return std::nullopt;
    return std::chrono::seconds(arguments.interval);
  }

  const BaseArguments& arguments;
  Machine& machine;
  BaseConfig config;
  std::unique_ptr<core::Ledger> ledger;
  core::HttpTransport http;
  SyncClock clock;
  EndingTransport transport;
  std::mutex office_lock;  ///< Calls arrive while commands run.
};

using EbiuroSession = Session<ebiuro::Office>;
using FirminoSession = Session<firmino::Office>;

/// Adds the integration, tests it and fills its form in, as far as that has not been done.
core::Profile settle_ebiuro(EbiuroSession& session, ebiuro::Office& office) {
  const BaseConfig& config = session.config;
  const auto settings = ebiuro::read_settings(config.settings.dump());
  if (!settings) {
    throw Failure(
        fmt::format("--config {}: /settings{}", session.arguments.config, settings.error()));
  }
  auto found = session.known(office.list());
  if (!found) found = granted(office.add(config.label, config.token), "the integration");
  if (found->token != config.token) {
    granted(office.edit(found->id, config.label, config.token), "the integration");
    found = session.known(office.list());
  }
  if (found->state == core::Profile::State::Draft) {
    granted(office.test(found->id), "the connection test");
    found = session.known(office.list());
  }
  const bool first = found->state == core::Profile::State::Tested;
  if (first || found->settings != ebiuro::settings_text(*settings)) {
    granted(office.configure(found->id, *settings), "the settings");
  }
  return *session.known(office.list());
}

/// The addresses for the automatic actions in Base, below the receiver's own.
std::vector<std::pair<std::string, std::string>> callback_addresses(const core::Profile& profile,
                                                                    bool show) {
  const std::string secret = show ? profile.secret : "...";
  const auto address = [&](const char* path, const char* id) {
    return fmt::format("/v1/{}/baselinker/{}?secretKey={}&{}", path, profile.id, secret, id);
  };
  return {{"product created", address("product/sync", "productId=[produkt_id]")},
          {"product edited", address("product/sync", "productId=[produkt_id]")},
          {"product deleted", address("product/delete", "productId=[produkt_id]")},
          {"order status set", address("order/sync", "orderId=[numer_zamowienia]")}};
}

/// `base` is the place that listens, or is going to; "" where none was named.
void say_addresses(EbiuroSession& session, const core::Profile& profile, bool show,
                   const std::string& base, bool listening) {
  Json json = {{"ok", true}, {"integration", profile.id}};
  if (listening) json["listening"] = base;
  json["addresses"] = Json::object();
  std::string text = listening ? fmt::format("listening on {}\n", base) : "";
  for (const auto& [event, path] : callback_addresses(profile, show)) {
    json["addresses"][event] = base + path;
    text += fmt::format("  {:<17} {}{}\n", event, base, path);
  }
  if (!show) text += "  the secret is covered; `addresses --show` has it whole\n";
  if (base.empty()) {
    text +=
        "  put before them where `orders --listen` takes calls; whole addresses: add --listen "
        "PORT\n";
  }
  session.machine.out() << (session.arguments.json ? report::to_line(json) : text) << std::flush;
}

/// Takes Base's calls until the process is to end; in between, the command runs for what waits.
int listen(EbiuroSession& session, ebiuro::Office& office, const core::Profile& profile) {
  const auto take = [&](const core::HttpRequest& call) -> core::HttpResponse {
    if (session.machine.end_requested()) return {.status = 503, .headers = {}, .body = {}};
    const std::lock_guard lock(session.office_lock);
    try {
      ebiuro::CallbackAnswer answer = office.receive(call);
      if (!session.arguments.json) session.say(fmt::format("called: {}", answer.text));
      return {.status = answer.status, .headers = {}, .body = std::move(answer.text)};
    } catch (const EndRequested&) {
      return {.status = 503, .headers = {}, .body = {}};  // Filed; the next run has it.
    }
  };
  const auto receiver = receive_at(session.arguments.listen, take);
  {
    const std::lock_guard lock(session.office_lock);
    say_addresses(session, profile, session.arguments.show, receiver->url(), true);
  }
  return repeat(session.pause(), session.machine, [&] { return session.run(office, profile.id); });
}

/// "http://127.0.0.1:9000" of "9000", "" of nothing.
std::string place_of_listener(const std::string& listen) {
  if (listen.empty()) return {};
  const auto [address, port] = listen_place(listen);
  if (port == 0) throw Failure("--listen 0: addresses need the port that will be listened on");
  const bool six = address.find(':') != std::string::npos && !address.starts_with('[');
  return fmt::format("http://{}:{}", six ? "[" + address + "]" : address, port);
}

bool is_any_of(const std::string& word, const std::vector<std::string_view>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

int sync_ebiuro(const BaseArguments& arguments, const Program& program) {
  if (!is_any_of(arguments.command, {"orders", "products", "stock", "all", "list", "addresses",
                                     "issue", "activate", "deactivate", "delete"})) {
    throw Failure(
        fmt::format("there is no command '{}' of ebiuro-base; expected orders, products, stock, "
                    "all, list, addresses, issue, activate, deactivate or delete",
                    arguments.command));
  }
  program.machine.catch_end_signals();
  EbiuroSession session(arguments, program.machine, ebiuro::kProgram);
  ebiuro::Config config;
  config.base_url = session.config.url;
  take_switches(config.switches, config.fiscal, session.config);
  config.new_uuid = config.new_secret = drawn_uuid;
  ebiuro::Office office(std::move(config), *session.ledger, session.transport, session.clock);
  const bool lasting = session.pause().has_value();
  return until_asked_to_end(program.machine, arguments.ledger, lasting, [&] {
    const core::Profile profile = settle_ebiuro(session, office);
    const std::string& command = arguments.command;
    if (command == "list") {
      session.say_orders(office.orders(profile.id));
    } else if (command == "addresses") {
      say_addresses(session, profile, arguments.show, place_of_listener(arguments.listen), false);
    } else if (command == "issue") {
      session.say_document(granted(
          office.issue(order_number(arguments.order), kind_asked(arguments)), "the document"));
    } else if (command == "activate" || command == "deactivate") {
      granted(office.set_active(profile.id, command == "activate"), "the integration");
      session.say(
          fmt::format("{}: {}", profile.label, command == "activate" ? "active" : "deactivated"));
    } else if (command == "delete") {
      granted(office.remove(profile.id), "the integration");
      session.say(fmt::format("{}: deleted; orders and documents stay", profile.label));
    } else if (!arguments.listen.empty()) {
      return listen(session, office, profile);
    } else {
      return repeat(session.pause(), session.machine,
                    [&] { return session.run(office, profile.id); });
    }
    return 0;
  });
}

core::Profile settle_firmino(FirminoSession& session, firmino::Office& office) {
  const BaseConfig& config = session.config;
  auto settings = firmino::read_settings(config.settings.dump());
  if (!settings) {
    throw Failure(
        fmt::format("--config {}: /settings{}", session.arguments.config, settings.error()));
  }
  // Who starts a command of this program has said yes to its last question (FIRMINO-CONF-02).
  if (!config.settings.contains("confirmed")) settings->confirmed = true;
  auto found = session.known(office.list());
  if (!found) found = granted(office.add(config.label, config.token), "the integration");
  if (found->token != config.token) {
    granted(office.set_token(found->id, config.token), "the integration");
  }
  if (found->settings != firmino::settings_text(*settings)) {
    granted(office.configure(found->id, *settings), "the settings");
  }
  const auto joined = core::links_of(*session.ledger, found->id, "warehouse");
  for (const auto& [key, warehouse] : config.warehouses) {
    const bool there = std::any_of(joined.begin(), joined.end(), [key = key](const auto& link) {
      return link.external_id == key;
    });
    if (there) continue;
    const std::string warning =
        granted(office.join_warehouse(found->id, key, warehouse), "/warehouses");
    if (!warning.empty()) session.machine.err() << "atrapa: " << warning << "\n";
  }
  return *session.known(office.list());
}

int sync_firmino(const BaseArguments& arguments, const Program& program) {
  if (!is_any_of(arguments.command,
                 {"orders", "products", "stock", "all", "tick", "list", "fulfil", "delete"})) {
    throw Failure(
        fmt::format("there is no command '{}' of firmino-base; expected orders, products, stock, "
                    "all, tick, list, fulfil or delete",
                    arguments.command));
  }
  program.machine.catch_end_signals();
  FirminoSession session(arguments, program.machine, firmino::kProgram);
  firmino::Config config;
  config.base_url = session.config.url;
  take_switches(config.switches, config.fiscal, session.config);
  config.new_uuid = drawn_uuid;
  firmino::Office office(std::move(config), *session.ledger, session.transport, session.clock);
  const bool lasting = session.pause().has_value();
  return until_asked_to_end(program.machine, arguments.ledger, lasting, [&] {
    const core::Profile profile = settle_firmino(session, office);
    if (arguments.command == "list") {
      session.say_orders(office.orders(profile.id));
    } else if (arguments.command == "fulfil") {
      session.say_document(granted(
          office.fulfil(order_number(arguments.order), kind_asked(arguments)), "the document"));
    } else if (arguments.command == "delete") {
      granted(office.remove(profile.id), "the integration");
      session.say(fmt::format("{}: deleted; orders and documents stay", profile.label));
    } else {
      return repeat(session.pause(), session.machine,
                    [&] { return session.run(office, profile.id); });
    }
    return 0;
  });
}

void add_common(CLI::App& command, BaseArguments& arguments) {
  command.add_option("ORDER", arguments.order, "The order, by its number in the list");
  command.add_option("--config", arguments.config, "Which account, and how; see the README")
      ->type_name("FILE")
      ->required();
  command
      .add_option("--ledger", arguments.ledger,
                  "The books: an SQLite file, made where it is missing; several integrations may "
                  "share it")
      ->type_name("FILE.db")
      ->required();
  command
      .add_option("--products", arguments.products,
                  "Put these products into the books first: a JSON list, or a world file")
      ->type_name("FILE");
  command.add_option("--kind", arguments.kind, "Of the document [what the program chooses]")
      ->check(CLI::IsMember({"invoice", "receipt"}));
  command.add_flag("--watch", arguments.watch, "Again and again, until SIGINT or SIGTERM");
  command.add_option("--interval", arguments.interval, "Seconds between two runs of --watch")
      ->type_name("S")
      ->check(CLI::Range(1, 24 * 3600))
      ->capture_default_str();
  command.add_flag("--json", arguments.json, "One JSON object a line");
  command.footer(
      "Exit code: 0 done, 2 refused, or config, books or Base at fault. What was done stays "
      "done:\nthe next run goes on from there, whatever ended this one.");
}

}  // namespace

std::vector<Command> add_sync_with_base(CLI::App& sync) {
  auto of_ebiuro = std::make_shared<BaseArguments>();
  CLI::App* ebiuro_base = sync.add_subcommand("ebiuro-base",
                                              "Documents from Base's orders, told by its calls; "
                                              "products and stock one way or the other");
  ebiuro_base
      ->add_option("COMMAND", of_ebiuro->command,
                   "orders (what waits), products, stock, all, list, addresses (for Base's "
                   "automatic actions), issue ORDER, activate, deactivate or delete")
      ->required();
  add_common(*ebiuro_base, *of_ebiuro);
  ebiuro_base
      ->add_option("--listen", of_ebiuro->listen,
                   "Take Base's calls on this port of 127.0.0.1, and run COMMAND in between; "
                   "addresses: print them whole for that place")
      ->type_name("[ADDRESS:]PORT");
  ebiuro_base->add_flag("--show", of_ebiuro->show, "addresses: the secret whole");

  auto of_firmino = std::make_shared<BaseArguments>();
  CLI::App* firmino_base = sync.add_subcommand(
      "firmino-base", "Orders of Base by date and status, documents back to them; products, stock");
  firmino_base
      ->add_option("COMMAND", of_firmino->command,
                   "orders, products, stock, all, tick (what happens by itself), list, fulfil "
                   "ORDER (issues its document) or delete")
      ->required();
  add_common(*firmino_base, *of_firmino);
  return {{ebiuro_base,
           [of_ebiuro](const Program& program) { return sync_ebiuro(*of_ebiuro, program); }},
          {firmino_base,
           [of_firmino](const Program& program) { return sync_firmino(*of_firmino, program); }}};
}

}  // namespace atrapa::harness::cli
