#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "mocks/kit/world_error.hpp"
#include "shop.hpp"

using namespace atrapa::tests;
using atrapa::mocks::kit::WorldError;

namespace {

/// The pointer of the error that this account gives.
std::string error_at(Json account) {
  const auto platform = atrapa::mocks::shoper::make_shoper();
  try {
    platform->restore(Json::array({std::move(account)}));
  } catch (const WorldError& error) {
    return error.pointer();
  }
  return "no error";
}

Json with_row(const char* resource, Json row) {
  Json account = small_account();
  account["resources"][resource].push_back(std::move(row));
  return account;
}

/// A shop in which much has happened.
Shop lived_in() {
  Json account = small_account();
  account["credentials"]["applications"] =
      Json::array({{{"id", "app-1"}, {"secret", "s"}, {"code", "c"}, {"scopes", {"orders_read"}}}});
  account["settings"]["throttle"] = true;
  account["settings"]["limit"] = 100;
  account["settings"]["bulk_cost"] = "each";
  account["config"] = {{"shop_name", "Żółty sklep"}, {"product_defaults_stock", "3"}};
  Shop shop(account);
  const auto first = shop.plant_product("A", "10");
  const auto second = shop.plant_product("B", "1.5", "7.77", 2);
  shop.plant("product-stocks", {{"product_id", first}, {"code", "A-1"}, {"stock", 3}});
  shop.door.remove("products", shop.plant_product("GONE", "1"));
  const auto order = shop.create("orders", least_order());
  shop.create("order-products", {{"order_id", order}, {"product_id", first}, {"quantity", 2}});
  shop.create("order-products", {{"order_id", order}, {"product_id", second}, {"quantity", "0.5"}});
  shop.plant(
      "orders",
      {{"origin", 5}, {"sum", "999.00"}, {"products", {{{"product_id", 77}, {"code", "X"}}}}});
  shop.create("categories", {{"parent_id", 3}});
  shop.send("POST", "/webapi/rest/auth?client_id=erp&client_secret=tajne");
  shop.send("POST", "/webapi/rest/oauth/token", "grant_type=authorization_code&code=c",
            {{"Authorization", "Basic YXBwLTE6cw=="}});
  return shop;
}

}  // namespace

TEST_CASE("Shoper: restoring a snapshot gives the same bytes again", "[shoper][world]") {
  Shop shop = lived_in();
  const std::string before = shop.platform->snapshot().dump();

  const auto second = atrapa::mocks::shoper::make_shoper();
  second->restore(Json::parse(before));

  CHECK(second->snapshot().dump() == before);
}

TEST_CASE("Shoper: a restored shop goes on as the first one would have", "[shoper][world]") {
  Shop shop = lived_in();
  auto restored = atrapa::mocks::shoper::make_shoper();
  restored->restore(shop.platform->snapshot());
  Shop copy(std::move(restored), shop.clock.now());
  copy.random = shop.random;
  for (const char* path :
       {"/webapi/rest/products", "/webapi/rest/product-stocks", "/webapi/rest/orders",
        "/webapi/rest/order-products", "/webapi/rest/categories", "/webapi/rest/users",
        "/webapi/rest/application-config", "/webapi/rest/categories-tree"}) {
    CAPTURE(path);
    const Response one = shop.get(path);
    const Response other = copy.get(path);
    CHECK(one.body == other.body);
    CHECK(one.headers == other.headers);
  }
  CHECK(shop.create("orders", least_order()) == copy.create("orders", least_order()));
  CHECK(shop.create("products", least_product("Z")) == copy.create("products", least_product("Z")));
  CHECK(shop.platform->snapshot() == copy.platform->snapshot());
}

TEST_CASE("Shoper: a fork sees nothing of what the other does", "[shoper][world]") {
  Shop shop = lived_in();
  const std::string before = shop.platform->snapshot().dump();
  Shop fork(shop.platform->fork(), shop.clock.now());

  fork.plant_product("FORK", "1");
  fork.door.edit("products", 1, {{"code", "CHANGED"}});
  fork.door.remove("orders", 1);
  fork.door.configure({{"shop_name", "Inny"}});
  fork.door.set({{"limit", 3}});
  fork.send("POST", "/webapi/rest/auth?client_id=erp&client_secret=tajne");
  CHECK(shop.platform->snapshot().dump() == before);

  const std::string forked = fork.platform->snapshot().dump();
  shop.door.remove("products", 1);
  CHECK(fork.platform->snapshot().dump() == forked);
  CHECK(fork.door.text("products", 1, "code") == "CHANGED");
}

