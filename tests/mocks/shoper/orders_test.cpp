#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "shop.hpp"

using namespace atrapa::tests;

namespace {

std::string order_path(std::int64_t id) { return fmt::format("/webapi/rest/orders/{}", id); }
Json order(Shop& shop, std::int64_t id) { return shop.read(order_path(id)); }

using Fields = std::vector<std::string>;

}  // namespace

TEST_CASE("Shoper: a new order is a header with all that the shop knows", "[shoper][orders]") {
  Shop shop;

  const auto id = shop.create("orders", least_order());

  const Json made = order(shop, id);
  CHECK(made["order_id"] == std::to_string(id));
  CHECK(made["date"] == "2026-03-02 09:00:00");
  CHECK(made["confirm_date"] == "0000-00-00 00:00:00");
  CHECK(made["origin"] == "4");
  CHECK(made["sum"] == "0.00");
  CHECK(made["registered"] == "1");
  CHECK(made["user_order"] == "1");
  CHECK(made["shipping_tax_name"] == "23%");
  CHECK(made["shipping_tax_value"] == "23");
  CHECK(made["total_products"] == 0);
  CHECK(made["order_url"] == fmt::format("https://test.shop.example/pl/panel/order/{}", id));
  CHECK(made["billing_address"]["firstname"] == "");
  CHECK(made["billing_address"] == made["delivery_address"]);
  CHECK(made["code"].get<std::string>().size() == 32);
}

TEST_CASE("Shoper: one answer names every field that a new order lacks", "[shoper][orders]") {
  Shop shop;

  const Response response = shop.post("/webapi/rest/orders", Json::object());

  CHECK(response.status == 400);
  CHECK(bad_fields(response) ==
        Fields{"email", "payment_id", "shipping_id", "shipping_tax_id", "status_id", "user_id"});
  CHECK(body_of(response)["error_description"].get<std::string>().find("; ") != std::string::npos);
}

TEST_CASE("Shoper: one answer names every reference of an order that leads nowhere",
          "[shoper][orders]") {
  Shop shop;
  Json body = least_order();
  for (const char* field : {"status_id", "payment_id", "shipping_id", "shipping_tax_id", "user_id",
                            "lang_id", "currency_id", "code_id"}) {
    body[field] = 99;
  }

  const Response response = shop.post("/webapi/rest/orders", body);

  CHECK(response.status == 400);
  CHECK(bad_fields(response) == Fields{"code_id", "currency_id", "lang_id", "payment_id",
                                       "shipping_id", "shipping_tax_id", "status_id", "user_id"});
}

TEST_CASE(
    "Shoper: an order without a customer is refused, as the live shop does, or taken by setting",
    "[shoper][orders]") {
  Shop shop;
  Json body = least_order();
  for (const Json& nobody : std::vector<Json>{0, nullptr, "0"}) {
    body["user_id"] = nobody;
    CHECK(bad_fields(shop.post("/webapi/rest/orders", body)) == Fields{"user_id"});
  }

  shop.door.set({{"order_needs_user", false}});

  CHECK(shop.post("/webapi/rest/orders", body).status == 200);
  body.erase("user_id");
  const auto id = shop.create("orders", body);
  CHECK(order(shop, id)["user_id"].is_null());
  CHECK(order(shop, id)["registered"] == "0");
}

TEST_CASE("Shoper: two equal posts make two orders, and a sent code is dropped",
          "[shoper][orders]") {
  Shop shop;
  Json body = least_order();
  body["code"] = "my-own-key";

  const auto first = shop.create("orders", body);
  const auto second = shop.create("orders", body);

  CHECK(first != second);
  CHECK(order(shop, first)["code"] != "my-own-key");
  CHECK(order(shop, first)["code"] != order(shop, second)["code"]);
}

TEST_CASE("Shoper: an order may claim any origin that exists", "[shoper][orders]") {
  Shop shop;
  Json body = least_order();
  for (const int origin : {0, 1, 2, 3, 4, 5, 6, 8, 100, 111}) {
    body["origin"] = origin;
    CHECK(order(shop, shop.create("orders", body))["origin"] == std::to_string(origin));
  }
  for (const int origin : {7, 9, 99, 112}) {
    body["origin"] = origin;
    CHECK(bad_fields(shop.post("/webapi/rest/orders", body)) == Fields{"origin"});
  }
}

