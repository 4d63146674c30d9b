#include "core/integrations/ebiuro_base.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/domain/text_match.hpp"
#include "core/integrations/ebiuro_office.hpp"
#include "core/integrations/settings_form.hpp"

namespace atrapa::core::ebiuro_base {

namespace {

const Form<Settings>& ebiuro_form() {
  static const Form<Settings> form{
      text_field("invoice_series", &Settings::invoice_series),
      text_field("receipt_series", &Settings::receipt_series),
      choice_field("direction", &Settings::direction,
                   std::vector{Direction::None, Direction::ToShop, Direction::FromShop}),
      flag_field("copy_existing", &Settings::copy_existing),
      ids_field("product_groups", &Settings::product_groups),
      text_field("price_group", &Settings::price_group),
      flag_field("stock", &Settings::stock),
      text_field("warehouse", &Settings::warehouse),
      text_field("inventory", &Settings::inventory),
      text_field("base_price_group", &Settings::base_price_group),
      text_field("base_warehouse", &Settings::base_warehouse),
  };
  return form;
}

constexpr int kApplied = 200;
constexpr int kFiled = 202;
constexpr int kUnreadable = 400;
constexpr int kNotGenuine = 403;
constexpr int kUnknown = 404;
constexpr int kNotAllowed = 405;
constexpr int kInactive = 409;

struct Address {
  std::string_view path;
  const char* kind;
  std::string_view id_parameter;
};
constexpr std::array kAddresses{
    Address{"/v1/product/sync/baselinker/", "product", "productId"},
    Address{"/v1/product/delete/baselinker/", "product_deleted", "productId"},
    Address{"/v1/order/sync/baselinker/", "order", "orderId"},
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

/// Calls `each(name, value)` for every parameter of a query.
template <typename Each>
void for_parameters(std::string_view query, const Each& each) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    each(decoded(pair.substr(0, equals)),
         equals < pair.size() ? decoded(pair.substr(equals + 1)) : std::string());
  }
}

/// In time that does not tell how much of it was right.
bool equal_secrets(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned char difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
  }
  return difference == 0;
}

void take_card_out(Ledger& ledger, const Profile& profile, const std::string& external_id) {
  Ledger::Transaction transaction(ledger);
  if (const auto link = link_to(ledger, profile.id, "product", external_id)) {
    if (auto card = ledger.product(link->erp_id)) {
      // It stays for the documents that name it (EBIURO-EVT-05).
      card->active = false;
      ledger.put_products({&*card, 1});
    }
    drop_link(ledger, profile.id, "product", external_id);
  }
  transaction.commit();
}

}  // namespace

std::string_view to_string(Direction direction) {
  switch (direction) {
    case Direction::None: return "none";
    case Direction::ToShop: return "to_shop";
    case Direction::FromShop: return "from_shop";
  }
  return "";
}

Result<Settings> read_settings(std::string_view json_text) {
  return read_form(ebiuro_form(), json_text);
}

std::string settings_text(const Settings& settings) { return form_text(ebiuro_form(), settings); }

std::optional<Callback> read_callback(std::string_view target) {
  // An absolute address counts by its path.
  if (const std::size_t scheme = target.find("://"); scheme < target.find('?')) {
    const std::size_t path = target.find('/', scheme + 3);
    if (path == target.npos) return std::nullopt;
    target.remove_prefix(path);
  }
  const std::string_view path = target.substr(0, target.find('?'));
  for (const Address& address : kAddresses) {
    if (!path.starts_with(address.path)) continue;
    Callback callback;
    callback.kind = address.kind;
    callback.integration = decoded(path.substr(address.path.size()));
    if (path.size() == target.size()) return callback;
    for_parameters(target.substr(path.size() + 1), [&](std::string name, std::string value) {
      if (name == "secretKey") callback.secrets.push_back(std::move(value));
      if (name == address.id_parameter) callback.external_id = std::move(value);
    });
    return callback;
  }
  return std::nullopt;
}

bool secret_fits(const Profile& profile, const Callback& callback) {
  return callback.secrets.size() == 1 && !profile.secret.empty() &&
         equal_secrets(callback.secrets.front(), profile.secret);
}

