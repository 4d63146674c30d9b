#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "shop.hpp"

using namespace atrapa::tests;

namespace {

using Fields = std::vector<std::string>;

/// A shop with the module on, two warehouses, and a product of 7 and 3 pieces in them.
struct Depot : Shop {
  Depot() {
    door.configure({{"warehouses_enabled", true}});
    second = create("warehouses", {{"name", "Drugi"}, {"short_name", "M2"}});
    product = plant_product("A", "7");
    stock = stock_of(product);
    path = fmt::format("/webapi/rest/product-stocks/{}", stock);
    put(path, {{"warehouses", {{std::to_string(second), 3}}}});
    order = create("orders", least_order());
  }
  std::string in(std::int64_t warehouse) {
    return (*door.row("product-stocks", stock))["warehouses"][std::to_string(warehouse)];
  }
  Json part(std::int64_t warehouse, const Json& quantity) const {
    return {
        {"source_warehouse_id", warehouse}, {"shipping_warehouse_id", 1}, {"quantity", quantity}};
  }

  std::int64_t second = 0;
  std::int64_t product = 0;
  std::int64_t stock = 0;
  std::int64_t order = 0;
  std::string path;
};

}  // namespace

TEST_CASE("Shoper: with the module off the three warehouse resources answer 400",
          "[shoper][warehouses]") {
  Shop shop;
  for (const char* resource :
       {"warehouses", "warehouse-logs", "warehouse-relocations", "warehouses/1"}) {
    const Response response = shop.get(fmt::format("/webapi/rest/{}", resource));
    CHECK(response.status == 400);
    CHECK(body_of(response)["error"] == "invalid_request");
    CHECK(body_of(response)["error_description"] == "Warehouses module is disabled");
  }
  const auto stock = shop.stock_of(shop.plant_product("A", "1"));
  const Response response =
      shop.put(fmt::format("/webapi/rest/product-stocks/{}", stock), {{"warehouses", {{"1", 5}}}});
  CHECK(body_of(response)["error_description"] == "Warehouses module is disabled");
  CHECK(!shop.door.row("product-stocks", stock)->contains("warehouses"));
}

TEST_CASE("Shoper: switched on, the module finds all stock in the default warehouse",
          "[shoper][warehouses]") {
  Shop shop;
  const auto stock = shop.stock_of(shop.plant_product("A", "7"));

  shop.door.configure({{"warehouses_enabled", true}});

  CHECK(shop.read("/webapi/rest/warehouses")["count"] == "1");
  CHECK((*shop.door.row("product-stocks", stock))["warehouses"] == Json{{"1", "7"}});
  CHECK(shop.read("/webapi/rest/application-config")["warehouses_enabled"] == true);
}

TEST_CASE("Shoper: with the module on, stock is a read-only sum of the warehouses",
          "[shoper][warehouses]") {
  Depot shop;
  CHECK(shop.level(shop.stock) == "10");

  const Response refused = shop.put(shop.path, {{"stock", 4}});
  CHECK(refused.status == 400);
  CHECK(bad_fields(refused) == Fields{"stock"});

  CHECK(shop.put(shop.path, {{"warehouses", {{"1", 5}}}}).body == "1");
  CHECK(shop.level(shop.stock) == "8");
  CHECK(shop.in(shop.second) == "3");
  CHECK((*shop.door.row("products", shop.product))["stock"]["stock"] == "8");
  CHECK(bad_fields(shop.put(fmt::format("/webapi/rest/products/{}", shop.product),
                            {{"stock", {{"stock", 1}, {"stock_relative", 1}}}})) ==
        Fields{"stock.stock", "stock.stock_relative"});
}

TEST_CASE("Shoper: a warehouse that does not exist and a level that is none are refused",
          "[shoper][warehouses]") {
  Depot shop;

  CHECK(bad_fields(shop.put(shop.path, {{"warehouses", {{"9", 5}, {"1", "1.5"}}}})) ==
        Fields{"warehouses.1", "warehouses.9"});
  CHECK(shop.level(shop.stock) == "10");
}

TEST_CASE("Shoper: with the module on, a line says which warehouse it takes from, and no quantity",
          "[shoper][warehouses][lines]") {
  Depot shop;
  Json body = {{"order_id", shop.order}, {"product_id", shop.product}};
  CHECK(bad_fields(shop.post("/webapi/rest/order-products", body)) == Fields{"warehouses"});
  body["warehouses"] = Json::array({shop.part(1, 2), shop.part(shop.second, 3)});
  body["quantity"] = 5;
  CHECK(bad_fields(shop.post("/webapi/rest/order-products", body)) == Fields{"quantity"});
  body.erase("quantity");

  const auto line = shop.create("order-products", body);

  CHECK(shop.door.text("order-products", line, "quantity") == "5");
  CHECK(shop.in(1) == "5");
  CHECK(shop.in(shop.second) == "0");
  CHECK(shop.level(shop.stock) == "5");
  CHECK(shop.door.text("orders", shop.order, "sum") == "500.00");

  const std::string path = fmt::format("/webapi/rest/order-products/{}", line);
  CHECK(shop.put(path, {{"warehouses", Json::array({shop.part(1, 4)})}}).body == "1");
  CHECK(shop.in(1) == "3");
  CHECK(shop.in(shop.second) == "3");
  CHECK(bad_fields(shop.put(path, {{"quantity", 1}})) == Fields{"quantity"});
  CHECK(shop.remove(path).body == "1");
  CHECK(shop.in(1) == "7");
  CHECK(shop.level(shop.stock) == "10");
}

