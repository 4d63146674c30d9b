#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/connected_shop.hpp"
#include "mocks/base/external_filter.hpp"
#include "mocks/base/paging.hpp"
#include "mocks/base/product_edit.hpp"
#include "mocks/base/products.hpp"

// Connected shops and wholesalers. Base passes these calls through to the shop; here the account's
// world holds what the shop has.

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kMostRows = 1000;
constexpr std::array<std::string_view, 5> kReading{
    "getExternalStorageCategories", "getExternalStorageProductsData",
    "getExternalStorageProductsList", "getExternalStorageProductsPrices",
    "getExternalStorageProductsQuantity"};
constexpr std::string_view kWriting = "updateExternalStorageProductsQuantity";

/// What a storage supports: what its world says, else all that it can.
std::vector<std::string> methods_of(const ExternalStorage& storage) {
  if (!storage.methods.empty()) return storage.methods;
  std::vector<std::string> methods;
  if (storage.read) methods.assign(kReading.begin(), kReading.end());
  if (storage.write) methods.emplace_back(kWriting);
  return methods;
}

/// The storage that the call names, or why it cannot be used: it is not there (ERROR_STORAGE_ID
/// [client]), or does not support the method [inferred].
std::variant<const ExternalStorage*, Reply> storage_given(const Call& call) {
  const std::string key = call.given().text("storage_id");
  const ExternalStorage* storage = call.state.storages.find_storage(key);
  if (storage == nullptr) return call.wrong_storage(fmt::format("no storage '{}'", key));
  const auto methods = methods_of(*storage);
  if (std::find(methods.begin(), methods.end(), call.method.name) == methods.end()) {
    return call.refuse(fmt::format("storage {} does not support {}", key, call.method.name));
  }
  return storage;
}

Reply get_external_storages_list(Call& call) {
  Answer answer = call.answer();
  {
    const auto storages = answer.open("storages");
    call.state.storages.external_storages.each([&](const ExternalStorage& one) {
      const auto item = answer.item();
      answer.put("storage_id", one.key());
      answer.put("name", one.name);
      {
        const auto methods = answer.open("methods");
        for (const std::string& method : methods_of(one)) answer.add(method);
      }
      answer.put("read", one.read);
      answer.put("write", one.write);
      return true;
    });
  }
  return call.done(std::move(answer));
}

Reply get_external_storage_categories(Call& call) {
  const auto storage = storage_given(call);
  if (const auto* refused = std::get_if<Reply>(&storage)) return *refused;
  const std::string key = std::get<const ExternalStorage*>(storage)->key();
  Answer answer = call.answer();
  answer.put("storage_id", key);
  {
    const auto categories = answer.open("categories");
    for (const ExternalCategory* one :
         call.state.storages.external_categories.look_up(ExternalCategory::StorageId, key)) {
      const auto item = answer.item();
      answer.put("category_id", one->category_id);
      answer.put("name", one->name);
      answer.put("parent_id", one->parent_id);
    }
  }
  return call.done(std::move(answer));
}

/// Gross less the tax of its rate; the three words for no tax leave it [inferred].
kit::Decimal net_price(const ExternalProduct& product) {
  if (product.tax_rate <= kit::Decimal(0)) return product.price_brutto;
  return (product.price_brutto * kit::Decimal(100))
      .divided(product.tax_rate + kit::Decimal(100), 2);
}

void put_external_variants(Answer& answer, const ExternalProduct& product) {
  const auto variants = answer.open("variants");
  for (const ExternalVariant& one : product.variants) {
    const auto item = answer.item();
    answer.put("variant_id", one.variant_id);
    answer.put("name", one.name);
    answer.put("price", one.price);
    answer.put("quantity", one.quantity);
    answer.put("sku", one.sku);
    answer.put("ean", one.ean);
    answer.put("asin", one.asin);
  }
}

