#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>

#include "shop.hpp"

using namespace atrapa::tests;

namespace {

std::string line_path(std::int64_t id) { return fmt::format("/webapi/rest/order-products/{}", id); }

using Fields = std::vector<std::string>;

/// A shop with a product of 10 pieces at 19.99 and an order.
struct Sale : Shop {
  Sale() {
    product = plant_product("A-1", "10", "19.99");
    stock = stock_of(product);
    order = create("orders", least_order());
  }

  Json line(Json extra = Json::object()) const {
    Json body = {{"order_id", order}, {"product_id", product}, {"quantity", 2}};
    body.update(extra);
    return body;
  }
  std::string sum() { return door.text("orders", order, "sum"); }

  std::int64_t product = 0;
  std::int64_t stock = 0;
  std::int64_t order = 0;
};

}  // namespace

TEST_CASE("Shoper: a line copies its product, takes its stock and enters the sum",
          "[shoper][lines]") {
  Sale shop;

  const auto id = shop.create("order-products", shop.line());

  const Json line = shop.read(line_path(id));
  CHECK(line["id"] == std::to_string(id));
  CHECK(line["stock_id"] == std::to_string(shop.stock));
  CHECK(line["code"] == "A-1");
  CHECK(line["name"] == "Produkt A-1");
  CHECK(line["price"] == "19.99");
  CHECK(line["discount_perc"] == "0.0000");
  CHECK(line["tax"] == "23%");
  CHECK(line["tax_value"] == "23");
  CHECK(line["unit"] == "szt.");
  CHECK(line["unit_fp"] == "0");
  CHECK(shop.level(shop.stock) == "8");
  CHECK(shop.sum() == "39.98");
  CHECK(shop.read(fmt::format("/webapi/rest/orders/{}", shop.order))["total_products"] == 1);
}

TEST_CASE("Shoper: stock stays where shopping_update_stock_on_buy is off", "[shoper][lines]") {
  Sale shop;
  shop.door.configure({{"shopping_update_stock_on_buy", "0"}});

  const auto id = shop.create("order-products", shop.line());
  CHECK(shop.level(shop.stock) == "10");
  shop.remove(line_path(id));
  CHECK(shop.level(shop.stock) == "10");
}

TEST_CASE("Shoper: the difference is taken or returned when a line changes or goes",
          "[shoper][lines]") {
  Sale shop;
  const auto id = shop.create("order-products", shop.line());

  CHECK(shop.put(line_path(id), {{"quantity", 7}}).body == "1");
  CHECK(shop.level(shop.stock) == "3");
  CHECK(shop.sum() == "139.93");
  shop.put(line_path(id), {{"quantity", "1"}, {"price", "5.00"}});
  CHECK(shop.level(shop.stock) == "9");
  CHECK(shop.sum() == "5.00");
  CHECK(shop.remove(line_path(id)).body == "1");
  CHECK(shop.level(shop.stock) == "10");
  CHECK(shop.sum() == "0.00");
  CHECK(shop.remove(line_path(id)).status == 404);
}

TEST_CASE(
    "Shoper: more than there is is refused and changes nothing, unless overselling is allowed",
    "[shoper][lines]") {
  Sale shop;

  const Response refused = shop.post("/webapi/rest/order-products", shop.line({{"quantity", 11}}));
  CHECK(refused.status == 400);
  CHECK(bad_fields(refused) == Fields{"quantity"});
  CHECK(shop.level(shop.stock) == "10");
  CHECK(shop.rows("order-products", {{"order_id", shop.order}}).empty());
  CHECK(shop.sum() == "0.00");

  const auto id = shop.create("order-products", shop.line({{"quantity", 10}}));
  CHECK(bad_fields(shop.put(line_path(id), {{"quantity", 11}})) == Fields{"quantity"});
  CHECK(shop.put(line_path(id), {{"quantity", 10}}).status == 200);

  shop.door.configure({{"shopping_allow_overselling", "1"}});
  CHECK(shop.put(line_path(id), {{"quantity", 12}}).status == 200);
  CHECK(shop.level(shop.stock) == "-2");
}

