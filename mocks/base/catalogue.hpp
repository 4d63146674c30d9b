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

struct Inventory {
  std::int64_t id = 0;
  std::string name;
  std::string description;
  std::vector<std::string> languages;
  std::string default_language;
  std::vector<std::int64_t> price_groups;
  std::int64_t default_price_group = 0;
  std::vector<std::string> warehouses;  ///< Keys: "bl_206".
  std::string default_warehouse;
  bool reservations = false;
  /// Statuses in which an order reserves nothing any more; the panel keeps them [inferred].
  std::vector<std::int64_t> reservations_end_in;
  bool is_default = false;

  static constexpr auto fields() {
    return std::tuple{as("inventory_id", &Inventory::id),
                      as("name", &Inventory::name),
                      as("description", &Inventory::description),
                      as("languages", &Inventory::languages),
                      as("default_language", &Inventory::default_language),
                      as("price_groups", &Inventory::price_groups),
                      as("default_price_group", &Inventory::default_price_group),
                      as("warehouses", &Inventory::warehouses),
                      as("default_warehouse", &Inventory::default_warehouse),
                      as("reservations", &Inventory::reservations),
                      as("reservations_end_in", &Inventory::reservations_end_in),
                      as("is_default", &Inventory::is_default)};
  }
  bool operator==(const Inventory&) const = default;
};

struct PriceGroup {
  std::int64_t id = 0;
  std::string name;
  std::string description;
  std::string currency;
  std::string type = "standard";  ///< Or dependent_on_price_group, dependent_on_average_cost.
  std::int64_t source_price_group_id = 0;
  kit::Decimal price_multiplier = 1;
  kit::Decimal price_addition;
  bool is_bundle_price_calculated = false;
  kit::Decimal bundle_price_multiplier = 1;
  kit::Decimal bundle_price_addition;
  bool is_default = false;

  static constexpr auto fields() {
    return std::tuple{as("price_group_id", &PriceGroup::id),
                      as("name", &PriceGroup::name),
                      as("description", &PriceGroup::description),
                      as("currency", &PriceGroup::currency),
                      as("price_group_type", &PriceGroup::type),
                      as("source_price_group_id", &PriceGroup::source_price_group_id),
                      as("price_multiplier", &PriceGroup::price_multiplier),
                      as("price_addition", &PriceGroup::price_addition),
                      as("is_bundle_price_calculated", &PriceGroup::is_bundle_price_calculated),
                      as("bundle_price_multiplier", &PriceGroup::bundle_price_multiplier),
                      as("bundle_price_addition", &PriceGroup::bundle_price_addition),
                      as("is_default", &PriceGroup::is_default)};
  }
  bool operator==(const PriceGroup&) const = default;
};

struct Warehouse {
  std::int64_t id = 0;
  std::string type = "bl";  ///< Or shop, warehouse, fulfillment, blconnect: those are mirrors.
  std::string name;
  std::string description;
  bool stock_edition = false;  ///< Whether stock may be edited by hand; the API always may [doc].
  bool is_default = false;
  std::string country;
  std::string address;
  std::string postcode;
  std::string city;

  /// "bl_206": how stock names it.
  std::string key() const { return type + "_" + std::to_string(id); }
  static constexpr auto fields() {
    return std::tuple{as("warehouse_id", &Warehouse::id),
                      as("warehouse_type", &Warehouse::type),
                      as("name", &Warehouse::name),
                      as("description", &Warehouse::description),
                      as("stock_edition", &Warehouse::stock_edition),
                      as("is_default", &Warehouse::is_default),
                      as("country", &Warehouse::country),
                      as("address", &Warehouse::address),
                      as("postcode", &Warehouse::postcode),
                      as("city", &Warehouse::city)};
  }
  bool operator==(const Warehouse&) const = default;
};

struct Category {
  std::int64_t id = 0;
  std::int64_t inventory_id = 0;  ///< 0: common to all catalogues.
  std::string name;
  std::int64_t parent_id = 0;

  /// Indexes.
  enum By { Parent, InventoryId };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("category_id", &Category::id), as("inventory_id", &Category::inventory_id),
                      as("name", &Category::name), as("parent_id", &Category::parent_id)};
  }
  bool operator==(const Category&) const = default;
};

/// A product of a shop or wholesaler that stands for one of the catalogue's.
struct ProductLink {
  std::string product_id;
  std::string variant_id = "0";  ///< "0": the main product.

  static constexpr auto fields() {
    return std::tuple{as("product_id", &ProductLink::product_id),
                      as("variant_id", &ProductLink::variant_id)};
  }
  bool operator==(const ProductLink&) const = default;
};

struct AdditionalEan {
  std::string ean;
  std::int64_t quantity = 1;