void put_external_product(Answer& answer, const ExternalProduct& product) {
  answer.put("product_id", product.product_id);
  answer.put("sku", product.sku);
  answer.put("ean", product.ean);
  answer.put("asin", product.asin);
  answer.put("name", product.name);
  answer.put("quantity", product.quantity);
  answer.put("price_netto", net_price(product));
  answer.put("price_brutto", product.price_brutto);
  answer.put("price_wholesale_netto", product.price_wholesale_netto);
  answer.put("tax_rate", product.tax_rate);
  answer.put("weight", product.weight);
  answer.put("description", product.description);
  answer.put("description_extra1", product.description_extra1);
  answer.put("description_extra2", product.description_extra2);
  answer.put("man_name", product.man_name);
  answer.put("man_image", product.man_image);
  answer.put("category_id", product.category_id);
  {
    const auto images = answer.open("images");
    for (const std::string& address : product.images) answer.add(address);
  }
  {
    const auto features = answer.open("features");
    for (const auto& [name, value] : product.features) answer.add(name, value);
  }
  put_external_variants(answer, product);
}

/// The products whose ids are given; what the storage does not have is left out [inferred].
Reply get_external_storage_products_data(Call& call) {
  const auto storage = storage_given(call);
  if (const auto* refused = std::get_if<Reply>(&storage)) return *refused;
  const std::string key = std::get<const ExternalStorage*>(storage)->key();
  Answer answer = call.answer();
  answer.put("storage_id", key);
  {
    const auto products = answer.open("products");
    std::set<std::string> answered;
    for (const kit::Json& one : call.given().map("products")) {
      const std::string id = text_in(one).value_or("");
      const ExternalProduct* product = call.state.storages.find_product(key, id);
      if (product == nullptr || !answered.insert(id).second) continue;
      const auto item = answer.item(id);
      put_external_product(answer, *product);
    }
  }
  return call.done(std::move(answer));
}

using PutExternal = void (*)(Answer&, const ExternalProduct&);

/// One page of what the filters of the call want, each product by `put`.
Reply external_page(Call& call, PutExternal put) {
  const auto storage = storage_given(call);
  if (const auto* refused = std::get_if<Reply>(&storage)) return *refused;
  const std::string key = std::get<const ExternalStorage*>(storage)->key();
  const Given given = call.given();
  const auto found = external_matches(call.state.storages, key, given);
  if (!found) return call.refuse("filter_sort: no such column and direction");
  const PageWindow page = page_given(given, call.state.settings->storage_page);
  Answer answer = call.answer();
  answer.put("storage_id", key);
  {
    const auto products = answer.open("products");
    const auto size = static_cast<std::int64_t>(found->size());
    for (std::int64_t at = page.first; at < std::min(page.end, size); ++at) {
      const ExternalProduct& product = *(*found)[static_cast<std::size_t>(at)];
      const auto item = answer.item();
      put(answer, product);
    }
  }
  return call.done(std::move(answer));
}

Reply get_external_storage_products_list(Call& call) {
  return external_page(call, [](Answer& answer, const ExternalProduct& product) {
    answer.put("product_id", product.product_id);
    answer.put("sku", product.sku);
    answer.put("ean", product.ean);
    answer.put("asin", product.asin);
    answer.put("name", product.name);
    answer.put("quantity", product.quantity);
    answer.put("price_brutto", product.price_brutto);
  });
}

Reply get_external_storage_products_prices(Call& call) {
  return external_page(call, [](Answer& answer, const ExternalProduct& product) {
    answer.put("product_id", product.product_id);
    answer.put("price", product.price_brutto);
    const auto variants = answer.open("variants");
    for (const ExternalVariant& one : product.variants) {
      const auto item = answer.item();
      answer.put("variant_id", one.variant_id);
      answer.put("price", one.price);
    }
  });
}