TEST_CASE("Shoper: fractions of a line go by its unit", "[shoper][lines]") {
  Sale shop;
  const auto kilos = shop.plant_product("KG", "10", "8.00", 2);

  CHECK(bad_fields(shop.post("/webapi/rest/order-products", shop.line({{"quantity", "0.5"}}))) ==
        Fields{"quantity"});
  const auto id =
      shop.create("order-products", shop.line({{"product_id", kilos}, {"quantity", "0.125"}}));
  CHECK(shop.read(line_path(id))["quantity"] == "0.125");
  CHECK(shop.read(line_path(id))["unit_fp"] == "1");
  CHECK(shop.level(shop.stock_of(kilos)) == "9.875");
  CHECK(shop.sum() == "1.00");
}

TEST_CASE("Shoper: a line of nothing or less is refused", "[shoper][lines]") {
  Sale shop;
  for (const int quantity : {0, -1}) {
    CHECK(bad_fields(shop.post("/webapi/rest/order-products",
                               shop.line({{"quantity", quantity}}))) == Fields{"quantity"});
  }
}

TEST_CASE("Shoper: one answer names every field that a line lacks", "[shoper][lines]") {
  Shop shop;

  const Response response = shop.post("/webapi/rest/order-products", Json::object());

  CHECK(response.status == 400);
  CHECK(bad_fields(response) == Fields{"name", "order_id", "quantity", "tax", "unit_id"});
}

TEST_CASE("Shoper: a line of an unknown order or product is refused", "[shoper][lines]") {
  Sale shop;

  CHECK(bad_fields(shop.post("/webapi/rest/order-products",
                             shop.line({{"order_id", 99}, {"product_id", 98}}))) ==
        Fields{"order_id", "product_id"});
  CHECK(bad_fields(shop.post("/webapi/rest/order-products",
                             {{"order_id", shop.order}, {"stock_id", 97}, {"quantity", 1}})) ==
        Fields{"stock_id"});
}

TEST_CASE("Shoper: a free line says itself what it is, and takes no stock", "[shoper][lines]") {
  Sale shop;

  const auto id = shop.create("order-products", {{"order_id", shop.order},
                                                 {"name", "Grawer"},
                                                 {"quantity", "1.5"},
                                                 {"price", "10.01"},
                                                 {"unit_id", 2},
                                                 {"tax", "zw."}});

  const Json line = shop.read(line_path(id));
  CHECK(line["product_id"] == "0");
  CHECK(line["stock_id"] == "0");
  CHECK(line["unit"] == "kg");
  CHECK(line["unit_fp"] == "1");
  CHECK(line["tax"] == "zw.");
  CHECK(line["tax_value"] == "0");
  CHECK(shop.sum() == "15.02");
  CHECK(shop.level(shop.stock) == "10");
}

TEST_CASE("Shoper: a line may be of a variant; product_id wins over stock_id", "[shoper][lines]") {
  Sale shop;
  const auto variant = shop.plant(
      "product-stocks", {{"product_id", shop.product}, {"code", "A-1-RED"}, {"stock", 3}});

  const auto of_variant = shop.create(
      "order-products", {{"order_id", shop.order}, {"stock_id", variant}, {"quantity", 1}});
  CHECK(shop.read(line_path(of_variant))["code"] == "A-1-RED");
  CHECK(shop.read(line_path(of_variant))["product_id"] == std::to_string(shop.product));
  CHECK(shop.level(variant) == "2");

  const auto of_both = shop.create("order-products", shop.line({{"stock_id", variant}}));
  CHECK(shop.read(line_path(of_both))["stock_id"] == std::to_string(shop.stock));
  CHECK(shop.level(variant) == "2");

  Json free = {{"order_id", shop.order}, {"name", "Grawer"}, {"quantity", 1}, {"unit_id", 1}};
  free.update({{"tax", "23%"}, {"product_id", 0}, {"stock_id", variant}});
  const auto of_none = shop.create("order-products", free);
  CHECK(shop.read(line_path(of_none))["product_id"] == "0");
  CHECK(shop.read(line_path(of_none))["stock_id"] == "0");
  CHECK(shop.level(variant) == "2");
}

TEST_CASE("Shoper: lines outlive their product", "[shoper][lines]") {
  Sale shop;
  const auto id = shop.create("order-products", shop.line());

  shop.remove(fmt::format("/webapi/rest/products/{}", shop.product));

  CHECK(shop.read(line_path(id))["product_id"] == std::to_string(shop.product));
  CHECK(shop.put(line_path(id), {{"quantity", 1}}).status == 200);
  CHECK(shop.remove(line_path(id)).status == 200);
}

