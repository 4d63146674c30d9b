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
    const Percent rate = code ? rate_of(*code) : Percent{};
    // From the net the net of a line is what is rounded, else its tax.
    const Money tax = rounding == VatRounding::PerRateFromNet
                          ? line.value - net_of({line.value.grosze * 100}, rate)
                          : vat_in_gross(line.value, rate);
    found->gross = found->gross + line.value;
    found->tax = found->tax + tax;
    found->net = found->net + (line.value - tax);
  }
  for (VatSummary& each : summary) {
    if (rounding == VatRounding::PerLine) continue;
    const auto code = parse_vat(each.vat);
    const Percent rate = code ? rate_of(*code) : Percent{};
    each.tax = rounding == VatRounding::PerRateFromGross ? vat_in_gross(each.gross, rate)
                                                         : vat_on_net(each.net, rate);
    each.net = each.gross - each.tax;
  }
  return summary;
}

Money net_unit_price(const ErpOrderLine& line) {
  const auto code = parse_vat(line.vat);
  return net_of(line.unit_price, code ? rate_of(*code) : Percent{});
}

}  // namespace atrapa::core
