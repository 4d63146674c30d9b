#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "shop.hpp"

using namespace atrapa::tests;

// Categories, dictionaries, customers, languages, configuration.

namespace {

using Fields = std::vector<std::string>;

std::string category(std::int64_t id) { return fmt::format("/webapi/rest/categories/{}", id); }

}  // namespace

TEST_CASE("Shoper: the tree is a bare array of nodes with ids as numbers, by order",
          "[shoper][categories]") {
  Shop shop;

  CHECK(shop.get("/webapi/rest/categories-tree").body ==
        R"([{"id":3,"children":[]},{"id":1,"children":[{"id":2,"children":[]}]}])");
  CHECK(shop.get("/webapi/rest/categories-tree/1").body ==
        R"({"id":1,"children":[{"id":2,"children":[]}]})");
  CHECK(shop.get("/webapi/rest/categories-tree/99").status == 404);
  CHECK(shop.get("/webapi/rest/categories-tree?page=1&limit=50").body ==
        shop.get("/webapi/rest/categories-tree").body);
}

TEST_CASE("Shoper: a category's parent is written and never read", "[shoper][categories]") {
  Shop shop;

  const auto id = shop.create(
      "categories", {{"parent_id", 3}, {"translations", {{"pl_PL", {{"name", "Zielona"}}}}}});

  const Json made = shop.read(category(id));
  CHECK(!made.contains("parent_id"));
  CHECK(made["root"] == "0");
  CHECK(made["translations"]["pl_PL"]["permalink"] ==
        fmt::format("https://test.shop.example/pl/c/Zielona/{}", id));
  CHECK(shop.read("/webapi/rest/categories-tree/3")["children"][0]["id"] == id);
  CHECK(shop.read(category(1))["root"] == "1");
}

TEST_CASE("Shoper: a category needs a parent that exists, or 0", "[shoper][categories]") {
  Shop shop;

  CHECK(bad_fields(shop.post("/webapi/rest/categories", Json::object())) == Fields{"parent_id"});
  CHECK(bad_fields(shop.post("/webapi/rest/categories", {{"parent_id", 99}})) ==
        Fields{"parent_id"});
  CHECK(shop.post("/webapi/rest/categories", {{"parent_id", 0}}).status == 200);
}

TEST_CASE("Shoper: a category cannot come below itself", "[shoper][categories]") {
  Shop shop;

  CHECK(bad_fields(shop.put(category(1), {{"parent_id", 1}})) == Fields{"parent_id"});
  CHECK(bad_fields(shop.put(category(1), {{"parent_id", 2}})) == Fields{"parent_id"});
  CHECK(shop.put(category(2), {{"parent_id", 3}}).status == 200);
  CHECK(shop.put(category(1), {{"parent_id", 2}}).status == 200);
}

TEST_CASE("Shoper: a deleted category takes what is below it and leaves its products",
          "[shoper][categories]") {
  Shop shop;
  const auto product = shop.plant_product("A", "1");

  CHECK(shop.remove(category(1)).body == "1");

  CHECK(shop.get(category(2)).status == 404);
  CHECK((*shop.door.row("products", product))["categories"] == Json::array());
  CHECK((*shop.door.row("products", product))["category_id"].is_null());
  CHECK(shop.remove(category(1)).status == 404);
}

TEST_CASE("Shoper: 0%, zw. and np. are three taxes of one value, and none can be written",
          "[shoper][taxes]") {
  Shop shop;

  const Json zero = shop.rows("taxes", {{"value", 0}});
  REQUIRE(zero.size() == 3);
  CHECK(zero[0]["name"] == "0%");
  CHECK(zero[1]["class"] == "zw.");
  CHECK(zero[2]["name"] == "np.");
  CHECK(shop.post("/webapi/rest/taxes", {{"name", "7%"}}).status == 405);
  CHECK(shop.remove("/webapi/rest/taxes/1").status == 405);
}

TEST_CASE("Shoper: units are made, changed and deleted by the contract alone", "[shoper][units]") {
  Shop shop;
  CHECK(bad_fields(shop.post("/webapi/rest/units", Json::object())) ==
        Fields{"floating_point", "translations"});
  CHECK(bad_fields(
            shop.post("/webapi/rest/units",
                      {{"floating_point", 2}, {"translations", {{"pl_PL", {{"name", "l"}}}}}})) ==
        Fields{"floating_point"});

  const auto id = shop.create(
      "units", {{"floating_point", true}, {"translations", {{"pl_PL", {{"name", "l"}}}}}});
  const std::string path = fmt::format("/webapi/rest/units/{}", id);
  CHECK(shop.read(path)["floating_point"] == "1");
  CHECK(shop.read(path)["translations"]["pl_PL"]["unit_id"] == std::to_string(id));
  CHECK(shop.put(path, {{"floating_point", "0"}}).body == "1");
  CHECK(shop.read(path)["floating_point"] == "0");
  CHECK(shop.read(path)["translations"]["pl_PL"]["name"] == "l");
  CHECK(shop.remove(path).body == "1");
  CHECK(shop.remove(path).status == 404);
  CHECK(shop.put(path, Json::object()).status == 404);
}

