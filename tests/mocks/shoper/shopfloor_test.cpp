#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>

#include "floor_shop.hpp"
#include "mocks/kit/decimal.hpp"

// What customers and administrators do in a shop, around the API.

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;
namespace shoper = atrapa::mocks::shoper;

namespace {

using Words = std::vector<std::string>;

/// What was asked for: grosze, percent and hundredths of a piece.
struct Sale {
  std::vector<std::int64_t> prices;
  std::vector<std::int64_t> hundredths;
  std::int64_t percent = 0;
  std::int64_t shipping = 0;
  std::int64_t surcharge = 0;
};

/// The total in grosze, computed in whole numbers: each line is rounded half up by itself.
std::int64_t reference_total(const Sale& sale) {
  std::int64_t total = sale.shipping + sale.surcharge;
  for (std::size_t i = 0; i < sale.prices.size(); ++i) {
    // grosze x hundredths of a piece x percent left: 10,000 times the grosz.
    const std::int64_t exact = sale.prices[i] * sale.hundredths[i] * (100 - sale.percent);
    total += exact / 10'000 + (exact % 10'000 >= 5'000 ? 1 : 0);
  }
  return total;
}

std::string money(std::int64_t grosze) {
  return fmt::format("{}.{:02}", grosze / 100, grosze % 100);
}

}  // namespace

TEST_CASE(
    "Shoper floor: a guest's order is of origin 0, takes its stock and is told once, then "
    "edited",
    "[shoper][floor]") {
  FloorShop shop;
  const std::int64_t product = shop.plant_product("K-1", "5", "7.50");
  shop.listen();
  const Json placed = shop.perform(
      "place-order", {{"customer", {{"email", "ola@example.com"}, {"firstname", "Ola"}}},
                      {"lines", {{{"product", product}, {"quantity", 2}}}},
                      {"shipping", 1},
                      {"payment", 2},
                      {"billing_address", {{"city", "Kraków"}}}});
  CHECK(placed["sum"] == "35.00");  // 2 x 7.50, courier 15.00, cash on delivery 5.00.
  CHECK(shop.heard() == Words{"order.create", "order.edit"});
  CHECK(Json::parse(shop.webhooks[0].body) == shop.order(placed));
  const Json order = shop.order(placed);
  CHECK(order["origin"] == "0");
  CHECK(order["sum"] == "35.00");
  CHECK(order["shipping_cost"] == "15.00");
  CHECK(order["billing_address"]["city"] == "Kraków");
  CHECK(order["user_order"] == "0");
  const auto user = std::stoll(order["user_id"].get<std::string>());
  CHECK(shop.door.text("users", user, "registered") == "0");
  CHECK(shop.level(shop.stock_of(product)) == "3");
  const Json lines = shop.rows("order-products", {{"order_id", placed["order"]}});
  REQUIRE(lines.size() == 1);
  CHECK(lines[0]["code"] == "K-1");
  CHECK(lines[0]["product_id"] == std::to_string(product));

  // The same guest again is the same row.
  const Json again = shop.perform("place-order", {{"customer", {{"email", "ola@example.com"}}},
                                                  {"lines", {{{"code", "K-1"}}}}});
  CHECK(shop.order(again)["user_id"] == order["user_id"]);
}

TEST_CASE("Shoper floor: an administrator's order is of origin 5, or 6 in the shop",
          "[shoper][floor]") {
  FloorShop shop;
  const std::int64_t product = shop.plant_product("K-1", "5");
  const std::vector<std::pair<std::string, std::string>> origins{
      {"customer", "0"}, {"administrator", "5"}, {"administrator-in-shop", "6"}};
  for (const auto& [by, origin] : origins) {
    const Json placed = shop.perform(
        "place-order", {{"by", by}, {"customer", 1}, {"lines", {{{"product", product}}}}});
    CHECK(shop.order(placed)["origin"] == origin);
    CHECK(shop.order(placed)["user_order"] == "1");
  }
  CHECK(shop.refused_at("place-order", {{"by", "nobody"}, {"customer", 1}}) == "/by");
}

