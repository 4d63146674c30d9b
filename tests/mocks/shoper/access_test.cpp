#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "shop.hpp"

using namespace atrapa::tests;
using atrapa::mocks::kit::Headers;

namespace {

/// "erp:tajne"
constexpr const char* kBasic = "Basic ZXJwOnRham5l";
/// "app-1:app-secret"
constexpr const char* kApplication = "Basic YXBwLTE6YXBwLXNlY3JldA==";

Response bearer(Shop& shop, const std::string& token, std::string_view verb = "GET",
                std::string_view path = "/webapi/rest/taxes") {
  return shop.send(verb, path, "{}", Headers{{"Authorization", "Bearer " + token}});
}

Response auth(Shop& shop, std::string target = "", std::string body = "", Headers headers = {}) {
  if (headers.find("Authorization") == nullptr) headers.add("Authorization", "");
  return shop.send("POST", "/webapi/rest/auth" + target, std::move(body), std::move(headers));
}

Shop shop_with(const Json& credentials, const Json& settings = Json::object()) {
  Json account = small_account();
  account["credentials"].update(credentials);
  account["settings"].update(settings);
  return Shop(account);
}

Shop shop_with_application() {
  return shop_with({{"applications",
                     {{{"id", "app-1"},
                       {"secret", "app-secret"},
                       {"code", "code-1"},
                       {"scopes", {"orders_read", "products_edit"}}}}}});
}

Response grant(Shop& shop, const std::string& body, const std::string& query = "") {
  return shop.send("POST", "/webapi/rest/oauth/token" + query, body,
                   Headers{{"Authorization", kApplication}});
}

}  // namespace

