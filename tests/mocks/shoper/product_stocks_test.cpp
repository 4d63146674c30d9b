#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "shop.hpp"

using namespace atrapa::tests;

namespace {

std::string stock_path(std::int64_t id) {
  return fmt::format("/webapi/rest/product-stocks/{}", id);
}

using Fields = std::vector<std::string>;

Json options() { return Json::array({{{"option_id", 1}, {"value_id", 2}}}); }

}  // namespace

TEST_CASE("Shoper: a stock write is absolute and shows in the product", "[shoper][stocks]") {
  Shop shop;
  const auto product = shop.plant_product("A", "10");
  const auto stock = shop.stock_of(product);

  const Response response = shop.put(stock_path(stock), {{"stock", 4}});

  CHECK(response.status == 200);
  CHECK(response.body == "1");
  CHECK(shop.read(stock_path(stock))["stock"] == "4");
  CHECK((*shop.door.row("products", product))["stock"]["stock"] == "4");
}

TEST_CASE("Shoper: whole pieces stay whole unless the unit is floating point", "[shoper][stocks]") {
  Shop shop;
  const auto pieces = shop.stock_of(shop.plant_product("SZT", "1", "1.00", 1));
  const auto kilos = shop.stock_of(shop.plant_product("KG", "1", "1.00", 2));

  const Response refused = shop.put(stock_path(pieces), {{"stock", "1.5"}});
  CHECK(refused.status == 400);
  CHECK(bad_fields(refused) == Fields{"stock"});
  CHECK(shop.level(pieces) == "1");
  CHECK(shop.put(stock_path(pieces), {{"stock", "3.000"}}).status == 200);
  CHECK(shop.level(pieces) == "3");
  CHECK(shop.put(stock_path(kilos), {{"stock", 1.5}}).status == 200);
  CHECK(shop.level(kilos) == "1.5");

  shop.door.set({{"stock_write_checks_unit", false}});
  CHECK(shop.put(stock_path(pieces), {{"stock", "1.5"}}).status == 200);
}

TEST_CASE("Shoper: a stock below zero is refused, or taken by setting", "[shoper][stocks]") {
  Shop shop;
  const auto stock = shop.stock_of(shop.plant_product("A", "1"));
  CHECK(bad_fields(shop.put(stock_path(stock), {{"stock", -1}})) == Fields{"stock"});

  shop.door.set({{"negative_stock", "accept"}});

  CHECK(shop.put(stock_path(stock), {{"stock", -1}}).status == 200);
  CHECK(shop.level(stock) == "-1");
}

TEST_CASE("Shoper: what is no number is no stock", "[shoper][stocks]") {
  Shop shop;
  const auto stock = shop.stock_of(shop.plant_product("A", "1"));
  for (const Json& value :
       std::vector<Json>{"", "1,5", "x", nullptr, Json::array(), true, "1e3", 1e30}) {
    CAPTURE(value.dump());
    CHECK(bad_fields(shop.put(stock_path(stock), {{"stock", value}})) == Fields{"stock"});
  }
  CHECK(shop.level(stock) == "1");
}

TEST_CASE("Shoper: options make a variant, which its product names", "[shoper][stocks]") {
  Shop shop;
  const auto product = shop.plant_product("A", "10");

  const auto variant = shop.create(
      "product-stocks",
      {{"product_id", product}, {"options", options()}, {"code", "A-RED"}, {"stock", 3}});

  const Json made = shop.read(stock_path(variant));
  CHECK(made["extended"] == "1");
  CHECK(made["price_type"] == "0");
  CHECK(made["comp_price"] == "100.00");
  CHECK(made["options"][0]["value_id"] == "2");
  CHECK((*shop.door.row("products", product))["options"] == Json::array({variant}));
  CHECK((*shop.door.row("products", product))["stock"]["code"] == "A");
  CHECK(shop.remove(stock_path(variant)).body == "1");
  CHECK((*shop.door.row("products", product))["options"] == Json::array());
}

TEST_CASE("Shoper: a stock without a product or without options is refused", "[shoper][stocks]") {
  Shop shop;

  CHECK(bad_fields(shop.post("/webapi/rest/product-stocks", Json::object())) ==
        Fields{"options", "product_id"});
  CHECK(bad_fields(shop.post("/webapi/rest/product-stocks",
                             {{"product_id", 77}, {"options", options()}})) ==
        Fields{"product_id"});
}

TEST_CASE("Shoper: a variant's price follows its base by price_type", "[shoper][stocks]") {
  Shop shop;
  const auto product = shop.plant_product("A", "10", "100.00");
  const auto variant = shop.create(
      "product-stocks",
      {{"product_id", product}, {"options", options()}, {"price", "20.00"}, {"price_type", 2}});
  const auto computed = [&] { return shop.read(stock_path(variant))["comp_price"]; };
  CHECK(computed() == "120.00");

  shop.put(stock_path(variant), {{"price_type", "3"}});
  CHECK(computed() == "80.00");
  shop.put(stock_path(shop.stock_of(product)), {{"price", "50.00"}});
  CHECK(computed() == "30.00");
  shop.put(stock_path(variant), {{"price_type", "1"}});
  CHECK(computed() == "20.00");
  shop.put(stock_path(variant), {{"price_type", "0"}});
  CHECK(computed() == "50.00");
}

TEST_CASE("Shoper: a base stock has a price of its own and no other type", "[shoper][stocks]") {
  Shop shop;
  const auto stock = shop.stock_of(shop.plant_product("A", "1"));

  CHECK(bad_fields(shop.put(stock_path(stock), {{"price_type", "2"}})) == Fields{"price_type"});
  CHECK(bad_fields(shop.put(stock_path(stock), {{"price_type", "9"}})) == Fields{"price_type"});
  CHECK(shop.door.text("product-stocks", stock, "price_type") == "1");
}

TEST_CASE("Shoper: a base stock goes with its product only", "[shoper][stocks]") {
  Shop shop;
  const auto stock = shop.stock_of(shop.plant_product("A", "1"));

  const Response response = shop.remove(stock_path(stock));

  CHECK(response.status == 400);
  CHECK(body_of(response)["error"] == "cannot_delete_internal_object");
  CHECK(shop.get(stock_path(stock)).status == 200);
}

TEST_CASE("Shoper: the code of a base stock is its product's code", "[shoper][stocks]") {
  Shop shop;
  const auto product = shop.plant_product("A", "1");

  shop.put(stock_path(shop.stock_of(product)), {{"code", "B"}});
  CHECK(shop.door.text("products", product, "code") == "B");
  shop.put(fmt::format("/webapi/rest/products/{}", product), {{"code", "C"}});
  CHECK(shop.door.text("product-stocks", shop.stock_of(product), "code") == "C");
}

TEST_CASE("Shoper: a stock write leaves a planted difference of codes alone", "[shoper][stocks]") {
  Shop shop;
  const auto product =
      shop.plant("products", {{"code", "HEADER"}, {"stock", {{"code", "STOCK"}, {"stock", 1}}}});

  shop.put(stock_path(shop.stock_of(product)), {{"stock", 2}});

  CHECK(shop.door.text("products", product, "code") == "HEADER");
  CHECK(shop.door.text("product-stocks", shop.stock_of(product), "code") == "STOCK");
}
