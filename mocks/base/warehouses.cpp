#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "mocks/base/call.hpp"
#include "mocks/base/products.hpp"
#include "mocks/base/save_row.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {
namespace {

/// Mirrors of connected storages come and go by themselves [doc].
constexpr std::string_view kMirrorWarehouse = "the warehouse mirrors an external storage";

/// Creates a warehouse of Base's own, or edits the one whose id is given.
Reply add_inventory_warehouse(Call& call) {
  Rows<Warehouse>& warehouses = call.state.catalogue.warehouses;
  auto warehouse = row_to_save(warehouses, call.given().integer("warehouse_id"));
  if (!warehouse) return call.refuse("the warehouse is not there");
  if (warehouse->type != "bl") return call.refuse(kMirrorWarehouse);
  set_given(*warehouse, call.given());
  if (warehouses.size() == 0) warehouse->is_default = true;
  Answer answer = call.answer();
  answer.put("warehouse_id", put_row(warehouses, std::move(*warehouse)));
  return call.done(std::move(answer));
}

/// Removes a warehouse with its stock; a catalogue's default one stays [inferred].
Reply delete_inventory_warehouse(Call& call) {
  const std::int64_t id = call.given().integer("warehouse_id");
  Catalogue& catalogue = call.state.catalogue;
  const Warehouse* warehouse = catalogue.warehouses.find(id);
  if (warehouse == nullptr) return call.refuse("the warehouse is not there");
  if (warehouse->type != "bl") return call.refuse(kMirrorWarehouse);
  const std::string key = warehouse->key();
  const Rows<Inventory> inventories = catalogue.inventories;
  std::int64_t default_of = 0;
  inventories.each([&](const Inventory& one) {
    if (one.default_warehouse == key) default_of = one.id;
    return default_of == 0;
  });
  if (default_of != 0) {
    return call.refuse(fmt::format("{} is the default of catalogue {}", key, default_of));
  }
  inventories.each([&](const Inventory& one) {
    const auto& keys = one.warehouses;
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) return true;
    catalogue.inventories.edit(one.id,
                               [&](Inventory& changed) { std::erase(changed.warehouses, key); });
    return true;
  });
  const Rows<Product> products = catalogue.products;
  products.each([&](const Product& one) {
    if (!one.stock.contains(key) && !one.locations.contains(key)) return true;
    Product changed = one;
    changed.stock.erase(key);
    changed.locations.erase(key);
    save_product(call.state, std::move(changed), call.now());
    return true;
  });
  catalogue.warehouses.erase(id);
  return call.done();
}

Reply get_inventory_warehouses(Call& call) {
  Answer answer = call.answer();
  {
    const auto warehouses = answer.open("warehouses");
    for (const Warehouse& one : all_warehouses(call.state)) {
      const auto item = answer.item();
      answer.put("warehouse_type", one.type);
      answer.put("warehouse_id", one.id);
      answer.put("name", one.name);
      answer.put("description", one.description);
      answer.put("stock_edition", one.stock_edition);
      answer.put("is_default", one.is_default);
    }
  }
  return call.done(std::move(answer));
}

constexpr std::array kWarehouseMethods{
    Handled{"addInventoryWarehouse", add_inventory_warehouse},
    Handled{"deleteInventoryWarehouse", delete_inventory_warehouse},
    Handled{"getInventoryWarehouses", get_inventory_warehouses},
};

}  // namespace

std::span<const Handled> warehouse_methods() { return kWarehouseMethods; }

}  // namespace atrapa::mocks::base