  static constexpr auto fields() {
    return std::tuple{as("ean", &AdditionalEan::ean), as("quantity", &AdditionalEan::quantity)};
  }
  bool operator==(const AdditionalEan&) const = default;
};

struct ProductSupplier {
  std::int64_t id = 0;
  std::string product_code;
  kit::Decimal cost;

  static constexpr auto fields() {
    return std::tuple{as("id", &ProductSupplier::id),
                      as("product_code", &ProductSupplier::product_code),
                      as("cost", &ProductSupplier::cost)};
  }
  bool operator==(const ProductSupplier&) const = default;
};

/// A product, a variant (parent_id) or a bundle.
struct Product {
  std::int64_t id = 0;
  std::int64_t inventory_id = 0;
  std::int64_t parent_id = 0;  ///< Of a variant: its main product.
  bool is_bundle = false;
  std::string sku;
  std::string ean;
  std::vector<AdditionalEan> ean_additional;
  std::string asin;
  std::vector<std::string> tags;
  kit::Decimal tax_rate;  ///< Percent; -1 exempt, -0.02 not subject, -0.03 reverse charge.
  kit::Decimal weight;
  kit::Decimal height;
  kit::Decimal width;
  kit::Decimal length;
  kit::Decimal average_cost;
  kit::Decimal average_landed_cost;
  std::int64_t star = 0;
  std::int64_t manufacturer_id = 0;
  std::int64_t category_id = 0;
  std::map<std::int64_t, kit::Decimal> prices;     ///< Gross, by price group.
  std::map<std::string, std::int64_t> stock;       ///< Pieces, by warehouse key.
  std::map<std::string, std::int64_t> thresholds;  ///< Likewise: when to order more.
  std::map<std::string, std::int64_t> incoming;    ///< Likewise: ordered elsewhere, not come yet.
  std::map<std::string, std::string> locations;    ///< Several joined by ";".
  std::map<std::string, std::string> text_fields;  ///< "name", "name|en", "name|en|ebay_301".
  /// Name and value, by text field key: "features", "features|en".
  std::map<std::string, std::map<std::string, std::string>> features;
  std::map<std::int64_t, std::string> images;            ///< Address, by position 0-15.
  std::map<std::string, ProductLink> links;              ///< By "shop_2445".
  std::map<std::int64_t, std::int64_t> bundle_products;  ///< Pieces, by product.
  std::vector<ProductSupplier> suppliers;

  /// Indexes.
  enum By { Sku, Ean, Parent, CategoryId, InventoryId, ManufacturerId, Tag, BundlePart };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("product_id", &Product::id),
                      as("inventory_id", &Product::inventory_id),
                      as("parent_id", &Product::parent_id),
                      as("is_bundle", &Product::is_bundle),
                      as("sku", &Product::sku),
                      as("ean", &Product::ean),
                      as("ean_additional", &Product::ean_additional),
                      as("asin", &Product::asin),
                      as("tags", &Product::tags),
                      as("tax_rate", &Product::tax_rate),
                      as("weight", &Product::weight),
                      as("height", &Product::height),
                      as("width", &Product::width),
                      as("length", &Product::length),
                      as("average_cost", &Product::average_cost),
                      as("average_landed_cost", &Product::average_landed_cost),
                      as("star", &Product::star),
                      as("manufacturer_id", &Product::manufacturer_id),
                      as("category_id", &Product::category_id),
                      as("prices", &Product::prices),
                      as("stock", &Product::stock),
                      as("thresholds", &Product::thresholds),
                      as("incoming", &Product::incoming),
                      as("locations", &Product::locations),
                      as("text_fields", &Product::text_fields),
                      as("features", &Product::features),
                      as("images", &Product::images),
                      as("links", &Product::links),
                      as("bundle_products", &Product::bundle_products),
                      as("suppliers", &Product::suppliers)};
  }
  bool operator==(const Product&) const = default;
};

/// What a product's log tells, by getInventoryProductLogs' number [doc].
enum class ProductLogType {
  Stock = 1,
  Price = 2,
  Created = 3,
  Deleted = 4,
  Text = 5,
  Location = 6,
  Link = 7,
  Gallery = 8,
  Variant = 9,
  Bundle = 10,
};

struct ProductLogEntry {
  std::int64_t type = 0;
  std::string info;  ///< What has changed: a warehouse's key, a price group's id, a text's key, ...
  std::string from;
  std::string to;

  static constexpr auto fields() {
    return std::tuple{as("type", &ProductLogEntry::type), as("info", &ProductLogEntry::info),
                      as("from", &ProductLogEntry::from), as("to", &ProductLogEntry::to)};
  }
  bool operator==(const ProductLogEntry&) const = default;
};

/// What one change did to one product.
struct ProductLog {
  std::int64_t id = 0;
  std::int64_t product_id = 0;
  std::string profile;  ///< Who did it.
  std::int64_t date = 0;
  std::vector<ProductLogEntry> entries;