TEST_CASE("Shoper floor: a total is right to the grosz and the stock is what was not sold",
          "[shoper][floor]") {
  CHECK(rc::check("random orders", [] {
    FloorShop shop;
    Sale sale;
    Json lines = Json::array();
    std::vector<std::int64_t> stocks;
    const int count = *rc::gen::inRange(1, 5);
    for (int i = 0; i < count; ++i) {
      const bool by_weight = *rc::gen::arbitrary<bool>();
      sale.prices.push_back(*rc::gen::inRange<std::int64_t>(1, 100'000));
      sale.hundredths.push_back(by_weight ? *rc::gen::inRange<std::int64_t>(100, 900)
                                          : 100 * *rc::gen::inRange<std::int64_t>(1, 9));
      const std::int64_t product = shop.plant_product(fmt::format("K-{}", i), "10",
                                                      money(sale.prices.back()), by_weight ? 2 : 1);
      stocks.push_back(shop.stock_of(product));
      lines.push_back({{"product", product}, {"quantity", money(sale.hundredths.back())}});
    }
    const std::int64_t client = *rc::gen::inRange(0, 40);
    const std::int64_t group = *rc::gen::inRange(0, 30);
    const std::int64_t code = *rc::gen::inRange(0, 20);
    sale.percent = client + group + code;
    shop.plant("user-groups", {{"group_id", 1}, {"name", "Hurt"}, {"discount", group}});
    shop.door.edit("users", 1, {{"discount", money(100 * client)}, {"group_id", 1}});
    shop.plant("promotion-codes", {{"code", "WIOSNA"},
                                   {"name", "Wiosna"},
                                   {"discount_type", 3},
                                   {"discount", money(100 * code)},
                                   {"active", 1}});
    const bool courier = *rc::gen::arbitrary<bool>();
    const bool cod = courier && *rc::gen::arbitrary<bool>();
    sale.shipping = courier ? 1500 : 0;
    sale.surcharge = cod ? 500 : 0;
    const Json placed = shop.perform("place-order", {{"customer", 1},
                                                     {"lines", lines},
                                                     {"shipping", courier ? 1 : 2},
                                                     {"payment", cod ? 2 : 1},
                                                     {"promotion_code", "WIOSNA"}});
    RC_ASSERT(placed["sum"] == money(reference_total(sale)));
    RC_ASSERT(shop.order(placed)["sum"] == placed["sum"]);
    RC_ASSERT(shop.order(placed)["promo_code"] == "WIOSNA");
    RC_ASSERT(shop.order(placed)["discount_code"] == std::to_string(code));
    for (std::size_t i = 0; i < stocks.size(); ++i) {
      const auto left = kit::Decimal::parse(shop.level(stocks[i]));
      RC_ASSERT(left == kit::Decimal::parse(money(1000 - sale.hundredths[i])));
    }
  }));
}

TEST_CASE("Shoper floor: whatever people try, a product's pieces are in the stock or in orders",
          "[shoper][floor]") {
  CHECK(rc::check("random customers", [] {
    FloorShop shop;
    const std::int64_t first = shop.plant_product("A", "7", "1.00");
    const std::int64_t second = shop.plant_product("B", "4", "2.00");
    std::map<std::int64_t, std::int64_t> level{{first, 7}, {second, 4}};
    const auto orders = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 5), rc::gen::inRange(0, 5)));
    for (const auto& [a, b] : orders) {
      const bool possible = a + b > 0 && a <= level[first] && b <= level[second];
      Json lines = Json::array();
      if (a > 0) lines.push_back({{"product", first}, {"quantity", a}});
      if (b > 0) lines.push_back({{"product", second}, {"quantity", b}});
      const auto before = shop.door.ids("orders").size();
      const auto answer = shop.act("place-order", {{"customer", 1}, {"lines", lines}});
      RC_ASSERT(std::holds_alternative<Json>(answer) == possible);
      RC_ASSERT(shop.door.ids("orders").size() == before + (possible ? 1 : 0));
      if (possible) {
        level[first] -= a;
        level[second] -= b;
      }
      for (const auto& [product, pieces] : level) {
        RC_ASSERT(shop.level(shop.stock_of(product)) == std::to_string(pieces));
      }
    }
  }));
}