std::optional<Objection> id_objection(const std::string& external_id) {
  if (external_id.find_first_of("[]{}") != external_id.npos) {
    return Objection{Reason::PlaceholderLeft,
                     fmt::format("the id is '{}': Base fills in [produkt_id] and "
                                 "[numer_zamowienia] only where they are spelled so",
                                 external_id)};
  }
  const bool number = !external_id.empty() && external_id.size() <= 18 &&
                      external_id.find_first_not_of("0123456789") == external_id.npos &&
                      external_id.front() != '0';
  if (number) return std::nullopt;
  return Objection{Reason::IdUnreadable, fmt::format("the id is '{}', no number", external_id)};
}

bool in_groups(const ErpProduct& card, const Settings& settings) {
  if (settings.product_groups.empty()) return true;
  return std::any_of(card.groups.begin(), card.groups.end(), [&](const std::string& group) {
    return std::find(settings.product_groups.begin(), settings.product_groups.end(), group) !=
           settings.product_groups.end();
  });
}

Quantity stock_to_send(const Ledger& ledger, const ErpProduct& card, const Settings& settings) {
  const Stocks stocks = stocks_of(ledger, card.id);
  const auto found = stocks.find(settings.warehouse);
  return found == stocks.end() ? Quantity{} : found->second;
}

bool moves(const Settings& settings, Direction direction) {
  return settings.direction == direction;
}

std::string series_for(DocumentKind kind, const Settings& settings) {
  return kind == DocumentKind::Receipt ? settings.receipt_series : settings.invoice_series;
}

Parts::Parts() : read_cards(core::read_cards), take_out(take_card_out) {}

Office::Office(Config config, Ledger& ledger, Transport& transport, Clock& clock, Parts parts)
    : config_(std::move(config)),
      ledger_(ledger),
      transport_(transport),
      clock_(clock),
      parts_(std::move(parts)) {}

Result<Profile, Objection> Office::profile_of(const std::string& id) const {
  auto found = profile(ledger_, id);
  if (!found || found->program != kProgram) {
    return objection(Reason::UnknownIntegration, fmt::format("there is no integration '{}'", id));
  }
  return *std::move(found);
}

base::Budget& Office::budget_of(const std::string& token) {
  return budgets_.try_emplace(token, config_.budget).first->second;
}

base::Client Office::client_of(const Profile& profile) {
  const std::string token = parts_.token(ledger_, profile);
  return {{config_.base_url, token}, transport_, clock_, budget_of(token)};
}

Result<Profile, Objection> Office::add(const std::string& label, const std::string& token) {
  if (is_blank(token)) return objection(Reason::SettingMissing, "the Base token is empty");
  Profile made;
  made.id = config_.new_uuid();
  made.secret = config_.new_secret();
  made.program = kProgram;
  made.label = label;
  made.token = token;
  made.settings = "{}";
  made.made_at = clock_.now();
  put_profile(ledger_, made);
  return made;
}

Result<Done, Objection> Office::edit(const std::string& id, const std::string& label,
                                     const std::string& token) {
  auto found = profile_of(id);
  if (!found) return fail(found.error());
  if (is_blank(token)) return objection(Reason::SettingMissing, "the Base token is empty");
  // A token that was never tried says nothing; what was set up before comes back with its test.
  if (found->token != token) found->state = Profile::State::Draft;
  found->label = label;
  found->token = token;
  put_profile(ledger_, *found);
  return Done{};
}

Result<Done, Objection> Office::test(const std::string& id) {
  auto found = profile_of(id);
  if (!found) return fail(found.error());
  base::Client client = client_of(*found);
  if (const auto inventories = base::read_inventories(client); !inventories) {
    return fail(objection_of(inventories.error()));
  }
  if (found->state == Profile::State::Draft) {
    const auto settings = read_settings(found->settings);
    const bool filled_in = settings && !form_objection(*settings);
    found->state = filled_in ? Profile::State::Active : Profile::State::Tested;
    put_profile(ledger_, *found);
  }
  return Done{};
}

