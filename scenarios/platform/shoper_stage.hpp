#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/platform/stage.hpp"

namespace atrapa::scenarios::platform {

/// A shop of Shoper and an ERP with the same products, in the words of rules.
class ShoperStage {
 public:
  explicit ShoperStage(Bench& bench) : bench_(bench) {}

  // Before configure().
  void add_pairs(int count);
  /// Products of the shop that the ERP does not have.
  void add_strangers(int count);
  /// Products of the ERP that the shop does not have (yet); shop = 0.
  void add_missing(int count);
  /// Puts the i-th of those into the shop.
  void bring(std::size_t missing);

  void configure() { bench_.configure(); }
  /// Runs a command after ten quiet minutes, so that the bucket of the request limit is empty.
  harness::CommandResult run(std::string_view command);

  /// A customer's order of the first pair, placed now; its id.
  std::int64_t place_order();

  // Looking.
  const std::vector<Pair>& pairs() const { return pairs_; }
  const std::vector<std::int64_t>& strangers() const { return strangers_; }
  const std::vector<std::int64_t>& orders() const { return orders_; }
  std::string pieces(const Pair& pair) const;
  bool right(const Pair& pair) const { return pieces(pair) == std::to_string(pair.wanted); }
  /// Every pair shows the ERP's pieces, but for those of these ids.
  void expect_levels(Judgement& judgement, const std::string& when,
                     const std::set<std::int64_t>& but = {});
  /// platform::expect_honest() of all pairs.
  void expect_honest(Judgement& judgement, const std::string& when,
                     const harness::CommandResult& result);
  /// The id of the product's base stock.
  std::int64_t stock_id(const Pair& pair) const;
  Bench& bench() { return bench_; }
  mocks::shoper::Backdoor& shop() { return bench_.shop(); }

 private:
  std::int64_t plant(const Pair& pair, int number);

  Bench& bench_;
  std::vector<Pair> pairs_, missing_;
  std::vector<int> missing_numbers_;
  std::vector<std::int64_t> strangers_, orders_;
  std::int64_t category_ = 0;
  int numbers_ = 0;
};

/// "products", "product-stocks", "auth", "oauth/token", "bulk": what a target of the API is about,
/// without an id.
std::string resource_of(std::string_view target);
/// Changes something in the shop: no GET and no authentication.
bool is_write(const mocks::kit::Request& request);
bool is_auth(const mocks::kit::Request& request);
/// The answer of a list: an object with `list`; null where it is none.
Json list_of(const mocks::kit::Response& answer);
/// Pages that the envelope of a list names, whatever type it has; 0 where it names none.
int pages_of(const Json& list);

}  // namespace atrapa::scenarios::platform