TEST_CASE("Shoper floor: an order that cannot be placed says where, and changes nothing",
          "[shoper][floor]") {
  FloorShop shop;
  const std::int64_t product = shop.plant_product("K-1", "2", "10.00");
  const std::int64_t by_weight = shop.plant_product("K-2", "2", "10.00", 2);
  const auto order = [&](const Json& line) {
    return shop.refused_at("place-order", {{"customer", 1}, {"lines", Json::array({line})}});
  };
  CHECK(order({{"product", product}, {"quantity", 3}}) == "/lines/0");
  CHECK(order({{"product", product}, {"quantity", "1.5"}}) == "/lines/0");
  CHECK(order({{"product", product}, {"quantity", "many"}}) == "/lines/0/quantity");
  CHECK(order({{"product", product}, {"quantity", 0}}) == "/lines/0/quantity");
  CHECK(order({{"product", 77}}) == "/lines/0/product");
  CHECK(order({{"code", "none"}}) == "/lines/0/code");
  CHECK(order({{"produkt", product}}) == "/lines/0/produkt");
  CHECK(order({{"product", by_weight}, {"quantity", "0.25"}}) == "was done");
  CHECK(shop.refused_at("place-order", {{"customer", 1}, {"lines", Json::array()}}) == "/lines");
  CHECK(shop.refused_at("place-order", {{"customer", 99}}) == "/customer");
  const Json one = Json::array({{{"product", product}}});
  CHECK(
      shop.refused_at("place-order", {{"customer", 1}, {"lines", one}, {"promotion_code", "X"}}) ==
      "/promotion_code");
  CHECK(shop.refused_at("place-order", {{"customer", 1}, {"lines", one}, {"shipping", 9}}) ==
        "/shipping");

  shop.perform("configure", {{"shopping_allow_to_buy_not_reg", "0"}});
  CHECK(shop.refused_at("place-order", {{"customer", {{"email", "x@example.com"}}},
                                        {"lines", one}}) == "/customer");
  shop.perform("configure", {{"shopping_min_order_value", "50"}});
  CHECK(shop.refused_at("place-order", {{"customer", 1}, {"lines", one}}) == "/lines");
  shop.perform("configure", {{"shopping_min_order_value", "0"}});
  shop.door.edit("products", product, {{"translations", {{"pl_PL", {{"active", 0}}}}}});
  CHECK(shop.refused_at("place-order", {{"customer", 1}, {"lines", one}}) == "/lines/0");
  CHECK(shop.refused_at("place-order",
                        {{"by", "administrator"}, {"customer", 1}, {"lines", one}}) == "was done");
  shop.perform("configure", {{"shopping_off", "1"}});
  CHECK(shop.refused_at("place-order", {{"customer", 1}, {"lines", one}}) == "");
}

TEST_CASE("Shoper floor: overselling is what the shop allows", "[shoper][floor]") {
  FloorShop shop;
  const std::int64_t product = shop.plant_product("K-1", "1");
  const Json order = {{"customer", 1}, {"lines", {{{"product", product}, {"quantity", 3}}}}};
  CHECK(shop.refused_at("place-order", order) == "/lines/0");
  shop.perform("configure", {{"shopping_allow_overselling", "1"}});
  shop.perform("place-order", order);
  CHECK(shop.level(shop.stock_of(product)) == "-2");
  shop.perform("configure", {{"shopping_update_stock_on_buy", "0"}});
  shop.perform("place-order", order);
  CHECK(shop.level(shop.stock_of(product)) == "-2");
}

TEST_CASE("Shoper floor: a code counts while its time, amount and uses allow it",
          "[shoper][floor]") {
  FloorShop shop;
  const std::int64_t product = shop.plant_product("K-1", "100", "10.00");
  const std::int64_t code = shop.plant("promotion-codes", {{"code", "KOD"},
                                                           {"name", "Kod"},
                                                           {"discount_type", 3},
                                                           {"discount", "10.00"},
                                                           {"active", 1}});
  const auto takes = [&](const Json& changed, int pieces = 2) {
    Json all = {{"active", 1},          {"time_from", "0000-00-00 00:00:00"},
                {"time_to", nullptr},   {"min_amount", "0.00"},
                {"max_amount", "0.00"}, {"usage_limit", 0},
                {"peruser_limit", 0},   {"discount_type", 3}};
    all.update(changed);
    shop.door.edit("promotion-codes", code, all);
    const auto answer =
        shop.act("place-order", {{"customer", 1},
                                 {"lines", {{{"product", product}, {"quantity", pieces}}}},
                                 {"promotion_code", "KOD"},
                                 {"shipping", 2}});
    return std::holds_alternative<Json>(answer) ? std::get<Json>(answer)["sum"].get<std::string>()
                                                : std::string("no");
  };
  CHECK(takes(Json::object()) == "18.00");
  CHECK(takes({{"active", 0}}) == "no");
  CHECK(takes({{"time_from", "2026-03-02 09:00:01"}}) == "no");
  CHECK(takes({{"time_from", "2026-03-02 09:00:00"}}) == "18.00");
  CHECK(takes({{"time_to", "2026-03-02 08:59:59"}}) == "no");
  CHECK(takes({{"min_amount", "20.01"}}) == "no");
  CHECK(takes({{"min_amount", "20.00"}, {"max_amount", "20.00"}}) == "18.00");
  CHECK(takes({{"max_amount", "19.99"}}) == "no");
  CHECK(takes({{"discount_type", 2}}) == "no");
  // Three orders have used it.
  CHECK(shop.door.text("promotion-codes", code, "usage_count") == "3");
  CHECK(takes({{"usage_limit", 3}}) == "no");
  CHECK(takes({{"usage_limit", 4}}) == "18.00");
  CHECK(takes({{"peruser_limit", 4}}) == "no");
}

