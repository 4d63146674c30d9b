#include <fmt/format.h>

#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "mocks/base/call.hpp"
#include "mocks/base/product_edit.hpp"
#include "mocks/base/products.hpp"
#include "mocks/base/world_json.hpp"

// Stock and prices of many products in one call: absolute values, never deltas [doc]. Above
// kMostProducts the whole call is refused [doc the limit; inferred that nothing is written]. A
// product that is not there, or of which one value cannot be taken, earns a warning and stays as
// it was; the rest is written, and `counter` counts it, changed or not [inferred].

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kMostProducts = 1000;

/// Writes the values into the product; why they cannot be taken, "" where they can.
using TakeValues = std::string (*)(const State&, const Inventory&, Product&, const kit::Json&);

/// An error for one id of the map; "" where it was written.
std::string update_one(Call& call, const Inventory& inventory, const std::string& sent_id,
                       const kit::Json& values, TakeValues take) {
  std::int64_t id = 0;
  const Product* found = read_key(id, sent_id) ? call.state.catalogue.products.find(id) : nullptr;
  if (found == nullptr || found->inventory_id != inventory.id) {
    return "the product is not in the catalogue";
  }
  // PHP sends a map without keys as a list.
  if (!values.is_object() && !(values.is_array() && values.empty())) return "expected a map";
  Product changed = *found;
  if (std::string problem = take(call.state, inventory, changed, values); !problem.empty()) {
    return problem;
  }
  save_product(call.state, std::move(changed), call.now());
  if (call.state.settings->bulk_writes_are_edits) {
    happened(call.state, call.context, Happening::ProductEdited, id);
  }
  return {};
}

Reply update_products(Call& call, TakeValues take) {
  const Given given = call.given();
  const kit::Json& products = given.map("products");
  const Inventory* found = call.state.catalogue.inventories.find(given.integer("inventory_id"));
  if (found == nullptr) return call.wrong_storage("the catalogue is not there");
  if (products.size() > kMostProducts) {
    return call.refuse(
        fmt::format("{} products in one call; at most {}", products.size(), kMostProducts));
  }
  const Inventory inventory = *found;
  std::int64_t counter = 0;
  Warnings warnings;
  for (const auto& [id, values] : products.items()) {
    std::string problem = update_one(call, inventory, id, values, take);
    if (problem.empty()) {
      ++counter;
    } else {
      warnings[id] = std::move(problem);
    }
  }
  Answer answer = call.answer();
  answer.put("counter", counter);
  put_warnings(answer, warnings);
  return call.done(std::move(answer));
}

/// Source: https://api.base.com/?method=updateInventoryProductsStock
Reply update_inventory_products_stock(Call& call) {
  return update_products(call,
                         [](const State&, const Inventory& inventory, Product& product,
                            const kit::Json& values) -> std::string {
                           if (product.is_bundle)
                             return "the stock of a bundle is that of its parts";
                           for (const auto& [key, pieces] : values.items()) {
                             if (auto problem = stock_problem(inventory, key, pieces);
                                 !problem.empty())
                               return problem;
                             product.stock[key] = *integer_in(pieces);
                           }
                           return {};
                         });
}

/// Source: https://api.base.com/?method=updateInventoryProductsPrices
Reply update_inventory_products_prices(Call& call) {
  return update_products(call,
                         [](const State& state, const Inventory& inventory, Product& product,
                            const kit::Json& values) -> std::string {
                           for (const auto& [group, price] : values.items()) {
                             auto problem = price_problem(state, inventory, group, price);
                             if (!problem.empty()) return problem;
                             std::int64_t id = 0;
                             read_key(id, group);
                             product.prices[id] = number_in(price)->rounded(2);
                           }
                           return {};
                         });
}

constexpr std::array kProductUpdateMethods{
    Handled{"updateInventoryProductsStock", update_inventory_products_stock},
    Handled{"updateInventoryProductsPrices", update_inventory_products_prices},
};

}  // namespace

std::span<const Handled> product_update_methods() { return kProductUpdateMethods; }

}  // namespace atrapa::mocks::base