Reply get_external_storage_products_quantity(Call& call) {
  return external_page(call, [](Answer& answer, const ExternalProduct& product) {
    answer.put("product_id", product.product_id);
    answer.put("quantity", product.quantity);
    const auto variants = answer.open("variants");
    for (const ExternalVariant& one : product.variants) {
      const auto item = answer.item();
      answer.put("variant_id", one.variant_id);
      answer.put("quantity", one.quantity);
    }
  });
}

/// Writes one triple; why it cannot be written, "" where it was.
std::string write_quantity(ExternalStorages& storages, const std::string& key,
                           const std::string& product_id, const kit::Json& variant,
                           const kit::Json& pieces) {
  const ExternalProduct* product = storages.find_product(key, product_id);
  if (product == nullptr) return "the storage has no such product";
  const std::string variant_id = text_in(variant).value_or("");
  const bool main = variant_id == "0" || variant_id.empty();
  if (!main && product->variant(variant_id) == nullptr) {
    return fmt::format("the product has no variant {}", variant_id);
  }
  const auto quantity = pieces.is_boolean() ? std::nullopt : integer_in(pieces);
  if (!quantity) return "expected a whole number";
  storages.external_products.edit(product->id, [&](ExternalProduct& changed) {
    if (main) changed.quantity = *quantity;
    for (ExternalVariant& one : changed.variants) {
      if (!main && one.variant_id == variant_id) one.quantity = *quantity;
    }
  });
  return {};
}

/// Overwrites quantities by triples of product, variant (0: the main product) and pieces; above
/// 1000 rows the whole call is refused [doc the limit; inferred refusing whole]. `counter` counts
/// the rows that were written; a failed one earns a warning under its product's id. A shop
/// with an integration file is told at once [inferred].
/// Source: https://api.base.com/?method=updateExternalStorageProductsQuantity
Reply update_external_storage_products_quantity(Call& call) {
  const auto storage = storage_given(call);
  if (const auto* refused = std::get_if<Reply>(&storage)) return *refused;
  const std::string key = std::get<const ExternalStorage*>(storage)->key();
  const kit::Json& rows = call.given().list("products");
  if (rows.size() > kMostRows) {
    return call.refuse(fmt::format("{} rows in one call; at most {}", rows.size(), kMostRows));
  }
  ShopFile::Quantities written;
  Warnings warnings;
  for (const kit::Json& row : rows) {
    std::vector<kit::Json> triple;
    if (row.is_structured()) triple.assign(row.begin(), row.end());  // PHP sends a map as well.
    const std::string id = triple.empty() ? "" : text_in(triple[0]).value_or("");
    const std::string problem =
        triple.size() < 3 ? "expected product, variant and quantity"
                          : write_quantity(call.state.storages, key, id, triple[1], triple[2]);
    if (problem.empty()) {
      const std::string variant = text_in(triple[1]).value_or("");
      written.push_back({.product_id = id,
                         .variant_id = variant.empty() ? "0" : variant,
                         .quantity = integer_in(triple[2]).value_or(0)});
    } else {
      warnings.emplace(id, problem);
    }
  }
  tell_shop(call.state, call.context, *std::get<const ExternalStorage*>(storage), written);
  Answer answer = call.answer();
  answer.put("counter", static_cast<std::int64_t>(written.size()));
  put_warnings(answer, warnings);
  return call.done(std::move(answer));
}

constexpr std::array kExternalMethods{
    Handled{"getExternalStoragesList", get_external_storages_list},
    Handled{"getExternalStorageCategories", get_external_storage_categories},
    Handled{"getExternalStorageProductsData", get_external_storage_products_data},
    Handled{"getExternalStorageProductsList", get_external_storage_products_list},
    Handled{"getExternalStorageProductsPrices", get_external_storage_products_prices},
    Handled{"getExternalStorageProductsQuantity", get_external_storage_products_quantity},
    Handled{"updateExternalStorageProductsQuantity", update_external_storage_products_quantity},
};

}  // namespace

std::span<const Handled> external_storage_methods() { return kExternalMethods; }

}  // namespace atrapa::mocks::base
