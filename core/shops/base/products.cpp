#include "core/shops/base/products.hpp"

#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "core/shops/base/paging.hpp"

namespace atrapa::core::base {

namespace {

constexpr std::size_t kProductsPerRead =
    100;  ///< Of getInventoryProductsData, whose most is not stated.

const Shape kInventoryShape{
    {"inventories", "inventory_id", "name", "default_language", "default_price_group",
     "default_warehouse", "reservations", "is_default"},
    {"languages", "price_groups", "warehouses"}};
const Shape kWarehouseShape{
    {"warehouses", "warehouse_type", "warehouse_id", "name", "stock_edition", "is_default"}};
const Shape kPriceGroupShape{{"price_groups", "price_group_id", "name", "currency", "is_default"}};
const Shape kCategoryShape{{"categories", "category_id", "name", "parent_id"}};
const Shape kListShape{{"products", "id", "product_id", "parent_id", "sku", "ean", "name"},
                       {"prices", "stock"}};
const Shape kDataShape{
    {"products", "is_bundle", "parent_id", "sku", "ean", "tax_rate", "category_id",
     "manufacturer_id", "weight", "average_cost", "variants", "name"},
    {"prices", "stock", "reservations", "text_fields", "images", "links", "bundle_products",
     "tags"}};
const Shape kStockShape{{"products", "product_id"}, {"stock", "reservations", "variants"}};
const Shape kPricesShape{{"products", "product_id"}, {"prices", "variants"}};

std::vector<std::string> items_of(const Json& row, const char* name) {
  std::vector<std::string> items;
  for (const auto& [place, item] : members_of(row, name)) {
    if (item->is_string()) items.push_back(item->get<std::string>());
  }
  return items;
}

/// The rows of a list that comes in one answer.
template <typename T>
BaseResult<std::vector<T>> read_whole(Client& client, const char* method,
                                      const Parameters& parameters, const Shape& shape,
                                      const char* list, T (*read)(const Json&)) {
  auto answer = client.call(method, parameters, shape);
  if (!answer) return fail(answer.error());
  const auto rows = rows_of(*answer, list);
  if (!rows) return fail(unreadable(method, std::string("expected ") + list));
  std::vector<T> values;
  values.reserve(rows->size());
  for (const Json* row : *rows) values.push_back(read(*row));
  return values;
}

Variant read_product_variant(const std::string& id, const Json& row) {
  return {.id = id,
          .name = text_or_empty(row, "name"),
          .sku = text_or_empty(row, "sku"),
          .ean = text_or_empty(row, "ean"),
          .prices = prices_of(row, "prices"),
          .stock = stock_of(row, "stock")};
}

Product read_product(const std::string& id, const Json& row) {
  const auto text = [&](const char* name) { return text_or_empty(row, name); };
  Product product;
  product.id = id;
  product.parent_id = text("parent_id");
  product.sku = text("sku");
  product.ean = text("ean");
  product.is_bundle = flag_member(row, "is_bundle");
  product.tax_rate = text("tax_rate");
  product.category_id = text("category_id");
  product.manufacturer_id = text("manufacturer_id");
  product.weight = text("weight");
  product.average_cost = text("average_cost");
  product.prices = prices_of(row, "prices");
  product.stock = stock_of(row, "stock");
  product.reservations = stock_of(row, "reservations");
  product.texts = texts_of(row, "text_fields");
  for (const auto& [field, value] : members_of(row, "text_fields")) {
    if (value->is_structured()) {
      product.features[field] = texts_of(row["text_fields"], field.c_str());
    }
  }
  product.images = texts_of(row, "images");
  for (const auto& [storage, link] : members_of(row, "links")) {
    product.links[storage] = {text_or_empty(*link, "product_id"),
                              text_or_empty(*link, "variant_id")};
  }
  product.bundle = stock_of(row, "bundle_products");
  product.tags = items_of(row, "tags");
  for (const auto& [variant, value] : members_of(row, "variants")) {
    product.variants.push_back(read_product_variant(variant, *value));
  }
  return product;
}

Parameters of_inventory(const std::string& inventory_id) {
  Parameters parameters;
  if (!inventory_id.empty()) parameters.id("inventory_id", inventory_id);
  return parameters;
}

}  // namespace

BaseResult<std::vector<Inventory>> read_inventories(Client& client) {
  return read_whole<Inventory>(
      client, "getInventories", {}, kInventoryShape, "inventories",
      [](const Json& row) -> Inventory {
        return {.id = text_or_empty(row, "inventory_id"),
                .name = text_or_empty(row, "name"),
                .default_language = text_or_empty(row, "default_language"),
                .languages = items_of(row, "languages"),
                .price_groups = items_of(row, "price_groups"),
                .default_price_group = text_or_empty(row, "default_price_group"),
                .warehouses = items_of(row, "warehouses"),
                .default_warehouse = text_or_empty(row, "default_warehouse"),
                .reservations = flag_member(row, "reservations"),
                .is_default = flag_member(row, "is_default")};
      });
}

BaseResult<std::vector<Warehouse>> read_warehouses(Client& client) {
  return read_whole<Warehouse>(client, "getInventoryWarehouses", {}, kWarehouseShape, "warehouses",
                               [](const Json& row) -> Warehouse {
                                 return {.type = text_or_empty(row, "warehouse_type"),
                                         .id = text_or_empty(row, "warehouse_id"),
                                         .name = text_or_empty(row, "name"),
                                         .stock_edition = flag_member(row, "stock_edition"),
                                         .is_default = flag_member(row, "is_default")};
                               });
}

BaseResult<std::vector<PriceGroup>> read_price_groups(Client& client) {
  return read_whole<PriceGroup>(
      client, "getInventoryPriceGroups", {}, kPriceGroupShape, "price_groups",
      [](const Json& row) -> PriceGroup {
        return {text_or_empty(row, "price_group_id"), text_or_empty(row, "name"),
                text_or_empty(row, "currency"), flag_member(row, "is_default")};
      });
}

BaseResult<std::vector<Category>> read_categories(Client& client, const std::string& inventory_id) {
  return read_whole<Category>(client, "getInventoryCategories", of_inventory(inventory_id),
                              kCategoryShape, "categories", [](const Json& row) -> Category {
                                return {text_or_empty(row, "category_id"),
                                        text_or_empty(row, "name"),
                                        text_or_empty(row, "parent_id")};
                              });
}

BaseResult<Done> read_products(Client& client, const std::string& inventory_id,
                               const ProductFilter& filter, const ProductSink& sink) {
  Parameters fixed = of_inventory(inventory_id);
  if (!filter.category_id.empty()) fixed.id("filter_category_id", filter.category_id);
  if (!filter.sku.empty()) fixed.text("filter_sku", filter.sku);
  if (!filter.ean.empty()) fixed.text("filter_ean", filter.ean);
  if (!filter.name.empty()) fixed.text("filter_name", filter.name);
  if (filter.with_variants) fixed.flag("include_variants", true);
  return walk_pages(
      client, {.method = "getInventoryProductsList"}, fixed, kListShape,
      [&](const std::vector<KeyedRow>& rows) {
        std::vector<ListedProduct> products;
        products.reserve(rows.size());
        for (const auto& [id, row] : rows) {
          products.push_back({id, text_or_empty(*row, "parent_id"), text_or_empty(*row, "sku"),
                              text_or_empty(*row, "ean"), text_or_empty(*row, "name"),
                              prices_of(*row, "prices"), stock_of(*row, "stock")});
        }
        return sink(std::move(products));
      });
}

BaseResult<std::vector<Product>> read_product_data(Client& client, const std::string& inventory_id,
                                                   const std::vector<std::string>& ids) {
  std::vector<Product> products;
  for (std::span<const std::string> left(ids); !left.empty();) {
    const auto batch = left.first(std::min(left.size(), kProductsPerRead));
    left = left.subspan(batch.size());
    ParameterList list;
    for (const std::string& id : batch) list.add_id(id);
    Parameters parameters = of_inventory(inventory_id);
    parameters.json("products", list.str());
    auto answer = client.call("getInventoryProductsData", parameters, kDataShape);
    if (!answer) return fail(answer.error());
    if (!rows_of(*answer, "products")) {
      return fail(unreadable("getInventoryProductsData", "expected products"));
    }
    for (const auto& [id, row] : members_of(*answer, "products")) {
      products.push_back(read_product(id, *row));
    }
  }
  return products;
}

BaseResult<Done> read_stock(Client& client, const std::string& inventory_id,
                            const StockSink& sink) {
  return walk_pages(
      client, {.method = "getInventoryProductsStock"}, of_inventory(inventory_id), kStockShape,
      [&](const std::vector<KeyedRow>& rows) {
        std::vector<ProductStock> stocks;
        stocks.reserve(rows.size());
        for (const auto& [id, row] : rows) {
          ProductStock stock{id, stock_of(*row, "stock"), stock_of(*row, "reservations"), {}};
          for (const auto& [variant, value] : members_of(*row, "variants")) {
            stock.variants[variant] = stock_of((*row)["variants"], variant.c_str());
          }
          stocks.push_back(std::move(stock));
        }
        return sink(std::move(stocks));
      });
}

BaseResult<Done> read_prices(Client& client, const std::string& inventory_id,
                             const PriceSink& sink) {
  return walk_pages(client, {.method = "getInventoryProductsPrices"}, of_inventory(inventory_id),
                    kPricesShape, [&](const std::vector<KeyedRow>& rows) {
                      std::vector<ProductPrices> prices;
                      prices.reserve(rows.size());
                      for (const auto& [id, row] : rows) {
                        ProductPrices product{id, prices_of(*row, "prices"), {}};
                        for (const auto& [variant, value] : members_of(*row, "variants")) {
                          product.variants[variant] =
                              prices_of((*row)["variants"], variant.c_str());
                        }
                        prices.push_back(std::move(product));
                      }
                      return sink(std::move(prices));
                    });
}

}  // namespace atrapa::core::base
