#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/rule.hpp"
#include "scenarios/systim/generators.hpp"
#include "scenarios/systim/planting.hpp"

namespace atrapa::scenarios::systim {

/// A line of a product that both sides know; `index` makes its code unique in the case.
Line known_line(std::size_t index);

/// An order without lines, placed in the shop a minute and `index` seconds after the configuration
/// was saved.
Order shop_order(std::size_t index);

/// What a line comes to in grosze, rounded half up once: price x quantity less the discount. Prices
/// have at most two decimals, quantities three, discounts two; others throw std::logic_error.
std::int64_t grosze_of(const std::string& price, const std::string& quantity,
                       const std::string& discount);

/// "12.05"
std::string grosze_text(std::int64_t grosze);
/// "12.05" gives 1205; at most two decimals, others throw std::logic_error.
std::int64_t grosze(const std::string& text);

/// Sets the order's total from the lines that are kept: `expected` counts only these and the
/// shipping.
void settle(Order& order);

/// A case's orders on a bench.
class Counter {
 public:
  Counter(const OrderCase& input, harness::Bench& bench);

  /// Fills the ERP, plants the older orders, saves the configuration and plants the others.
  void set();
  void run(std::string_view command);

  /// Every order that must come in is there once, and no other is.
  void check_imported(harness::Judgement& judgement);
  /// The lines that must be kept, in their order, and no others.
  void check_lines(harness::Judgement& judgement);
  /// The unit price of each line that was kept, where the case says what it must be. Lines are told
  /// by their products, so that no product may stand on two lines of an order.
  void check_prices(harness::Judgement& judgement);
  void check_totals(harness::Judgement& judgement);
  void check_reports(harness::Judgement& judgement);

  Planter& planter() { return planter_; }
  std::int64_t shop_id(std::size_t order) const { return ids_[order]; }
  /// The exchanges before the last run.
  std::uint64_t before_run() const { return before_run_; }

 private:
  void plant(std::size_t index, mocks::kit::Instant saved);
  std::string title(std::size_t index) const;
  /// The ERP's order made of that one; null where there is none.
  const harness::ErpOrder* find(const harness::ErpView& erp, std::size_t index) const;

  const OrderCase& input_;
  harness::Bench& bench_;
  Planter planter_;
  std::vector<std::int64_t> ids_;
  std::uint64_t before_run_ = 0;
};

}  // namespace atrapa::scenarios::systim
