#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "mocks/kit/world_error.hpp"
#include "shop.hpp"

using namespace atrapa::tests;

namespace {

constexpr const char* kLock = "/webapi/rest/application-lock";

std::string stock_path(Shop& shop, std::int64_t product) {
  return fmt::format("/webapi/rest/product-stocks/{}", shop.stock_of(product));
}

std::int64_t mtime(Shop& shop, std::string_view object, std::int64_t id) {
  return shop.read(fmt::format("/webapi/rest/object-mtime/{}/{}", object, id))["date"];
}

/// 2026-03-02 08:00:00 UTC.
constexpr std::int64_t kMonday = 1772438400;

}  // namespace

TEST_CASE("Shoper: the panel is locked, told about and unlocked without an id", "[shoper][lock]") {
  Shop shop;
  CHECK(shop.get(kLock).body == R"({"locked":false})");
  CHECK(shop.post(kLock, {{"locked", true}, {"message", "Import"}}).body == "true");
  shop.clock.advance(std::chrono::hours(1));
  CHECK(shop.put(kLock, {{"message", "Eksport"}}).body == "true");
  CHECK(shop.read(kLock) ==
        Json({{"locked", true}, {"date", kMonday}, {"message", "Eksport"}, {"user_id", 0}}));
  CHECK(shop.remove(kLock).body == "true");
  CHECK(shop.get(kLock).body == R"({"locked":false})");
  CHECK(shop.remove(kLock).body == "true");
  CHECK(bad_fields(shop.post(kLock, Json::object())) == std::vector<std::string>{"locked"});
  shop.post(kLock, {{"locked", true}});
  CHECK(shop.put(kLock, {{"locked", false}}).body == "true");
  CHECK(shop.read(kLock)["locked"] == false);
}

TEST_CASE("Shoper: a lock names the panel user who made it", "[shoper][lock]") {
  Shop shop;
  const Response login =
      shop.send("POST", "/webapi/rest/auth", "", {{"Authorization", "Basic ZXJwOnRham5l"}});
  const std::string token = body_of(login)["access_token"];
  shop.send("POST", kLock, R"({"locked":true})", {{"Authorization", "Bearer " + token}});
  CHECK(shop.read(kLock)["user_id"] == 1);
}

TEST_CASE("Shoper: an object that an administrator holds is neither changed nor removed",
          "[shoper][lock]") {
  Shop shop;
  const auto product = shop.plant_product("A", "1");
  const std::string path = fmt::format("/webapi/rest/products/{}", product);
  shop.door.hold("products", product);

  for (const char* verb : {"PUT", "DELETE"}) {
    const Response refused = shop.send(verb, path, "{}");
    CHECK(refused.status == 409);
    CHECK(body_of(refused)["error"] == "server_error");
  }
  CHECK(shop.get(path).status == 200);
  CHECK(shop.put(stock_path(shop, product), {{"stock", 4}}).status == 200);
  CHECK(shop.create("products", least_product("B")) > product);
  const Json bulk = Json::array({{{"id", "a"}, {"path", path}, {"method", "PUT"}, {"body", {}}}});
  CHECK(body_of(shop.post("/webapi/rest/bulk", bulk))["items"][0]["code"] == 409);

  shop.door.release("products", product);
  CHECK(shop.put(path, Json::object()).status == 200);
}

TEST_CASE("Shoper: while the panel is locked nobody holds anything", "[shoper][lock]") {
  Shop shop;
  shop.door.hold("users", 1);
  shop.post(kLock, {{"locked", true}});
  CHECK(shop.put("/webapi/rest/users/1", {{"comment", "x"}}).status == 200);
  CHECK_THROWS_AS(shop.door.hold("users", 1), atrapa::mocks::kit::WorldError);
  shop.remove(kLock);
  CHECK(shop.put("/webapi/rest/users/1", {{"comment", "y"}}).status == 200);
  CHECK_THROWS_AS(shop.door.hold("users", 99), atrapa::mocks::kit::WorldError);
}

