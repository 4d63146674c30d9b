#include <catch2/catch.hpp>

#include "tests/mocks/base/orders.hpp"

// Ids of a connected shop on lines: numbers, keys and texts.

using namespace atrapa::tests::base;

namespace {

/// A line that a shop sells.
Json line_of_shop(const Json& storage_id, const Json& variant_id) {
  return {{"storage", "shop"},   {"storage_id", storage_id},
          {"product_id", "101"}, {"variant_id", variant_id},
          {"name", "Czapka"},    {"price_brutto", 1},
          {"tax_rate", 23},      {"quantity", 1}};
}

Json return_with(const Json& line) {
  return {{"status_id", 1},
          {"date_add", 1},
          {"currency", "PLN"},
          {"refunded", 0},
          {"products", Json::array({line})}};
}

}  // namespace

TEST_CASE("The lines of addOrder and addOrderReturn take a storage's key and a shop's variants",
          "[base][orders][returns]") {
  Account account;
  account.door.plant("return_statuses", {{"id", 1}, {"name", "Przyjęty"}});
  for (const Json& storage : Json({"shop_2445", "2445", 2445, 2445.0})) {
    for (const auto& [variant, shown] :
         std::vector<std::pair<Json, Json>>{{"v12", "v12"}, {"12", 12}, {12, 12}, {12.0, 12}}) {
      const Json line = line_of_shop(storage, variant);
      INFO(line.dump());
      const auto order = add_order(account, order_of({line}));
      const Json sold = read_order(account, order)["products"][0];
      CHECK(sold["storage_id"] == 2445);
      CHECK(sold["variant_id"] == shown);
      const Json id = account.good("addOrderReturn", return_with(line))["return_id"];
      const Json back =
          account.good("getOrderReturns", {{"return_id", id}})["returns"][0]["products"][0];
      CHECK(back["storage_id"] == 2445);
      CHECK(back["variant_id"] == (shown.is_string() ? shown : Json(shown.dump())));
    }
  }
}

TEST_CASE("A storage that is neither number nor key refuses the order", "[base][orders][returns]") {
  Account account;
  account.door.plant("return_statuses", {{"id", 1}, {"name", "Przyjęty"}});
  const Json before = account.platform->snapshot();
  for (const Json& storage : Json({"shop", "shop_", "shop_x", 1.5, Json::array({1})})) {
    const Json line = line_of_shop(storage, 0);
    INFO(line.dump());
    CHECK(account.refused("addOrder", order_of({line})) != "");
    CHECK(account.refused("addOrderReturn", return_with(line)) != "");
  }
  CHECK(account.refused("addOrder", order_of({line_of_shop(1, Json::object())})) != "");
  CHECK(account.platform->snapshot() == before);
}
