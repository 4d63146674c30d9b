#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/bench/bench.hpp"
#include "scenarios/systim/cases.hpp"

namespace atrapa::scenarios::systim {

/// Puts the records of a case into the fake shop and finds them again afterwards.
class Planter {
 public:
  explicit Planter(harness::Bench& bench);

  /// Answers the shop's product id. Its categories, tax rate and unit are made where they are
  /// missing.
  std::int64_t plant(const ShopProduct& product);

  /// A category without products, its parents made where they are missing.
  std::int64_t plant_category(const std::vector<std::string>& path) { return category(path, ""); }

  /// Answers the shop's order id. `saved` is the moment at which the configuration was saved.
  std::int64_t plant(const Order& order, mocks::kit::Instant saved);

  /// A plain order of one unknown product, placed at that moment and announced; `id` 0
  /// takes the next one.
  std::int64_t plant_plain_order(mocks::kit::Instant placed, const std::string& code,
                                 std::int64_t id);

  /// Moves an order to another status, now: an edit after it was placed.
  void change_status(std::int64_t order_id);
  void cancel(std::int64_t order_id);

  /// The stock of that product as a plain decimal: "5", "1.5".
  std::string stock(std::int64_t product_id) const;
  void set_stock(std::int64_t product_id, const std::string& stock);
  /// The stocks of the product's variants in their order, as plain decimals.
  std::vector<std::string> variant_stocks(std::int64_t product_id) const;

  /// Gives the product's main category another Polish name.
  void rename_category(std::int64_t product_id, const std::string& name);
  /// The product's unit takes whole numbers only from now on.
  void make_unit_whole(std::int64_t product_id);
  /// Several warehouses, each "active" or "inactive"; the module is switched on.
  void open_warehouses(const std::vector<std::string>& states);

  harness::Bench& bench() { return bench_; }

 private:
  std::int64_t category(const std::vector<std::string>& path, const std::string& foreign);
  std::int64_t tax(const std::string& name, int row);
  std::int64_t unit(const std::string& name);
  std::int64_t plant_variant(std::int64_t product_id, const ShopVariant& variant);
  Json line_row(const Line& line);
  Json bundle_row(const Line& line, const ShopProduct& sold);
  /// What every line has, whatever it points at.
  static Json line_fields(const Line& line, std::int64_t product);

  harness::Bench& bench_;
  std::map<std::string, std::vector<std::int64_t>> taxes_;
  std::map<std::string, std::int64_t> units_;
  std::map<std::vector<std::string>, std::int64_t> categories_;
};

/// A decimal text without what does not change its value: "5.000" and "05" give "5", "-0.50" gives
/// "-0.5". A text that is no decimal comes back as it is.
std::string plain_decimal(const std::string& text);

/// The products of the shop whose stock somebody tried to write in the exchanges after `from`
/// (a former Bench::exchange_count()): by product-stocks, by products, alone or in bulk.
std::set<std::int64_t> stock_writes(harness::Bench& bench, std::uint64_t from);

/// Numbers of the first exchange after `from` that reads the orders, and of the first that writes a
/// stock; 0 where there is none.
struct FirstCalls {
  std::uint64_t orders_read = 0;
  std::uint64_t stock_written = 0;
};
FirstCalls first_calls(harness::Bench& bench, std::uint64_t from);

/// The ids of the shop's orders that each ERP order claims to come from, in the ERP's order.
std::vector<std::string> imported_orders(const harness::ErpView& erp);

/// Does the connector's log hold a warning or an error about that record?
bool reported(const harness::ErpView& erp, std::string_view kind, std::string_view record);

/// All accidents there are to choose from; 0 is none. Short ones a patient client outlives in one
/// command, long ones it does not.
inline constexpr int kAccidents = 13;
Accident accident(int which, int exchange);

/// Plans the accident for the next command.
void arm(harness::Bench& bench, const Accident& accident);
/// Takes back what a shorter command than planned did not meet.
void disarm(harness::Bench& bench);

/// Runs the command; a subject that died is started again. True when the command ended by itself
/// and well.
bool run_through(harness::Bench& bench, std::string_view command);

}  // namespace atrapa::scenarios::systim
