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
/// gross. By default the tax is taken out of the gross sum of a code (PL-ROUND-03); the gross total
/// that the buyer paid stays in every reading but from the net, where it may move by some grosze
/// (PL-ROUND-02).
std::vector<VatSummary> vat_summary(std::span<const ErpOrderLine> lines, VatRounding rounding = {});

}  // namespace atrapa::core
