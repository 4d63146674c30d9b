#include <algorithm>
#include <array>
#include <string>

#include "mocks/base/call.hpp"
#include "mocks/base/paging.hpp"
#include "mocks/base/product_answer.hpp"
#include "mocks/base/product_filter.hpp"
#include "mocks/base/products.hpp"

// Lists of products: 1000 rows a page, from 1 [doc].

namespace atrapa::mocks::base {
namespace {

constexpr std::int64_t kProductsPerPage = 1000;

using PutProduct = void (*)(Answer&, const State&, const Inventory&, const Product&);

/// One page of what the filters of the call want, each product by `put`.
Reply product_page(Call& call, PutProduct put) {
  const Given given = call.given();
  const Inventory* inventory = call.state.catalogue.inventories.find(given.integer("inventory_id"));
  if (inventory == nullptr) return call.wrong_storage("the catalogue is not there");
  const ProductFilter filter(call.state, *inventory, given);
  if (const std::string problem = filter.problem(); !problem.empty()) return call.refuse(problem);
  const auto found = filter.matches();
  const PageWindow page = page_given(given, kProductsPerPage);
  Answer answer = call.answer();
  {
    const auto products = answer.open("products");
    const auto size = static_cast<std::int64_t>(found.size());
    for (std::int64_t at = page.first; at < std::min(page.end, size); ++at) {
      const Product& product = *found[static_cast<std::size_t>(at)];
      const auto item = answer.item(product.id);
      put(answer, call.state, *inventory, product);
    }
  }
  return call.done(std::move(answer));
}

using VariantJson = std::string (*)(const State&, const Inventory&, const Product&);

void put_variant_maps(Answer& answer, const State& state, const Inventory& inventory,
                      const Product& product, VariantJson json) {
  const auto variants = answer.open("variants");
  for (const Product* one :
       state.catalogue.products.look_up(Product::Parent, number_key(product.id))) {
    answer.add_raw(std::to_string(one->id), json(state, inventory, *one));
  }
}

Reply get_inventory_products_list(Call& call) {
  return product_page(call, [](Answer& answer, const State& state, const Inventory& inventory,
                               const Product& product) {
    answer.put("id", product.id);
    answer.put("parent_id", product.parent_id);
    answer.put("ean", product.ean);
    answer.put("sku", product.sku);
    answer.put("name", product_name(product));
    put_prices(answer, state, inventory, product);
    put_stock(answer, state, inventory, product);
  });
}

Reply get_inventory_products_stock(Call& call) {
  return product_page(call, [](Answer& answer, const State& state, const Inventory& inventory,
                               const Product& product) {
    answer.put("product_id", product.id);
    put_stock(answer, state, inventory, product);
    put_reservations(answer, state, inventory, product);
    put_variant_maps(answer, state, inventory, product, stock_json);
  });
}

Reply get_inventory_products_prices(Call& call) {
  return product_page(call, [](Answer& answer, const State& state, const Inventory& inventory,
                               const Product& product) {
    put_prices(answer, state, inventory, product);
    put_variant_maps(answer, state, inventory, product, prices_json);
  });
}

constexpr std::array kProductListMethods{
    Handled{"getInventoryProductsList", get_inventory_products_list},
    Handled{"getInventoryProductsStock", get_inventory_products_stock},
    Handled{"getInventoryProductsPrices", get_inventory_products_prices},
};

}  // namespace

std::span<const Handled> product_list_methods() { return kProductListMethods; }

}  // namespace atrapa::mocks::base
