#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/common/base_account.hpp"
#include "scenarios/platform/stage.hpp"

namespace atrapa::scenarios::platform {

/// An account of Base and an ERP with the same products, in the words of rules.
class BaseStage {
 public:
  explicit BaseStage(Bench& bench) : bench_(bench), base_(bench) {}

  // Before configure().
  void add_pairs(int count);
  /// Products of the catalogue that the ERP does not have.
  void add_strangers(int count);
  /// Products of the ERP that the catalogue does not have.
  void add_missing(int count);

  void configure() { bench_.configure(); }
  /// Runs a command after a quarter of an hour: no block lasts that long, and windows are empty.
  harness::CommandResult run(std::string_view command);

  /// An order of the first pair that was confirmed so many seconds ago; -1 for one that is not
  /// confirmed. Its id.
  std::int64_t place_order(std::int64_t confirmed_ago);
  /// Confirms it now.
  void confirm(std::int64_t order);

  // Looking.
  const std::vector<Pair>& pairs() const { return pairs_; }
  const std::vector<std::int64_t>& strangers() const { return strangers_; }
  const std::vector<std::int64_t>& orders() const { return orders_; }
  std::string pieces(const Pair& pair) const;
  bool right(const Pair& pair) const { return pieces(pair) == std::to_string(pair.wanted); }
  void expect_levels(Judgement& judgement, const std::string& when,
                     const std::set<std::int64_t>& but = {});
  /// platform::expect_honest() of all pairs.
  void expect_honest(Judgement& judgement, const std::string& when,
                     const harness::CommandResult& result);
  /// Each product of the ERP is in the catalogue once at most.
  void expect_no_twins(Judgement& judgement, const std::string& when);
  Bench& bench() { return bench_; }
  BaseAccount& base() { return base_; }

 private:
  std::int64_t plant(const Pair& pair, int number);
  std::int64_t now() const;

  Bench& bench_;
  BaseAccount base_;
  std::vector<Pair> pairs_, missing_;
  std::vector<std::int64_t> strangers_, orders_;
  int numbers_ = 0;
};

/// The method that a call names; "" for what is no call.
std::string method_of(const mocks::kit::Request& request);
/// Methods that only read are called get...
bool changes_base(const mocks::kit::Request& request);

}  // namespace atrapa::scenarios::platform
