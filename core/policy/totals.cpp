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

std::vector<VatSummary> vat_summary(std::span<const ErpOrderLine> lines, VatRounding rounding) {
  std::vector<VatSummary> summary;
  for (const ErpOrderLine& line : lines) {
    auto found = std::find_if(summary.begin(), summary.end(),
                              [&](const VatSummary& each) { return each.vat == line.vat; });
    if (found == summary.end())
      found = summary.insert(summary.end(), VatSummary{line.vat, {}, {}, {}});
    const auto code = parse_vat(line.vat);
    const Money tax = vat_in_gross(line.value, code ? rate_of(*code) : Percent{});
    found->gross = found->gross + line.value;
    found->tax = found->tax + tax;
    found->net = found->net + (line.value - tax);
  }
  for (VatSummary& each : summary) {
    if (rounding == VatRounding::PerLine) continue;
    const auto code = parse_vat(each.vat);
    const Percent rate = code ? rate_of(*code) : Percent{};
    if (rounding == VatRounding::PerRateFromGross) {
      each.tax = vat_in_gross(each.gross, rate);
      each.net = each.gross - each.tax;
    } else {
      each.tax = vat_on_net(each.net, rate);
      each.gross = each.net + each.tax;
    }
  }
  return summary;
}

}  // namespace atrapa::core