TEST_CASE("Shoper: two accounts on one platform share nothing", "[shoper][world]") {
  const auto platform = atrapa::mocks::shoper::make_shoper();
  Json second = small_account("second");
  second["credentials"] = {{"tokens", {{{"token", "second-token"}}}}};
  platform->restore(Json::array({small_account(), second}));
  atrapa::mocks::shoper::Backdoor door(*platform, "second");
  door.plant("products", {{"code", "ONLY-HERE"}}, monday());

  const auto count = [&](const char* token) {
    atrapa::mocks::kit::Random random(1);
    std::vector<atrapa::mocks::kit::Webhook> webhooks;
    atrapa::mocks::kit::Context context{monday(), random, webhooks, {}, {}};
    const Request request{
        "GET", "/webapi/rest/products", {{"Authorization", fmt::format("Bearer {}", token)}}, ""};
    return body_of(platform->serve(request, context))["count"].get<std::string>() + context.account;
  };
  CHECK(count("all-rights") == "0test");
  CHECK(count("second-token") == "1second");
}

TEST_CASE("Shoper: what a world says wrong is named by its place", "[shoper][world]") {
  CHECK(error_at(small_account()) == "no error");
  CHECK(error_at(with_row("products", {{"colour", 1}})) == "/0/resources/products/0/colour");
  CHECK(error_at(with_row("products", {{"stock", {{"price", "x"}}}})) ==
        "/0/resources/products/0/stock/price");
  CHECK(
      error_at(with_row("products", {{"translations", {{"pl_PL", {{"name", Json::array()}}}}}})) ==
      "/0/resources/products/0/translations/pl_PL/name");
  CHECK(error_at(with_row("products", 5)) == "/0/resources/products/0");
  CHECK(error_at(with_row("taxes", {{"tax_id", 1}})) == "/0/resources/taxes/6/tax_id");
  CHECK(error_at(with_row("orders", {{"products", {{{"quantity", "x"}}}}})) ==
        "/0/resources/orders/0/products/0/quantity");
  CHECK(error_at(with_row("nothing", Json::object())) == "/0/resources/nothing");
  CHECK(error_at(with_row("dashboard-stats", Json::object())) == "/0/resources/dashboard-stats");
  const auto changed = [](auto&& change) {
    Json account = small_account();
    change(account);
    return error_at(account);
  };
  CHECK(changed([](Json& a) { a["extra"] = 1; }) == "/0/extra");
  CHECK(changed([](Json& a) { a.erase("account"); }) == "/0/account");
  CHECK(changed([](Json& a) { a["settings"]["limit"] = 0; }) == "/0/settings/limit");
  CHECK(changed([](Json& a) { a["settings"]["bulk_cost"] = "some"; }) == "/0/settings/bulk_cost");
  CHECK(changed([](Json& a) { a["settings"]["nothing"] = 1; }) == "/0/settings/nothing");
  CHECK(changed([](Json& a) { a["config"]["nothing"] = 1; }) == "/0/config/nothing");
  CHECK(changed([](Json& a) { a["config"]["locale_timezone"] = "Europe/Atlantis"; }) ==
        "/0/config/locale_timezone");
  CHECK(changed([](Json& a) { a["credentials"]["users"][0].erase("password"); }) ==
        "/0/credentials/users/0/password");
  CHECK(changed([](Json& a) { a["resources"]["taxes"] = 1; }) == "/0/resources/taxes");
}

TEST_CASE("Shoper: a refused world leaves the former one", "[shoper][world]") {
  Shop shop;
  Json bad = small_account();
  bad["extra"] = 1;
  CHECK_THROWS_AS(shop.platform->restore(Json::array({bad})), WorldError);
  CHECK(shop.get("/webapi/rest/taxes").status == 200);
}

TEST_CASE("Shoper: whatever a shop could hold can be planted", "[shoper][backdoor]") {
  Shop shop;
  const auto bare = shop.plant("products", Json::object());
  CHECK(shop.door.text("products", bare, "category_id").empty());  // An unset foreign key is null.
  CHECK((*shop.door.row("products", bare))["translations"] == Json::array());
  const auto free =
      shop.plant("products", {{"code", "0"}, {"stock", {{"price", "0.00"}, {"stock", "-2.5"}}}});
  CHECK((*shop.door.row("products", free))["stock"]["stock"] == "-2.5");
  const auto order = shop.plant(
      "orders", {{"user_id", 999},
                 {"origin", 77},
                 {"products",
                  {{{"product_id", 12345}, {"code", "GONE"}, {"price", "5.00"}, {"quantity", 2}},
                   {{"product_id", free}, {"quantity", 3}, {"price", "1.00"}}}}});
  CHECK(shop.door.text("orders", order, "sum") == "28.00");
  CHECK((*shop.door.row("products", free))["stock"]["stock"] == "-2.5");
  CHECK(shop.door.text("order-products", 1, "product_id") == "12345");
  CHECK(shop.door.text("order-products", 2, "code") == "0");
  CHECK(shop.get(fmt::format("/webapi/rest/orders/{}", order)).status == 200);
}

