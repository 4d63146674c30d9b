#include "scenarios/platform/stage.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

namespace atrapa::scenarios::platform {
namespace {

constexpr int kFirstWanted = 5;
constexpr int kWantedValues = 40;
constexpr std::size_t kShownAtMost = 6;

/// Codes of products that the log has a warning or an error about; none where no log is shown.
std::set<std::string> complained_of(const harness::ErpView& erp) {
  std::set<std::string> codes;
  if (erp.log.is_hidden()) return codes;
  for (const harness::ErpLogEntry& entry : erp.log) {
    if (entry.kind == "product" && entry.severity != "info") codes.insert(entry.record);
  }
  return codes;
}

}  // namespace

Pair pair_no(int number) {
  return {.code = fmt::format("TOW-{:04}", number),
          .before = kBefore,
          .wanted = kFirstWanted + number % kWantedValues};
}

std::string ean_no(int number) {
  const std::string digits = fmt::format("590{:09}", number);
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return digits + std::to_string((10 - sum % 10) % 10);
}

harness::ErpProduct erp_side(const Pair& pair, int number) {
  harness::ErpProduct product;
  product.id = fmt::format("T-{}", number);
  product.code = pair.code;
  product.name = fmt::format("{} {}", kName, number);
  product.vat = "23";
  product.gross_price = kPrice;
  product.categories = {{kCategory}};
  product.stock = std::to_string(pair.wanted);
  product.ean = ean_no(number);
  return product;
}

std::vector<std::string> filed_orders(const harness::ErpView& erp) {
  std::vector<std::string> ids;
  for (const harness::ErpOrder& order : erp.orders) ids.push_back(order.shop_order_id);
  return ids;
}

void expect_orders(Judgement& judgement, Bench& bench, const std::string& when,
                   const std::vector<std::int64_t>& orders,
                   const std::vector<std::int64_t>& doubtful) {
  std::map<std::string, int> times;
  for (const std::string& id : filed_orders(bench.erp())) ++times[id];
  std::vector<std::string> wrong;
  std::set<std::string> known;
  for (const std::int64_t id : orders) {
    const std::string text = std::to_string(id);
    known.insert(text);
    if (times[text] != 1) wrong.push_back(fmt::format("order {}: {} times", text, times[text]));
  }
  for (const std::int64_t id : doubtful) known.insert(std::to_string(id));
  for (const auto& [id, count] : times) {
    if (!known.contains(id) && count > 0) wrong.push_back(fmt::format("order {} of nobody", id));
    if (known.contains(id) && count > 1 &&
        std::find(orders.begin(), orders.end(), std::stoll(id)) == orders.end()) {
      wrong.push_back(fmt::format("order {}: {} times", id, count));
    }
  }
  expect_none(judgement, "orders in the ERP " + when, "each of the shop's once", wrong);
}

void expect_honest(Judgement& judgement, Bench& bench, const std::string& when,
                   const harness::CommandResult& result, const std::vector<Pair>& pairs,
                   const std::function<std::string(const Pair&)>& pieces) {
  const auto named = complained_of(bench.erp());
  std::vector<std::string> wrong, silent;
  for (const Pair& pair : pairs) {
    const std::string now = pieces(pair);
    if (now == std::to_string(pair.wanted)) continue;
    if (now != std::to_string(pair.before)) {
      wrong.push_back(fmt::format("'{}' shows {}", pair.code, now));
    } else if (result.ok && !named.contains(pair.code)) {
      silent.push_back(fmt::format("'{}' shows {} instead of {}", pair.code, now, pair.wanted));
    }
  }
  expect_none(judgement, "stock in the shop " + when,
              "what stood there before, or the ERP's figure", wrong);
  expect_none(judgement, fmt::format("stock in the shop {} which said that all went well", when),
              "the ERP's figure for each product that the log does not complain of", silent);
}

void expect_none(Judgement& judgement, const std::string& what, const std::string& expected,
                 const std::vector<std::string>& wrong) {
  std::vector<std::string> shown(
      wrong.begin(),
      wrong.begin() + static_cast<std::ptrdiff_t>(std::min(wrong.size(), kShownAtMost)));
  if (wrong.size() > shown.size()) {
    shown.push_back(fmt::format("and {} more", wrong.size() - shown.size()));
  }
  judgement.expect(wrong.empty(), what, expected, fmt::format("{}", fmt::join(shown, "; ")));
}

}  // namespace atrapa::scenarios::platform
