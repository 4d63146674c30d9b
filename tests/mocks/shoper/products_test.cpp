#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "shop.hpp"

using namespace atrapa::tests;

namespace {

Json product(Shop& shop, std::int64_t id) {
  return shop.read(fmt::format("/webapi/rest/products/{}", id));
}

std::string product_path(std::int64_t id) { return fmt::format("/webapi/rest/products/{}", id); }

using Fields = std::vector<std::string>;

}  // namespace

TEST_CASE("Shoper: a product made with the least there must be gets the shop's defaults",
          "[shoper][products]") {
  Shop shop;

  const auto id = shop.create("products", least_product("NOWY-1"));

  const Json made = product(shop, id);
  CHECK(made["product_id"] == std::to_string(id));
  CHECK(made["tax_id"] == "1");
  CHECK(made["unit_id"] == "1");
  CHECK(made["category_id"] == "2");
  CHECK(made["categories"] == Json::array({2}));
  CHECK(made["add_date"] == "2026-03-02 09:00:00");
  CHECK(made["edit_date"] == "2026-03-02 09:00:00");
  CHECK(made["stock"]["code"] == "NOWY-1");
  CHECK(made["stock"]["price"] == "10.00");
  CHECK(made["stock"]["comp_price"] == "10.00");
  CHECK(made["stock"]["stock"] == "0");
  CHECK(made["stock"]["extended"] == "0");
  CHECK(made["translations"]["pl_PL"]["lang_id"] == "1");
  CHECK(made["translations"]["pl_PL"]["product_id"] == std::to_string(id));
  CHECK(made["translations"]["pl_PL"]["permalink"] ==
        fmt::format("https://test.shop.example/pl/p/Nowy-produkt/{}", id));
  CHECK(made["attributes"] == Json::array());
  CHECK(made["main_image"] == false);
  CHECK(made["group_id"].is_null());
}

TEST_CASE("Shoper: one answer names every field that a new product lacks", "[shoper][products]") {
  Shop shop;

  const Response response = shop.post("/webapi/rest/products", Json::object());

  CHECK(response.status == 400);
  CHECK(body_of(response)["error"] == "invalid_request");
  CHECK(bad_fields(response) == Fields{"category_id", "code", "stock", "translations"});
}

TEST_CASE("Shoper: a product of an unknown category, tax or locale is refused by name",
          "[shoper][products]") {
  Shop shop;
  Json body = least_product("X");
  body["category_id"] = 99;
  body["tax_id"] = 99;
  body["translations"] = {{"de_DE", {{"name", "Schuh"}}}};

  const Response response = shop.post("/webapi/rest/products", body);

  CHECK(response.status == 400);
  CHECK(bad_fields(response) == Fields{"category_id", "tax_id", "translations.de_DE"});
  CHECK(shop.read("/webapi/rest/products")["count"] == "0");
}

TEST_CASE("Shoper: the nested stock refuses the six fields that are read-only there",
          "[shoper][products]") {
  Shop shop;
  Json body = least_product("X");
  for (const char* field : {"code", "ean", "active", "default", "extended", "weight_type"}) {
    body["stock"][field] = "1";
  }

  const Response response = shop.post("/webapi/rest/products", body);

  CHECK(response.status == 400);
  CHECK(bad_fields(response) == Fields{"stock.active", "stock.code", "stock.default", "stock.ean",
                                       "stock.extended", "stock.weight_type"});
}

TEST_CASE("Shoper: two products may have one code", "[shoper][products]") {
  Shop shop;
  shop.create("products", least_product("SAME"));
  shop.create("products", least_product("SAME"));

  CHECK(shop.rows("products", {{"code", "SAME"}}).size() == 2);
  CHECK(shop.rows("product-stocks", {{"code", "SAME"}}).size() == 2);
}

TEST_CASE("Shoper: stock_relative is a delta and wins over stock", "[shoper][products]") {
  Shop shop;
  const auto id = shop.plant_product("A", "10");

  CHECK(shop.put(product_path(id), {{"stock", {{"stock", 99}, {"stock_relative", -3}}}}).body ==
        "1");

  CHECK(product(shop, id)["stock"]["stock"] == "7");
  CHECK(shop.level(shop.stock_of(id)) == "7");
}

TEST_CASE("Shoper: stock_relative that would go below zero is refused and changes nothing",
          "[shoper][products]") {
  Shop shop;
  const auto id = shop.plant_product("A", "2");

  const Response response = shop.put(product_path(id), {{"stock", {{"stock_relative", -3}}}});

  CHECK(response.status == 400);
  CHECK(bad_fields(response) == Fields{"stock.stock_relative"});
  CHECK(shop.level(shop.stock_of(id)) == "2");
}

