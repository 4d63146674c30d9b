#include "core/integrations/systim_shoper.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "core/shops/shoper/shoper_shop.hpp"
#include "core/sync/flow.hpp"

namespace atrapa::core::systim_shoper {

namespace {

constexpr const char* kConfiguredAt = "configured_at";
constexpr const char* kAutomatic = "automatic";
constexpr const char* kEverAutomatic = "automatic_once";
constexpr const char* kShopUrl = "shop_url";

struct CommandName {
  Command command;
  std::string_view name;
};
constexpr std::array kCommands{
    CommandName{Command::Stock, "stock"}, CommandName{Command::Orders, "orders"},
    CommandName{Command::Products, "products"}, CommandName{Command::All, "all"},
    CommandName{Command::Tick, "tick"}};

Reason reason_of(const ShopError& error) {
  switch (error.kind) {
    case ShopError::Kind::Unreachable:
    case ShopError::Kind::Lost: return Reason::ShopUnreachable;
    case ShopError::Kind::AccessDenied: return Reason::AccessDenied;
    case ShopError::Kind::Refused: return Reason::ShopRefused;
    case ShopError::Kind::Unreadable: return Reason::ShopAnswerUnreadable;
    case ShopError::Kind::Interrupted: return Reason::Interrupted;
    case ShopError::Kind::ErpDenied: return Reason::ErpAccessDenied;
  }
  return Reason::ShopRefused;
}

LogEntry about_run(Severity severity, Reason reason, std::string text) {
  return {severity, RecordKind::Run, "", reason, std::move(text)};
}

/// Why the shop's settings keep the whole run from succeeding (SYSTIM-LIM-01, -02).
std::optional<LogEntry> unsupported(const ShopSettings& settings, const Parts& parts) {
  auto objection = parts.warehouses_ok(settings);
  if (!objection) objection = parts.language_ok(settings);
  if (!objection) return std::nullopt;
  return about_run(Severity::Error, objection->reason, std::move(objection->text));
}

std::vector<LogEntry> doubts(ShopSettings& settings, const Parts& parts) {
  std::vector<LogEntry> entries;
  for (Objection& doubt : parts.language_doubts(settings)) {
    entries.push_back(about_run(Severity::Warning, doubt.reason, std::move(doubt.text)));
  }
  if (settings.time_zone.empty()) {
    settings.time_zone = "Europe/Warsaw";
    entries.push_back(about_run(Severity::Warning, Reason::TimeZoneUnknown,
                                "the shop does not name its time zone; Europe/Warsaw is assumed"));
  }
  return entries;
}

std::vector<std::string> summary_of(const RunReport& report,
                                    const std::optional<LogEntry>& failure) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("orders: {} read, {} saved, {} there already, {} left alone",
                              report.orders_read, report.orders_saved, report.orders_already_there,
                              report.orders_left_alone));
  lines.push_back(fmt::format("stock: {} pairs, {} written, {} unchanged, {} records left alone",
                              report.products_paired, report.stock_written, report.stock_unchanged,
                              report.products_left_alone));
  if (const auto& products = report.products) {
    lines.push_back(fmt::format("products: {} added, {} there already, {} left alone",
                                products->added, products->there, products->left_alone));
  }
  std::map<std::string_view, std::int64_t> reasons;
  for (const LogEntry& entry : report.entries) ++reasons[to_string(entry.reason)];
  for (const auto& [reason, count] : reasons)
    lines.push_back(fmt::format("  {}: {}", reason, count));
  if (failure) lines.push_back("failed: " + failure->text);
  return lines;
}

}  // namespace

std::optional<Command> command(std::string_view name) {
  for (const CommandName& each : kCommands) {
    if (each.name == name) return each.command;
  }
  return std::nullopt;
}

std::string_view to_string(Command command) {
  for (const CommandName& each : kCommands) {
    if (each.command == command) return each.name;
  }
  return "";
}

struct Connector::State {
  State(Config settings, Ledger& books, Transport& transport, Clock& time, Parts replaced)
      : config(std::move(settings)),
        ledger(books),
        clock(time),
        parts(std::move(replaced)),
        shop({config.shop_url, config.login, config.password, config.token, config.application,
              config.application_secret, config.keeper},
             transport, time, {parts.retry, parts.next_page}),
        integration(config.integration.empty() ? integration_of_url(config.shop_url)
                                               : config.integration) {}

  std::optional<Instant> configured_at() const {
    const auto text = ledger.setting(integration, kConfiguredAt);
    if (!text) return std::nullopt;
    std::int64_t millis = 0;
    std::from_chars(text->data(), text->data() + text->size(), millis);
    return Instant(Duration(millis));
  }
  bool automatic() const { return ledger.setting(integration, kAutomatic) == "1"; }
  /// What was never started cannot be suspended in part (CONF-03).
  bool ever_automatic() const { return ledger.setting(integration, kEverAutomatic) == "1"; }

