#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/bench/bench.hpp"
#include "harness/run/rule.hpp"
#include "scenarios/common/story.hpp"

namespace atrapa::scenarios::platform {

using harness::Bench;
using harness::Judgement;

/// A product that stands on both sides with the same code, name, unit, rate, price, category and
/// EAN, so that any connector finds it; only the pieces differ.
struct Pair {
  std::string code;
  std::int64_t shop = 0;  ///< Its id in the shop.
  int before = 0;         ///< Pieces in the shop before anything ran; 1 or more.
  int wanted = 0;         ///< Pieces in the ERP; 1 or more, and not `before`.
};

inline constexpr const char* kName = "Towar";
inline constexpr const char* kPrice = "19.99";
inline constexpr const char* kCategory = "Kubki";
inline constexpr int kBefore = 3;

/// No. `number` of a case, counted from 1, not planted yet.
Pair pair_no(int number);
/// Of 13 digits with the right check digit.
std::string ean_no(int number);
/// The ERP's side of it.
harness::ErpProduct erp_side(const Pair& pair, int number);

/// The gene's number as an index into a list.
template <typename List>
const auto& chosen(const List& list, int number) {
  return list[static_cast<std::size_t>(number)];
}

/// The ids of the shop's orders that the ERP's orders come from, one for each.
std::vector<std::string> filed_orders(const harness::ErpView& erp);
/// Each of the shop's orders is in the ERP once, `doubtful` ones at most once, and no other is.
void expect_orders(Judgement& judgement, Bench& bench, const std::string& when,
                   const std::vector<std::int64_t>& orders,
                   const std::vector<std::int64_t>& doubtful = {});
/// After a run that met with accidents each product shows the ERP's pieces; or those from before,
/// where the run said that it failed or the log complains of that product.
void expect_honest(Judgement& judgement, Bench& bench, const std::string& when,
                   const harness::CommandResult& result, const std::vector<Pair>& pairs,
                   const std::function<std::string(const Pair&)>& pieces);
/// Whatever is wrong, in one finding; holds where nothing is.
void expect_none(Judgement& judgement, const std::string& what, const std::string& expected,
                 const std::vector<std::string>& wrong);

}  // namespace atrapa::scenarios::platform
