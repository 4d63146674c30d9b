#pragma once

#include <optional>

#include "core/domain/order.hpp"
#include "core/domain/product.hpp"
#include "core/policy/pairing.hpp"
#include "core/policy/reason.hpp"
#include "core/policy/switches.hpp"
#include "core/result.hpp"

namespace atrapa::core {

/// The one ERP product with the code of the line (SYSTIM-ORD-05), or why there is none. The
/// conditions of the stock sync are not asked for here. The pointer lives as long as the index.
Result<const ErpProduct*, Objection> match_line(const ShopLine& line, const ErpIndex& products,
                                                const CodeKey& code_key,
                                                const SystimSwitches& switches);

/// What a line is charged at.
struct LineCharge {
  Price unit_price;
  Percent discount;
};

/// The order's price and discount, or the ERP product's gross price without the order's discount,
/// as `line_price` says (SYSTIM-ORD-07: the Systim API takes the product's price where none is sent
/// [doc]).
Result<LineCharge, Objection> line_charge(const ShopLine& line, const ErpProduct& product,
                                          const SystimSwitches& switches);

}  // namespace atrapa::core
