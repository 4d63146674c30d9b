#include "core/domain/vat_code.hpp"
#include "scenarios/systim/bugs.hpp"

namespace atrapa::scenarios::systim {
namespace {

using core::Objection;
using core::Quantity;
using core::Result;
using core::SystimSwitches;

/// The right check under a reading that nobody asked for.
template <typename Value>
auto always(std::optional<Objection> (*check)(const core::Pair&, const SystimSwitches&),
            Value SystimSwitches::*which, Value value) {
  return [check, which, value](const core::Pair& pair, const SystimSwitches& switches) {
    SystimSwitches other = switches;
    other.*which = value;
    return check(pair, other);
  };
}

core::CodeKey codes_by(core::TextMatch match) {
  return [match](const std::optional<std::string>& code, const SystimSwitches& switches) {
    SystimSwitches other = switches;
    other.code_equality = match;
    return core::code_key(code, other);
  };
}

std::optional<std::string> empty_code_is_a_code(const std::optional<std::string>& code,
                                                const SystimSwitches& switches) {
  return core::code_key(code, switches).value_or("");
}

std::optional<Objection> same_price(const core::Pair& pair, const SystimSwitches& switches) {
  if (auto objection = core::check_price(pair, switches)) return objection;
  if (pair.erp.gross_price->value == pair.item.gross_price->value) return std::nullopt;
  return Objection{core::Reason::PriceNotAboveZero, "the prices differ"};
}

std::optional<Objection> shop_price_only(const core::Pair& pair, const SystimSwitches&) {
  if (pair.item.gross_price && pair.item.gross_price->value > core::Price{}) return std::nullopt;
  return Objection{core::Reason::PriceNotAboveZero, "no price in the shop"};
}

std::optional<Objection> category_if_any(const core::Pair& pair, const SystimSwitches& switches) {
  const auto objection = core::check_category(pair, switches);
  if (objection && objection->reason == core::Reason::CategoryMissing) return std::nullopt;
  return objection;
}

std::optional<Objection> category_the_first_time(const core::Pair& pair,
                                                 const SystimSwitches& switches) {
  if (pair.synced_before) return std::nullopt;
  return core::check_category(pair, switches);
}

std::optional<Objection> missing_vat_is_zero(const core::Pair& pair,
                                             const SystimSwitches& switches) {
  const auto objection = core::check_vat(pair, switches);
  if (!objection || objection->reason != core::Reason::VatMissing) return objection;
  const auto erp = core::parse_vat(pair.erp.vat.value_or("0"));
  if (erp && core::rate_of(*erp) == core::Percent{} && !pair.item.tax_id) return std::nullopt;
  return objection;
}

std::optional<Objection> any_stock(const core::Pair& pair, Quantity figure,
                                   const SystimSwitches& switches) {
  SystimSwitches other = switches;
  other.zero_stock = core::ZeroStock::Always;
  return core::check_stock(pair, figure, other);
}

std::optional<Objection> more_than_one(const core::Pair& pair, Quantity figure,
                                       const SystimSwitches& switches) {
  if (figure == core::kOnePiece) return Objection{core::Reason::StockBelowOne, "only one is left"};
  return core::check_stock(pair, figure, switches);
}

Quantity difference(Quantity figure, std::optional<Quantity> in_shop) {
  return {figure.millionths - in_shop.value_or(Quantity{}).millionths};
}

Quantity never_lower(Quantity figure, std::optional<Quantity> in_shop) {
  return std::max(figure, in_shop.value_or(figure));
}

Result<Quantity, Objection> available_only(const core::ErpProduct& product, core::StockFormula) {
  if (product.reserved) return core::stock_figure(product, core::StockFormula::OnHandMinusReserved);
  return core::fail(Objection{core::Reason::StockMissing, "nothing is known of reservations"});
}

/// Codes as they fit into a column of 50 characters.
std::optional<std::string> first_fifty(const std::optional<std::string>& code,
                                       const SystimSwitches& switches) {
  auto key = core::code_key(code, switches);
  if (key && key->size() > 50) key->resize(50);
  return key;
}

core::FittedFigure nearest_whole(const core::Pair& pair, Quantity figure,
                                 const SystimSwitches& switches) {
  SystimSwitches other = switches;
  other.fraction_in_integer_shop = core::FractionInIntegerShop::Truncate;
  const core::FittedFigure fitted =
      core::fit_to_unit(pair, {figure.millionths + core::kOnePiece.millionths / 2}, other);
  const bool whole_unit = fitted.send && fitted.send->is_whole() && fitted.remark.has_value();
  return whole_unit ? core::FittedFigure{.send = fitted.send, .remark = {}}
                    : core::fit_to_unit(pair, figure, switches);
}

}  // namespace

std::vector<Bug> stock_bugs() {
  return {
      {"trims-codes",
       "Takes product codes for equal that differ by spaces at their ends.",
       {"SYSTIM-STOCK-04", "SYSTIM-ORD-05"},
       [](core::Parts& parts) { parts.code_key = codes_by(core::TextMatch::Trim); }},
      {"folds-case",
       "Takes product codes for equal that differ by case.",
       {"SYSTIM-STOCK-04", "SYSTIM-ORD-05"},
       [](core::Parts& parts) { parts.code_key = codes_by(core::TextMatch::Casefold); }},
      {"cuts-codes",
       "Takes product codes for equal that begin with the same 50 characters.",
       {"SYSTIM-STOCK-04", "SYSTIM-ORD-05"},
       [](core::Parts& parts) { parts.code_key = first_fifty; }},
      {"pairs-codeless",
       "Takes a missing code for a code, so that products without one are paired with each other.",
       {"SYSTIM-STOCK-03"},
       [](core::Parts& parts) { parts.code_key = empty_code_is_a_code; }},
      {"wants-equal-prices",
       "Leaves products alone whose gross prices are set on both sides but differ.",
       {"SYSTIM-STOCK-02"},
       [](core::Parts& parts) { parts.price_ok = same_price; }},
      {"ignores-erp-price",
       "Looks at the shop's gross price only.",
       {"SYSTIM-STOCK-02"},
       [](core::Parts& parts) { parts.price_ok = shop_price_only; }},
      {"needs-no-category",
       "Synchronises products without a category.",
       {"SYSTIM-STOCK-05"},
       [](core::Parts& parts) { parts.category_equal = category_if_any; }},
      {"compares-category-paths",
       "Wants the whole path of the category to be equal where its name is enough.",
       {"SYSTIM-STOCK-06"},
       [](core::Parts& parts) {
         parts.category_equal = always(core::check_category, &SystimSwitches::category_match,
                                       core::CategoryMatch::Path);
       }},
      {"checks-category-once",
       "Looks at the categories of a pair until it was synchronised once, and never again.",
       {"SYSTIM-STOCK-06"},
       [](core::Parts& parts) { parts.category_equal = category_the_first_time; }},
      {"reads-missing-vat-as-zero",
       "Takes a product without a VAT rate for one of 0 %.",
       {"SYSTIM-STOCK-07"},
       [](core::Parts& parts) { parts.vat_equal = missing_vat_is_zero; }},
      {"compares-vat-percent-only",
       "Takes 0, zw and np for one VAT rate because each charges 0 %.",
       {"SYSTIM-STOCK-08"},
       [](core::Parts& parts) {
         parts.vat_equal =
             always(core::check_vat, &SystimSwitches::vat_match, core::VatMatch::PercentOnly);
       }},
      {"sends-zero-stock",
       "Sends stock below one piece.",
       {"SYSTIM-STOCK-09"},
       [](core::Parts& parts) { parts.stock_enough = any_stock; }},
      {"keeps-the-last-piece",
       "Leaves products alone of which the ERP has exactly one piece.",
       {"SYSTIM-STOCK-09"},
       [](core::Parts& parts) { parts.stock_enough = more_than_one; }},
      {"pushes-deltas",
       "Writes the difference to the shop's stock where the shop takes the figure itself.",
       {"SYSTIM-STOCK-11", "SYSTIM-STOCK-13", "SYSTIM-STOCK-15"},
       [](core::Parts& parts) { parts.write_value = difference; }},
      {"never-lowers-stock",
       "Keeps the shop's stock where it is above the ERP's.",
       {"SYSTIM-STOCK-11", "SYSTIM-STOCK-12", "SYSTIM-STOCK-13"},
       [](core::Parts& parts) { parts.write_value = never_lower; }},
      {"rounds-half-pieces",
       "Rounds a fraction to whole pieces, and tells nobody, where the unit knows whole pieces "
       "only.",
       {"SYSTIM-STOCK-14"},
       [](core::Parts& parts) { parts.fit_to_unit = nearest_whole; }},
      {"waits-for-reservations",
       "Sends no stock of products without a reserved figure.",
       {"SYSTIM-STOCK-13", "SYSTIM-ORD-09", "SYSTIM-CMD-02", "SYSTIM-CMD-04"},
       [](core::Parts& parts) { parts.stock_figure = available_only; }},
      {"stops-at-first-bad-product",
       "Ends the stock sync at the first product that misses a condition.",
       {"SYSTIM-STOCK-10", "SYSTIM-CMD-03"},
       [](core::Parts& parts) {
         parts.on_product_problem = [](const Objection&) { return core::OnProblem::Stop; };
       }},
  };
}

}  // namespace atrapa::scenarios::systim