TEST_CASE("Shoper: statuses are read-only", "[shoper][statuses]") {
  Shop shop;
  CHECK(shop.read("/webapi/rest/statuses/1")["type"] == "1");
  CHECK(shop.put("/webapi/rest/statuses/1", Json::object()).status == 405);
}

TEST_CASE("Shoper: payments and shippings can be written", "[shoper][payments]") {
  Shop shop;
  const auto payment = shop.create("payments", {{"name", "przelew"}});
  CHECK(shop.read(fmt::format("/webapi/rest/payments/{}", payment))["name"] == "przelew");
  CHECK(!shop.read(fmt::format("/webapi/rest/payments/{}", payment)).contains("minAmount"));
  CHECK(shop.put("/webapi/rest/shippings/1", {{"cost", "12"}}).status == 200);
  CHECK(shop.read("/webapi/rest/shippings/1")["cost"] == "12.00");
}

TEST_CASE("Shoper: e-mail addresses of customers are unique, passwords long", "[shoper][users]") {
  Shop shop;
  CHECK(bad_fields(shop.post("/webapi/rest/users", Json::object())) == Fields{"email"});
  CHECK(bad_fields(shop.post("/webapi/rest/users",
                             {{"email", "anna@example.com"}, {"password", "za-krotkie"}})) ==
        Fields{"email", "password"});
  CHECK(bad_fields(shop.post("/webapi/rest/users", {{"email", "nobody"}})) == Fields{"email"});

  const auto id = shop.create(
      "users", {{"email", "ewa@example.com"}, {"password", "dwanascie-znakow"}, {"tags", "vip"}});

  const std::string path = fmt::format("/webapi/rest/users/{}", id);
  const Json made = shop.read(path);
  CHECK(made["registered"] == "1");
  CHECK(made["tags"] == Json::array({"vip"}));
  CHECK(made["date_add"] == "2026-03-02 09:00:00");
  CHECK(made["lastvisit"] == "0000-00-00 00:00:00");
  CHECK(shop.platform->snapshot().dump().find("dwanascie") == std::string::npos);
  CHECK(shop.put(path, {{"email", "ewa@example.com"}}).status == 200);
  CHECK(bad_fields(shop.put(path, {{"email", "jan@example.com"}})) == Fields{"email"});
  CHECK(shop.remove(path).body == "1");
  CHECK(shop.get(path).status == 404);
}

TEST_CASE("Shoper: a language can be switched on but not made", "[shoper][languages]") {
  Shop shop;
  CHECK(shop.post("/webapi/rest/languages", {{"active", 1}}).status == 500);
  CHECK(shop.put("/webapi/rest/languages/2", {{"active", 1}}).body == "1");
  CHECK(shop.read("/webapi/rest/languages/2")["active"] == "1");
  CHECK(body_of(shop.remove("/webapi/rest/languages/1"))["error"] ==
        "cannot_delete_internal_object");
  CHECK(shop.remove("/webapi/rest/languages/2").body == "1");
}

TEST_CASE("Shoper: the configuration is one flat object of the 97 recorded keys",
          "[shoper][config]") {
  Shop shop;

  const Json config = shop.read("/webapi/rest/application-config");

  CHECK(config.size() == 97);
  CHECK(config["shop_url"] == "https://test.shop.example");
  CHECK(config["shop_off"] == "");
  CHECK(config["warehouses_enabled"] == false);
  CHECK(config["locale_timezone"] == "Europe/Warsaw");
  CHECK(shop.read("/webapi/rest/application-version") == Json{{"version", "5.26.35"}});
  CHECK(shop.put("/webapi/rest/application-config", Json::object()).status == 405);
}

TEST_CASE("Shoper: what a product leaves out comes from the configuration", "[shoper][config]") {
  Shop shop;
  shop.door.configure({{"product_defaults_stock", "5"},
                       {"product_defaults_unit_id", "2"},
                       {"product_defaults_tax_id", "2"},
                       {"product_defaults_active", "0"}});

  const Json made = shop.read(
      fmt::format("/webapi/rest/products/{}", shop.create("products", least_product("A"))));

  CHECK(made["stock"]["stock"] == "5");
  CHECK(made["unit_id"] == "2");
  CHECK(made["tax_id"] == "2");
  CHECK(made["stock"]["active"] == "0");
}