  void save(bool automatic_on) {
    Ledger::Transaction transaction(ledger);
    if (!configured_at()) {
      ledger.set_setting(integration, kConfiguredAt,
                         std::to_string(clock.now().time_since_epoch().count()));
      ledger.set_setting(integration, kShopUrl, config.shop_url);
    }
    if (ledger.setting(integration, kAutomatic) != (automatic_on ? "1" : "0")) {
      ledger.set_setting(integration, kAutomatic, automatic_on ? "1" : "0");
      ledger.note_automatic(integration, automatic_on, clock.now());
      if (automatic_on) ledger.set_setting(integration, kEverAutomatic, "1");
    }
    transaction.commit();
  }

  /// The steps of a command in their order (Parts::steps). What breaks one off ends the run.
  std::optional<LogEntry> work(Flow& flow, Command command, bool with_orders) {
    if (auto let_in = still_let_in(flow); !let_in) return failure(let_in.error());
    auto settings = shop.settings();
    if (!settings) return failure(settings.error());
    if (auto refused = unsupported(*settings, parts)) return refused;
    record(flow, doubts(*settings, parts));
    std::optional<ShopCatalogue> read;
    for (const Step step : parts.steps(to_string(command), config.switches)) {
      if (step == Step::Orders && !with_orders) continue;
      if (auto let_in = still_let_in(flow); !let_in) return failure(let_in.error());
      auto done = take_step(step, flow, *settings, read);
      if (!done) return failure(done.error());
    }
    return std::nullopt;
  }

  /// `read` passes the shop's catalogue on from one step to the next.
  ShopResult<Done> take_step(Step step, Flow& flow, const ShopSettings& settings,
                             std::optional<ShopCatalogue>& read) {
    switch (step) {
      case Step::Orders: return fetch_orders(flow, settings);
      case Step::Products: {
        auto sent = send_products(flow, settings);
        if (!sent) return fail(sent.error());
        read = *std::move(sent);
        return Done{};
      }
      case Step::Stock: return push_stock(flow, settings, std::exchange(read, std::nullopt));
    }
    return Done{};
  }

  static LogEntry failure(const ShopError& error) {
    return about_run(Severity::Error, reason_of(error), error.text);
  }

  Config config;
  Ledger& ledger;
  Clock& clock;
  Parts parts;
  shoper::ShoperShop shop;
  std::string integration;
};

Connector::Connector(Config config, Ledger& ledger, Transport& transport, Clock& clock, Parts parts)
    : state_(
          std::make_unique<State>(std::move(config), ledger, transport, clock, std::move(parts))) {}
Connector::~Connector() = default;
Connector::Connector(Connector&&) noexcept = default;
Connector& Connector::operator=(Connector&&) noexcept = default;

const std::string& Connector::integration() const { return state_->integration; }

void Connector::save_configuration() { state_->save(state_->config.automatic); }

void Connector::set_automatic(bool on) {
  state_->config.automatic = on;
  state_->save(on);
}

void Connector::order_announced(const std::string& shop_order_id) {
  state_->ledger.announce_order(state_->integration, shop_order_id, state_->clock.now());
}

std::string Connector::export_products(const CsvForm& form) const {
  return state_->parts.write_csv(state_->ledger.products(), form);
}

RunReport Connector::run(Command command, const OnProgress& progress) {
  State& state = *state_;
  RunReport report;
  const auto configured_at = state.configured_at();
  const bool automatic = command == Command::Tick;
  const bool suspended = automatic && !state.automatic();
  if (configured_at && suspended &&
      (state.config.switches.suspend_scope == SuspendScope::OrdersAndStock ||
       !state.ever_automatic())) {
    report.ok = true;
    report.summary = {"automatic operation is off: nothing was done"};
    return report;
  }

  report.run = state.ledger.begin_run(state.integration, to_string(command), state.clock.now());
  const ErpIndex products(state.ledger.products(), state.parts.code_key, state.config.switches);
  Flow flow{.shop = state.shop,
            .ledger = state.ledger,
            .clock = state.clock,
            .parts = state.parts,
            .switches = state.config.switches,
            .products = products,
            .integration = state.integration,
            .progress = progress,
            .report = report,
            .run = report.run,
            .formula = state.config.stock_formula,
            .automatic = automatic,
            .configured_at = configured_at.value_or(Instant{}),
            .erp = state.config.erp};
  std::optional<LogEntry> failure;
  if (configured_at) {
    failure = state.work(flow, command, !suspended);
  } else {
    failure =
        about_run(Severity::Error, Reason::NotConfigured,
                  "the connector was never configured for this shop: save its configuration first");
  }

  Ledger::Transaction transaction(state.ledger);
  if (failure) record(flow, {*failure});
  state.ledger.finish_run(
      report.run, failure ? "failed" : "ok",
      {.read = report.orders_read + report.products_paired,
       .created = report.orders_saved + (report.products ? report.products->added : 0),
       .updated = report.stock_written,
       .skipped = report.orders_left_alone + report.products_left_alone,
       .failed = report.failed},
      state.clock.now());
  transaction.commit();
  report.ok = !failure;
  report.summary = summary_of(report, failure);
  return report;
}

}  // namespace atrapa::core::systim_shoper