TEST_CASE("Shoper floor: with warehouses an order takes from those that have it",
          "[shoper][floor]") {
  Json account = small_account();
  account["config"] = {{"warehouses_enabled", true}};
  account["resources"]["warehouses"] = Json::array(
      {{{"warehouse_id", 1}, {"name", "Kraków"}, {"default", true}},
       {{"warehouse_id", 2}, {"name", "Gdynia"}}});
  FloorShop shop(account);
  const std::int64_t product = shop.plant_product("K-1", "3");
  shop.perform("edit-stock", {{"product", product}, {"warehouses", {{"1", 3}, {"2", 4}}}});
  shop.perform("place-order",
               {{"customer", 1}, {"lines", {{{"product", product}, {"quantity", 5}}}}});
  CHECK(shop.level(shop.stock_of(product)) == "2");
  CHECK(shop.refused_at("place-order",
                        {{"customer", 1}, {"lines", {{{"product", product}, {"quantity", 3}}}}}) ==
        "/lines/0");
}

TEST_CASE("Shoper floor: money pays an order once, and moves its status where the shop says so",
          "[shoper][floor]") {
  FloorShop shop;
  const std::int64_t product = shop.plant_product("K-1", "5", "30.00");
  shop.listen();
  const Json placed = shop.perform(
      "place-order", {{"customer", 1}, {"lines", {{{"product", product}}}}, {"shipping", 2}});
  shop.webhooks.clear();
  CHECK(shop.perform("pay-order", {{"order", placed["order"]}, {"amount", "10.00"}})["paid"] ==
        "10.00");
  CHECK(shop.heard() == Words{"order.edit"});
  shop.webhooks.clear();
  shop.perform("configure", {{"shopping_change_status_payment_made_id", "2"}});
  const Json paid = shop.perform("pay-order", {{"order", placed["order"]}});
  CHECK(paid["paid"] == "30.00");
  CHECK(paid["status"] == 2);
  CHECK(shop.order(placed)["is_paid"] == true);
  CHECK(shop.heard() == Words{"order.edit", "order.status", "order.paid"});
  CHECK(shop.refused_at("pay-order", {{"order", placed["order"]}, {"amount", 0}}) == "/amount");
  CHECK(shop.refused_at("pay-order", {{"order", 99}}) == "/order");
}

TEST_CASE("Shoper floor: an administrator's edits are written and told", "[shoper][floor]") {
  FloorShop shop;
  const std::int64_t product = shop.plant_product("K-1", "5");
  const std::int64_t order = shop.plant_order();
  shop.listen();
  const auto told = [&](std::string_view operation, const Json& body) {
    shop.webhooks.clear();
    shop.perform(operation, body);
    return shop.heard();
  };
  CHECK(told("edit-product", {{"product", product}, {"fields", {{"code", "K-9"}}}}) ==
        Words{"product.edit"});
  CHECK(shop.door.text("products", product, "code") == "K-9");
  CHECK(told("rename-category", {{"category", 2}, {"name", "Trzewiki"}}) == Words{"category.edit"});
  CHECK(shop.door.text("categories", 2, "translations.pl_PL.name") == "Trzewiki");
  CHECK(told("edit-stock", {{"product", product}, {"level", 9}}) == Words{"product.edit"});
  CHECK(shop.level(shop.stock_of(product)) == "9");
  CHECK(told("change-status", {{"order", order}, {"status", 3}}) ==
        Words{"order.edit", "order.status"});
  CHECK(told("register-customer", {{"email", "ewa@example.com"}}) == Words{"client.create"});
  CHECK(told("configure", {{"shopping_off", "1"}}).empty());
  CHECK(shop.read("/webapi/rest/application-config")["shopping_off"] == "1");

  CHECK(shop.refused_at("configure", {{"no_such_key", "1"}}) == "");
  CHECK(shop.refused_at("edit-stock", {{"product", product}, {"level", -1}}) == "/level");
  CHECK(shop.refused_at("edit-product", {{"product", product}, {"fields", {{"tax_id", 99}}}}) ==
        "/fields");
  CHECK(shop.refused_at("dance", Json::object()) == "");
  CHECK(shop.refused_at("edit-product", Json::array()) == "");
}
