#include "scenarios/common/base_account.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "harness/world/world_form.hpp"
#include "mocks/kit/message.hpp"

namespace atrapa::scenarios {
namespace {

Json over(Json usual, const Json& fields) {
  usual.update(fields);
  return usual;
}

Json lines_over(const std::vector<Json>& lines) {
  Json all = Json::array();
  for (const Json& line : lines) all.push_back(over(BaseAccount::usual_line(), line));
  return all;
}

std::int64_t number(const Json& value) {
  return value.is_string() ? std::stoll(value.get<std::string>()) : value.get<std::int64_t>();
}

template <typename T>
std::vector<T> all_of(const mocks::base::Rows<T>& rows) {
  std::vector<T> all;
  rows.each([&](const T& row) {
    all.push_back(row);
    return true;
  });
  return all;
}

using Form = std::vector<std::pair<std::string, std::string>>;

BaseCall read_call(const mocks::kit::Exchange& exchange) {
  BaseCall call;
  call.number = exchange.number;
  call.account = exchange.account;
  const auto form = mocks::kit::parse_form(exchange.request.body);
  for (const auto& [name, value] : form ? *form : Form{}) {
    if (name == "method") call.method = value;
    if (name == "parameters") call.parameters = Json::parse(value, nullptr, false);
  }
  if (call.parameters.is_discarded()) call.parameters = nullptr;
  call.answer = Json::parse(exchange.response.body, nullptr, false);
  if (call.answer.is_discarded()) call.answer = nullptr;
  call.answered =
      !exchange.fault && call.answer.is_object() && call.answer.value("status", "") == "SUCCESS";
  return call;
}

}  // namespace

Json BaseAccount::usual_order() {
  return {{"currency", "PLN"},
          {"email", "anna.nowak@example.com"},
          {"phone", "600100200"},
          {"user_login", "anna"},
          {"delivery_fullname", "Anna Nowak"},
          {"delivery_address", "Polna 1/2"},
          {"delivery_postcode", "30-001"},
          {"delivery_city", "Kraków"},
          {"delivery_country_code", "PL"},
          {"invoice_fullname", "Anna Nowak"},
          {"invoice_address", "Długa 3"},
          {"invoice_postcode", "31-002"},
          {"invoice_city", "Kraków"},
          {"invoice_country_code", "PL"}};
}

Json BaseAccount::usual_line() {
  return {{"name", "Kubek"}, {"price_brutto", 19.99}, {"tax_rate", 23}, {"quantity", 1}};
}

Json BaseAccount::usual_product() {
  return {{"inventory_id", kCatalogue},
          {"sku", "KUB-1"},
          {"tax_rate", 23},
          {"prices", {{"105", 19.99}}},
          {"stock", {{"bl_206", 10}}},
          {"text_fields", {{"name", "Kubek"}}}};
}

Json BaseAccount::panel(std::string_view operation, const Json& body) {
  return bench_.panel(operation, body, other_);
}

std::int64_t BaseAccount::add_order(const Json& fields, const std::vector<Json>& lines) {
  const Json answer = panel(
      "create-order", {{"fields", over(usual_order(), fields)}, {"lines", lines_over(lines)}});
  return number(answer.at("order_id"));
}

void BaseAccount::edit_order(std::int64_t order, const Json& fields) {
  panel("edit-order", {{"order", order}, {"fields", fields}});
}

void BaseAccount::move(std::int64_t order, std::int64_t status) {
  panel("change-status", {{"order", order}, {"status", status}});
}

std::int64_t BaseAccount::add_product(const Json& fields) {
  const Json answer = panel("save-product", {{"fields", over(usual_product(), fields)}});
  return number(answer.at("product_id"));
}

void BaseAccount::edit_product(std::int64_t product, const Json& fields) {
  Json all = fields;
  if (!all.contains("inventory_id")) all["inventory_id"] = kCatalogue;
  all["product_id"] = std::to_string(product);
  panel("save-product", {{"fields", std::move(all)}});
}

void BaseAccount::delete_product(std::int64_t product) {
  panel("delete-product", {{"product", product}});
}

std::int64_t BaseAccount::add_rule(const Json& rule) {
  return number(panel("add-rule", rule).at("rule_id"));
}

std::int64_t BaseAccount::add_status(const std::string& name) {
  return door().plant("order_statuses", {{"name", name}, {"name_for_customer", name}});
}

std::string BaseAccount::add_warehouse(const std::string& name) {
  const std::int64_t id = door().plant("warehouses", {{"name", name}, {"stock_edition", true}});
  const std::string key = fmt::format("bl_{}", id);
  auto& inventories = door().change().catalogue.inventories;
  mocks::base::Inventory inventory = *inventories.find(kCatalogue);
  inventory.warehouses.push_back(key);
  inventories.put(inventory);
  return key;
}

std::int64_t BaseAccount::add_price_group(const std::string& name, const std::string& currency) {
  const std::int64_t id = door().plant("price_groups", {{"name", name}, {"currency", currency}});
  auto& inventories = door().change().catalogue.inventories;
  mocks::base::Inventory inventory = *inventories.find(kCatalogue);
  inventory.price_groups.push_back(id);
  inventories.put(inventory);
  return id;
}

std::int64_t BaseAccount::add_catalogue(const std::string& name) {
  return door().plant("inventories", {{"name", name},
                                      {"languages", {"pl"}},
                                      {"default_language", "pl"},
                                      {"price_groups", {105}},
                                      {"default_price_group", 105},
                                      {"warehouses", {"bl_206"}},
                                      {"default_warehouse", "bl_206"}});
}

std::int64_t BaseAccount::plant_order(const Json& row, const std::vector<Json>& lines) {
  Json whole = over(usual_order(), row);
  if (!whole.contains("order_status_id")) whole["order_status_id"] = kNew;
  Json planted = Json::array();
  std::int64_t line_id = 1000 * (look().sales.orders.size() + 1);
  for (Json& line : lines_over(lines)) {
    if (!line.contains("order_product_id")) line["order_product_id"] = ++line_id;
    planted.push_back(std::move(line));
  }
  whole["products"] = std::move(planted);
  return door().plant("orders", whole);
}

std::int64_t BaseAccount::plant_product(const Json& row) {
  return door().plant("products", over(usual_product(), row));
}

void BaseAccount::set(const Json& settings) { door().set(settings); }

const mocks::base::State& BaseAccount::look() const { return door().look(); }

std::vector<mocks::base::Product> BaseAccount::products() const {
  return all_of(look().catalogue.products);
}

const mocks::base::Product* BaseAccount::product(std::int64_t id) const {
  return look().catalogue.products.find(id);
}

const mocks::base::Order* BaseAccount::order(std::int64_t id) const {
  return look().sales.orders.find(id);
}

std::vector<mocks::base::Invoice> BaseAccount::invoices() const {
  return all_of(look().invoicing.invoices);
}

std::vector<mocks::base::Receipt> BaseAccount::receipts() const {
  return all_of(look().invoicing.receipts);
}

std::vector<BaseCall> BaseAccount::calls(std::uint64_t from, std::string_view method) const {
  std::vector<BaseCall> own = base_calls(bench_, from);
  const std::string& account = bench_.base_access(other_).account;
  std::erase_if(own, [&](const BaseCall& call) {
    return call.account != account || (!method.empty() && call.method != method);
  });
  return own;
}

std::vector<BaseCall> base_calls(const harness::Bench& bench, std::uint64_t from) {
  std::vector<BaseCall> calls;
  for (const mocks::kit::Exchange& exchange : bench.exchanges()) {
    if (exchange.number > from) calls.push_back(read_call(exchange));
  }
  return calls;
}

std::int64_t unix_of(std::string_view utc) {
  const auto moment = harness::read_instant(utc);
  if (!moment) throw std::logic_error("no moment: " + std::string(utc));
  return std::chrono::floor<std::chrono::seconds>(*moment).time_since_epoch().count();
}

}  // namespace atrapa::scenarios
