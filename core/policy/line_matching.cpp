#include "core/policy/line_matching.hpp"

#include <fmt/format.h>

namespace atrapa::core {

Result<const ErpProduct*, Objection> match_line(const ShopLine& line, const ErpIndex& products,
                                                const CodeKey& code_key,
                                                const SystimSwitches& switches) {
  const auto key = code_key(line.code, switches);
  if (!key) {
    return fail(Objection{Reason::LineWithoutCode,
                          fmt::format("the line '{}' has no product code", line.name)});
  }
  const auto& found = products.find(*key);
  if (found.empty()) {
    return fail(Objection{Reason::LineUnknown,
                          fmt::format("no product with the code '{}' in the ERP", line.code)});
  }
  if (found.size() > 1) {
    return fail(Objection{
        Reason::LineAmbiguous,
        fmt::format("{} products with the code '{}' in the ERP", found.size(), line.code)});
  }
  return &products.products()[found.front()];
}

Result<LineCharge, Objection> line_charge(const ShopLine& line, const ErpProduct& product,
                                          const SystimSwitches& switches) {
  if (switches.line_price == LinePrice::FromErpProduct) {
    if (!product.gross_price || !product.gross_price->value) {
      return fail(Objection{
          Reason::LineUnreadable,
          fmt::format("the product '{}' has no readable gross price in the ERP", line.code)});
    }
    return LineCharge{*product.gross_price->value, Percent{}};
  }
  if (!line.unit_price.value) {
    return fail(Objection{Reason::LineUnreadable,
                          fmt::format("the price of the line '{}' cannot be read: '{}'", line.code,
                                      line.unit_price.text)});
  }
  Percent discount;
  if (!line.discount_percent.empty()) {
    const auto read = parse_percent(line.discount_percent);
    if (!read || *read < Percent{} || *read > kWhole) {
      return fail(Objection{Reason::LineUnreadable,
                            fmt::format("the discount of the line '{}' cannot be read: '{}'",
                                        line.code, line.discount_percent)});
    }
    discount = *read;
  }
  return LineCharge{*line.unit_price.value, discount};
}

}  // namespace atrapa::core
