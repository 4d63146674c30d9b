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

/// Gross, tax and net per tax code, in the order in which the codes first appear. Tax is taken out
/// of the gross sum of a code (PL-ROUND-03), so that the gross total the buyer paid stays.
std::vector<VatSummary> vat_summary(std::span<const ErpOrderLine> lines);

}  // namespace atrapa::core