TEST_CASE("Shoper: a panel user logs in by Basic, by query or by form", "[shoper][auth]") {
  Shop shop;
  for (const Response& response :
       {auth(shop, "", "", Headers{{"Authorization", kBasic}}),
        auth(shop, "?client_id=erp&client_secret=tajne"),
        auth(shop, "", "client_id=erp&client_secret=tajne",
             Headers{{"Content-Type", "application/x-www-form-urlencoded"}})}) {
    REQUIRE(response.status == 200);
    const Json answer = body_of(response);
    CHECK(answer.size() == 3);
    CHECK(answer["expires_in"] == 2592000);
    CHECK(answer["token_type"] == "bearer");
    const std::string token = answer["access_token"];
    CHECK(token.size() == 40);
    CHECK(token.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(bearer(shop, token).status == 200);
  }
}

TEST_CASE("Shoper: a bad pair gets no token", "[shoper][auth]") {
  Shop shop;
  for (const Response& response :
       {auth(shop), auth(shop, "?client_id=erp&client_secret=wrong"), auth(shop, "?client_id=erp"),
        auth(shop, "", "", Headers{{"Authorization", "Basic !!!!"}}),
        auth(shop, "", "", Headers{{"Authorization", "Basic ZXJw"}})}) {
    CHECK(response.status == 401);
    CHECK(body_of(response)["error"] == "unauthorized_client");
  }
  CHECK(shop.get("/webapi/rest/auth").status == 405);
}

TEST_CASE("Shoper: a token lives 30 days and not a second longer", "[shoper][auth]") {
  Shop shop;
  const std::string token =
      body_of(auth(shop, "?client_id=erp&client_secret=tajne"))["access_token"];
  shop.clock.advance(std::chrono::hours{24 * 30} - std::chrono::milliseconds{1});
  CHECK(bearer(shop, token).status == 200);

  shop.clock.advance(std::chrono::milliseconds{1});

  const Response response = bearer(shop, token);
  CHECK(response.status == 401);
  CHECK(body_of(response)["error"] == "unauthorized_client");
}

TEST_CASE("Shoper: without a token, or with a wrong one, nothing is answered", "[shoper][auth]") {
  Shop shop;
  for (const char* value : {"", "Bearer ", "Bearer wrong", "all-rights", "Basic ZXJwOnRham5l"}) {
    CAPTURE(value);
    const Response response =
        shop.send("GET", "/webapi/rest/taxes", "", Headers{{"Authorization", value}});
    CHECK(response.status == 401);
    CHECK(response.headers.get("X-SHOP-API-LIMIT") == "10");
  }
}

TEST_CASE("Shoper: a new token voids the former ones only by setting", "[shoper][auth]") {
  Shop shop;
  const auto token = [&] {
    return body_of(auth(shop, "?client_id=erp&client_secret=tajne"))["access_token"]
        .get<std::string>();
  };
  const std::string first = token();
  token();
  CHECK(bearer(shop, first).status == 200);

  shop.door.set({{"auth_cancels_former", true}});
  const std::string last = token();

  CHECK(bearer(shop, first).status == 401);
  CHECK(bearer(shop, last).status == 200);
}

TEST_CASE("Shoper: a static token may do what its scopes say, step by step", "[shoper][auth]") {
  Shop shop = shop_with({{"tokens",
                          {{{"token", "reader"}, {"scopes", {"orders_read"}}},
                           {{"token", "editor"}, {"scopes", {"products_edit"}}},
                           {{"token", "clerk"}, {"scopes", {"clients_read"}}}}}});
  const auto status = [&](const char* token, const char* verb, const char* path) {
    return bearer(shop, token, verb, path).status;
  };
  CHECK(status("reader", "GET", "/webapi/rest/orders") == 200);
  CHECK(status("reader", "GET", "/webapi/rest/order-products") == 200);
  CHECK(status("reader", "POST", "/webapi/rest/orders") == 403);
  CHECK(status("reader", "GET", "/webapi/rest/products") == 403);
  CHECK(status("editor", "GET", "/webapi/rest/product-stocks") == 200);
  CHECK(status("editor", "POST", "/webapi/rest/products") == 400);
  CHECK(status("editor", "PUT", "/webapi/rest/products/1") == 404);
  CHECK(status("editor", "DELETE", "/webapi/rest/products/1") == 403);
  CHECK(status("clerk", "GET", "/webapi/rest/users") == 200);
  CHECK(body_of(bearer(shop, "reader", "DELETE", "/webapi/rest/orders/1"))["error"] ==
        "insufficient_scope");
}

TEST_CASE("Shoper: an application trades its code once, for 90 days", "[shoper][auth][oauth]") {
  Shop shop = shop_with_application();

  const Response response = grant(shop, "grant_type=authorization_code&code=code-1");

  REQUIRE(response.status == 200);
  const Json answer = body_of(response);
  CHECK(answer["expires_in"] == 7776000);
  CHECK(answer["scope"] == "orders_read products_edit");
  CHECK(answer["token_type"] == "bearer");
  const std::string token = answer["access_token"];
  CHECK(bearer(shop, token, "GET", "/webapi/rest/orders").status == 200);
  CHECK(bearer(shop, token, "POST", "/webapi/rest/orders").status == 403);
  CHECK(body_of(grant(shop, "grant_type=authorization_code&code=code-1"))["error"] ==
        "invalid_grant");
  shop.clock.advance(std::chrono::hours{24 * 90});
  CHECK(bearer(shop, token, "GET", "/webapi/rest/orders").status == 401);
}

TEST_CASE("Shoper: a refresh token works once and voids the pair before", "[shoper][auth][oauth]") {
  Shop shop = shop_with_application();
  const Json first = body_of(grant(shop, "code=code-1", "?grant_type=authorization_code"));
  const std::string refresh = first["refresh_token"];
  shop.clock.advance(std::chrono::hours{24 * 100});

  const Response response =
      grant(shop, "grant_type=refresh_token&client_id=x&refresh_token=" + refresh);

  REQUIRE(response.status == 200);
  const Json second = body_of(response);
  CHECK(second["access_token"] != first["access_token"]);
  CHECK(bearer(shop, second["access_token"], "GET", "/webapi/rest/orders").status == 200);
  CHECK(bearer(shop, first["access_token"], "GET", "/webapi/rest/orders").status == 401);
  const Response again = grant(shop, "grant_type=refresh_token&refresh_token=" + refresh);
  CHECK(again.status == 400);
  CHECK(body_of(again)["error"] == "invalid_grant");
  shop.clock.advance(std::chrono::hours{24 * 180});
  CHECK(grant(shop, "grant_type=refresh_token&refresh_token=" +
                        second["refresh_token"].get<std::string>())
            .status == 400);
}

TEST_CASE("Shoper: other grants and other applications are refused", "[shoper][auth][oauth]") {
  Shop shop = shop_with_application();
  const Response other = grant(shop, "grant_type=client_credentials");
  CHECK(other.status == 501);
  CHECK(body_of(other)["error"] == "unsupported_grant_type");
  CHECK(body_of(grant(shop, "grant_type=authorization_code&code=wrong"))["error"] ==
        "invalid_grant");
  CHECK(shop.send("POST", "/webapi/rest/oauth/token", "grant_type=authorization_code&code=code-1",
                  Headers{{"Authorization", kBasic}})
            .status == 401);
}

TEST_CASE("Shoper: each call fills the bucket, and the one that would pass is refused",
          "[shoper][limit]") {
  Shop shop = shop_with(Json::object(), {{"throttle", true}});
  for (int call = 1; call <= 10; ++call) {
    const Response response = shop.get("/webapi/rest/taxes");
    CHECK(response.status == 200);
    CHECK(response.headers.get("X-SHOP-API-CALLS") == std::to_string(call));
    CHECK(response.headers.get("X-SHOP-API-LIMIT") == "10");
    CHECK(response.headers.get("X-SHOP-API-BANDWIDTH") == "2");
  }

  const Response refused = shop.get("/webapi/rest/taxes");

  CHECK(refused.status == 429);
  CHECK(refused.headers.get("Retry-After") == "1");
  CHECK(body_of(refused)["error"] == "temporarily_unavailable");
  CHECK(refused.headers.get("X-SHOP-API-CALLS") == "10");
  shop.clock.advance(std::chrono::seconds{1});
  CHECK(shop.get("/webapi/rest/taxes").headers.get("X-SHOP-API-CALLS") == "9");
  CHECK(shop.get("/webapi/rest/taxes").status == 200);
  CHECK(shop.get("/webapi/rest/taxes").status == 429);
}

TEST_CASE("Shoper: an address that cannot be read needs a token and counts", "[shoper][limit]") {
  Shop shop = shop_with(Json::object(), {{"throttle", true}});
  const std::string path = "/webapi/rest/taxes?limit=%";
  CHECK(shop.send("GET", path, {}, atrapa::mocks::kit::Headers{{"Authorization", "Bearer none"}})
            .status == 401);
  for (int call = 1; call <= 2; ++call) {
    const Response response = shop.get(path);
    CHECK(response.status == 400);
    CHECK(response.headers.get("X-SHOP-API-CALLS") == std::to_string(call));
  }
  CHECK(shop.get("/%").status == 400);
}

TEST_CASE("Shoper: a refused call changes nothing", "[shoper][limit]") {
  Shop shop = shop_with(Json::object(), {{"throttle", true}, {"limit", 1}});
  const auto product = shop.plant_product("A", "5");
  shop.get("/webapi/rest/taxes");

  CHECK(shop.put(fmt::format("/webapi/rest/product-stocks/{}", shop.stock_of(product)),
                 {{"stock", 1}})
            .status == 429);

  CHECK(shop.level(shop.stock_of(product)) == "5");
}

TEST_CASE("Shoper: every login, token and application has a bucket of its own", "[shoper][limit]") {
  Shop shop = shop_with(Json::object(), {{"throttle", true}, {"limit", 2}});
  const Response login = auth(shop, "?client_id=erp&client_secret=tajne");
  CHECK(login.headers.get("X-SHOP-API-CALLS") == "1");
  const std::string token = body_of(login)["access_token"];
  CHECK(bearer(shop, token).status == 200);
  CHECK(bearer(shop, token).status == 429);
  CHECK(shop.get("/webapi/rest/taxes").status == 200);
  CHECK(auth(shop, "?client_id=erp&client_secret=tajne").status == 429);
}

TEST_CASE("Shoper: an answer names its language's words", "[shoper]") {
  Shop shop;
  const auto text = [&](Headers headers) -> std::string {
    return body_of(
        shop.send("GET", "/webapi/rest/taxes/99", "", std::move(headers)))["error_description"];
  };
  CHECK(text({}) == "Nie znaleziono zasobu");
  CHECK(text(Headers{{"Accept-Language", "en_US;q=0.8"}}) == "Resource not found");
}

TEST_CASE("Shoper: the error code of 404 goes by setting", "[shoper]") {
  Shop shop;
  CHECK(body_of(shop.get("/webapi/rest/taxes/99"))["error"] == "invalid_request");

  shop.door.set({{"not_found", "documented"}});

  CHECK(body_of(shop.get("/webapi/rest/taxes/99"))["error"] == "server_error");
}

TEST_CASE("Shoper: unknown paths are 404, wrong verbs 405", "[shoper]") {
  Shop shop;
  for (const char* path :
       {"/", "/webapi/rest", "/webapi/rest/nothing", "/webapi/rest/taxes/1/2", "/admin"}) {
    CAPTURE(path);
    CHECK(shop.get(path).status == 404);
  }
  for (const char* verb : {"PUT", "PATCH", "DELETE"}) {
    const Response response = shop.send(verb, "/webapi/rest/products");
    CHECK(response.status == 405);
    CHECK(body_of(response)["error"] == "invalid_request");
  }
  CHECK(shop.get("/webapi/rest/taxes?x=%zz").status == 400);
}

TEST_CASE("Shoper: fault plans get the platform's own words", "[shoper]") {
  Shop shop;
  atrapa::mocks::kit::Context context{shop.clock.now(), shop.random, shop.webhooks, {}, {}};
  const Request request{"GET", "/webapi/rest/taxes", {{"Authorization", "Bearer all-rights"}}, ""};
  const Response limited = shop.platform->too_many_requests(request, context);
  CHECK(limited.status == 429);
  CHECK(limited.headers.get("Retry-After") == "1");
  CHECK(context.account == "test");
  const Response broken = shop.platform->server_error(request, context);
  CHECK(broken.status == 500);
  CHECK(body_of(broken)["error"] == "server_error");
}

TEST_CASE("Shoper: every token may ask for the version", "[shoper][access]") {
  Json account = small_account();
  account["credentials"]["tokens"].push_back(
      {{"token", "products-only"}, {"scopes", Json::array({"products_read"})}});
  Shop shop(account);
  const Headers headers{{"Authorization", "Bearer products-only"}};
  CHECK(shop.send("GET", "/webapi/rest/application-version", "", headers).status == 200);
  CHECK(shop.send("GET", "/webapi/rest/application-config", "", headers).status == 403);
}

TEST_CASE("Shoper: a bucket that is larger than a lowered limit is full, and empties as any",
          "[shoper][limit]") {
  Shop shop;
  for (int i = 0; i < 5; ++i) shop.get("/webapi/rest/taxes");

  shop.door.set({{"limit", 2}, {"bandwidth", 1}, {"throttle", true}});

  const Response refused = shop.get("/webapi/rest/taxes");
  CHECK(refused.status == 429);
  CHECK(refused.headers.get("X-SHOP-API-LIMIT") == "2");
  CHECK(refused.headers.get("X-SHOP-API-CALLS") == "2");
  CHECK(refused.headers.get("Retry-After") == "1");
  const Json snapshot = shop.platform->snapshot();
  shop.platform->restore(snapshot);
  CHECK(shop.platform->snapshot() == snapshot);
  shop.clock.advance(std::chrono::seconds{1});
  CHECK(shop.get("/webapi/rest/taxes").status == 200);
}