TEST_CASE("Shoper: object-mtime tells when an object was changed last", "[shoper][mtime]") {
  Shop shop;
  const auto product = shop.create("products", least_product("A"));
  const auto other = shop.create("products", least_product("B"));
  const auto order = shop.create("orders", least_order());
  const auto step = [&] { shop.clock.advance(std::chrono::minutes(10)); };
  CHECK(mtime(shop, "product", product) == kMonday);
  CHECK(mtime(shop, "order", order) == kMonday);

  step();
  shop.put(fmt::format("/webapi/rest/products/{}", product), {{"ean", "1"}});
  CHECK(mtime(shop, "product", product) == kMonday + 600);
  CHECK(mtime(shop, "product", other) == kMonday);
  step();
  shop.put(stock_path(shop, product), {{"stock", 4}});
  CHECK(mtime(shop, "product", product) == kMonday + 1200);
  step();
  const auto line = shop.create("order-products",
                                {{"order_id", order}, {"product_id", product}, {"quantity", 1}});
  CHECK(mtime(shop, "order", order) == kMonday + 1800);
  step();
  CHECK(shop.put("/webapi/rest/orders/999", {{"notes", "x"}}).status == 404);
  CHECK(shop.put(fmt::format("/webapi/rest/orders/{}", order), {{"status_id", 99}}).status == 400);
  shop.read(fmt::format("/webapi/rest/orders/{}", order));
  CHECK(mtime(shop, "order", order) == kMonday + 1800);
  shop.remove(fmt::format("/webapi/rest/order-products/{}", line));
  CHECK(mtime(shop, "order", order) == kMonday + 2400);
  CHECK(shop.platform->snapshot()[0]["changed"]["orders"][std::to_string(order)] ==
        (kMonday + 2400) * 1000);
  shop.remove(fmt::format("/webapi/rest/orders/{}", order));
  CHECK(shop.get(fmt::format("/webapi/rest/object-mtime/order/{}", order)).status == 404);
  CHECK(shop.platform->snapshot()[0]["changed"].contains("orders") == false);
}

TEST_CASE("Shoper: what no call has changed has the time of its own dates, across summer time",
          "[shoper][mtime]") {
  Json account = small_account();
  account["resources"]["orders"] = Json::array(
      {{{"order_id", 1}, {"date", "2026-01-10 12:00:00"}, {"status_date", "2026-07-10 12:00:00"}}});
  account["resources"]["products"] =
      Json::array({{{"product_id", 1}, {"edit_date", "2026-03-29 03:00:00"}}});
  Shop shop(account);
  CHECK(mtime(shop, "order", 1) == 1783677600);    // 10:00 UTC
  CHECK(mtime(shop, "product", 1) == 1774746000);  // 01:00 UTC, the moment the clocks changed
}

TEST_CASE("Shoper: object-mtime without an id, or of an unknown kind, is not supported",
          "[shoper][mtime]") {
  Shop shop;
  for (const char* path : {"/webapi/rest/object-mtime", "/webapi/rest/object-mtime/product"}) {
    CHECK(shop.get(path).status == 501);
  }
  shop.door.set({{"object_mtime_without_id", "500"}});
  CHECK(shop.get("/webapi/rest/object-mtime").status == 500);
  CHECK(shop.get("/webapi/rest/object-mtime/products/1").status == 501);
  CHECK(shop.get("/webapi/rest/object-mtime/product/1").status == 404);
}

TEST_CASE("Shoper: lock, held objects and changes survive a snapshot", "[shoper][lock][world]") {
  Shop shop;
  const auto product = shop.plant_product("A", "1");
  shop.door.hold("products", product);
  const Json held = shop.platform->snapshot();
  shop.platform->restore(held);
  CHECK(shop.platform->snapshot().dump() == held.dump());
  CHECK(shop.put(fmt::format("/webapi/rest/products/{}", product), Json::object()).status == 409);

  shop.post(kLock, {{"locked", true}, {"message", "Import"}});
  const Json locked = shop.platform->snapshot();
  shop.platform->restore(locked);
  CHECK(shop.platform->snapshot().dump() == locked.dump());
  CHECK(shop.read(kLock)["message"] == "Import");
}
