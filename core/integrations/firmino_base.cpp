#include "core/integrations/firmino_base.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/domain/shop_zone.hpp"
#include "core/domain/text_match.hpp"
#include "core/integrations/firmino_office.hpp"
#include "core/integrations/settings_form.hpp"

namespace atrapa::core::firmino_base {

namespace {

Failure<Objection> refused(Reason reason, std::string text) {
  return fail(Objection{reason, std::move(text)});
}

const Form<Settings>& firmino_form() {
  static const Form<Settings> form{
      flag_field("orders", &Settings::orders),
      flag_field("products", &Settings::products),
      flag_field("warehouses", &Settings::warehouses),
      text_field("date_from", &Settings::date_from),
      ids_field("statuses", &Settings::statuses),
      choice_field("usual_document", &Settings::usual_document,
                   std::vector{DocumentKind::Invoice, DocumentKind::Receipt}),
      flag_field("automatic_document", &Settings::automatic_document),
      flag_field("send_documents", &Settings::send_documents),
      flag_field("link_products", &Settings::link_products),
      flag_field("link_contractors", &Settings::link_contractors),
      choice_field("product_source", &Settings::product_source,
                   std::vector{ProductSource::Firmino, ProductSource::Base, ProductSource::Manual}),
      flag_field("update_name", &Settings::update_name),
      flag_field("overwrite_images", &Settings::overwrite_images),
      flag_field("fetch_new_warehouses", &Settings::fetch_new_warehouses),
      flag_field("push_stock", &Settings::push_stock),
      flag_field("confirmed", &Settings::confirmed),
      text_field("invoice_series", &Settings::invoice_series),
      text_field("receipt_series", &Settings::receipt_series),
      text_field("warehouse_country", &Settings::warehouse_country),
      text_field("inventory", &Settings::inventory),
      text_field("base_price_group", &Settings::base_price_group),
      text_field("base_invoice_series", &Settings::base_invoice_series),
  };
  return form;
}

}  // namespace

std::string_view to_string(ProductSource source) {
  switch (source) {
    case ProductSource::Firmino: return "firmino";
    case ProductSource::Base: return "base";
    case ProductSource::Manual: return "manual";
  }
  return "";
}

Result<Settings> read_settings(std::string_view json_text) {
  return read_form(firmino_form(), json_text);
}

std::string settings_text(const Settings& settings) { return form_text(firmino_form(), settings); }

std::optional<Instant> first_moment(const Settings& settings) {
  if (settings.date_from.empty()) return std::nullopt;
  const auto zone = ShopZone::named("Europe/Warsaw");
  const std::string midnight = settings.date_from + " 00:00:00";
  if (zone) return zone->to_utc(midnight);
  const auto day = local_day(midnight);
  return day ? std::optional(Instant(std::chrono::sys_days(*day))) : std::nullopt;
}

std::optional<Objection> settings_objection(const Settings& settings) {
  if (!settings.push_stock || settings.product_source == ProductSource::Firmino) {
    return std::nullopt;
  }
  return Objection{Reason::SettingUnusable,
                   "stock levels are sent only where Firmino is the source of products"};
}

Parts::Parts()
    : order_filters([](const Settings& settings) {
        // One pass for each status: what is in another stays on Base's side.
        std::vector<base::OrderFilter> filters;
        for (const std::string& status : settings.statuses) {
          filters.push_back({.status_id = status});
        }
        if (filters.empty()) filters.emplace_back();
        return filters;
      }),
      stock([](const Ledger& ledger, const ErpProduct& card, const std::string& warehouse) {
        const Stocks stocks = stocks_of(ledger, card.id);
        const auto found = stocks.find(warehouse);
        return found == stocks.end() ? Quantity{} : found->second;
      }) {}

Office::Office(Config config, Ledger& ledger, Transport& transport, Clock& clock, Parts parts)
    : config_(std::move(config)),
      ledger_(ledger),
      transport_(transport),
      clock_(clock),
      parts_(std::move(parts)) {}

Result<Profile, Objection> Office::profile_of(const std::string& id) const {
  auto found = profile(ledger_, id);
  if (!found || found->program != kProgram) {
    return refused(Reason::UnknownIntegration, fmt::format("there is no integration '{}'", id));
  }
  return *std::move(found);
}

Result<Settings, Objection> Office::settings_of(const Profile& profile) const {
  auto settings = read_settings(profile.settings);
  if (!settings) return refused(Reason::SettingUnusable, settings.error());
  return *std::move(settings);
}

base::Client Office::client_of(const Profile& profile) {
  const std::string token = parts_.token(ledger_, profile);
  base::Budget& budget = budgets_.try_emplace(token, config_.budget).first->second;
  return {{config_.base_url, token}, transport_, clock_, budget};
}

Result<Profile, Objection> Office::add(const std::string& label, const std::string& token) {
  if (is_blank(token)) return refused(Reason::SettingMissing, "the BaseLinker token is empty");
  Profile made;
  made.id = config_.new_uuid();
  made.program = kProgram;
  made.label = label;
  made.state = Profile::State::Active;
  made.token = token;
  made.settings = settings_text({});
  made.made_at = clock_.now();
  put_profile(ledger_, made);
  return made;
}

Result<Done, Objection> Office::set_token(const std::string& id, const std::string& token) {
  auto found = profile_of(id);
  if (!found) return fail(found.error());
  if (is_blank(token)) return refused(Reason::SettingMissing, "the BaseLinker token is empty");
  found->token = token;
  put_profile(ledger_, *found);
  return Done{};
}

Result<Done, Objection> Office::configure(const std::string& id, const Settings& settings) {
  auto found = profile_of(id);
  if (!found) return fail(found.error());
  if (!settings.date_from.empty() && !first_moment(settings)) {
    return refused(Reason::SettingUnusable,
                   fmt::format("'{}' is no date; expected YYYY-MM-DD", settings.date_from));
  }
  if (auto why = parts_.settings_objection(settings)) return fail(*std::move(why));
  for (const auto& [kind, series] : {std::pair(DocumentKind::Invoice, settings.invoice_series),
                                     std::pair(DocumentKind::Receipt, settings.receipt_series)}) {
    const auto known = ledger_.series(series);
    if (!known || known->kind != kind) {
      return refused(Reason::SettingUnusable,
                     fmt::format("there is no series '{}' for a document of the kind {}", series,
                                 to_string(kind)));
    }
  }
  found->settings = settings_text(settings);
  put_profile(ledger_, *found);
  return Done{};
}

Result<std::string, Objection> Office::join_warehouse(const std::string& id, const std::string& key,
                                                      const std::string& warehouse) {
  const auto found = profile_of(id);
  if (!found) return fail(found.error());
  const auto stores = warehouses(ledger_);
  const bool known = std::any_of(stores.begin(), stores.end(),
                                 [&](const ErpWarehouse& one) { return one.id == warehouse; });
  if (!known) {
    return refused(Reason::SettingUnusable, fmt::format("there is no warehouse '{}'", warehouse));
  }
  if (const auto joined = link_to(ledger_, id, "warehouse", key)) {
    if (joined->erp_id == warehouse) return std::string();
    return refused(
        Reason::SettingUnusable,
        fmt::format("the warehouse {} is joined with '{}' already", key, joined->erp_id));
  }
  const auto others = links_from(ledger_, id, "warehouse", warehouse);
  put_link(
      ledger_, id,
      {.kind = "warehouse", .erp_id = warehouse, .external_id = key, .by = RecordLink::By::Manual},
      clock_.now());
  if (others.empty()) return std::string();
  std::string warning = fmt::format("'{}' is joined with {} too: both will show the same pieces",
                                    warehouse, others.front().external_id);
  ledger_.add_entries(0, std::array{LogEntry{Severity::Warning, RecordKind::Warehouse, key,
                                             Reason::MatchConflict, warning}});
  return warning;
}

RunReport Office::confirm(const std::string& id, bool yes) {
  RunReport report;
  auto found = profile_of(id);
  if (!found) {
    report.summary.push_back(found.error().text);
    return report;
  }
  auto settings = settings_of(*found);
  if (!settings) {
    report.summary.push_back(settings.error().text);
    return report;
  }
  settings->confirmed = yes;
  found->settings = settings_text(*settings);
  put_profile(ledger_, *found);
  if (yes) return run(id, "tick");
  report.ok = true;
  report.summary.emplace_back("nothing was sent or fetched");
  return report;
}

Result<Done, Objection> Office::remove(const std::string& id) {
  const auto found = profile_of(id);
  if (!found) return fail(found.error());
  drop_profile(ledger_, id);
  return Done{};
}

std::vector<Profile> Office::list() const { return profiles(ledger_, kProgram); }

RunReport Office::run(const std::string& id, std::string_view command) {
  const bool tick = command == "tick";
  const bool all = command == "all" || tick;
  const bool orders = all || command == "orders";
  const bool products = all || command == "products";
  const bool stock = all || command == "stock";
  if (!orders && !products && !stock) {
    throw std::logic_error(fmt::format("firmino-base has no command '{}'", command));
  }
  const auto refuse = [&](const Objection& why) {
    RunReport report;
    report.entries.push_back({Severity::Warning, RecordKind::Run, id, why.reason, why.text});
    report.summary.push_back(why.text);
    return report;
  };
  const auto found = profile_of(id);
  if (!found) return refuse(found.error());
  const auto settings = settings_of(*found);
  if (!settings) return refuse(settings.error());
  if (tick && !parts_.may_run_by_itself(*settings)) {
    return refuse({Reason::NotConfirmed, "nobody has confirmed the first run"});
  }

  Task task(*found, *settings, client_of(*found), ledger_, clock_);
  task.report.run = ledger_.begin_run(id, command, clock_.now());
  const bool by_hand = !tick && settings->product_source == ProductSource::Manual;
  if (orders && settings->orders) fetch_orders(task);
  if (!task.stopped && orders && settings->orders) send_documents(task);
  if (!task.stopped && settings->warehouses && settings->fetch_new_warehouses && (all || stock)) {
    fetch_warehouses(task);
  }
  if (!task.stopped && products && parts_.source_is(*settings, ProductSource::Firmino)) {
    send_cards(task, /*all=*/true);
  }
  const bool takes =
      parts_.source_is(*settings, ProductSource::Base) || (by_hand && settings->products);
  if (!task.stopped && products && takes) take_cards(task);
  if (!task.stopped && stock && parts_.pushes_stock(*settings)) send_stock(task);

  RunReport& report = task.report;
  ledger_.add_entries(report.run, report.entries);
  const SentProducts sent = report.products.value_or(SentProducts{});
  ledger_.finish_run(report.run, report.ok ? "ok" : "failed",
                     {.read = report.orders_read + sent.there,
                      .created = report.orders_saved + sent.added,
                      .updated = report.stock_written,
                      .skipped = report.orders_left_alone + sent.left_alone,
                      .failed = report.failed},
                     clock_.now());
  report.summary.push_back(fmt::format("{} orders read, {} new, {} left alone", report.orders_read,
                                       report.orders_saved, report.orders_left_alone));
  if (report.products) {
    report.summary.push_back(fmt::format("{} products added, {} there, {} left alone", sent.added,
                                         sent.there, sent.left_alone));
  }
  report.summary.push_back(fmt::format("{} stock levels sent, {} equal already",
                                       report.stock_written, report.stock_unchanged));
  return std::move(report);
}

RunReport Office::card_saved(const std::string& product_id) {
  RunReport report;
  report.ok = true;
  for (const Profile& one : list()) {
    const auto settings = settings_of(one);
    if (!settings || !parts_.source_is(*settings, ProductSource::Firmino) ||
        !parts_.may_run_by_itself(*settings)) {
      continue;
    }
    // Filed first: what is not answered goes with the next run.
    add_event(ledger_, {.integration = one.id,
                        .kind = "card_saved",
                        .external_id = product_id,
                        .received_at = clock_.now()});
    Task task(one, *settings, client_of(one), ledger_, clock_);
    task.report.run = ledger_.begin_run(one.id, "card", clock_.now());
    send_cards(task, /*all=*/false);
    ledger_.add_entries(task.report.run, task.report.entries);
    ledger_.finish_run(task.report.run, task.report.ok ? "ok" : "failed", {}, clock_.now());
    report = std::move(task.report);
  }
  return report;
}

}  // namespace atrapa::core::firmino_base
