#include "core/policy/stock_figure.hpp"

#include <fmt/format.h>

namespace atrapa::core {

namespace {

Result<Quantity, Objection> read(const std::optional<Reading<Quantity>>& amount,
                                 std::string_view what) {
  if (!amount || amount->text.empty()) {
    return fail(Objection{Reason::StockMissing, fmt::format("no {} in the ERP", what)});
  }
  if (!amount->value) {
    return fail(
        Objection{Reason::StockUnreadable,
                  fmt::format("the {} in the ERP cannot be read: '{}'", what, amount->text)});
  }
  return *amount->value;
}

bool fractions_kept(const Pair& pair) {
  const auto& id = pair.item.unit_id ? pair.item.unit_id : pair.shop.default_unit_id;
  if (!id) return false;
  const auto unit = pair.shop.units.find(*id);
  return unit != pair.shop.units.end() && unit->second.fractional;
}

}  // namespace

Result<Quantity, Objection> stock_figure(const ErpProduct& product, StockFormula formula) {
  auto on_hand = read(product.stock, "stock");
  if (!on_hand || formula == StockFormula::OnHand || !product.reserved) return on_hand;
  const auto reserved = read(product.reserved, "reserved stock");
  if (!reserved) return reserved;
  return Quantity{on_hand->millionths - reserved->millionths};
}

FittedFigure fit_to_unit(const Pair& pair, Quantity figure, const SystimSwitches& switches) {
  if (figure.is_whole() || fractions_kept(pair)) return {.send = figure, .remark = {}};
  switch (switches.fraction_in_integer_shop) {
    case FractionInIntegerShop::SkipAndReport:
      return {.send = {},
              .remark = Objection{Reason::StockFractional,
                                  fmt::format("the ERP has {}, the shop takes whole numbers only",
                                              to_text(figure))}};
    case FractionInIntegerShop::Reject: return {.send = figure, .remark = {}};
    case FractionInIntegerShop::Truncate: break;
  }
  const Quantity whole{figure.millionths - figure.millionths % kOnePiece.millionths};
  return {.send = whole,
          .remark = Objection{
              Reason::StockTruncated,
              fmt::format("the ERP has {}, the shop takes whole numbers only: {} stands there",
                          to_text(figure), to_text(whole))}};
}

Quantity write_value(Quantity figure, std::optional<Quantity>) { return figure; }

}  // namespace atrapa::core
