#include "core/policy/totals.hpp"

#include <algorithm>

#include "core/domain/vat_code.hpp"

namespace atrapa::core {

Result<Money> order_total(const ShopOrder&, std::span<const ErpOrderLine> lines,
                          Money shipping_cost) {
  std::vector<Money> amounts{shipping_cost};
  amounts.reserve(lines.size() + 1);
  for (const ErpOrderLine& line : lines) amounts.push_back(line.value);
  return sum(amounts);
}

std::vector<VatSummary> vat_summary(std::span<const ErpOrderLine> lines) {
  std::vector<VatSummary> summary;
  for (const ErpOrderLine& line : lines) {
    auto found = std::find_if(summary.begin(), summary.end(),
                              [&](const VatSummary& each) { return each.vat == line.vat; });
    if (found == summary.end())
      found = summary.insert(summary.end(), VatSummary{line.vat, {}, {}, {}});
    found->gross = found->gross + line.value;
  }
  for (VatSummary& each : summary) {
    const auto code = parse_vat(each.vat);
    each.tax = vat_in_gross(each.gross, code ? rate_of(*code) : Percent{});
    each.net = each.gross - each.tax;
  }
  return summary;
}

}  // namespace atrapa::core
