#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/products.hpp"
#include "mocks/base/save_row.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {
namespace {

template <typename T>
bool listed_in(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// What a list names twice counts once.
template <typename T>
void keep_firsts(std::vector<T>& list) {
  std::vector<T> firsts;
  for (T& one : list) {
    if (!listed_in(firsts, one)) firsts.push_back(std::move(one));
  }
  list = std::move(firsts);
}

bool is_language(const std::string& code) {
  return code.size() == 2 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// What is wrong with a catalogue; "" for nothing. The defaults must be among the lists [doc]; that
/// the lists name what there is, is [inferred].
std::string inventory_problem(const State& state, const Inventory& inventory) {
  for (const std::string& language : inventory.languages) {
    if (!is_language(language)) return fmt::format("'{}' is no language code", language);
  }
  for (const std::int64_t group : inventory.price_groups) {
    if (!state.catalogue.price_groups.has(group)) {
      return fmt::format("price group {} is not there", group);
    }
  }
  for (const std::string& key : inventory.warehouses) {
    if (!find_warehouse(state, key)) return fmt::format("warehouse '{}' is not there", key);
  }
  if (!listed_in(inventory.languages, inventory.default_language)) {
    return "default_language is not one of languages";
  }
  if (!listed_in(inventory.price_groups, inventory.default_price_group)) {
    return "default_price_group is not one of price_groups";
  }
  if (!listed_in(inventory.warehouses, inventory.default_warehouse)) {
    return "default_warehouse is not one of warehouses";
  }
  return {};
}

/// Creates a catalogue, or edits the one whose id is given. The first one is the default
/// [inferred].
Reply add_inventory(Call& call) {
  Rows<Inventory>& inventories = call.state.catalogue.inventories;
  auto inventory = row_to_save(inventories, call.given().integer("inventory_id"));
  if (!inventory) return call.wrong_storage("the catalogue is not there");
  set_given(*inventory, call.given());
  keep_firsts(inventory->languages);
  keep_firsts(inventory->price_groups);
  keep_firsts(inventory->warehouses);
  if (const std::string problem = inventory_problem(call.state, *inventory); !problem.empty()) {
    return call.refuse(problem);
  }
  if (inventories.size() == 0) inventory->is_default = true;
  Answer answer = call.answer();
  answer.put("inventory_id", put_row(inventories, std::move(*inventory)));
  return call.done(std::move(answer));
}

template <typename T>
std::vector<std::int64_t> ids_under(const Rows<T>& rows, int index, std::int64_t key) {
  std::vector<std::int64_t> ids;
  for (const T* row : rows.look_up(index, number_key(key))) ids.push_back(row->id);
  return ids;
}

/// Removes a catalogue with its products and categories; where it was the default, the oldest that
/// is left becomes it. [inferred]
Reply delete_inventory(Call& call) {
  const std::int64_t id = call.given().integer("inventory_id");
  Catalogue& catalogue = call.state.catalogue;
  const Inventory* inventory = catalogue.inventories.find(id);
  if (inventory == nullptr) return call.wrong_storage("the catalogue is not there");
  const bool was_default = inventory->is_default;
  for (const std::int64_t product : ids_under(catalogue.products, Product::InventoryId, id)) {
    delete_product(call.state, call.context, product, call.now());
  }
  for (const std::int64_t category : ids_under(catalogue.categories, Category::InventoryId, id)) {
    catalogue.categories.erase(category);
  }
  catalogue.inventories.erase(id);
  std::int64_t oldest = 0;
  catalogue.inventories.each([&](const Inventory& one) {
    oldest = one.id;
    return false;
  });
  if (was_default) {
    catalogue.inventories.edit(oldest, [](Inventory& one) { one.is_default = true; });
  }
  return call.done();
}

void put_inventory(Answer& answer, const Inventory& one) {
  answer.put("inventory_id", one.id);
  answer.put("name", one.name);
  answer.put("description", one.description);
  {
    const auto languages = answer.open("languages");
    for (const std::string& language : one.languages) answer.add(language);
  }
  answer.put("default_language", one.default_language);
  {
    const auto groups = answer.open("price_groups");
    for (const std::int64_t group : one.price_groups) answer.add(group);
  }
  answer.put("default_price_group", one.default_price_group);
  {
    const auto warehouses = answer.open("warehouses");
    for (const std::string& key : one.warehouses) answer.add(key);
  }
  answer.put("default_warehouse", one.default_warehouse);
  answer.put("reservations", one.reservations);
  answer.put("is_default", one.is_default);
}

Reply get_inventories(Call& call) {
  Answer answer = call.answer();
  {
    const auto inventories = answer.open("inventories");
    call.state.catalogue.inventories.each([&](const Inventory& one) {
      const auto item = answer.item();
      put_inventory(answer, one);
      return true;
    });
  }
  return call.done(std::move(answer));
}

constexpr std::array kInventoryMethods{
    Handled{"addInventory", add_inventory},
    Handled{"deleteInventory", delete_inventory},
    Handled{"getInventories", get_inventories},
};

}  // namespace

std::span<const Handled> inventory_methods() { return kInventoryMethods; }

}  // namespace atrapa::mocks::base
