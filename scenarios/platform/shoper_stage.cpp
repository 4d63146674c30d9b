#include "scenarios/platform/shoper_stage.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <stdexcept>

namespace atrapa::scenarios::platform {
namespace {

constexpr std::chrono::minutes kShoperPause{10};
constexpr std::int64_t kPieces = 1;      ///< The unit "szt." of the world "empty".
constexpr std::int64_t kRate23 = 1;      ///< Its tax rate "23%".
constexpr const char* kNewest = "0000";  ///< Of a shop without any.
constexpr std::string_view kRoot = "/webapi/rest/";

Json party() {
  return {{"firstname", "Jan"},    {"lastname", "Testowy"}, {"street1", "Polna 1"},
          {"city", "Przykładowo"}, {"postcode", "00-001"},  {"country", "Polska"},
          {"country_code", "PL"},  {"phone", "500000000"}};
}

/// "5.000" as "5".
std::string short_pieces(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text.empty() ? kNewest : text;
}

/// With the rate by the name that the shop gives it: so it is the same in every reading.
harness::ErpProduct labelled(const Pair& pair, int number) {
  harness::ErpProduct product = erp_side(pair, number);
  product.vat = "23%";
  return product;
}

}  // namespace

std::int64_t ShoperStage::plant(const Pair& pair, int number) {
  if (category_ == 0) {
    category_ = shop().plant(
        "categories",
        {{"parent_id", 0}, {"translations", {{"pl_PL", {{"name", kCategory}, {"active", "1"}}}}}},
        bench_.now());
  }
  return shop().plant(
      "products",
      {{"code", pair.code},
       {"ean", ean_no(number)},
       {"unit_id", kPieces},
       {"tax_id", kRate23},
       {"category_id", category_},
       {"categories", {category_}},
       {"stock", {{"price", kPrice}, {"stock", std::to_string(pair.before)}}},
       {"translations",
        {{"pl_PL", {{"name", fmt::format("{} {}", kName, number)}, {"active", "1"}}}}}},
      bench_.now());
}

void ShoperStage::add_pairs(int count) {
  for (int i = 0; i < count; ++i) {
    const int number = ++numbers_;
    Pair pair = pair_no(number);
    pair.shop = plant(pair, number);
    bench_.add_product(labelled(pair, number));
    pairs_.push_back(std::move(pair));
  }
}

void ShoperStage::add_strangers(int count) {
  for (int i = 0; i < count; ++i) {
    const int number = ++numbers_;
    Pair pair = pair_no(number);
    pair.code = fmt::format("OBCY-{:04}", number);
    strangers_.push_back(plant(pair, number));
  }
}

void ShoperStage::add_missing(int count) {
  for (int i = 0; i < count; ++i) {
    const int number = ++numbers_;
    missing_.push_back(pair_no(number));
    missing_numbers_.push_back(number);
    bench_.add_product(labelled(missing_.back(), number));
  }
}

void ShoperStage::bring(std::size_t missing) {
  Pair pair = missing_.at(missing);
  pair.shop = plant(pair, missing_numbers_.at(missing));
  pairs_.push_back(std::move(pair));
}

harness::CommandResult ShoperStage::run(std::string_view command) {
  bench_.advance(kShoperPause);
  return bench_.run(command);
}

std::int64_t ShoperStage::place_order() {
  if (pairs_.empty()) throw std::logic_error("an order needs a product: add_pairs() comes first");
  const Pair& sold = pairs_.front();
  const std::int64_t id = shop().plant("orders",
                                       {{"origin", 0},
                                        {"email", "jan.testowy@example.com"},
                                        {"billing_address", party()},
                                        {"delivery_address", party()},
                                        {"shipping_cost", "0.00"},
                                        {"paid", "0.00"},
                                        {"products",
                                         {{{"product_id", sold.shop},
                                           {"code", sold.code},
                                           {"name", fmt::format("{} 1", kName)},
                                           {"quantity", "1"},
                                           {"price", kPrice},
                                           {"discount_perc", "0"},
                                           {"tax", "23%"},
                                           {"tax_value", "23"},
                                           {"unit", "szt."},
                                           {"unit_fp", "0"}}}}},
                                       bench_.now());
  orders_.push_back(id);
  bench_.announce_order(std::to_string(id));
  return id;
}

std::string ShoperStage::pieces(const Pair& pair) const {
  auto& shop = bench_.shop();
  if (!shop.has("products", pair.shop)) return "no such product";
  return short_pieces(shop.text("products", pair.shop, "stock.stock"));
}

std::int64_t ShoperStage::stock_id(const Pair& pair) const {
  return std::stoll(bench_.shop().text("products", pair.shop, "stock.stock_id"));
}

void ShoperStage::expect_levels(Judgement& judgement, const std::string& when,
                                const std::set<std::int64_t>& but) {
  std::vector<std::string> wrong;
  for (const Pair& pair : pairs_) {
    if (but.contains(pair.shop) || right(pair)) continue;
    wrong.push_back(
        fmt::format("'{}' shows {} instead of {}", pair.code, pieces(pair), pair.wanted));
  }
  expect_none(judgement, "stock in the shop " + when, "the ERP's figure for each product", wrong);
}

void ShoperStage::expect_honest(Judgement& judgement, const std::string& when,
                                const harness::CommandResult& result) {
  platform::expect_honest(judgement, bench_, when, result, pairs_,
                          [this](const Pair& pair) { return pieces(pair); });
}

std::string resource_of(std::string_view target) {
  std::string_view path = target.substr(0, target.find('?'));
  const std::size_t root = path.find(kRoot);
  if (root != std::string_view::npos) path.remove_prefix(root + kRoot.size());
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path == "oauth/token") return std::string(path);
  return std::string(path.substr(0, path.find('/')));
}

bool is_auth(const mocks::kit::Request& request) {
  const std::string what = resource_of(request.target);
  return what == "auth" || what == "oauth/token";
}

bool is_write(const mocks::kit::Request& request) {
  return request.method != "GET" && request.method != "HEAD" && !is_auth(request);
}

Json list_of(const mocks::kit::Response& answer) {
  Json json = Json::parse(answer.body, nullptr, false);
  return json.is_object() && json.contains("list") ? json : Json(nullptr);
}

int pages_of(const Json& list) {
  if (!list.is_object() || !list.contains("pages")) return 0;
  const Json& pages = list.at("pages");
  if (pages.is_string()) return std::stoi("0" + pages.get<std::string>());
  return pages.is_number_integer() ? pages.get<int>() : 0;
}

}  // namespace atrapa::scenarios::platform
