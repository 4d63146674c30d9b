#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/domain/decimal.hpp"
#include "core/shops/base/products.hpp"
#include "core/shops/base/settle.hpp"

namespace atrapa::core::base {

namespace {

const Shape kAddedProductShape{{"product_id"}, {"warnings"}};
const Shape kAddedCategoryShape{{"category_id"}};

Parameters texts_object(const Texts& texts) {
  Parameters object;
  for (const auto& [name, value] : texts) object.text(name, value);
  return object;
}

/// Nothing where a figure cannot travel: Base keeps whole pieces [doc].
std::optional<Parameters> product_parameters(const ProductWrite& product,
                                             const std::string& product_id) {
  Parameters parameters;
  parameters.id("inventory_id", product.inventory_id);
  if (!product_id.empty()) parameters.id("product_id", product_id);
  if (!product.parent_id.empty()) parameters.id("parent_id", product.parent_id);
  if (product.sku) parameters.text("sku", *product.sku);
  if (product.ean) parameters.text("ean", *product.ean);
  if (product.vat) parameters.exact("tax_rate", vat_rate(*product.vat));
  if (product.weight) {
    const auto weight = parse_decimal(*product.weight, 2);
    if (!weight) return std::nullopt;
    parameters.exact("weight", format_decimal(*weight, 2, 0));
  }
  if (product.manufacturer_id) parameters.id("manufacturer_id", *product.manufacturer_id);
  if (product.category_id) parameters.id("category_id", *product.category_id);
  if (!product.prices.empty()) {
    Parameters prices;
    for (const auto& [group, price] : product.prices) prices.exact(group, to_text(price));
    parameters.object("prices", prices);
  }
  if (!product.stock.empty()) {
    Parameters stock;
    for (const auto& [warehouse, pieces] : product.stock) {
      if (!pieces.is_whole()) return std::nullopt;
      stock.exact(warehouse, to_text(pieces));
    }
    parameters.object("stock", stock);
  }
  if (!product.texts.empty() || !product.features.empty()) {
    Parameters texts = texts_object(product.texts);
    for (const auto& [field, features] : product.features) {
      texts.object(field, texts_object(features));
    }
    parameters.object("text_fields", texts);
  }
  if (!product.images.empty()) parameters.object("images", texts_object(product.images));
  return parameters;
}

Error cannot_travel() {
  return {.kind = Error::Kind::Refused,
          .text =
              "addInventoryProduct: not sent: Base keeps whole pieces, and weights with two "
              "places"};
}

}  // namespace

BaseResult<Creation> add_product(Client& client, const ProductWrite& product) {
  const auto parameters = product_parameters(product, "");
  if (!parameters) return fail(cannot_travel());
  return created(client.call("addInventoryProduct", *parameters, kAddedProductShape, Repeat::Never),
                 "addInventoryProduct", "product_id");
}

BaseResult<std::vector<std::string>> edit_product(Client& client, const std::string& product_id,
                                                  const ProductWrite& product) {
  // Without its id the call would add one.
  if (product_id.empty()) throw std::logic_error("edit_product: no product_id");
  const auto parameters = product_parameters(product, product_id);
  if (!parameters) return fail(cannot_travel());
  auto answer = client.call("addInventoryProduct", *parameters, kAddedProductShape);
  if (!answer) return fail(answer.error());
  std::vector<std::string> warnings;
  for (const auto& [about, words] : warnings_of(*answer)) warnings.push_back(words);
  return warnings;
}

BaseResult<Creation> settle_product(Client& client, const ProductWrite& product,
                                    const std::vector<std::string>& known) {
  const auto name = product.texts.find("name");
  ProductFilter filter;
  filter.with_variants = !product.parent_id.empty();
  if (product.sku && !product.sku->empty()) {
    filter.sku = *product.sku;
  } else if (product.ean && !product.ean->empty()) {
    filter.ean = *product.ean;
  } else if (name != product.texts.end()) {
    filter.name = name->second;
  }
  std::vector<std::string> found;
  auto read =
      read_products(client, product.inventory_id, filter, [&](std::vector<ListedProduct> products) {
        for (const ListedProduct& row : products) {
          const bool fits = (filter.sku.empty() || row.sku == filter.sku) &&
                            (filter.ean.empty() || row.ean == filter.ean) &&
                            (filter.name.empty() || row.name == filter.name) &&
                            (product.parent_id.empty() || row.parent_id == product.parent_id);
          if (fits) found.push_back(row.id);
        }
        return true;
      });
  if (!read) return fail(read.error());
  return settled(std::move(found), known);
}

BaseResult<Creation> add_category(Client& client, const NewCategory& category) {
  Parameters parameters;
  if (!category.inventory_id.empty()) parameters.id("inventory_id", category.inventory_id);
  parameters.text("name", category.name).id("parent_id", category.parent_id);
  return created(
      client.call("addInventoryCategory", parameters, kAddedCategoryShape, Repeat::Never),
      "addInventoryCategory", "category_id");
}

BaseResult<Creation> settle_category(Client& client, const NewCategory& category,
                                     const std::vector<std::string>& known) {
  auto categories = read_categories(client, category.inventory_id);
  if (!categories) return fail(categories.error());
  std::vector<std::string> found;
  for (const Category& row : *categories) {
    if (row.name == category.name && row.parent_id == category.parent_id) found.push_back(row.id);
  }
  return settled(std::move(found), known);
}

}  // namespace atrapa::core::base
