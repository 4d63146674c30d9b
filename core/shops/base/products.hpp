#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/shops/base/client.hpp"
#include "core/shops/base/reading.hpp"

/// The catalogues of Base (inventory): what is in them, and what is written there.
namespace atrapa::core::base {

struct Inventory {
  std::string id, name, default_language;
  std::vector<std::string> languages;
  std::vector<std::string> price_groups;  ///< Ids.
  std::string default_price_group;
  std::vector<std::string> warehouses;  ///< Keys: "bl_206".
  std::string default_warehouse;
  bool reservations = false, is_default = false;
};
BaseResult<std::vector<Inventory>> read_inventories(Client& client);

struct Warehouse {
  std::string type, id;  ///< "bl" is Base's own; "shop" and "warehouse" mirror outside storages.
  std::string name;
  bool stock_edition = false;  ///< May be edited by hand.
  bool is_default = false;

  std::string key() const { return type + "_" + id; }
  /// Catalogue methods set the stock of Base's own warehouses only [doc].
  bool writable() const { return type == "bl"; }
};
BaseResult<std::vector<Warehouse>> read_warehouses(Client& client);

struct PriceGroup {
  std::string id, name, currency;
  bool is_default = false;
};
BaseResult<std::vector<PriceGroup>> read_price_groups(Client& client);

struct Category {
  std::string id, name;
  std::string parent_id;  ///< "0" at a root.
};
/// Of one catalogue; with "" of all.
BaseResult<std::vector<Category>> read_categories(Client& client, const std::string& inventory_id);

struct ListedProduct {
  std::string id, parent_id, sku, ean, name;
  PriceByGroup prices;
  StockByWarehouse stock;
};

/// What narrows a list of products down; "" for no bound. What Base finds may be more than what
/// bears the text exactly.
struct ProductFilter {
  std::string category_id, sku, ean, name;
  bool with_variants = false;
};
using ProductSink = std::function<bool(std::vector<ListedProduct> products)>;

/// Every product once, page by page; see walk_pages().
BaseResult<Done> read_products(Client& client, const std::string& inventory_id,
                               const ProductFilter& filter, const ProductSink& sink);

struct Variant {
  std::string id, name, sku, ean;
  PriceByGroup prices;
  StockByWarehouse stock;
};

struct Link {
  std::string product_id, variant_id;  ///< Variant 0 is the main product.
};

struct Product {
  std::string id, parent_id, sku, ean;
  bool is_bundle = false;
  std::string tax_rate;  ///< As received; see vat_of().
  std::string category_id, manufacturer_id;
  std::string weight, average_cost;
  PriceByGroup prices;
  StockByWarehouse stock, reservations;
  Texts texts;                            ///< By field: "name", "name|en", "name|en|ebay_301".
  std::map<std::string, Texts> features;  ///< By field: "features", "features|en".
  Texts images;                           ///< Addresses, by position from 1.
  std::map<std::string, Link> links;      ///< By "shop_5", "warehouse_7".
  std::map<std::string, Reading<Quantity>> bundle;  ///< Pieces by product id.
  std::vector<std::string> tags;
  std::vector<Variant> variants;
};

/// Those of the products that exist, with everything about them.
BaseResult<std::vector<Product>> read_product_data(Client& client, const std::string& inventory_id,
                                                   const std::vector<std::string>& ids);

struct ProductStock {
  std::string id;
  StockByWarehouse stock, reservations;
  std::map<std::string, StockByWarehouse> variants;  ///< By variant id.
};
using StockSink = std::function<bool(std::vector<ProductStock> rows)>;
BaseResult<Done> read_stock(Client& client, const std::string& inventory_id, const StockSink& sink);

struct ProductPrices {
  std::string id;
  PriceByGroup prices;
  std::map<std::string, PriceByGroup> variants;  ///< By variant id.
};
using PriceSink = std::function<bool(std::vector<ProductPrices> rows)>;
BaseResult<Done> read_prices(Client& client, const std::string& inventory_id,
                             const PriceSink& sink);

/// What is written of a product; what is left out keeps its value on an edit [doc for tags and
/// images, inferred for the rest].
struct ProductWrite {
  std::string inventory_id = {};
  std::string parent_id = {};  ///< Makes a variant.
  std::optional<std::string> sku = {}, ean = {}, category_id = {}, manufacturer_id = {};
  std::optional<VatCode> vat = {};
  std::optional<std::string> weight = {};      ///< "0.25": digits with at most two places.
  std::map<std::string, Money> prices = {};    ///< Gross, by price group id.
  std::map<std::string, Quantity> stock = {};  ///< Whole pieces, by "bl_206".
  Texts texts = {};                            ///< By field: "name", "description|en".
  std::map<std::string, Texts> features = {};  ///< By field: "features".
  Texts images = {};                           ///< By position 0 to 15: "url:...", "data:...", "".
};

/// Adds a product. Sent once: twice would make two [inferred].
BaseResult<Creation> add_product(Client& client, const ProductWrite& product);
/// Looks whether one came into being whose answer was lost: by its SKU, else its EAN, else its
/// name. Products in `known` are not it.
BaseResult<Creation> settle_product(Client& client, const ProductWrite& product,
                                    const std::vector<std::string>& known = {});
/// Edits one; sent again when its answer is lost, which writes the same. Base's warnings.
BaseResult<std::vector<std::string>> edit_product(Client& client, const std::string& product_id,
                                                  const ProductWrite& product);

struct NewCategory {
  std::string inventory_id;  ///< "" makes it common to all catalogues [doc].
  std::string name;
  std::string parent_id = "0";
};
BaseResult<Creation> add_category(Client& client, const NewCategory& category);
BaseResult<Creation> settle_category(Client& client, const NewCategory& category,
                                     const std::vector<std::string>& known = {});

}  // namespace atrapa::core::base
