#include "mocks/shoper/state.hpp"

#include <stdexcept>
#include <unordered_map>

#include "mocks/kit/dates.hpp"
#include "mocks/shoper/shoper.hpp"

namespace atrapa::mocks::shoper {
namespace {

struct RowsSpec {
  std::string_view resource;
  std::vector<std::string_view> indexed;
};

/// By Rows. The indexed fields are those that clients ask for by equality, and those that tie rows.
const std::array<RowsSpec, kRowsCount>& specs() {
  static const std::array<RowsSpec, kRowsCount> all{{
      {"languages", {}},
      {"currencies", {}},
      {"taxes", {}},
      {"units", {}},
      {"gauges", {}},
      {"deliveries", {}},
      {"availabilities", {}},
      {"geolocation-countries", {}},
      {"geolocation-regions", {"country_id"}},
      {"geolocation-subregions", {"region_id"}},
      {"zones", {}},
      {"categories", {"parent_id"}},
      {"attribute-groups", {}},
      {"attributes", {"attribute_group_id"}},
      {"option-groups", {}},
      {"options", {"group_id"}},
      {"option-values", {"option_id"}},
      {"producers", {}},
      {"product-safety-certificates", {}},
      {"product-safety-importers", {}},
      {"product-safety-producers", {}},
      {"product-safety-responsibles", {}},
      {"product-tags", {}},
      {"payments", {}},
      {"payments-channels", {"payment_id"}},
      {"shippings", {}},
      {"statuses", {}},
      {"user-groups", {}},
      {"user-tags", {}},
      {"users", {"email"}},
      {"user-addresses", {"user_id"}},
      {"subscriber-groups", {}},
      {"subscribers", {"email"}},
      {"loyalty-events", {}},
      {"warehouses", {}},
      {"products", {"code"}},
      {"product-stocks", {"product_id", "code", "ean"}},
      {"product-images", {"product_id"}},
      {"product-files", {"translation_id"}},
      {"collections", {}},
      {"specialoffers", {"product_id"}},
      {"promotion-codes", {"code"}},
      {"order-tags", {}},
      {"orders", {"user_id", "email"}},
      {"order-products", {"order_id", "product_id", "stock_id", "code"}},
      {"order-transactions", {"order_id"}},
      {"order-refunds", {"transaction_id"}},
      {"parcels", {"order_id"}},
      {"auction-houses", {}},
      {"auctions", {}},
      {"auction-orders", {"order_id"}},
      {"additional-fields", {}},
      {"additional-field-options", {"field_id"}},
      {"metafields", {"object"}},
      {"metafield-values", {"metafield_id", "object_id"}},
      {"news-categories", {}},
      {"news-tags", {}},
      {"news", {}},
      {"news-comments", {"news_id"}},
      {"news-files", {"news_id"}},
      {"aboutpages", {}},
      {"progresses", {}},
      {"redirects", {}},
      {"webhooks", {}},
      {"warehouse-logs", {}},
      {"warehouse-relocations", {}},
  }};
  return all;
}

struct Resolved {
  const kit::Entry* entry = nullptr;
  std::size_t id_field = 0;
};

const std::array<Resolved, kRowsCount>& resolved() {
  static const std::array<Resolved, kRowsCount> all = [] {
    std::array<Resolved, kRowsCount> rows;
    for (std::size_t i = 0; i < kRowsCount; ++i) {
      rows[i].entry = &contract().at(specs()[i].resource);
      rows[i].id_field = rows[i].entry->schema.at(rows[i].entry->id_field.value());
    }
    return rows;
  }();
  return all;
}

const Resolved& of(Rows rows) { return resolved()[static_cast<std::size_t>(rows)]; }

/// Empty tables with their indexes; copied into every new shop.
const std::array<kit::Table, kRowsCount>& empty_tables() {
  static const std::array<kit::Table, kRowsCount> all = [] {
    std::array<kit::Table, kRowsCount> tables;
    for (std::size_t i = 0; i < kRowsCount; ++i) {
      tables[i] = kit::Table(resolved()[i].entry->schema, specs()[i].indexed);
    }
    return tables;
  }();
  return all;
}

}  // namespace

const kit::Contract& contract() {
  static const kit::Contract parsed = kit::Contract::parse(contract_json());
  return parsed;
}

const kit::Entry& entry_of(Rows rows) { return *of(rows).entry; }
const kit::Schema& schema_of(Rows rows) { return of(rows).entry->schema; }
std::size_t id_field_of(Rows rows) { return of(rows).id_field; }

std::optional<Rows> rows_of(std::string_view resource) {
  static const auto all = [] {
    std::unordered_map<std::string_view, Rows> rows;
    for (std::size_t i = 0; i < kRowsCount; ++i) {
      rows.emplace(specs()[i].resource, static_cast<Rows>(i));
    }
    return rows;
  }();
  if (const auto found = all.find(resource); found != all.end()) return found->second;
  return std::nullopt;
}

State::State() : tables(empty_tables()) {
  kit::RecordWriter writer(contract().at("application-config").schema);
  writer.fill();
  config = writer.finish(0);
}

std::int64_t State::count_up(std::string_view counter) {
  auto& all = counters.write();
  const auto found = all.try_emplace(std::string(counter), 1).first;
  return found->second++;
}

void State::count_past(std::string_view counter, std::int64_t taken) {
  const auto known = counters->find(counter);
  if (known != counters->end() && known->second > taken) return;
  counters.write()[std::string(counter)] = taken + 1;
}

std::string State::config_text(std::string_view key) const {
  return config->text(contract().at("application-config").schema.at(key));
}

bool State::config_set(std::string_view key) const {
  const std::string text = config_text(key);
  return text == "1" || text == "true";
}

std::int64_t State::config_id(std::string_view key) const {
  const kit::Schema& schema = contract().at("application-config").schema;
  return kit::scalar_id(config->raw(schema.at(key))).value_or(0);
}

std::string State::local_time(kit::Instant moment) const {
  // A zone that the machine does not know was refused when the world was read.
  return kit::TimeZone::find(config_text("locale_timezone"))
      .value_or(kit::TimeZone{})
      .local(moment);
}

std::string_view raw_of(Rows rows, const kit::Record& row, std::string_view field) {
  return row.raw(schema_of(rows).at(field));
}

std::string text_of(Rows rows, const kit::Record& row, std::string_view field) {
  return kit::scalar_text(raw_of(rows, row, field));
}

std::int64_t id_of(Rows rows, const kit::Record& row, std::string_view field) {
  return kit::scalar_id(raw_of(rows, row, field)).value_or(0);
}

kit::Decimal number_of(Rows rows, const kit::Record& row, std::string_view field) {
  return kit::scalar_number(raw_of(rows, row, field)).value_or(kit::Decimal{});
}

}  // namespace atrapa::mocks::shoper
