#include "scenarios/platform/base_stage.hpp"

#include <fmt/format.h>

#include <chrono>

namespace atrapa::scenarios::platform {
namespace {

constexpr std::chrono::minutes kBasePause{15};
constexpr const char* kStore = "bl_206";
constexpr std::int64_t kFirstOrder = 7'204'001;
constexpr std::int64_t kUnconfirmed = -1;

}  // namespace

std::int64_t BaseStage::now() const {
  return std::chrono::floor<std::chrono::seconds>(bench_.now()).time_since_epoch().count();
}

std::int64_t BaseStage::plant(const Pair& pair, int number) {
  return base_.plant_product({{"sku", pair.code},
                              {"ean", ean_no(number)},
                              {"stock", {{kStore, pair.before}}},
                              {"text_fields", {{"name", fmt::format("{} {}", kName, number)}}}});
}

void BaseStage::add_pairs(int count) {
  for (int i = 0; i < count; ++i) {
    const int number = ++numbers_;
    Pair pair = pair_no(number);
    pair.shop = plant(pair, number);
    bench_.add_product(erp_side(pair, number));
    pairs_.push_back(std::move(pair));
  }
}

void BaseStage::add_strangers(int count) {
  for (int i = 0; i < count; ++i) {
    const int number = ++numbers_;
    Pair pair = pair_no(number);
    pair.code = fmt::format("OBCY-{:04}", number);
    strangers_.push_back(plant(pair, number));
  }
}

void BaseStage::add_missing(int count) {
  for (int i = 0; i < count; ++i) {
    const int number = ++numbers_;
    missing_.push_back(pair_no(number));
    bench_.add_product(erp_side(missing_.back(), number));
  }
}

harness::CommandResult BaseStage::run(std::string_view command) {
  bench_.advance(kBasePause);
  return bench_.run(command);
}

std::int64_t BaseStage::place_order(std::int64_t confirmed_ago) {
  const std::int64_t confirmed = confirmed_ago == kUnconfirmed ? 0 : now() - confirmed_ago;
  const std::int64_t id = base_.plant_order(
      {{"order_id", kFirstOrder + static_cast<std::int64_t>(orders_.size())},
       {"date_add", confirmed_ago == kUnconfirmed ? now() : confirmed},
       {"date_confirmed", confirmed}},
      {pairs_.empty() ? Json::object()
                      : Json{{"sku", pairs_.front().code},
                             {"name", fmt::format("{} 1", kName)},
                             {"product_id", std::to_string(pairs_.front().shop)}}});
  orders_.push_back(id);
  return id;
}

void BaseStage::confirm(std::int64_t order) {
  auto& orders = bench_.base().change().sales.orders;
  mocks::base::Order changed = *orders.find(order);
  changed.date_confirmed = now();
  orders.put(std::move(changed));
}

std::string BaseStage::pieces(const Pair& pair) const {
  const mocks::base::Product* const product = base_.product(pair.shop);
  if (product == nullptr) return "no such product";
  const auto level = product->stock.find(kStore);
  return level == product->stock.end() ? "0" : std::to_string(level->second);
}

void BaseStage::expect_levels(Judgement& judgement, const std::string& when,
                              const std::set<std::int64_t>& but) {
  std::vector<std::string> wrong;
  for (const Pair& pair : pairs_) {
    if (but.contains(pair.shop) || right(pair)) continue;
    wrong.push_back(
        fmt::format("'{}' shows {} instead of {}", pair.code, pieces(pair), pair.wanted));
  }
  expect_none(judgement, "stock in Base " + when, "the ERP's figure for each product", wrong);
}

void BaseStage::expect_honest(Judgement& judgement, const std::string& when,
                              const harness::CommandResult& result) {
  platform::expect_honest(judgement, bench_, when, result, pairs_,
                          [this](const Pair& pair) { return pieces(pair); });
}

void BaseStage::expect_no_twins(Judgement& judgement, const std::string& when) {
  std::map<std::string, int> times;
  for (const mocks::base::Product& product : base_.products()) ++times[product.sku];
  std::vector<std::string> twins;
  for (const auto& [sku, count] : times) {
    if (count > 1) twins.push_back(fmt::format("'{}' {} times", sku, count));
  }
  expect_none(judgement, "products of Base " + when, "each SKU once", twins);
}

std::string method_of(const mocks::kit::Request& request) {
  const auto form = mocks::kit::parse_form(request.body);
  if (!form) return {};
  for (const auto& [name, value] : *form) {
    if (name == "method") return value;
  }
  return {};
}

bool changes_base(const mocks::kit::Request& request) {
  const std::string method = method_of(request);
  return !method.empty() && !method.starts_with("get");
}

}  // namespace atrapa::scenarios::platform
