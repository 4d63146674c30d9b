#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "mocks/base/products.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::int64_t kMostReserved = 1'000'000'000;  ///< By one line: orders hold any number.

std::int64_t stock_entry(const std::map<std::string, std::int64_t>& pieces,
                         const std::string& key) {
  const auto found = pieces.find(key);
  return found != pieces.end() ? found->second : 0;
}

std::int64_t sets_of(const State& state, const Product& bundle, const std::string& warehouse_key) {
  std::optional<std::int64_t> sets;
  for (const auto& [part_id, pieces] : bundle.bundle_products) {
    const Product* part = state.catalogue.products.find(part_id);
    // A part that is gone, or a bundle itself, makes up no set.
    const bool counts = part != nullptr && !part->is_bundle && pieces > 0;
    const std::int64_t stock = counts ? stock_of(state, *part, warehouse_key) : 0;
    const std::int64_t possible = counts ? std::max<std::int64_t>(stock, 0) / pieces : 0;
    sets = std::min(sets.value_or(possible), possible);
  }
  return sets.value_or(0);
}

/// What the shop has of the product that is linked to this one; nothing without shop or link.
std::optional<std::int64_t> mirrored(const State& state, const Product& product,
                                     const std::string& storage_key) {
  if (state.storages.find_storage(storage_key) == nullptr) return std::nullopt;
  const auto link = product.links.find(storage_key);
  if (link == product.links.end()) return 0;
  const ExternalProduct* there = state.storages.find_product(storage_key, link->second.product_id);
  if (there == nullptr) return 0;
  if (link->second.variant_id == "0") return there->quantity;
  const ExternalVariant* variant = there->variant(link->second.variant_id);
  return variant != nullptr ? variant->quantity : 0;
}

bool reserves(const Order& order, const Inventory& inventory) {
  if (order.merged || !order.delivery_package_nr.empty()) return false;
  const auto& ends = inventory.reservations_end_in;
  return std::find(ends.begin(), ends.end(), order.order_status_id) == ends.end();
}

Warehouse mirror_of(const ExternalStorage& storage) {
  Warehouse mirror;
  mirror.id = storage.id;
  mirror.type = storage.type;
  mirror.name = storage.name;
  return mirror;
}

bool is_native(std::string_view warehouse_key) { return warehouse_key.starts_with("bl_"); }

}  // namespace

void set_stock(State& state, std::int64_t product_id, const std::string& warehouse_key,
               std::int64_t pieces, std::int64_t now) {
  const Product* product = state.catalogue.products.find(product_id);
  if (product == nullptr || product->is_bundle) return;
  Product changed = *product;
  changed.stock[warehouse_key] = pieces;
  save_product(state, std::move(changed), now);
}

std::int64_t stock_of(const State& state, const Product& product,
                      const std::string& warehouse_key) {
  if (product.is_bundle) return sets_of(state, product, warehouse_key);
  if (!is_native(warehouse_key)) {
    if (const auto there = mirrored(state, product, warehouse_key)) return *there;
  }
  return stock_entry(product.stock, warehouse_key);
}

std::int64_t reserved_of(const State& state, const Product& product,
                         const std::string& warehouse_key) {
  const Inventory* inventory = state.catalogue.inventories.find(product.inventory_id);
  if (inventory == nullptr || !inventory->reservations) return 0;
  std::int64_t reserved = 0;
  for (const Order* order : state.sales.orders.look_up(Order::ProductId, number_key(product.id))) {
    if (!reserves(*order, *inventory)) continue;
    for (const OrderLine& line : order->products) {
      if (line.catalogue_product() != product.id) continue;
      const std::string from = line.warehouse_id != 0 ? fmt::format("bl_{}", line.warehouse_id)
                                                      : inventory->default_warehouse;
      if (from == warehouse_key)
        reserved += std::clamp(line.quantity, -kMostReserved, kMostReserved);
    }
  }
  return reserved;
}

bool is_own_warehouse(const Inventory& inventory, const std::string& warehouse_key) {
  const auto& keys = inventory.warehouses;
  return is_native(warehouse_key) &&
         std::find(keys.begin(), keys.end(), warehouse_key) != keys.end();
}

std::int64_t number_of_key(std::string_view warehouse_key) {
  const std::size_t line = warehouse_key.rfind('_');
  if (line == std::string_view::npos) return 0;
  const std::string_view number = warehouse_key.substr(line + 1);
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
  return error == std::errc() && end == number.data() + number.size() ? id : 0;
}

std::vector<Warehouse> all_warehouses(const State& state) {
  std::vector<Warehouse> all;
  state.catalogue.warehouses.each([&](const Warehouse& one) {
    all.push_back(one);
    return true;
  });
  state.storages.external_storages.each([&](const ExternalStorage& storage) {
    const bool listed = std::any_of(
        all.begin(), all.end(), [&](const Warehouse& one) { return one.key() == storage.key(); });
    if (!listed) {
      all.push_back(mirror_of(storage));
    }
    return true;
  });
  return all;
}

std::optional<Warehouse> find_warehouse(const State& state, std::string_view warehouse_key) {
  const Warehouse* own = state.catalogue.warehouses.find(number_of_key(warehouse_key));
  if (own != nullptr && own->key() == warehouse_key) return *own;
  const ExternalStorage* storage = state.storages.find_storage(std::string(warehouse_key));
  if (storage == nullptr) return std::nullopt;
  return mirror_of(*storage);
}

}  // namespace atrapa::mocks::base
