#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/base/rows.hpp"
#include "mocks/kit/decimal.hpp"

namespace atrapa::mocks::base {

/// A shop or wholesaler that is connected to the account. Its warehouse in the catalogue has the
/// same key and mirrors its stock.
struct ExternalStorage {
  std::int64_t id = 0;
  std::string type = "shop";  ///< Or warehouse: a wholesaler.
  std::string name;
  std::vector<std::string> methods;  ///< What it supports; empty: all that it can by the next two.
  bool read = true;
  bool write = true;
  /// Address of the shop's integration file; "": what the shop has stands in the world.
  std::string url;
  std::string password;  ///< Of that file.

  /// "shop_2445": how calls name it.
  std::string key() const { return type + "_" + std::to_string(id); }
  static constexpr auto fields() {
    return std::tuple{
        as("id", &ExternalStorage::id),     as("type", &ExternalStorage::type),
        as("name", &ExternalStorage::name), as("methods", &ExternalStorage::methods),
        as("read", &ExternalStorage::read), as("write", &ExternalStorage::write),
        as("url", &ExternalStorage::url),   as("password", &ExternalStorage::password)};
  }
  bool operator==(const ExternalStorage&) const = default;
};

struct ExternalCategory {
  std::int64_t id = 0;  ///< Of the row.
  std::string storage_id;
  std::int64_t category_id = 0;  ///< The shop's.
  std::string name;
  std::int64_t parent_id = 0;

  /// Indexes.
  enum By { StorageId };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{
        as("id", &ExternalCategory::id), as("storage_id", &ExternalCategory::storage_id),
        as("category_id", &ExternalCategory::category_id), as("name", &ExternalCategory::name),
        as("parent_id", &ExternalCategory::parent_id)};
  }
  bool operator==(const ExternalCategory&) const = default;
};

struct ExternalVariant {
  std::string variant_id;
  std::string name;
  kit::Decimal price;
  std::int64_t quantity = 0;
  std::string sku;
  std::string ean;
  std::string asin;

  static constexpr auto fields() {
    return std::tuple{as("variant_id", &ExternalVariant::variant_id),
                      as("name", &ExternalVariant::name),
                      as("price", &ExternalVariant::price),
                      as("quantity", &ExternalVariant::quantity),
                      as("sku", &ExternalVariant::sku),
                      as("ean", &ExternalVariant::ean),
                      as("asin", &ExternalVariant::asin)};
  }
  bool operator==(const ExternalVariant&) const = default;
};

struct ExternalProduct {
  std::int64_t id = 0;  ///< Of the row; calls use product_id.
  std::string storage_id;
  std::string product_id;  ///< The shop's own.
  std::string sku;
  std::string ean;
  std::string asin;
  std::string name;
  std::int64_t quantity = 0;
  kit::Decimal price_brutto;
  kit::Decimal price_wholesale_netto;
  kit::Decimal tax_rate;  ///< As of the catalogue's products.
  kit::Decimal weight;
  std::string description;
  std::string description_extra1;
  std::string description_extra2;
  std::string man_name;
  std::string man_image;
  std::int64_t category_id = 0;
  std::vector<std::string> images;
  std::map<std::string, std::string> features;
  std::vector<ExternalVariant> variants;

  /// Null where there is no such variant.
  const ExternalVariant* variant(const std::string& wanted) const;

  /// Indexes. Place by place_key().
  enum By { Place };
  void keys(Keys& keys) const;
  static std::string place_key(const std::string& storage_id, const std::string& product_id) {
    return storage_id + '\n' + product_id;
  }

  static constexpr auto fields() {
    return std::tuple{as("id", &ExternalProduct::id),
                      as("storage_id", &ExternalProduct::storage_id),
                      as("product_id", &ExternalProduct::product_id),
                      as("sku", &ExternalProduct::sku),
                      as("ean", &ExternalProduct::ean),
                      as("asin", &ExternalProduct::asin),
                      as("name", &ExternalProduct::name),
                      as("quantity", &ExternalProduct::quantity),
                      as("price_brutto", &ExternalProduct::price_brutto),
                      as("price_wholesale_netto", &ExternalProduct::price_wholesale_netto),
                      as("tax_rate", &ExternalProduct::tax_rate),
                      as("weight", &ExternalProduct::weight),
                      as("description", &ExternalProduct::description),
                      as("description_extra1", &ExternalProduct::description_extra1),
                      as("description_extra2", &ExternalProduct::description_extra2),
                      as("man_name", &ExternalProduct::man_name),
                      as("man_image", &ExternalProduct::man_image),
                      as("category_id", &ExternalProduct::category_id),
                      as("images", &ExternalProduct::images),
                      as("features", &ExternalProduct::features),
                      as("variants", &ExternalProduct::variants)};
  }
  bool operator==(const ExternalProduct&) const = default;
};

/// Shops and wholesalers as Base sees them.
struct ExternalStorages {
  Rows<ExternalStorage> external_storages;
  Rows<ExternalCategory> external_categories;
  Rows<ExternalProduct> external_products;

  static constexpr auto fields() {
    return std::tuple{as("external_storages", &ExternalStorages::external_storages),
                      as("external_categories", &ExternalStorages::external_categories),
                      as("external_products", &ExternalStorages::external_products)};
  }

  /// By its key, "shop_2445"; null where there is none.
  const ExternalStorage* find_storage(const std::string& key) const;
  /// Null where the storage has no such product.
  const ExternalProduct* find_product(const std::string& storage_id,
                                      const std::string& product_id) const;
};

}  // namespace atrapa::mocks::base