TEST_CASE("Shoper: a planted sum stays what it is", "[shoper][backdoor]") {
  Shop shop;
  const auto order =
      shop.plant("orders", {{"sum", "77.00"}, {"products", {{{"name", "x"}, {"price", "1.00"}}}}});
  CHECK(shop.door.text("orders", order, "sum") == "77.00");
  CHECK(shop.door.text("orders", order, "total_products") == "1");
}

TEST_CASE("Shoper: an edit around the API reaches all that follows from it", "[shoper][backdoor]") {
  Shop shop;
  const auto product = shop.plant_product("A", "5", "10.00");
  const auto stock = shop.stock_of(product);

  shop.door.edit("products", product,
                 {{"stock", {{"stock", "8"}}}, {"add_date", "2020-01-01 00:00:00"}});
  CHECK(shop.level(stock) == "8");
  CHECK(shop.door.text("products", product, "add_date") == "2020-01-01 00:00:00");
  shop.door.edit("product-stocks", stock, {{"stock", 9}, {"price", "12.00"}});
  CHECK((*shop.door.row("products", product))["stock"]["stock"] == "9");
  CHECK((*shop.door.row("products", product))["stock"]["comp_price"] == "12.00");
  CHECK(shop.read(filtered("products", {{"stock.stock", 9}}))["count"] == "1");

  const auto order =
      shop.plant("orders", {{"shipping_id", 2}, {"products", {{{"product_id", product}}}}});
  CHECK(shop.door.text("orders", order, "sum") == "12.00");
  shop.door.edit("order-products", shop.door.ids("order-products")[0], {{"quantity", 2}});
  CHECK(shop.door.text("orders", order, "sum") == "24.00");
  shop.door.edit("orders", order, {{"paid", "24.00"}});
  CHECK(shop.door.text("orders", order, "is_paid") == "true");
  CHECK(shop.level(stock) == "9");
}

TEST_CASE("Shoper: the backdoor says what it does not find", "[shoper][backdoor]") {
  Shop shop;
  CHECK_THROWS_AS(shop.plant("nothing", Json::object()), WorldError);
  CHECK_THROWS_AS(shop.plant("products", {{"nothing", 1}}), WorldError);
  CHECK_THROWS_AS(shop.door.edit("products", 9, Json::object()), WorldError);
  CHECK_THROWS_AS(shop.door.remove("products", 9), WorldError);
  CHECK_THROWS_AS(shop.door.text("products", 9, "code"), WorldError);
  CHECK_THROWS_AS(shop.door.text("taxes", 1, "nothing"), WorldError);
  CHECK(shop.door.row("products", 9) == std::nullopt);
  CHECK(shop.door.ids("taxes") == std::vector<std::int64_t>{1, 2, 3, 4, 5, 6});
  CHECK(shop.door.text("statuses", 1, "default") == "1");
  atrapa::mocks::shoper::Backdoor nobody(*shop.platform, "nobody");
  CHECK_THROWS_AS(nobody.ids("taxes"), WorldError);
}

TEST_CASE("Shoper: a world read from recorded answers holds what they said", "[shoper][world]") {
  Shop shop;
  const auto product = shop.plant_product("A", "5");
  shop.plant("product-stocks", {{"product_id", product}, {"code", "A-1"}, {"stock", 2}});
  Json account = small_account();
  const auto list = [&](const char* resource) {
    return shop.read(fmt::format("/webapi/rest/{}?limit=50", resource))["list"];
  };
  // Base stocks come twice in recordings: inside their product and in their own list.
  account["resources"]["products"] = list("products");
  account["resources"]["product-stocks"] = list("product-stocks");

  Shop again(account);

  CHECK(again.get("/webapi/rest/products").body == shop.get("/webapi/rest/products").body);
  CHECK(again.get("/webapi/rest/product-stocks").body ==
        shop.get("/webapi/rest/product-stocks").body);
}
