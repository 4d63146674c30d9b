#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "shop.hpp"

using namespace atrapa::tests;

namespace {

constexpr const char* kBulk = "/webapi/rest/bulk";

Json operation(const Json& id, std::string method, std::string path, Json body = nullptr) {
  Json one = {{"id", id}, {"path", std::move(path)}, {"method", std::move(method)}};
  if (!body.is_null()) one["body"] = std::move(body);
  return one;
}

}  // namespace

TEST_CASE("Shoper: a bulk carries out its operations in order and answers each", "[shoper][bulk]") {
  Shop shop;
  const auto stock = shop.stock_of(shop.plant_product("A", "10"));
  const std::string path = fmt::format("/webapi/rest/product-stocks/{}", stock);

  const Response response = shop.post(
      kBulk, Json::array({operation("a", "PUT", path, {{"stock", 5}}), operation(7, "GET", path),
                          operation("c", "PUT", path, {{"stock", 4}}),
                          operation("d", "HEAD", "/webapi/rest/product-stocks")}));

  CHECK(response.status == 200);
  const Json answer = body_of(response);
  CHECK(answer["errors"] == false);
  REQUIRE(answer["items"].size() == 4);
  CHECK(answer["items"][0] == Json{{"id", "a"}, {"code", 200}, {"body", 1}});
  CHECK(answer["items"][1]["id"] == 7);
  CHECK(answer["items"][1]["body"]["stock"] == "5");
  CHECK(answer["items"][3]["body"].is_null());
  CHECK(shop.level(stock) == "4");
}

TEST_CASE("Shoper: a bulk is not atomic; a failed item is told by errors", "[shoper][bulk]") {
  Shop shop;
  const auto stock = shop.stock_of(shop.plant_product("A", "10"));
  const std::string path = fmt::format("/webapi/rest/product-stocks/{}", stock);

  const Json answer = body_of(shop.post(
      kBulk, Json::array({operation("a", "PUT", path, {{"stock", 5}}),
                          operation("b", "PUT", "/webapi/rest/product-stocks/999", {{"stock", 1}}),
                          operation("c", "PATCH", path, {{"stock", 1}}),
                          operation("d", "PUT", path, {{"stock", -1}}),
                          operation("e", "POST", kBulk, Json::array()),
                          operation("f", "GET", "/webapi/rest/object-mtime")})));

  CHECK(answer["errors"] == true);
  std::vector<int> codes;
  for (const Json& item : answer["items"]) codes.push_back(item["code"]);
  CHECK(codes == std::vector<int>{200, 404, 405, 400, 400, 501});
  CHECK(answer["items"][1]["body"]["error"] == "invalid_request");
  CHECK(shop.level(stock) == "5");
}

TEST_CASE("Shoper: a bulk takes 25 operations; of 26 none is carried out", "[shoper][bulk]") {
  Shop shop;
  const auto stock = shop.stock_of(shop.plant_product("A", "0"));
  Json body = Json::array();
  for (int i = 1; i <= 25; ++i) {
    body.push_back(
        operation(i, "PUT", fmt::format("/webapi/rest/product-stocks/{}", stock), {{"stock", i}}));
  }
  CHECK(shop.post(kBulk, body).status == 200);
  CHECK(shop.level(stock) == "25");

  body[0]["body"]["stock"] = 77;
  body.push_back(body[0]);

  CHECK(shop.post(kBulk, body).status == 400);
  CHECK(shop.level(stock) == "25");
}

TEST_CASE("Shoper: a bulk that is no list of operations is refused whole", "[shoper][bulk]") {
  Shop shop;
  const auto stock = shop.stock_of(shop.plant_product("A", "3"));
  const Json good =
      operation("a", "PUT", fmt::format("/webapi/rest/product-stocks/{}", stock), {{"stock", 9}});
  for (const Json& body :
       std::vector<Json>{Json::array(), Json::object(), good, Json::array({good, 1}),
                         Json::array({good, operation("b", "TRACE", "/webapi/rest/taxes")}),
                         Json::array({good, operation(nullptr, "GET", "/webapi/rest/taxes")}),
                         Json::array({good, operation("b", "GET", "/taxes")})}) {
    CAPTURE(body.dump());
    CHECK(shop.post(kBulk, body).status == 400);
    CHECK(shop.level(stock) == "3");
  }
}

TEST_CASE("Shoper: short paths work by setting", "[shoper][bulk]") {
  Shop shop;
  shop.door.set({{"bulk_paths", "lenient"}});

  const Json answer = body_of(shop.post(kBulk, Json::array({operation("a", "GET", "/taxes/1")})));

  CHECK(answer["items"][0]["body"]["name"] == "23%");
}

TEST_CASE("Shoper: params are the query of an inner operation", "[shoper][bulk]") {
  Shop shop;
  Json one = operation("a", "GET", "/webapi/rest/taxes?page=1");
  one["params"] = {{"limit", 2}, {"filters", {{"value", "0"}}}, {"order", {"name desc"}}};

  const Json list = body_of(shop.post(kBulk, Json::array({one})))["items"][0]["body"];

  CHECK(list["count"] == "3");
  CHECK(list["pages"] == 2);
  CHECK(list["list"][0]["name"] == "zw.");
}

TEST_CASE("Shoper: a bulk costs one call, or one for each operation by setting",
          "[shoper][bulk][limit]") {
  Shop shop;
  const Json body = Json::array({operation("a", "GET", "/webapi/rest/taxes/1"),
                                 operation("b", "GET", "/webapi/rest/taxes/2")});
  CHECK(shop.post(kBulk, body).headers.get("X-SHOP-API-CALLS") == "1");

  shop.door.set({{"bulk_cost", "each"}});

  CHECK(shop.post(kBulk, body).headers.get("X-SHOP-API-CALLS") == "3");
}

TEST_CASE("Shoper: inner operations need their own scopes", "[shoper][bulk]") {
  Json account = small_account();
  account["credentials"]["tokens"].push_back({{"token", "reader"}, {"scopes", {"orders_read"}}});
  Shop shop(account);

  const Json answer =
      body_of(shop.send("POST", kBulk,
                        Json::array({operation("a", "GET", "/webapi/rest/orders"),
                                     operation("b", "GET", "/webapi/rest/products")})
                            .dump(),
                        {{"Authorization", "Bearer reader"}}));

  CHECK(answer["items"][0]["code"] == 200);
  CHECK(answer["items"][1]["code"] == 403);
}

TEST_CASE("Shoper: tokens are no part of a bulk", "[shoper][bulk]") {
  Shop shop;
  const Response answer =
      shop.post(kBulk, Json::array({operation("a", "POST", "/webapi/rest/auth"),
                                    operation("b", "POST", "/webapi/rest/oauth/token")}));
  REQUIRE(answer.status == 200);
  CHECK(body_of(answer)["errors"] == true);
  CHECK(body_of(answer)["items"][0]["code"] == 400);
  CHECK(body_of(answer)["items"][1]["code"] == 400);
}

TEST_CASE("Shoper: an operation without its body is refused as the call would be",
          "[shoper][bulk]") {
  Shop shop;
  const auto stock = shop.stock_of(shop.plant_product("A", "10"));
  const std::string path = fmt::format("/webapi/rest/product-stocks/{}", stock);
  const Json bare = {{"id", "a"}, {"method", "PUT"}, {"path", path}};
  CHECK(body_of(shop.post(kBulk, Json::array({bare})))["items"][0]["code"] == 400);
  CHECK(shop.send("PUT", path).status == 400);
}
