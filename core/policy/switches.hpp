#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/text_match.hpp"
#include "core/result.hpp"

namespace atrapa::core {

// Named choices where Systim's documentation is ambiguous; the first value of each is the default.

enum class SuspendScope { OrdersAndStock, OrdersOnly };
enum class CatchUpOnResume { No, Yes };
enum class CategoryMatch {
  LeafAny,   ///< The name of any category of the product equals that of any in the shop.
  LeafMain,  ///< The names of both main categories are equal.
  Path,      ///< As LeafAny, by the whole path from the root.
};
enum class VatMatch {
  CanonicalCode,  ///< Codes after canonicalisation; 0, zw, np and oo differ.
  PercentOnly,    ///< Percentages; 0, zw, np and oo are all 0.
  Label,          ///< The label in the ERP and the name in the shop, byte for byte.
};
enum class PriceTest { AsStored, AfterGroszRounding };
enum class ZeroStock {
  NeverSent,       ///< At least one piece, each time.
  SentAfterFirst,  ///< At least one piece until the product was paired and synchronised once; then
                   ///< any figure.
  Always,
};
enum class FractionInIntegerShop {
  SkipAndReport,  ///< Not sent, a warning.
  Reject,         ///< Sent as it is; the shop's refusal is an error of that product.
  Truncate,       ///< Sent without its fraction, a warning.
};
enum class UnknownLine { OmitLine, RefuseOrder };
enum class AllLinesUnknown { NoOrderAndReport, EmptyOrder };
enum class LinePrice { FromOrder, FromErpProduct };
enum class PanelOrderTest { SkipOrigin5And6, OriginIs0, WebhookOnly };
enum class CodelessAgain { ReportOnly, AddEveryRun, AddOnce };
enum class StockCommandAddsProducts { No, Yes };

/// The systim.* switches, at their defaults.
struct SystimSwitches {
  SuspendScope suspend_scope{};
  CatchUpOnResume catch_up_on_resume{};
  TextMatch code_equality{};
  CategoryMatch category_match{};
  VatMatch vat_match{};
  PriceTest price_test{};
  ZeroStock zero_stock{};
  FractionInIntegerShop fraction_in_integer_shop{};
  UnknownLine unknown_line{};
  AllLinesUnknown all_lines_unknown{};
  LinePrice line_price{};
  PanelOrderTest panel_order_test{};
  CodelessAgain codeless_again{};
  StockCommandAddsProducts stock_command_adds_products{};

  bool operator==(const SystimSwitches&) const = default;
};

/// A switch as people write it.
struct SwitchName {
  std::string_view name;                 ///< "systim.zero_stock"
  std::vector<std::string_view> values;  ///< The default first: "never_sent", ...
};

/// All systim.* switches in the order of the specification.
const std::vector<SwitchName>& systim_switch_names();

/// Sets one. The error names the switches, or the values of that switch, that exist.
Result<Done> set_switch(SystimSwitches& switches, std::string_view name, std::string_view value);

/// The value it has now: "never_sent". Throws std::logic_error for a name that does not exist.
std::string_view switch_value(const SystimSwitches& switches, std::string_view name);

}  // namespace atrapa::core
