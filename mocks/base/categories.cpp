#include <fmt/format.h>

#include <array>
#include <string>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/products.hpp"
#include "mocks/base/save_row.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {
namespace {

/// Whether `id` is the category or lies above it.
bool is_or_is_above(const Rows<Category>& categories, std::int64_t id, std::int64_t below) {
  for (std::size_t steps = 0; below != 0 && steps <= categories.size(); ++steps) {
    if (below == id) return true;
    const Category* category = categories.find(below);
    below = category != nullptr ? category->parent_id : 0;
  }
  return false;
}

/// What is wrong with where the category stands; "" for nothing [inferred].
std::string category_problem(const Rows<Category>& categories, const Category& category) {
  if (category.parent_id == 0) return {};
  const Category* parent = categories.find(category.parent_id);
  if (parent == nullptr) return fmt::format("category {} is not there", category.parent_id);
  if (parent->inventory_id != 0 && parent->inventory_id != category.inventory_id) {
    return "the parent belongs to another catalogue";
  }
  const bool knot = category.id != 0 && is_or_is_above(categories, category.id, parent->id);
  return knot ? "a category cannot lie in itself" : "";
}

/// Creates a category, or edits the one whose id is given. Without inventory_id a new one is common
/// to all catalogues [doc]; an old one stays where it is [inferred].
Reply add_inventory_category(Call& call) {
  Catalogue& catalogue = call.state.catalogue;
  const std::int64_t inventory_id = call.given().integer("inventory_id");
  if (inventory_id != 0 && !catalogue.inventories.has(inventory_id)) {
    return call.wrong_storage("the catalogue is not there");
  }
  auto category = row_to_save(catalogue.categories, call.given().integer("category_id"));
  if (!category) return call.refuse("the category is not there");
  if (category->id != 0 && inventory_id != 0 && category->inventory_id != inventory_id) {
    return call.wrong_storage("the category belongs to another catalogue");
  }
  const std::int64_t of = category->id != 0 ? category->inventory_id : inventory_id;
  set_given(*category, call.given());
  category->inventory_id = of;
  const std::string problem = category_problem(catalogue.categories, *category);
  if (!problem.empty()) return call.refuse(problem);
  Answer answer = call.answer();
  answer.put("category_id", put_row(catalogue.categories, std::move(*category)));
  return call.done(std::move(answer));
}

/// Removes a category; its products go with it, its subcategories move to the root [doc].
Reply delete_inventory_category(Call& call) {
  const std::int64_t id = call.given().integer("category_id");
  Catalogue& catalogue = call.state.catalogue;
  if (!catalogue.categories.has(id)) return call.refuse("the category is not there");
  std::vector<std::int64_t> products;
  for (const Product* one : catalogue.products.look_up(Product::CategoryId, number_key(id))) {
    products.push_back(one->id);
  }
  for (const std::int64_t product : products) {
    delete_product(call.state, call.context, product, call.now());
  }
  std::vector<std::int64_t> below;
  for (const Category* one : catalogue.categories.look_up(Category::Parent, number_key(id))) {
    below.push_back(one->id);
  }
  for (const std::int64_t one : below) {
    catalogue.categories.edit(one, [](Category& changed) { changed.parent_id = 0; });
  }
  catalogue.categories.erase(id);
  return call.done();
}

/// Of one catalogue, with those that all have in common unless the setting says otherwise; without
/// inventory_id the common ones alone [inferred].
Reply get_inventory_categories(Call& call) {
  const Catalogue& catalogue = call.state.catalogue;
  const std::int64_t inventory_id = call.given().integer("inventory_id");
  if (inventory_id != 0 && !catalogue.inventories.has(inventory_id)) {
    return call.wrong_storage("the catalogue is not there");
  }
  const bool with_common = call.state.settings->common_categories;
  Answer answer = call.answer();
  {
    const auto categories = answer.open("categories");
    catalogue.categories.each([&](const Category& one) {
      const bool common = one.inventory_id == 0 && with_common;
      if (one.inventory_id != inventory_id && !common) return true;
      const auto item = answer.item();
      answer.put("category_id", one.id);
      answer.put("name", one.name);
      answer.put("parent_id", one.parent_id);
      return true;
    });
  }
  return call.done(std::move(answer));
}

constexpr std::array kCategoryMethods{
    Handled{"addInventoryCategory", add_inventory_category},
    Handled{"deleteInventoryCategory", delete_inventory_category},
    Handled{"getInventoryCategories", get_inventory_categories},
};

}  // namespace

std::span<const Handled> category_methods() { return kCategoryMethods; }

}  // namespace atrapa::mocks::base