TEST_CASE("Shoper: a line's discount lowers the sum, and stays within 0 and 100",
          "[shoper][lines]") {
  Sale shop;
  const auto id = shop.create(
      "order-products", shop.line({{"quantity", 1}, {"price", "9.99"}, {"discount_perc", "12.5"}}));

  CHECK(shop.read(line_path(id))["discount_perc"] == "12.5000");
  CHECK(shop.sum() == "8.74");
  CHECK(bad_fields(shop.put(line_path(id), {{"discount_perc", 100.5}, {"price", -1}})) ==
        Fields{"discount_perc", "price"});
}

TEST_CASE("Shoper: the percents of an order's header count by setting", "[shoper][lines]") {
  Sale shop;
  shop.create("order-products", shop.line({{"price", "10.00"}}));
  shop.door.set({{"sum_counts_order_discounts", true}});
  shop.door.edit("orders", shop.order, {{"discount_client", "10"}});

  shop.create("order-products", shop.line({{"price", "10.00"}}));

  CHECK(shop.sum() == "36.00");
}

TEST_CASE("Shoper: order, product and stock of a line stay", "[shoper][lines]") {
  Sale shop;
  const auto id = shop.create("order-products", shop.line());
  const auto other = shop.plant_product("B", "5");

  CHECK(
      shop.put(line_path(id), {{"product_id", other}, {"order_id", 77}, {"stock_id", 5}}).status ==
      200);

  CHECK(shop.note == "passed over: order_id, product_id, stock_id");
  CHECK(shop.read(line_path(id))["product_id"] == std::to_string(shop.product));
  CHECK(shop.level(shop.stock) == "8");
}

TEST_CASE("Shoper: texts of a line have their limits in characters", "[shoper][lines]") {
  Sale shop;
  std::string name;
  for (int i = 0; i < 255; ++i) name += "ż";

  CHECK(shop.post("/webapi/rest/order-products", shop.line({{"name", name}})).status == 200);
  CHECK(bad_fields(shop.post("/webapi/rest/order-products",
                             shop.line({{"name", name + "x"}, {"pkwiu", std::string(21, '1')}}))) ==
        Fields{"name", "pkwiu"});
}

TEST_CASE("Shoper: tax and unit of a line are ones of the shop's", "[shoper][lines]") {
  Sale shop;
  const auto line_of = [&](Json body, const char* field, const Json& value) {
    body[field] = value;
    return shop.post("/webapi/rest/order-products", body);
  };
  const Json free_line = {
      {"order_id", shop.order}, {"name", "f"}, {"price", 1}, {"quantity", 1}, {"unit_id", 1}};
  const auto id = shop.create("order-products", shop.line());
  for (const auto& [field, value] :
       std::map<const char*, Json>{{"tax", "99%"}, {"tax_value", 77}}) {
    CHECK(bad_fields(line_of(free_line, field, value)) == Fields{field});
    CHECK(bad_fields(line_of(shop.line(), field, value)) == Fields{field});
    CHECK(bad_fields(shop.put(line_path(id), {{field, value}})) == Fields{field});
  }
  CHECK(bad_fields(line_of(shop.line(), "unit_id", 99)) == Fields{"unit_id"});
  CHECK(line_of(free_line, "tax", "zw.").status == 200);
  CHECK(line_of(shop.line(), "tax", "8%").status == 200);
  CHECK(shop.put(line_path(id), {{"tax", "8%"}}).status == 200);
  CHECK(shop.read(line_path(id))["tax_value"] == "8");
}

TEST_CASE("Shoper: what is refused already is not told as missing as well", "[shoper][lines]") {
  Sale shop;
  CHECK(bad_fields(shop.post("/webapi/rest/order-products", {{"order_id", shop.order},
                                                             {"name", std::string(256, 'n')},
                                                             {"quantity", 1},
                                                             {"unit", std::string(51, 'u')},
                                                             {"unit_fp", 0},
                                                             {"tax", "23%"}})) ==
        Fields{"name", "unit"});
}

TEST_CASE("Shoper: a unit of whole pieces does not come under a quantity with decimals",
          "[shoper][lines]") {
  Sale shop;
  const auto id = shop.create("order-products", shop.line({{"quantity", "1.5"}, {"unit_fp", 1}}));
  CHECK(bad_fields(shop.put(line_path(id), {{"unit_fp", 0}})) == Fields{"unit_fp"});
  CHECK(shop.put(line_path(id), {{"unit_fp", 0}, {"quantity", 2}}).status == 200);
  CHECK(shop.put(line_path(id), {{"unit_fp", 0}}).status == 200);
}
