#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/bench/bench.hpp"
#include "harness/run/rule.hpp"
#include "scenarios/systim/cases.hpp"

namespace atrapa::scenarios::systim {

/// Pieces with at most three decimals, in thousandths.
std::int64_t thousandths(const std::string& quantity);
/// "1.5" for 1500.
std::string pieces(std::int64_t thousandth_parts);

/// What a case's orders and documents leave of the stock. The page does not say when stock falls
/// (SYSTIM-DOC-02): by the order, by the goods issue note, by the invoice, or by whichever of the
/// two documents comes first. Any of them will do, but one for the whole case, and once.
class DeskStock {
 public:
  static constexpr const char* kBefore = "50";  ///< Of each product; no note is short of pieces.

  explicit DeskStock(const std::vector<Order>& orders);

  /// Thousandths of each line that is known to the ERP and not on a live note yet.
  const std::vector<std::int64_t>& left(std::size_t order) const { return left_[order]; }
  /// `parts` leave by a note; negative ones come back.
  void note(std::size_t order, const std::vector<std::int64_t>& parts);
  void cancel(std::size_t order, const std::vector<std::int64_t>& parts);
  void invoice(std::size_t order) { invoiced_[order] = true; }

  void check_erp(harness::Bench& bench, harness::Judgement& judgement);
  /// The shop shows after a stock sync what the ERP may have by what was seen so far.
  void check_shop(harness::Bench& bench, harness::Judgement& judgement);

 private:
  enum class Moment { Note, Order, Invoice, FirstDocument };
  using Levels = std::map<std::string, std::string>;  ///< By code.

  Levels levels(Moment moment) const;
  void check(const Levels& observed, const std::string& where, harness::Judgement& judgement);

  const std::vector<Order>& orders_;
  std::vector<std::vector<std::int64_t>> left_;
  std::vector<bool> invoiced_;
  /// Those that agree with all that was seen; the likeliest first.
  std::vector<Moment> possible_{Moment::Note, Moment::Order, Moment::Invoice,
                                Moment::FirstDocument};
};

}  // namespace atrapa::scenarios::systim
