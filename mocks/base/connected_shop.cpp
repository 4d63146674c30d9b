#include "mocks/base/connected_shop.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>
#include <vector>

#include "mocks/base/given.hpp"

namespace atrapa::mocks::base {
namespace {

using kit::Json;
using TextById = std::map<std::string, std::string>;
using RowById = std::map<std::string, Json>;
using ByVariant = std::map<std::string, TextById>;

/// What a storage supports once its file has the action [inferred].
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kMethodOfAction{
    {{"ProductsCategories", "getExternalStorageCategories"},
     {"ProductsData", "getExternalStorageProductsData"},
     {"ProductsList", "getExternalStorageProductsList"},
     {"ProductsPrices", "getExternalStorageProductsPrices"},
     {"ProductsQuantity", "getExternalStorageProductsQuantity"},
     {"ProductsQuantityUpdate", "updateExternalStorageProductsQuantity"}}};

std::int64_t number_of(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// All that one look brings.
struct ShopContent {
  std::vector<std::string> actions;
  TextById categories;
  RowById products;
  ByVariant quantities;
  ByVariant prices;

  bool can(std::string_view action) const {
    return std::find(actions.begin(), actions.end(), action) != actions.end();
  }
};

/// Puts what the file answers into its place; the error where there is one.
template <typename T>
std::optional<ShopFileError> take(FromShop<T> answer, T& place) {
  if (auto* error = std::get_if<ShopFileError>(&answer)) return std::move(*error);
  place = std::get<T>(std::move(answer));
  return std::nullopt;
}

/// ProductsData's row over that of ProductsList.
std::optional<ShopFileError> read_products(ShopFile& file, ShopContent& content) {
  if (auto error = take(file.products(), content.products)) return error;
  if (!content.can("ProductsData")) return std::nullopt;
  std::vector<std::string> ids;
  for (const auto& [id, row] : content.products) ids.push_back(id);
  RowById data;
  if (auto error = take(file.products_data(ids), data)) return error;
  for (auto& [id, row] : data) content.products[id] = std::move(row);
  return std::nullopt;
}

std::optional<ShopFileError> read_shop(ShopFile& file, ShopContent& content) {
  if (auto error = take(file.supported(), content.actions)) return error;
  if (content.can("ProductsCategories")) {
    if (auto error = take(file.categories(), content.categories)) return error;
  }
  if (content.can("ProductsList")) {
    if (auto error = read_products(file, content)) return error;
  }
  if (content.can("ProductsQuantity")) {
    if (auto error = take(file.quantities(), content.quantities)) return error;
  }
  if (content.can("ProductsPrices")) return take(file.prices(), content.prices);
  return std::nullopt;
}

/// The value of that product's variant; nothing where the shop told none.
const std::string* value_of(const ByVariant& values, const std::string& product_id,
                            const std::string& variant_id) {
  const auto product = values.find(product_id);
  if (product == values.end()) return nullptr;
  const auto variant = product->second.find(variant_id);
  return variant != product->second.end() ? &variant->second : nullptr;
}

/// Price and stock of a row, as its own members have them or as the lists of both tell.
template <typename Row>
void read_figures(Row& row, kit::Decimal& price, const Given& given, const ShopContent& content,
                  const std::string& product_id, const std::string& variant_id) {
  price = given.decimal("price");
  row.quantity = given.integer("quantity");
  if (const std::string* listed = value_of(content.prices, product_id, variant_id)) {
    price = Given(Json{{"price", *listed}}).decimal("price");
  }
  if (const std::string* listed = value_of(content.quantities, product_id, variant_id)) {
    row.quantity = number_of(*listed);
  }
}

/// A list, or the map that PHP makes of one.
const Json& elements_of(const Given& given, std::string_view name) {
  const Json& list = given.list(name);
  return list.empty() ? given.map(name) : list;
}

ExternalProduct product_of(const std::string& storage_key, const std::string& id, const Json& row,
                           const ShopContent& content) {
  const Given given(row);
  ExternalProduct product;
  product.storage_id = storage_key;
  product.product_id = id;
  product.sku = given.text("sku");
  product.ean = given.text("ean");
  product.name = given.text("name");
  product.tax_rate = given.decimal("tax");
  product.weight = given.decimal("weight");
  product.description = given.text("description");
  product.description_extra1 = given.text("description_extra1");
  product.description_extra2 = given.text("description_extra2");
  product.man_name = given.text("man_name");
  product.man_image = given.text("man_image");
  product.category_id = given.integer("category_id");
  read_figures(product, product.price_brutto, given, content, id, "0");
  for (const Json& image : elements_of(given, "images")) {
    product.images.push_back(text_in(image).value_or(""));
  }
  for (const Json& pair : elements_of(given, "features")) {
    if (!pair.is_array() || pair.size() != 2) continue;
    product.features[text_in(pair[0]).value_or("")] = text_in(pair[1]).value_or("");
  }
  for (const auto& [variant_id, sent] : given.map("variants").items()) {
    const Given told(sent);
    ExternalVariant variant;
    variant.variant_id = variant_id;
    variant.name = told.text("name", told.text("full_name"));
    variant.sku = told.text("sku");
    variant.ean = told.text("ean");
    read_figures(variant, variant.price, told, content, id, variant_id);
    product.variants.push_back(std::move(variant));
  }
  return product;
}

template <typename T>
void erase_rows_of(Rows<T>& rows, const std::string& storage_key) {
  std::vector<std::int64_t> gone;
  rows.each([&](const T& row) {
    if (row.storage_id == storage_key) gone.push_back(row.id);
    return true;
  });
  for (const std::int64_t id : gone) rows.erase(id);
}

/// "Parent/Child": the last part is the name, what stands before it the parent's whole name [doc].
void put_categories(State& state, const std::string& storage_key, const TextById& categories) {
  TextById id_of_path;
  for (const auto& [id, path] : categories) id_of_path[path] = id;
  for (const auto& [id, path] : categories) {
    const std::size_t slash = path.rfind('/');
    ExternalCategory category;
    category.storage_id = storage_key;
    category.category_id = number_of(id);
    category.name = slash == std::string::npos ? path : path.substr(slash + 1);
    if (slash != std::string::npos) {
      const auto parent = id_of_path.find(path.substr(0, slash));
      if (parent != id_of_path.end()) category.parent_id = number_of(parent->second);
    }
    state.storages.external_categories.add(std::move(category));
  }
}

void put_methods(State& state, std::int64_t storage_id, const ShopContent& content) {
  state.storages.external_storages.edit(storage_id, [&](ExternalStorage& storage) {
    storage.methods.clear();
    for (const auto& [action, method] : kMethodOfAction) {
      if (content.can(action)) storage.methods.emplace_back(method);
    }
    storage.read = content.can("ProductsList");
    storage.write = content.can("ProductsQuantityUpdate");
  });
}

}  // namespace

FromShop<Fetched> fetch_shop(State& state, const std::string& storage_key, ShopFile& file) {
  const ExternalStorage* storage = state.storages.find_storage(storage_key);
  if (storage == nullptr) return ShopFileError{"", "there is no such storage"};
  const std::int64_t storage_id = storage->id;
  ShopContent content;
  if (auto error = read_shop(file, content)) return *error;
  erase_rows_of(state.storages.external_categories, storage_key);
  erase_rows_of(state.storages.external_products, storage_key);
  put_categories(state, storage_key, content.categories);
  for (const auto& [id, row] : content.products) {
    state.storages.external_products.add(product_of(storage_key, id, row, content));
  }
  put_methods(state, storage_id, content);
  return Fetched{.categories = static_cast<std::int64_t>(content.categories.size()),
                 .products = static_cast<std::int64_t>(content.products.size())};
}

void tell_shop(const State& state, kit::Context& context, const ExternalStorage& storage,
               const std::vector<ShopFile::Quantity>& written) {
  if (storage.url.empty() || written.empty()) return;
  kit::Request request = shop_file_request(
      storage.url, storage.password, "ProductsQuantityUpdate",
      {{"products", ShopFile::quantity_rows(written.begin(), written.end()).dump()}});
  context.webhooks.push_back({.account = state.account,
                              .event = "ProductsQuantityUpdate",
                              .url = storage.url,
                              .headers = std::move(request.headers),
                              .body = std::move(request.body)});
}

}  // namespace atrapa::mocks::base