TEST_CASE("Shoper: PUT changes only what it names, and the date of the last edit",
          "[shoper][products]") {
  Shop shop;
  const auto id = shop.create("products", least_product("A"));
  Json expected = product(shop, id);
  shop.clock.advance(std::chrono::hours{1});

  const Response response =
      shop.put(product_path(id), {{"translations", {{"pl_PL", {{"description", "Opis"}}}}}});

  CHECK(response.status == 200);
  CHECK(response.body == "1");
  expected["translations"]["pl_PL"]["description"] = "Opis";
  expected["edit_date"] = "2026-03-02 10:00:00";
  CHECK(product(shop, id) == expected);
}

TEST_CASE("Shoper: a second language joins the translations of a product", "[shoper][products]") {
  Shop shop;
  const auto id = shop.create("products", least_product("A"));

  shop.put(product_path(id), {{"translations", {{"en_US", {{"name", "Shoe"}}}}}});

  const Json made = product(shop, id);
  CHECK(made["translations"]["pl_PL"]["name"] == "Nowy produkt");
  CHECK(made["translations"]["en_US"]["name"] == "Shoe");
  CHECK(made["translations"]["en_US"]["lang_id"] == "2");
  CHECK(made["translations"]["en_US"]["translation_id"] !=
        made["translations"]["pl_PL"]["translation_id"]);
}

TEST_CASE("Shoper: the list of categories holds the main one, before and after it changes",
          "[shoper][products]") {
  Shop shop;
  Json body = least_product("A");
  body["categories"] = {1};
  const auto id = shop.create("products", body);
  CHECK(product(shop, id)["categories"] == Json::array({2, 1}));

  shop.put(product_path(id), {{"category_id", "3"}});

  CHECK(product(shop, id)["category_id"] == "3");
  CHECK(product(shop, id)["categories"] == Json::array({3, 1}));
}

TEST_CASE("Shoper: categories count their products", "[shoper][products][categories]") {
  Shop shop;
  const auto items = [&](int category) {
    return shop.read(
        fmt::format("/webapi/rest/categories/{}", category))["translations"]["pl_PL"]["items"];
  };
  const auto id = shop.create("products", least_product("A"));
  CHECK(items(2) == 1);

  shop.put(product_path(id), {{"category_id", 3}});
  CHECK(items(2) == 0);
  CHECK(items(3) == 1);

  shop.remove(product_path(id));
  CHECK(items(3) == 0);
}

TEST_CASE("Shoper: a price of zero goes by shopping_products_allow_zero", "[shoper][products]") {
  Shop shop;
  Json body = least_product("A");
  body["stock"]["price"] = 0;
  CHECK(shop.post("/webapi/rest/products", body).status == 200);

  shop.door.configure({{"shopping_products_allow_zero", "0"}});

  const Response response = shop.post("/webapi/rest/products", body);
  CHECK(response.status == 400);
  CHECK(bad_fields(response) == Fields{"stock.price"});
}

TEST_CASE("Shoper: a negative price is refused", "[shoper][products]") {
  Shop shop;
  Json body = least_product("A");
  body["stock"]["price"] = "-0.01";

  CHECK(bad_fields(shop.post("/webapi/rest/products", body)) == Fields{"stock.price"});
}

TEST_CASE("Shoper: numbers may be sent as numbers or as texts, and are answered as texts",
          "[shoper][products]") {
  Shop shop;
  Json body = least_product("A");
  body["stock"] = {{"price", 12.5}, {"stock", "007"}, {"weight", "0.50"}};
  body["code"] = 12345;

  const Json made = product(shop, shop.create("products", body));

  CHECK(made["code"] == "12345");
  CHECK(made["stock"]["price"] == "12.50");
  CHECK(made["stock"]["stock"] == "7");
  CHECK(made["stock"]["weight"] == "0.5");
}

TEST_CASE("Shoper: a price with more than two places is rounded half up", "[shoper][products]") {
  Shop shop;
  Json body = least_product("A");
  body["stock"]["price"] = "10.005";

  CHECK(product(shop, shop.create("products", body))["stock"]["price"] == "10.01");
}

