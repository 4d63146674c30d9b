#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/domain/reading.hpp"

namespace atrapa::core {

using CategoryPath =
    std::vector<std::string>;  ///< From the root down; the last is the category's own name.

/// A product in the ERP's books. Amounts keep their text; what is unreadable is reported when it is
/// needed.
struct ErpProduct {
  std::string id;
  std::optional<std::string> code;
  std::string name;
  std::string unit;
  std::optional<std::string> vat;             ///< The label as set: "23", "zw", ...
  std::optional<Reading<Price>> gross_price;  ///< Of the product card.
  std::vector<CategoryPath> categories;       ///< The first is the main one.
  std::optional<Reading<Quantity>> stock;     ///< On hand, of books with one warehouse.
  std::optional<Reading<Quantity>> reserved;
  std::optional<std::string> ean = {};
  std::string description = {};
  std::vector<std::string> groups = {};               ///< Ids of product groups.
  std::map<std::string, Reading<Price>> prices = {};  ///< By price group; net or gross as it says.
  std::vector<std::string> images = {};               ///< Addresses, the main one first.
  bool active = true;                                 ///< Off: kept for what refers to it.

  bool operator==(const ErpProduct&) const = default;
};

/// A warehouse of the ERP. How much of what lies there: Stocks in core/ledger/stores.hpp.
struct ErpWarehouse {
  std::string id;
  std::string name;

  bool operator==(const ErpWarehouse&) const = default;
};

struct ErpPriceGroup {
  std::string id;
  std::string name;
  bool net = false;  ///< Its prices are net.
  std::string currency = "PLN";

  bool operator==(const ErpPriceGroup&) const = default;
};

struct ErpProductGroup {
  std::string id;
  std::string name;

  bool operator==(const ErpProductGroup&) const = default;
};

/// What carries a stock in the shop: a product's base stock, or one variant.
struct ShopItem {
  std::string stock_id;
  std::string product_id;
  bool variant = false;
  std::optional<std::string> code;
  std::optional<std::string> name;  ///< Polish; absent without a pl_PL translation.
  std::optional<Reading<Price>> gross_price;
  std::optional<std::string> tax_id;
  std::optional<std::string> category_id;  ///< The main category.
  std::vector<std::string> category_ids;   ///< All of them.
  std::optional<std::string> unit_id;
  std::optional<Reading<Quantity>> stock;
};

struct ShopTax {
  std::string id;
  std::string name;       ///< "23%", "zw."
  std::string tax_class;  ///< Equals the name on the recorded shop.
  std::string value;      ///< "23", "0"
};

struct ShopUnit {
  std::string id;
  bool fractional = false;          ///< units.floating_point: whether halves may be kept.
  std::optional<std::string> name;  ///< Polish.
};

struct ShopCategory {
  std::string id;
  std::optional<std::string> name;    ///< Polish; absent without a pl_PL translation.
  std::optional<std::string> parent;  ///< Known only where the tree was read; absent at a root.
};

struct ShopSettings {
  std::string time_zone;                      ///< locale_timezone: the zone of every date text.
  std::string default_language;               ///< "pl_PL"
  std::vector<std::string> active_languages;  ///< Locales that are switched on.
  bool warehouses = false;                    ///< The multi-warehouse module is on.
  std::optional<std::string> default_unit_id;
};

/// Everything of the shop that the stock plan looks at.
struct ShopCatalogue {
  std::vector<ShopItem> items;
  std::unordered_map<std::string, ShopTax> taxes;
  std::unordered_map<std::string, ShopUnit> units;
  std::unordered_map<std::string, ShopCategory> categories;
  std::optional<std::string> default_unit_id;
};

}  // namespace atrapa::core
