#pragma once

#include <optional>
#include <string>

#include "core/domain/product.hpp"
#include "core/policy/reason.hpp"
#include "core/policy/switches.hpp"

namespace atrapa::core {

/// An ERP product and the one item of the shop that bears its code.
struct Pair {
  const ErpProduct& erp;
  const ShopItem& item;
  const ShopCatalogue& shop;
  bool synced_before = false;  ///< An earlier run paired and synchronised the two.
};

/// The names from the root down; nothing when one of them has no Polish name. Needs the parents of
/// the catalogue's categories; without them a category is its own root. A circle ends the walk.
std::optional<CategoryPath> shop_category_path(const ShopCatalogue& shop, const std::string& id);

// The conditions of the stock sync (SYSTIM-STOCK-02 to -09). Each looks at one; all must hold
// together (STOCK-10). Nothing back means that it holds.

/// The code by which products of both sides meet; nothing where no code is set (absent, empty or
/// white space only [inferred]: STOCK-03). Identical means identical code points unless the switch
/// says otherwise (STOCK-04).
std::optional<std::string> code_key(const std::optional<std::string>& code,
                                    const SystimSwitches& switches);

/// Both gross prices are set, readable and above 0 (STOCK-02). They need not be equal.
std::optional<Objection> check_price(const Pair& pair, const SystimSwitches& switches);

/// Both have a category, and the names are identical as `category_match` says (STOCK-05, -06). The
/// shop's name is the Polish one; another language's name is never taken (LIM-01).
std::optional<Objection> check_category(const Pair& pair, const SystimSwitches& switches);

/// Both have a VAT rate, and it is the same one as `vat_match` says (STOCK-07, -08).
std::optional<Objection> check_vat(const Pair& pair, const SystimSwitches& switches);

/// The ERP's figure is at least one piece, or `zero_stock` lets it pass (STOCK-09). Below 0 never
/// passes: no shop can hold that.
std::optional<Objection> check_stock(const Pair& pair, Quantity figure,
                                     const SystimSwitches& switches);

}  // namespace atrapa::core