TEST_CASE("Shoper: text keeps every character", "[shoper][products]") {
  Shop shop;
  const std::string code = " Ąę/\"\\\t😀 ";
  Json body = least_product(code);

  const auto id = shop.create("products", body);

  const Response response = shop.get(product_path(id));
  CHECK(body_of(response)["code"] == code);
  CHECK(shop.rows("products", {{"code", code}}).size() == 1);
  // As PHP writes it: nothing beyond ASCII on the wire.
  CHECK(response.body.find("\\u0104\\u0119\\/") != std::string::npos);
}

TEST_CASE("Shoper: deleting a product takes its stocks, and a second time there is nothing",
          "[shoper][products]") {
  Shop shop;
  const auto id = shop.plant_product("A", "5");
  const auto stock = shop.stock_of(id);

  CHECK(shop.remove(product_path(id)).body == "1");

  CHECK(shop.get(product_path(id)).status == 404);
  CHECK(shop.get(fmt::format("/webapi/rest/product-stocks/{}", stock)).status == 404);
  CHECK(shop.remove(product_path(id)).status == 404);
}

TEST_CASE("Shoper: a read-only field is passed over, or refused by setting", "[shoper][products]") {
  Shop shop;
  const auto id = shop.plant_product("A", "5");

  CHECK(shop.put(product_path(id), {{"add_date", "2020-01-01 00:00:00"}}).status == 200);
  CHECK(product(shop, id)["add_date"] == "2026-03-02 09:00:00");
  CHECK(shop.put(product_path(id), {{"add_date", "2020-01-01 00:00:00"}}).body == "1");
  CHECK(shop.note == "passed over: add_date");

  shop.door.set({{"readonly_fields", "refuse"}});
  const Response response = shop.put(product_path(id), {{"add_date", "2020-01-01 00:00:00"}});
  CHECK(response.status == 400);
  CHECK(bad_fields(response) == Fields{"add_date"});
}

TEST_CASE("Shoper: an unknown field is passed over with a note, or refused by setting",
          "[shoper][products]") {
  Shop shop;
  const auto id = shop.plant_product("A", "5");

  CHECK(shop.put(product_path(id), {{"colour", "red"}}).status == 200);
  CHECK(shop.note == "passed over: colour");

  shop.door.set({{"unknown_fields", "refuse"}});
  CHECK(bad_fields(shop.put(product_path(id), {{"colour", "red"}})) == Fields{"colour"});
}

TEST_CASE("Shoper: a body that is no JSON object is refused", "[shoper][products]") {
  Shop shop;
  const auto id = shop.plant_product("A", "5");
  const std::string deep = std::string(500, '[') + std::string(500, ']');
  for (const std::string body : {"", "{", "[1]", "\"x\"", "{\"code\":\"\xff\"}", deep.c_str()}) {
    CAPTURE(body);
    const Response response = shop.send("PUT", product_path(id), body);
    CHECK(response.status == 400);
    CHECK(body_of(response)["error"] == "invalid_request");
  }
}

TEST_CASE("Shoper: an empty PHP array stands for an empty object", "[shoper][products]") {
  Shop shop;
  const auto id = shop.plant_product("A", "5");

  CHECK(shop.send("PUT", product_path(id), "[]").status == 200);
  CHECK(shop.put(product_path(id), {{"translations", Json::array()}}).status == 200);
  CHECK(product(shop, id)["translations"]["pl_PL"]["name"] == "Produkt A");
}

TEST_CASE("Shoper: where zero is no price, a product needs one and a variant may not have none",
          "[shoper][products]") {
  Shop shop;
  const auto product = shop.plant_product("A", "1");
  shop.door.configure({{"shopping_products_allow_zero", "0"}});
  Json body = least_product("B");
  body["stock"] = Json::object();
  CHECK(bad_fields(shop.post("/webapi/rest/products", body)) == Fields{"stock.price"});

  const Json variant = {{"product_id", product},
                        {"options", Json::array({{{"option_id", 1}, {"value_id", 1}}})},
                        {"price_type", 1},
                        {"price", 0}};
  CHECK(bad_fields(shop.post("/webapi/rest/product-stocks", variant)) == Fields{"price"});
}

TEST_CASE("Shoper: a variant cheaper than its base by more than the base costs nothing",
          "[shoper][products]") {
  Shop shop;
  const auto product = shop.plant_product("A", "1", "49.00");
  const auto variant = shop.create("product-stocks",
                                   {{"product_id", product},
                                    {"options", Json::array({{{"option_id", 1}, {"value_id", 1}}})},
                                    {"price_type", 3},
                                    {"price", "500"}});
  CHECK(shop.door.text("product-stocks", variant, "comp_price") == "0.00");
}
