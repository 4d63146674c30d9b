#include "mocks/base/products.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "mocks/base/call.hpp"
#include "mocks/base/paging.hpp"
#include "mocks/base/product_edit.hpp"
#include "mocks/base/save_row.hpp"

namespace atrapa::mocks::base {
namespace {

/// Tags come into being by being given to a product [inferred].
void make_tags(State& state, const std::vector<std::string>& tags) {
  Rows<ProductTag>& all = state.catalogue.product_tags;
  for (const std::string& tag : tags) {
    if (all.look_up(ProductTag::Name, tag).empty()) all.add({.name = tag});
  }
}

/// Creates a product or variant, or edits the one whose id is given; see take_product(). No field
/// tells two calls apart: creating twice makes two.
/// Source: https://api.base.com/?method=addInventoryProduct
Reply add_inventory_product(Call& call) {
  const Given given = call.given();
  const Inventory* inventory = call.state.catalogue.inventories.find(given.integer("inventory_id"));
  if (inventory == nullptr) return call.wrong_storage("the catalogue is not there");
  auto product = row_to_save(call.state.catalogue.products, given.integer("product_id"));
  if (!product || (product->id != 0 && product->inventory_id != inventory->id)) {
    return call.wrong_storage("the product is not in the catalogue");
  }
  const bool is_new = product->id == 0;
  product->inventory_id = inventory->id;
  ProductEdit edit{call.state, *inventory, std::move(*product), {}};
  for (const std::string& name : call.parameters.cut) edit.warnings[name] = "too long, cut";
  if (const auto problem = take_product(edit, given)) return call.refuse(*problem);

  make_tags(call.state, edit.product.tags);
  const std::int64_t id = save_product(call.state, std::move(edit.product), call.now());
  happened(call.state, call.context, is_new ? Happening::ProductCreated : Happening::ProductEdited,
           id);
  Answer answer = call.answer();
  answer.put("product_id", id);
  put_warnings(answer, edit.warnings);
  return call.done(std::move(answer));
}

Reply delete_inventory_product(Call& call) {
  const std::int64_t id = call.given().integer("product_id");
  const bool there = delete_product(call.state, call.context, id, call.now());
  return there ? call.done() : call.refuse("the product is not there");
}

/// Runs the automatic actions of one of the account's own events. A trigger that no rule answers is
/// refused [inferred].
Reply run_product_macro_trigger(Call& call) {
  const std::int64_t id = call.given().integer("product_id");
  const std::int64_t trigger_id = call.given().integer("trigger_id");
  if (!call.state.catalogue.products.has(id)) return call.refuse("the product is not there");
  bool known = false;
  call.state.automation.rules.each([&](const Rule& rule) {
    known = rule.event == "product_trigger" && rule.trigger_id == trigger_id;
    return !known;
  });
  if (!known) return call.refuse(fmt::format("trigger {} is not there", trigger_id));
  happened(call.state, call.context, Happening::ProductTrigger, id, trigger_id);
  return call.done();
}

constexpr std::array kProductMethods{
    Handled{"addInventoryProduct", add_inventory_product},
    Handled{"deleteInventoryProduct", delete_inventory_product},
    Handled{"runProductMacroTrigger", run_product_macro_trigger},
};

}  // namespace

std::span<const Handled> product_methods() { return kProductMethods; }

}  // namespace atrapa::mocks::base
