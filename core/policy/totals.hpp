#pragma once

#include <span>
#include <vector>

#include "core/domain/document.hpp"
#include "core/domain/order.hpp"
#include "core/result.hpp"

namespace atrapa::core {

/// The ERP order's gross value: the lines that were kept plus the shipping cost (SYSTIM-ORD-07).
/// The shop's own sum plays no part.
Result<Money> order_total(const ShopOrder& order, std::span<const ErpOrderLine> lines,
                          Money shipping_cost);

/// Gross, tax and net per tax code, in the order in which the codes first appear. Lines are priced
/// gross, so that in every reading the gross of a code is what the buyer paid for it (PL-ROUND-03);
/// the readings part in the tax, and the net is the rest.
///
/// From the net: the tax of the sum of the lines' nets. No net gives every gross (29.97 at 23 % is
/// 24.36 + 5.60 = 29.96 or 24.37 + 5.61 = 29.98), so that the net takes the grosz that is left
/// over; a buyer is never charged another amount than the order's.
std::vector<VatSummary> vat_summary(std::span<const ErpOrderLine> lines, VatRounding rounding = {});

/// A line's unit price without its tax, as a document shows it: two decimals (PL-ROUND-04).
Money net_unit_price(const ErpOrderLine& line);

}  // namespace atrapa::core
