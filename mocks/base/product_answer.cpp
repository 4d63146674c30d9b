#include "mocks/base/product_answer.hpp"

#include <fmt/format.h>

#include "mocks/base/products.hpp"
#include "mocks/kit/record_text.hpp"

namespace atrapa::mocks::base {
namespace {

void add_member(std::string& json, std::string_view key, std::string_view value) {
  json += json.empty() ? '{' : ',';
  kit::append_quoted(json, key);
  json += ':';
  json += value;
}

std::string closed_map(std::string json, bool php_arrays) {
  if (json.empty()) return php_arrays ? "[]" : "{}";
  return json + '}';
}

}  // namespace

void put_prices(Answer& answer, const State& state, const Inventory& inventory,
                const Product& product) {
  const auto prices = answer.open("prices");
  for (const std::int64_t group : inventory.price_groups) {
    answer.add(std::to_string(group), price_of(state, product, group));
  }
}

void put_stock(Answer& answer, const State& state, const Inventory& inventory,
               const Product& product) {
  const auto stock = answer.open("stock");
  for (const std::string& key : inventory.warehouses) {
    answer.add(key, stock_of(state, product, key));
  }
}

void put_reservations(Answer& answer, const State& state, const Inventory& inventory,
                      const Product& product) {
  const auto reservations = answer.open("reservations");
  if (!inventory.reservations) return;
  for (const std::string& key : inventory.warehouses) {
    answer.add(key, reserved_of(state, product, key));
  }
}

std::string prices_json(const State& state, const Inventory& inventory, const Product& product) {
  std::string json;
  for (const std::int64_t group : inventory.price_groups) {
    add_member(json, std::to_string(group), price_of(state, product, group).fixed(2));
  }
  return closed_map(std::move(json), state.settings->php_arrays);
}

std::string stock_json(const State& state, const Inventory& inventory, const Product& product) {
  std::string json;
  for (const std::string& key : inventory.warehouses) {
    add_member(json, key, std::to_string(stock_of(state, product, key)));
  }
  return closed_map(std::move(json), state.settings->php_arrays);
}

}  // namespace atrapa::mocks::base