  /// Indexes.
  enum By { ProductId };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("log_id", &ProductLog::id), as("product_id", &ProductLog::product_id),
                      as("profile", &ProductLog::profile), as("date", &ProductLog::date),
                      as("entries", &ProductLog::entries)};
  }
  bool operator==(const ProductLog&) const = default;
};

struct Manufacturer {
  std::int64_t id = 0;
  std::string name;
  std::string photo;  ///< Address.
  std::string url;
  std::string street;
  std::string postcode;
  std::string city;
  std::string state;
  std::string country_code;
  std::string email;
  std::string phone;

  static constexpr auto fields() {
    return std::tuple{as("manufacturer_id", &Manufacturer::id),
                      as("manufacturer_name", &Manufacturer::name),
                      as("manufacturer_photo", &Manufacturer::photo),
                      as("manufacturer_url", &Manufacturer::url),
                      as("manufacturer_street", &Manufacturer::street),
                      as("manufacturer_postcode", &Manufacturer::postcode),
                      as("manufacturer_city", &Manufacturer::city),
                      as("manufacturer_state", &Manufacturer::state),
                      as("manufacturer_country_code", &Manufacturer::country_code),
                      as("manufacturer_email", &Manufacturer::email),
                      as("manufacturer_phone", &Manufacturer::phone)};
  }
  bool operator==(const Manufacturer&) const = default;
};

struct ProductTag {
  std::int64_t id = 0;
  std::string name;

  /// Indexes.
  enum By { Name };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("tag_id", &ProductTag::id), as("name", &ProductTag::name)};
  }
  bool operator==(const ProductTag&) const = default;
};

/// A field that the account has added to its products.
struct ProductExtraField {
  std::int64_t id = 0;
  std::string name;
  std::int64_t kind = 0;  ///< 0: short, 200 characters. 1: long, may differ per integration [doc].
  std::string editor_type = "text";  ///< Or number, select, checkbox, radio, date, file.
  std::vector<std::string> options;

  static constexpr auto fields() {
    return std::tuple{as("extra_field_id", &ProductExtraField::id),
                      as("name", &ProductExtraField::name), as("kind", &ProductExtraField::kind),
                      as("editor_type", &ProductExtraField::editor_type),
                      as("options", &ProductExtraField::options)};
  }
  bool operator==(const ProductExtraField&) const = default;
};

/// An integration for which texts of a catalogue can be overridden.
struct ProductIntegration {
  std::int64_t id = 0;
  std::int64_t inventory_id = 0;  ///< 0: of every catalogue.
  std::string code;               ///< "ebay"
  std::vector<std::string> langs;
  std::map<std::int64_t, std::string> accounts;  ///< Name, by id.

  static constexpr auto fields() {
    return std::tuple{
        as("id", &ProductIntegration::id), as("inventory_id", &ProductIntegration::inventory_id),
        as("code", &ProductIntegration::code), as("langs", &ProductIntegration::langs),
        as("accounts", &ProductIntegration::accounts)};
  }
  bool operator==(const ProductIntegration&) const = default;
};

struct ProductPrintout {
  std::int64_t id = 0;
  std::string name;
  std::string file_format = "PDF";

  static constexpr auto fields() {
    return std::tuple{as("printout_id", &ProductPrintout::id), as("name", &ProductPrintout::name),
                      as("file_format", &ProductPrintout::file_format)};
  }
  bool operator==(const ProductPrintout&) const = default;
};

/// Catalogues and what they are made of.
struct Catalogue {
  Rows<Inventory> inventories;
  Rows<PriceGroup> price_groups;
  Rows<Warehouse> warehouses;
  Rows<Category> categories;
  Rows<Product> products;
  Rows<ProductLog> product_logs;
  Rows<Manufacturer> manufacturers;
  Rows<ProductTag> product_tags;
  Rows<ProductExtraField> product_extra_fields;
  Rows<ProductIntegration> product_integrations;
  Rows<ProductPrintout> product_printouts;

  static constexpr auto fields() {
    return std::tuple{as("inventories", &Catalogue::inventories),
                      as("price_groups", &Catalogue::price_groups),
                      as("warehouses", &Catalogue::warehouses),
                      as("categories", &Catalogue::categories),
                      as("products", &Catalogue::products),
                      as("product_logs", &Catalogue::product_logs),
                      as("manufacturers", &Catalogue::manufacturers),
                      as("product_tags", &Catalogue::product_tags),
                      as("product_extra_fields", &Catalogue::product_extra_fields),
                      as("product_integrations", &Catalogue::product_integrations),
                      as("product_printouts", &Catalogue::product_printouts)};
  }
};

}  // namespace atrapa::mocks::base