std::optional<Objection> Office::form_objection(const Settings& settings) const {
  const auto missing = [](std::string what) {
    return Objection{Reason::SettingMissing, what + " is not set"};
  };
  const auto unusable = [](std::string what) {
    return Objection{Reason::SettingUnusable, std::move(what)};
  };
  if (settings.invoice_series.empty()) return missing("the numbering of invoices");
  if (settings.receipt_series.empty()) return missing("the numbering of receipts");
  if (!settings.direction) return missing("the direction of the synchronisation");
  for (const auto& [kind, id] : {std::pair(DocumentKind::Invoice, settings.invoice_series),
                                 std::pair(DocumentKind::Receipt, settings.receipt_series)}) {
    const auto series = ledger_.series(id);
    if (!series || series->kind != kind) {
      return unusable(fmt::format("there is no series '{}' for a document of the kind {}", id,
                                  to_string(kind)));
    }
  }
  const auto groups = product_groups(ledger_);
  for (const std::string& id : settings.product_groups) {
    const bool known = std::any_of(groups.begin(), groups.end(),
                                   [&](const ErpProductGroup& group) { return group.id == id; });
    if (!known) return unusable(fmt::format("there is no product group '{}'", id));
  }
  const auto prices = price_groups(ledger_);
  const bool price_known =
      settings.price_group.empty() ||
      std::any_of(prices.begin(), prices.end(),
                  [&](const ErpPriceGroup& group) { return group.id == settings.price_group; });
  if (!price_known)
    return unusable(fmt::format("there is no price group '{}'", settings.price_group));
  if (!settings.stock) return std::nullopt;
  if (settings.direction != Direction::ToShop) {
    return unusable("stock levels are sent only in the direction to the shop");
  }
  const auto stores = warehouses(ledger_);
  const bool store_known =
      std::any_of(stores.begin(), stores.end(),
                  [&](const ErpWarehouse& store) { return store.id == settings.warehouse; });
  if (!store_known) return unusable(fmt::format("there is no warehouse '{}'", settings.warehouse));
  return std::nullopt;
}

Result<Done, Objection> Office::configure(const std::string& id, const Settings& settings) {
  auto found = profile_of(id);
  if (!found) return fail(found.error());
  if (!parts_.may_be_configured(*found)) {
    return objection(Reason::ConnectionNotTested, "test the connection first");
  }
  Settings kept = settings;
  if (kept.direction == Direction::None) {
    // The options of a former direction end with it (EBIURO-DIR-03).
    kept.copy_existing = kept.stock = false;
    kept.product_groups.clear();
    kept.price_group.clear();
    kept.warehouse.clear();
  }
  if (const auto wrong = form_objection(kept)) return fail(*wrong);
  found->settings = settings_text(kept);
  if (found->state == Profile::State::Tested) found->state = Profile::State::Active;
  put_profile(ledger_, *found);
  return Done{};
}

Result<Done, Objection> Office::set_active(const std::string& id, bool active) {
  auto found = profile_of(id);
  if (!found) return fail(found.error());
  if (active && found->state == Profile::State::Suspended) {
    found->state = Profile::State::Active;
  } else if (!active && found->state == Profile::State::Active) {
    found->state = Profile::State::Suspended;
  } else {
    return Done{};
  }
  put_profile(ledger_, *found);
  return Done{};
}

Result<Done, Objection> Office::remove(const std::string& id) {
  const auto found = profile_of(id);
  if (!found) return fail(found.error());
  drop_profile(ledger_, id);
  return Done{};
}

std::vector<Profile> Office::list() const { return profiles(ledger_, kProgram); }

CallbackAnswer Office::receive(const HttpRequest& request) {
  const auto callback = read_callback(request.url);
  if (!callback) return {kUnknown, "no such address"};
  if (request.method != "GET" && request.method != "POST") {
    return {kNotAllowed, "expected GET or POST"};
  }
  InboundEvent event{.kind = callback->kind,
                     .external_id = callback->external_id.substr(0, 100),
                     .received_at = clock_.now()};
  const auto refuse = [&](int status, const Objection& why) {
    event.state = InboundEvent::State::Refused;
    event.text = why.text;
    add_event(ledger_, event);
    ledger_.add_entries(0, std::array{LogEntry{Severity::Warning, RecordKind::Event,
                                               event.external_id, why.reason, why.text}});
    return CallbackAnswer{status, why.text};
  };

  const auto found = parts_.addressee(ledger_, *callback);
  if (!found || found->program != kProgram) {
    return refuse(kUnknown, {Reason::UnknownIntegration, "there is no such integration"});
  }
  event.integration = found->id;
  if (!parts_.secret_fits(*found, *callback)) {
    return refuse(kNotGenuine, {Reason::SecretWrong, "the secretKey is not this integration's"});
  }
  if (const auto wrong = parts_.id_objection(callback->external_id)) {
    return refuse(kUnreadable, *wrong);
  }
  const bool at_work = parts_.at_work(*found);
  if (!at_work && config_.switches.event_while_inactive == EventWhileInactive::Drop) {
    return refuse(kInactive, {Reason::IntegrationInactive, "the integration is not active"});
  }
  event.id = add_event(ledger_, event);
  if (!at_work) return {kFiled, "filed until the integration is active"};

  const auto settings = read_settings(found->settings);
  if (!settings) return {kFiled, "filed: " + settings.error()};
  Task task(*found, *settings, client_of(*found), ledger_, clock_);
  const bool done = settle(task, event);
  ledger_.add_entries(0, task.report.entries);
  return done ? CallbackAnswer{kApplied, "done"}
              : CallbackAnswer{kFiled, "filed: Base cannot be read at present"};
}

