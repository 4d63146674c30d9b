#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/bench/bench.hpp"
#include "mocks/base/state.hpp"

namespace atrapa::scenarios {

using harness::Json;

/// One call of Base's API, as the journal kept it.
struct BaseCall {
  std::uint64_t number = 0;  ///< Of the exchange.
  std::string method;        ///< "getOrders"
  Json parameters;           ///< Null where they could not be read.
  Json answer;               ///< Null where none came, or it was none.
  std::string account;       ///< Whose token it bore; "" for nobody's.
  bool answered = false;     ///< With status SUCCESS, and no fault on the way.
};

/// One account of a bench's Base in the words of rules: what a merchant does there, and what is
/// there afterwards. The world "empty": catalogue 307 with price group 105 (gross, PLN) and
/// warehouse "bl_206", statuses 401 (new) and 402.
class BaseAccount {
 public:
  static constexpr std::int64_t kCatalogue = 307;
  static constexpr std::int64_t kNew = 401;
  static constexpr std::int64_t kSent = 402;

  explicit BaseAccount(harness::Bench& bench, bool other = false) : bench_(bench), other_(other) {}

  // What people do, seen by journal and automatic actions.
  /// Fields as addOrder takes them, over those of usual_order(); lines likewise over usual_line().
  std::int64_t add_order(const Json& fields = Json::object(),
                         const std::vector<Json>& lines = {Json::object()});
  void edit_order(std::int64_t order, const Json& fields);
  void move(std::int64_t order, std::int64_t status);
  /// Fields as addInventoryProduct takes them, over those of usual_product(); answers the id.
  std::int64_t add_product(const Json& fields = Json::object());
  /// Only what `fields` names changes.
  void edit_product(std::int64_t product, const Json& fields);
  void delete_product(std::int64_t product);
  /// An automatic action; Panel "add-rule". Answers its id.
  std::int64_t add_rule(const Json& rule);
  Json panel(std::string_view operation, const Json& body);

  // What is there from the start: without journal, without automatic actions.
  std::int64_t add_status(const std::string& name);
  /// In catalogue 307 too; answers its key, "bl_207".
  std::string add_warehouse(const std::string& name);
  /// In catalogue 307 too.
  std::int64_t add_price_group(const std::string& name, const std::string& currency = "PLN");
  std::int64_t add_catalogue(const std::string& name);
  /// An order with its dates as they are: date_add, date_confirmed in unix seconds. A row as a
  /// world holds it, over usual_order() and usual_line().
  std::int64_t plant_order(const Json& row, const std::vector<Json>& lines = {Json::object()});
  std::int64_t plant_product(const Json& row = Json::object());
  void set(const Json& settings);  ///< Backdoor::set().

  // Looking.
  const mocks::base::State& look() const;
  std::vector<mocks::base::Product> products() const;  ///< By ascending id.
  const mocks::base::Product* product(std::int64_t id) const;
  const mocks::base::Order* order(std::int64_t id) const;
  std::vector<mocks::base::Invoice> invoices() const;
  std::vector<mocks::base::Receipt> receipts() const;
  /// Calls with this account's token after exchange `from` (Bench::exchange_count()); of one method
  /// where it is named.
  std::vector<BaseCall> calls(std::uint64_t from = 0, std::string_view method = {}) const;

  static Json usual_order();
  static Json usual_line();  ///< Kubek, 19.99 gross at 23 %, one piece, of no catalogue product.
  static Json usual_product();

 private:
  mocks::base::Backdoor& door() const { return bench_.base(other_); }

  harness::Bench& bench_;
  bool other_;
};

/// All calls of Base's API after exchange `from`, whosever token they bore.
std::vector<BaseCall> base_calls(const harness::Bench& bench, std::uint64_t from = 0);

/// "2026-03-02T09:00:00Z" as unix seconds. Rules write moments in UTC by hand, so that no zone
/// table of theirs can be wrong together with the connector's.
std::int64_t unix_of(std::string_view utc);

}  // namespace atrapa::scenarios