TEST_CASE("Shoper: the sum holds shipping and the payment's surcharge, by setting",
          "[shoper][orders]") {
  Shop shop;
  Json body = least_order();
  body["shipping_id"] = 1;
  body["payment_id"] = 2;
  const auto id = shop.create("orders", body);
  CHECK(order(shop, id)["shipping_cost"] == "15.00");
  CHECK(order(shop, id)["sum"] == "20.00");
  CHECK(order(shop, id)["is_cash_on_delivery"] == true);

  shop.put(order_path(id), {{"payment_id", 1}});
  CHECK(order(shop, id)["sum"] == "15.00");
  shop.put(order_path(id), {{"shipping_cost", "9.99"}});
  CHECK(order(shop, id)["sum"] == "9.99");

  shop.door.set({{"sum_includes_shipping", false}});
  shop.put(order_path(id), {{"shipping_cost", "8.00"}});
  CHECK(order(shop, id)["sum"] == "0.00");
}

TEST_CASE("Shoper: the payment flags follow paid and sum", "[shoper][orders]") {
  Shop shop;
  const auto id = shop.plant("orders", {{"user_id", 1}, {"shipping_id", 2}, {"sum", "50.00"}});
  const auto flags = [&] {
    const Json made = order(shop, id);
    return std::vector<bool>{made["is_paid"], made["is_underpayment"], made["is_overpayment"]};
  };
  CHECK(flags() == std::vector<bool>{false, true, false});
  shop.put(order_path(id), {{"paid", "49.99"}});
  CHECK(flags() == std::vector<bool>{false, true, false});
  shop.put(order_path(id), {{"paid", 50}});
  CHECK(flags() == std::vector<bool>{true, false, false});
  shop.put(order_path(id), {{"paid", "50.01"}});
  CHECK(flags() == std::vector<bool>{true, false, true});
  CHECK(order(shop, id)["sum"] == "50.00");
}

TEST_CASE("Shoper: a new status sets its date", "[shoper][orders]") {
  Shop shop;
  const auto id = shop.plant_order();
  shop.clock.advance(std::chrono::minutes{90});

  shop.put(order_path(id), {{"status_id", "3"}});

  CHECK(order(shop, id)["status_date"] == "2026-03-02 10:30:00");
  CHECK(order(shop, id)["date"] == "2026-03-02 09:00:00");
}

TEST_CASE("Shoper: dates are in the shop's zone, summer and winter", "[shoper][orders]") {
  Shop shop;
  shop.clock.set(utc("2026-07-01T22:30:00"));
  CHECK(order(shop, shop.create("orders", least_order()))["date"] == "2026-07-02 00:30:00");
  shop.clock.set(utc("2026-10-25T01:30:00"));
  CHECK(order(shop, shop.create("orders", least_order()))["date"] == "2026-10-25 02:30:00");

  shop.door.configure({{"locale_timezone", "UTC"}});
  CHECK(order(shop, shop.create("orders", least_order()))["date"] == "2026-10-25 01:30:00");
}

TEST_CASE("Shoper: the delivery address is the billing address until it is written itself",
          "[shoper][orders]") {
  Shop shop;
  Json body = least_order();
  body["billing_address"] = {{"firstname", "Anna"},
                             {"city", "Kraków"},
                             {"country_code", "PL"},
                             {"tax_identification_number", "1111111111"}};
  const auto id = shop.create("orders", body);
  CHECK(order(shop, id)["billing_address"]["country"] == "Polska");
  CHECK(order(shop, id)["delivery_address"] == order(shop, id)["billing_address"]);

  shop.put(order_path(id), {{"billing_address", {{"city", "Gdańsk"}}}});
  CHECK(order(shop, id)["delivery_address"]["city"] == "Gdańsk");

  shop.put(order_path(id), {{"delivery_address", {{"city", "Łódź"}}}});
  const Json made = order(shop, id);
  CHECK(made["billing_address"]["city"] == "Gdańsk");
  CHECK(made["delivery_address"]["city"] == "Łódź");
  CHECK(made["delivery_address"]["firstname"] == "Anna");
  CHECK(made["delivery_address"]["type"] == "2");
  CHECK(made["delivery_address"]["address_id"] != made["billing_address"]["address_id"]);
}

