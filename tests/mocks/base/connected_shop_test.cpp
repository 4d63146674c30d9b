#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <string>

#include "mocks/base/panel.hpp"
#include "mocks/kit/http_client.hpp"
#include "mocks/kit/server.hpp"
#include "mocks/kit/webhook_sender.hpp"
#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;
using namespace atrapa::mocks;
using base::Panel;

namespace {

/// A shop with an integration file at /baselinker.php: tea with two variants, and honey.
class ShopOfTea final : public kit::Platform {
 public:
  std::map<std::string, int> stock{{"7711/0", 0}, {"7711/12", 4}, {"7711/13", 5}, {"7712/0", 9}};

  std::string_view name() const override { return "shop"; }
  kit::Response serve(const kit::Request& request, kit::Context&) override {
    std::map<std::string, std::string> form;
    const auto fields = kit::parse_form(request.body).value();
    for (const auto& [field, value] : fields) form[field] = value;
    if (request.target != "/baselinker.php") return {.status = 404, .headers = {}, .body = {}};
    if (form["bl_pass"] != "hasło+1") return refused("incorrect_password");
    return answer(form["action"], form);
  }
  std::vector<kit::Operation> operations() const override { return {}; }
  kit::Response too_many_requests(const kit::Request&, kit::Context&) override { return {}; }
  kit::Response server_error(const kit::Request&, kit::Context&) override { return {}; }
  std::unique_ptr<Platform> fork() const override { return std::make_unique<ShopOfTea>(*this); }
  Json snapshot() const override { return stock; }
  void restore(const Json&) override {}

 private:
  kit::Response answer(const std::string& action, std::map<std::string, std::string>& form) {
    if (action == "SupportedMethods") {
      return ok({"ProductsCategories", "ProductsList", "ProductsData", "ProductsQuantity",
                 "ProductsQuantityUpdate"});
    }
    if (action == "ProductsCategories") return ok({{"1", "Napoje"}, {"2", "Napoje/Herbata"}});
    if (action == "ProductsList") {
      const bool first = form["page"] == "1";
      return ok({{first ? "7711" : "7712", {{"name", first ? "Herbata" : "Miód"}, {"quantity", 0}}},
                 {"pages", 2}});
    }
    if (action == "ProductsData") return ok(data());
    if (action == "ProductsQuantity") return ok(quantities());
    if (action != "ProductsQuantityUpdate") return refused("unsupported_action");
    for (const Json& row : Json::parse(form["products"])) {
      stock[row["product_id"].get<std::string>() + "/" + row["variant_id"].get<std::string>()] =
          row["quantity"];
    }
    return ok({{"counter", 1}});
  }

  static Json data() {
    return Json::parse(R"({
      "7711": {"sku": "HER", "ean": "590", "name": "Herbata", "quantity": "3", "price": "19.99", "tax": "23", "weight": "0.10",
               "category_id": "2", "images": ["https://cdn.example/1.jpg"], "features": [["Kraj", "Chiny"]],
               "variants": {"12": {"full_name": "Herbata zielona", "name": "zielona", "price": "21.00", "quantity": "1", "sku": "HER-Z"},
                            "13": {"full_name": "Herbata czarna", "name": "czarna", "price": "20.00", "quantity": "1"}}},
      "7712": {"sku": "MIO", "name": "Miód", "quantity": "9", "price": "42.00", "tax": "5", "variants": []}})");
  }
  Json quantities() const {
    Json rows = {{"pages", 1}};
    for (const auto& [place, pieces] : stock) {
      const std::size_t slash = place.find('/');
      rows[place.substr(0, slash)][place.substr(slash + 1)] = pieces;
    }
    return rows;
  }

  static kit::Response ok(const Json& body) {
    return {.status = 200, .headers = {}, .body = body.dump()};
  }
  static kit::Response refused(const std::string& code) {
    return ok({{"error", true}, {"error_code", code}, {"error_text", "nie"}});
  }
};

/// The shop behind a real server, and an account that is connected to it.
struct Connected : Account {
  explicit Connected(const std::string& password = "hasło+1")
      : host(std::make_unique<ShopOfTea>(), clock, 1) {
    server.mount("/sklep", host);
    server.start();
    const auto url = fmt::format("http://127.0.0.1:{}/sklep/baselinker.php", server.port());
    door.plant("external_storages",
               {{"id", 2445}, {"name", "Sklep"}, {"url", url}, {"password", password}});
  }
  ~Connected() { server.stop(); }

