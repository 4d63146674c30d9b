#include <fmt/format.h>

#include <array>
#include <set>
#include <string>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/product_answer.hpp"
#include "mocks/base/products.hpp"
#include "mocks/kit/record_text.hpp"

namespace atrapa::mocks::base {
namespace {

/// What a call of getInventoryProductsData asks for.
struct DataWanted {
  bool further_eans;
  bool suppliers;
  bool erp_units;
  bool wms_units;
};

template <typename Map>
void put_pieces(Answer& answer, std::string_view name, const Map& pieces) {
  const auto map = answer.open(name);
  for (const auto& [key, number] : pieces) answer.add(key, number);
}

std::string features_json(const std::map<std::string, std::string>& features) {
  std::string json = "{";
  for (const auto& [name, value] : features) {
    if (json.size() > 1) json += ',';
    kit::append_quoted(json, name);
    json += ':';
    kit::append_quoted(json, value);
  }
  return json + '}';
}

void put_texts(Answer& answer, const Product& product) {
  const auto texts = answer.open("text_fields");
  answer.add("name", product_name(product));  // Also where there is none [inferred].
  for (const auto& [key, text] : product.text_fields) {
    if (key != "name") answer.add(key, text);
  }
  for (const auto& [key, features] : product.features) answer.add_raw(key, features_json(features));
}

void put_links(Answer& answer, const Product& product) {
  const auto links = answer.open("links");
  for (const auto& [key, link] : product.links) {
    const auto item = answer.item(key);
    answer.put("product_id", link.product_id);
    answer.put("variant_id", link.variant_id);
  }
}

void put_variants(Answer& answer, const State& state, const Inventory& inventory,
                  const Product& product) {
  const auto variants = answer.open("variants");
  for (const Product* one :
       state.catalogue.products.look_up(Product::Parent, number_key(product.id))) {
    const auto item = answer.item(one->id);
    answer.put("name", product_name(*one));
    answer.put("sku", one->sku);
    answer.put("ean", one->ean);
    answer.put("asin", one->asin);
    put_prices(answer, state, inventory, *one);
    put_stock(answer, state, inventory, *one);
    put_pieces(answer, "locations", one->locations);
  }
}

void put_further_eans(Answer& answer, const Product& product) {
  const auto eans = answer.open("ean_additional");
  for (const AdditionalEan& one : product.ean_additional) {
    answer.add_raw(
        {}, fmt::format(R"({{"ean":{},"quantity":{}}})", kit::json_string(one.ean), one.quantity));
  }
}

void put_product_suppliers(Answer& answer, const Product& product) {
  const auto suppliers = answer.open("suppliers");
  for (const ProductSupplier& one : product.suppliers) {
    const auto item = answer.item();
    answer.put("id", one.id);
    answer.put("product_code", one.product_code);
    answer.put("cost", one.cost);
  }
}

void put_images(Answer& answer, const Product& product) {
  const auto images = answer.open("images");
  // Written from 0, read from 1 [doc].
  for (const auto& [position, address] : product.images) {
    answer.add(std::to_string(position + 1), address);
  }
}

void put_product(Answer& answer, const State& state, const Inventory& inventory,
                 const Product& product, const DataWanted& wanted) {
  answer.put("is_bundle", product.is_bundle);
  answer.put("parent_id", product.parent_id);
  answer.put("sku", product.sku);
  answer.put("ean", product.ean);
  if (wanted.further_eans) put_further_eans(answer, product);
  answer.put("asin", product.asin);
  {
    const auto tags = answer.open("tags");
    for (const std::string& tag : product.tags) answer.add(tag);
  }
  answer.put("tax_rate", product.tax_rate);
  answer.put("weight", product.weight);
  answer.put("height", product.height);
  answer.put("width", product.width);
  answer.put("length", product.length);
  answer.put("star", product.star);
  answer.put("category_id", product.category_id);
  answer.put("manufacturer_id", product.manufacturer_id);
  put_prices(answer, state, inventory, product);
  put_stock(answer, state, inventory, product);
  put_reservations(answer, state, inventory, product);
  put_pieces(answer, "thresholds", product.thresholds);
  put_pieces(answer, "incoming", incoming_of(state, product));
  put_pieces(answer, "locations", product.locations);
  answer.put("average_cost", product.average_cost);
  answer.put("average_landed_cost", product.average_landed_cost);
  put_texts(answer, product);
  put_images(answer, product);
  put_links(answer, product);
  {
    const auto parts = answer.open("bundle_products");
    for (const auto& [id, pieces] : product.bundle_products) {
      answer.add(std::to_string(id), pieces);
    }
  }
  put_variants(answer, state, inventory, product);
  // The catalogue is costed by AVCO and has no warehouse system: it keeps no units of either kind.
  if (wanted.erp_units) const auto units = answer.open("stock_erp_units");
  if (wanted.wms_units) const auto units = answer.open("stock_wms_units");
  if (wanted.suppliers) put_product_suppliers(answer, product);
}

/// Full data of the products or variants whose ids are given, variants also in the place of their
/// main product [doc]. What is not in the catalogue is left out [inferred].
Reply get_inventory_products_data(Call& call) {
  const Given given = call.given();
  const State& state = call.state;
  const Inventory* inventory = state.catalogue.inventories.find(given.integer("inventory_id"));
  if (inventory == nullptr) return call.wrong_storage("the catalogue is not there");
  const DataWanted wanted{.further_eans = given.flag("include_additional_eans"),
                          .suppliers = given.flag("include_suppliers"),
                          .erp_units = given.flag("include_erp_units"),
                          .wms_units = given.flag("include_wms_units")};
  Answer answer = call.answer();
  {
    const auto products = answer.open("products");
    std::set<std::int64_t> answered;
    for (const kit::Json& one : given.list("products")) {
      const std::int64_t id = integer_in(one).value_or(0);
      const Product* product = state.catalogue.products.find(id);
      if (product == nullptr || product->inventory_id != inventory->id) continue;
      if (!answered.insert(id).second) continue;
      const auto item = answer.item(id);
      put_product(answer, state, *inventory, *product, wanted);
    }
  }
  return call.done(std::move(answer));
}

constexpr std::array kProductReadMethods{
    Handled{"getInventoryProductsData", get_inventory_products_data},
};

}  // namespace

std::span<const Handled> product_read_methods() { return kProductReadMethods; }

}  // namespace atrapa::mocks::base
