#pragma once

#include <optional>

#include "core/domain/product.hpp"
#include "core/policy/eligibility.hpp"
#include "core/policy/reason.hpp"
#include "core/policy/switches.hpp"
#include "core/result.hpp"

namespace atrapa::core {

/// Which of the ERP's figures is "the stock"; the documentation does not say (STOCK-11).
enum class StockFormula { OnHand, OnHandMinusReserved };

/// The figure that the shop is to show.
Result<Quantity, Objection> stock_figure(const ErpProduct& product, StockFormula formula);

/// What becomes of a figure in the shop's unit.
struct FittedFigure {
  std::optional<Quantity> send;     ///< Nothing: the product is left alone.
  std::optional<Objection> remark;  ///< Why it is left alone, or what its user must know.
};

/// Whole numbers pass. A fraction passes where the shop keeps the unit in fractions
/// (units.floating_point), else `fraction_in_integer_shop` decides (STOCK-14). An unknown unit is
/// read as whole numbers only.
FittedFigure fit_to_unit(const Pair& pair, Quantity figure, const SystimSwitches& switches);

/// What is put into the write: the absolute figure, whatever the shop holds now (STOCK-11).
Quantity write_value(Quantity figure, std::optional<Quantity> in_shop);

}  // namespace atrapa::core