  std::variant<Json, kit::DeedRefusal> fetch() {
    kit::Context context{clock.now(), random, webhooks, {}, {}};
    const auto over_http = [](const std::string& url, const kit::Request& request) {
      return kit::HttpPoster().ask(url, request);
    };
    return Panel(*platform, "test", over_http)
        .act("fetch-shop", {{"storage", "shop_2445"}}, context);
  }

  kit::Host host;
  kit::Server server;
};

}  // namespace

TEST_CASE("A connected shop is read through its integration file over HTTP", "[base][shop_file]") {
  Connected account;
  const auto fetched = account.fetch();
  REQUIRE(std::holds_alternative<Json>(fetched));
  CHECK(std::get<Json>(fetched) == Json{{"categories", 2}, {"products", 2}});

  const Json of_shop = {{"storage_id", "shop_2445"}};
  const Json categories = account.good("getExternalStorageCategories", of_shop)["categories"];
  REQUIRE(categories.size() == 2);
  CHECK(categories[1]["name"] == "Herbata");
  CHECK(categories[1]["parent_id"] == categories[0]["category_id"]);
  const Json data = account.good("getExternalStorageProductsData",
                                 {{"storage_id", "shop_2445"}, {"products", {"7711"}}});
  const std::string text = data["products"].dump();
  for (const char* told : {"HER-Z", "zielona", "czarna", "https://cdn.example/1.jpg", "Chiny"}) {
    CHECK_THAT(text, Catch::Contains(told));
  }
  const base::ExternalProduct* tea = account.state().storages.find_product("shop_2445", "7711");
  REQUIRE(tea != nullptr);
  CHECK(tea->quantity == 0);  // ProductsQuantity is later than ProductsData.
  CHECK(tea->variant("12")->quantity == 4);
  CHECK(tea->variant("12")->price == kit::Decimal(21));
  CHECK(tea->price_brutto.text() == "19.99");

  CHECK(account.good("getExternalStorageProductsQuantity", of_shop)["products"].size() == 2);
  // The file has no ProductsPrices.
  CHECK(account.refused("getExternalStorageProductsPrices", of_shop) != "");
}

TEST_CASE("Fetched again, a shop's products are those that it has by now", "[base][shop_file]") {
  Connected account;
  account.fetch();
  account.fetch();
  CHECK(account.state().storages.external_products.size() == 2);
  CHECK(account.good("getExternalStorageProductsList", {{"storage_id", "shop_2445"}})["products"]
            .size() == 2);
}

TEST_CASE("Stock written to a storage reaches the shop's file", "[base][shop_file]") {
  Connected account;
  account.fetch();
  const Json rows = Json::parse(R"([["7711", "12", 40], ["7712", "0", 3], ["1", "0", 5]])");
  const Json answer = account.good("updateExternalStorageProductsQuantity",
                                   {{"storage_id", "shop_2445"}, {"products", rows}});
  CHECK(answer["counter"] == 2);
  REQUIRE(account.webhooks.size() == 1);
  kit::WebhookSender sender{kit::HttpPoster{}};
  const auto deliveries = sender.send("base", account.webhooks.front(), account.clock.now());
  REQUIRE(deliveries.size() == 1);
  CHECK(deliveries[0].outcome == "delivered");
  const Json stock = account.host.platform().snapshot();
  CHECK(stock["7711/12"] == 40);
  CHECK(stock["7711/13"] == 5);
  CHECK(stock["7712/0"] == 3);
}

TEST_CASE("A shop that refuses, or that is no server here, changes nothing", "[base][shop_file]") {
  Connected account("wrong");
  const Json before = account.platform->snapshot();
  const auto refused = account.fetch();
  REQUIRE(std::holds_alternative<kit::DeedRefusal>(refused));
  CHECK_THAT(std::get<kit::DeedRefusal>(refused).what, Catch::Contains("incorrect_password"));
  CHECK(account.platform->snapshot() == before);

  account.door.change().storages.external_storages.edit(
      2445, [](auto& storage) { storage.url = "http://shop.example/baselinker.php"; });
  CHECK_THAT(std::get<kit::DeedRefusal>(account.fetch()).what, Catch::Contains("this machine"));
}