bool Office::settle(Task& task, const InboundEvent& event) {
  const auto why = event.kind == "order" ? settle_order(task, event) : settle_product(task, event);
  if (task.stopped) return false;
  settle_event(ledger_, event.id, why ? InboundEvent::State::Ignored : InboundEvent::State::Applied,
               why ? why->text : "");
  if (why) {
    task.note(Severity::Info, event.kind == "order" ? RecordKind::Order : RecordKind::Product,
              event.external_id, *why);
  }
  return true;
}

RunReport Office::run(const std::string& id, std::string_view command) {
  const bool all = command == "all";
  const bool orders = all || command == "orders";
  const bool products = all || command == "products";
  const bool stock = all || command == "stock";
  if (!orders && !products && !stock) {
    throw std::logic_error(fmt::format("ebiuro-base has no command '{}'", command));
  }
  RunReport refused;
  const auto found = profile_of(id);
  if (!found || !parts_.at_work(*found)) {
    const Objection why =
        found ? Objection{Reason::IntegrationInactive,
                          fmt::format("the integration '{}' is not active", found->label)}
              : found.error();
    refused.entries.push_back({Severity::Warning, RecordKind::Run, id, why.reason, why.text});
    refused.summary.push_back(why.text);
    return refused;
  }
  const auto settings = read_settings(found->settings);
  if (!settings) throw std::logic_error("ebiuro-base: " + settings.error());

  Task task(*found, *settings, client_of(*found), ledger_, clock_);
  task.report.run = ledger_.begin_run(id, command, clock_.now());
  for (const InboundEvent& event : pending_events(ledger_, id)) {
    if (task.stopped) break;
    if (event.kind == "card_saved") continue;  // The export's.
    if (event.kind == "order" ? orders : products) settle(task, event);
  }
  if (orders && !task.stopped && config_.switches.status_refresh == StatusRefresh::Polling) {
    refresh_statuses(task);
  }
  if (products && !task.stopped && parts_.moves(*settings, Direction::FromShop)) {
    import_products(task);
  }
  if (products && !task.stopped && parts_.moves(*settings, Direction::ToShop)) {
    export_products(task);
  }
  if (stock && !task.stopped && settings->stock && parts_.moves(*settings, Direction::ToShop)) {
    export_stock(task);
  }

  RunReport& report = task.report;
  ledger_.add_entries(report.run, report.entries);
  const SentProducts sent = report.products.value_or(SentProducts{});
  ledger_.finish_run(report.run, report.ok ? "ok" : "failed",
                     {.read = report.orders_read + sent.there,
                      .created = report.orders_saved + sent.added,
                      .updated = report.stock_written,
                      .skipped = sent.left_alone,
                      .failed = report.failed},
                     clock_.now());
  report.summary.push_back(
      fmt::format("{} orders read, {} new", report.orders_read, report.orders_saved));
  if (report.products) {
    report.summary.push_back(fmt::format("{} products added, {} there, {} left alone", sent.added,
                                         sent.there, sent.left_alone));
  }
  if (stock) report.summary.push_back(fmt::format("{} stock levels sent", report.stock_written));
  return std::move(report);
}

void Office::card_saved(const std::string& product_id) {
  for (const Profile& one : list()) {
    const auto settings = read_settings(one.settings);
    if (one.state == Profile::State::Draft || !settings ||
        !parts_.moves(*settings, Direction::ToShop)) {
      continue;
    }
    add_event(ledger_, {.integration = one.id,
                        .kind = "card_saved",
                        .external_id = product_id,
                        .received_at = clock_.now()});
  }
}

}  // namespace atrapa::core::ebiuro_base