TEST_CASE("Shoper: additional fields are written as a map and read as a list", "[shoper][orders]") {
  Shop shop;
  Json body = least_order();
  body["additional_fields"] = {{"5", "1"}};
  const auto id = shop.create("orders", body);
  shop.create("orders", least_order());

  const Json made = order(shop, id);
  CHECK(made["additional_fields"][0]["field_id"] == "5");
  CHECK(made["additional_fields"][0]["value"] == "1");
  const Json found = shop.rows("orders", {{"additional_fields", {{"=", {{"5", "1"}}}}}});
  REQUIRE(found.size() == 1);
  CHECK(found[0]["order_id"] == std::to_string(id));
  CHECK(shop.rows("orders", {{"additional_fields", {{"=", {{"5", "0"}}}}}}).empty());
}

TEST_CASE("Shoper: a filter on paid compares the amount", "[shoper][orders]") {
  Shop shop;
  const auto unpaid = shop.plant("orders", {{"sum", "10.00"}, {"paid", "0.00"}});
  shop.plant("orders", {{"sum", "10.00"}, {"paid", "10.00"}});

  const Json found = shop.rows("orders", {{"paid", "0"}});

  REQUIRE(found.size() == 1);
  CHECK(found[0]["order_id"] == std::to_string(unpaid));
  CHECK(shop.rows("orders", {{"is_paid", true}}).size() == 1);
  CHECK(shop.rows("orders", {{"is_paid", "0"}}).size() == 1);
}

TEST_CASE("Shoper: deleting an order takes its lines and returns what they took",
          "[shoper][orders]") {
  Shop shop;
  const auto product = shop.plant_product("A", "10");
  const auto id = shop.create("orders", least_order());
  const auto line =
      shop.create("order-products", {{"order_id", id}, {"product_id", product}, {"quantity", 4}});
  CHECK(shop.level(shop.stock_of(product)) == "6");

  CHECK(shop.remove(order_path(id)).body == "1");

  CHECK(shop.level(shop.stock_of(product)) == "10");
  CHECK(shop.get(fmt::format("/webapi/rest/order-products/{}", line)).status == 404);
  CHECK(shop.remove(order_path(id)).status == 404);
}

TEST_CASE("Shoper: deleting an order leaves the stock by setting", "[shoper][orders]") {
  Shop shop;
  shop.door.set({{"order_delete_returns_stock", false}});
  const auto product = shop.plant_product("A", "10");
  const auto id = shop.create("orders", least_order());
  shop.create("order-products", {{"order_id", id}, {"product_id", product}, {"quantity", 4}});

  shop.remove(order_path(id));

  CHECK(shop.level(shop.stock_of(product)) == "6");
}

TEST_CASE("Shoper: a combined order stays", "[shoper][orders]") {
  Shop shop;
  const auto id = shop.plant("orders", {{"children", {7}}});

  const Response response = shop.remove(order_path(id));

  CHECK(response.status == 400);
  CHECK(body_of(response)["error"] == "order_combined");
}

TEST_CASE("Shoper: a country sent alone replaces the country that was kept", "[shoper][orders]") {
  Shop shop;
  Json body = least_order();
  body["billing_address"] = {{"country_code", "PL"}};
  const auto id = shop.create("orders", body);
  CHECK(order(shop, id)["billing_address"]["country"] == "Polska");

  shop.put(order_path(id), {{"billing_address", {{"country", "Niemcy"}}}});
  CHECK(order(shop, id)["billing_address"]["country"] == "Niemcy");
  CHECK(order(shop, id)["billing_address"]["country_code"] == "DE");
  shop.put(order_path(id), {{"billing_address", {{"country", "Atlantyda"}}}});
  CHECK(order(shop, id)["billing_address"]["country"] == "Atlantyda");
  CHECK(order(shop, id)["billing_address"]["country_code"] == "");

  shop.put(order_path(id), {{"billing_address", {{"country_code", "PL"}}}});
  CHECK(order(shop, id)["billing_address"]["country"] == "Polska");
}

TEST_CASE("Shoper: what a shipping asks for a payment is kept as it was sent", "[shoper][orders]") {
  Shop shop;
  const Json surcharge = {{"cost", 5}, {"percent", false}, {"payment_id", "2"}};
  CHECK(shop.put("/webapi/rest/shippings/1", {{"payments", Json::array({surcharge})}}).body == "1");
  CHECK(shop.read("/webapi/rest/shippings/1")["payments"] == Json::array({surcharge}));
}
