#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/domain/order.hpp"
#include "core/domain/product.hpp"
#include "core/shops/shoper/json.hpp"

namespace atrapa::core::shoper {

// Rows of webapi/rest as the domain sees them. Texts stay byte for byte; what is missing stays
// absent.

extern const Wanted kProductMembers, kStockMembers, kOrderMembers, kLineMembers, kTaxMembers,
    kUnitMembers, kCategoryMembers, kConfigMembers, kLanguageMembers;

/// The base stock of a product row; its stock is embedded as `stock`.
ShopItem read_product(const Json& row);

/// A variant: its own stock row, and the rest from its product. Its gross price follows price_type:
/// 0 the product's, 1 its own, 2 added to the product's, 3 taken off it [doc].
ShopItem read_variant(const Json& row, const ShopItem& product);

ShopOrder read_order(const Json& row);
ShopLine read_line(const Json& row);
ShopTax read_tax(const Json& row);
ShopUnit read_unit(const Json& row);
ShopCategory read_category(const Json& row);

}  // namespace atrapa::core::shoper