TEST_CASE("Shoper: a line takes no more from a warehouse than it holds",
          "[shoper][warehouses][lines]") {
  Depot shop;
  const Response response = shop.post("/webapi/rest/order-products",
                                      {{"order_id", shop.order},
                                       {"product_id", shop.product},
                                       {"warehouses", Json::array({shop.part(shop.second, 4)})}});
  CHECK(bad_fields(response) == Fields{"warehouses"});
  CHECK(shop.level(shop.stock) == "10");
}

TEST_CASE("Shoper: a product made with the module on starts with its quantities by warehouse",
          "[shoper][warehouses]") {
  Depot shop;
  Json body = least_product("B");
  body["stock"]["warehouses"] = {{"1", 2}, {std::to_string(shop.second), 3}};

  const auto id = shop.create("products", body);

  CHECK(shop.level(shop.stock_of(id)) == "5");
}

TEST_CASE("Shoper: a warehouse that holds pieces stays", "[shoper][warehouses]") {
  Depot shop;
  const std::string path = fmt::format("/webapi/rest/warehouses/{}", shop.second);
  CHECK(bad_fields(shop.post("/webapi/rest/warehouses", Json::object())) ==
        Fields{"name", "short_name"});
  CHECK(body_of(shop.remove(path))["error"] == "cannot_delete_internal_object");
  shop.put(shop.path, {{"warehouses", {{std::to_string(shop.second), 0}}}});
  CHECK(shop.put(path, {{"city", "Kraków"}}).body == "1");
  CHECK(shop.read(path)["city"] == "Kraków");
  CHECK(shop.remove(path).body == "1");
}

TEST_CASE("Shoper: with the module on an empty list of warehouses is none",
          "[shoper][warehouses]") {
  Depot shop;
  const Json body = {
      {"order_id", shop.order}, {"stock_id", shop.stock}, {"warehouses", Json::array()}};
  CHECK(bad_fields(shop.post("/webapi/rest/order-products", body)) == Fields{"warehouses"});
}

TEST_CASE("Shoper: every movement of stock between or into warehouses is logged, and no other",
          "[shoper][warehouses]") {
  Depot depot;
  const auto logs = [&] {
    std::vector<std::string> said;
    const Json body = body_of(depot.get("/webapi/rest/warehouse-logs?order=log_id"));
    for (const Json& row : body["list"]) {
      CHECK(row["stock_id"] == std::to_string(depot.stock));
      CHECK(row["date"].get<std::string>().starts_with("20"));
      said.push_back(fmt::format(
          "{} {} = {} order {} relocation {} admin {}", row["warehouse_id"].get<std::string>(),
          row["quantity"].dump(), row["sum"].dump(), row["order_id"].get<std::string>(),
          row["relocation_id"].get<std::string>(), row["admin_id"].get<std::string>()));
    }
    return said;
  };
  REQUIRE(logs() == Fields{"2 3 = 3 order 0 relocation 0 admin 0"});
  const auto line = depot.create("order-products", {{"order_id", depot.order},
                                                    {"product_id", depot.product},
                                                    {"stock_id", depot.stock},
                                                    {"warehouses", {depot.part(2, 2)}}});
  const std::string order = fmt::format("order {}", depot.order);
  CHECK(logs().back() == fmt::format("2 -2 = 1 {} relocation 0 admin 0", order));
  CHECK(depot.remove(fmt::format("/webapi/rest/order-products/{}", line)).status == 200);
  CHECK(logs().back() == fmt::format("2 2 = 3 {} relocation 0 admin 0", order));
  const auto moved = depot.create("warehouse-relocations", {{"stock_id", depot.stock},
                                                            {"warehouse_from_id", 1},
                                                            {"warehouse_to_id", 2},
                                                            {"quantity", 4}});
  const auto all = logs();
  REQUIRE(all.size() == 5);
  CHECK(all[3] == fmt::format("1 -4 = 3 order 0 relocation {} admin 0", moved));
  CHECK(all[4] == fmt::format("2 4 = 7 order 0 relocation {} admin 0", moved));
  depot.put(depot.path, {{"price", "9.00"}});
  depot.put(depot.path, {{"warehouses", {{"2", 7}}}});
  CHECK(logs().size() == 5);
  CHECK(body_of(depot.get("/webapi/rest/warehouse-logs/1"))["sum"] == 3);
  CHECK(depot.post("/webapi/rest/warehouse-logs", Json::object()).status == 405);
}
