#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "contract_check.hpp"
#include "mocks/kit/record_text.hpp"
#include "mocks/shoper/signature.hpp"
#include "mocks/shoper/webhook_body.hpp"
#include "reference_hash.hpp"
#include "shop.hpp"

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;
namespace shoper = atrapa::mocks::shoper;

namespace {

const std::string kLicense = "0123456789abcdef0123456789abcdef01234567";
const Json kAllOrders = {"order.create", "order.edit", "order.paid", "order.status",
                         "order.delete"};

Json hook(const Json& events, int format = 0) {
  return {{"url", "http://127.0.0.1:9/in"},
          {"format", format},
          {"events", events},
          {"secret", "tajne"}};
}

/// A shop with the AppStore application "app-1" that has just been consented to.
Json account_with_application() {
  Json account = small_account();
  account["license"] = kLicense;
  account["credentials"]["applications"] =
      Json::array({{{"id", "app-1"},
                    {"secret", "oauth-tajne"},
                    {"code", "c0de"},
                    {"appstore_secret", "appstore-tajne"}},
                   {{"id", "app-2"}, {"secret", "other"}, {"code", "c0de-2"}}});
  return account;
}

/// Exchanges the consent's code for a token: "Basic app-1:oauth-tajne".
kit::Headers bearer_of(Shop& shop, std::string basic, const std::string& code) {
  const Response granted =
      shop.send("POST", "/webapi/rest/oauth/token", "grant_type=authorization_code&code=" + code,
                {{"Authorization", "Basic " + std::move(basic)}});
  return {{"Authorization", "Bearer " + body_of(granted)["access_token"].get<std::string>()}};
}
const char* const kFirst = "YXBwLTE6b2F1dGgtdGFqbmU=";
const char* const kSecond = "YXBwLTI6b3RoZXI=";

std::string signed_text(const kit::Webhook& sent, const std::string& key) {
  return fmt::format("{}:{}:{}", sent.headers.get("X-Webhook-Id"), key, sent.body);
}

std::vector<std::string> names_of(const std::vector<kit::Webhook>& sent) {
  std::vector<std::string> names;
  for (const kit::Webhook& one : sent) names.push_back(one.event);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("Shoper: signatures equal those that another program computed", "[shoper][webhooks]") {
  // Recompute: python3 -c "import hashlib,hmac; print(hashlib.sha1(b'7:tajne:{...}').hexdigest());
  //   k=hmac.new(b'appstore-tajne', b'LICENSE:sekret', hashlib.sha512).hexdigest(); print(k)"
  const std::string body = R"({"order_id":"5","sum":"115.00"})";
  CHECK(shoper::webhook_signature(7, "tajne", body) == "21072f516d7e58a4f2d948de818a0bd97c9e05b4");
  const std::string key = shoper::application_key("appstore-tajne", kLicense, "sekret");
  CHECK(key ==
        "cfdb9b57fa37de32dc3135a49f54635d74ead22c23edcc0e3d0c537fcca1cba822f181e4559c8f11f2f0a313f"
        "2465ca26c6b124fe6b6ba1d4c92f80c90eb79b6");
  CHECK(shoper::webhook_signature(7, key, body) == "c65e9ddc7fb937de7a0c6871b35ec45e6da2c750");
  CHECK(shoper::appstore_hash({{"timestamp", "1772438400"},
                               {"action", "install"},
                               {"hash", "is not part of it"},
                               {"shop_url", "https://test.shop.example"},
                               {"shop", kLicense},
                               {"auth_code", "c0de"},
                               {"application_version", "3"},
                               {"application_code", "app-1"}},
                              "appstore-tajne") ==
        "9ed22b35237da9d16bf8d214bee6c899482d4409b2bbca15ff39d464739e4718942c854979010bbeabe8eb502"
        "3246f302bce11b6e78dee566b6b000feba95875");
}

TEST_CASE("Shoper: a delivery carries the object as GET answers it, and the documented headers",
          "[shoper][webhooks]") {
  Shop shop(account_with_application());
  const std::int64_t id = shop.create("webhooks", hook(kAllOrders));
  const std::int64_t order = shop.create("orders", least_order());
  REQUIRE(names_of(shop.webhooks) == Names{"order.create"});
  const kit::Webhook& sent = shop.webhooks[0];
  CHECK(sent.account == "test");
  CHECK(sent.url == "http://127.0.0.1:9/in");
  CHECK(sent.body == shop.get(fmt::format("/webapi/rest/orders/{}", order)).body);
  CHECK(sent.headers == kit::Headers{{"Content-Type", "application/json; charset=utf-8"},
                                     {"User-Agent", "Shop Webhook Sender 1.0"},
                                     {"X-Webhook-Id", std::to_string(id)},
                                     {"X-Webhook-Name", "order.create"},
                                     {"X-Webhook-SHA1", reference_sha1(signed_text(sent, "tajne"))},
                                     {"X-Shop-License", kLicense},
                                     {"X-Shop-Domain", "test.shop.example"},
                                     {"X-Shop-Version", "5.26.35"}});
}

TEST_CASE("Shoper: an application's webhook is signed with the key made of its appstore secret",
          "[shoper][webhooks]") {
  Shop shop(account_with_application());
  const kit::Headers bearer = bearer_of(shop, kFirst, "c0de");
  const Response made =
      shop.send("POST", "/webapi/rest/webhooks", hook({"order.create"}).dump(), bearer);
  REQUIRE(made.status == 200);
  // A panel user's edit does not make it a panel user's.
  CHECK(shop.put("/webapi/rest/webhooks/" + made.body, {{"secret", "sekret"}}).body == "1");
  const Json before = shop.platform->snapshot();
  shop.platform->restore(before);
  CHECK(shop.platform->snapshot().dump() == before.dump());

  shop.create("orders", least_order());
  REQUIRE(shop.webhooks.size() == 1);
  const std::string key = reference_hmac_sha512("appstore-tajne", kLicense + ":sekret");
  CHECK(shop.webhooks[0].headers.get("X-Webhook-SHA1") ==
        reference_sha1(signed_text(shop.webhooks[0], key)));
}

TEST_CASE("Shoper: webhooks are listed without their secrets and read with them",
          "[shoper][webhooks]") {
  Shop shop;
  const std::int64_t id = shop.create("webhooks", hook(kAllOrders));
  const Json listed = shop.read("/webapi/rest/webhooks")["list"];
  REQUIRE(listed.size() == 1);
  CHECK_FALSE(listed[0].contains("secret"));
  CHECK(listed[0]["events"] == kAllOrders);
  CHECK(listed[0]["active"] == "1");
  const std::string path = fmt::format("/webapi/rest/webhooks/{}", id);
  CHECK(shop.read(path)["secret"] == "tajne");
  const kit::Contract contract = kit::Contract::parse(shoper::contract_json());
  for (const std::string& one : {std::string("/webapi/rest/webhooks"), path}) {
    CHECK(misfits(contract, Request{"GET", one, {}, ""}, shop.get(one)) ==
          std::vector<std::string>{});
  }
}

TEST_CASE("Shoper: what is no address, format or event makes no webhook", "[shoper][webhooks]") {
  Shop shop;
  Json bad = hook({"order.created"});
  bad["url"] = "mailto:x";
  bad["format"] = 2;
  const Response refused = shop.post("/webapi/rest/webhooks", bad);
  CHECK(refused.status == 400);
  CHECK(bad_fields(refused) == Names{"events", "format", "url"});
  CHECK(shop.door.ids("webhooks").empty());
  const std::int64_t id = shop.create("webhooks", hook(kAllOrders));
  const std::string path = fmt::format("/webapi/rest/webhooks/{}", id);
  CHECK(shop.put(path, {{"url", "nowhere"}}).status == 400);
  CHECK(shop.remove(path).body == "1");
  CHECK(shop.remove(path).status == 404);
  CHECK(shop.put(path, {{"active", 0}}).status == 404);
}

TEST_CASE("Shoper: with webhooks_visible own an application sees its own webhooks alone",
          "[shoper][webhooks]") {
  for (const bool own : {false, true}) {
    Shop shop(account_with_application());
    shop.door.set({{"webhooks_visible", own ? "own" : "all"}});
    const kit::Headers first = bearer_of(shop, kFirst, "c0de");
    const kit::Headers second = bearer_of(shop, kSecond, "c0de-2");
    const std::string mine =
        shop.send("POST", "/webapi/rest/webhooks", hook(kAllOrders).dump(), first).body;
    shop.create("webhooks", hook(kAllOrders));
    const auto count = [&](const kit::Headers& who) {
      return body_of(shop.send("GET", "/webapi/rest/webhooks", {}, who))["count"];
    };
    CHECK(count(first) == (own ? "1" : "2"));
    CHECK(count(second) == (own ? "0" : "2"));
    CHECK(shop.read("/webapi/rest/webhooks")["count"] == "2");
    const Response reached =
        shop.send("PUT", "/webapi/rest/webhooks/" + mine, R"({"active":0})", second);
    CHECK(reached.status == (own ? 404 : 200));
  }
}

TEST_CASE("Shoper: an inactive webhook is silent, also after it spoke", "[shoper][webhooks]") {
  Shop shop;
  Json silent = hook(kAllOrders);
  silent["active"] = 0;
  shop.create("webhooks", silent);
  const std::int64_t id = shop.create("webhooks", hook(kAllOrders));
  shop.create("orders", least_order());
  CHECK(shop.webhooks.size() == 1);
  shop.put(fmt::format("/webapi/rest/webhooks/{}", id), {{"active", 0}});
  shop.create("orders", least_order());
  CHECK(shop.webhooks.size() == 1);
}

TEST_CASE("Shoper: lines added to an order are order.edit deliveries with the new sum",
          "[shoper][webhooks]") {
  Shop shop;
  const std::int64_t product = shop.plant_product("K-1", "5", "7.50");
  shop.create("webhooks", hook(kAllOrders));
  const std::int64_t order = shop.create("orders", least_order());
  shop.create("order-products", {{"order_id", order}, {"product_id", product}, {"quantity", 2}});
  REQUIRE(names_of(shop.webhooks) == Names{"order.create", "order.edit"});
  CHECK(Json::parse(shop.webhooks[0].body)["sum"] == "0.00");
  CHECK(Json::parse(shop.webhooks[1].body)["sum"] == "15.00");
}

TEST_CASE("Shoper: each operation of a bulk is told as if it had come alone",
          "[shoper][webhooks]") {
  Shop shop;
  shop.create("webhooks", hook({"category.create", "category.delete"}));
  const Json body = {{"parent_id", 0}, {"translations", {{"pl_PL", {{"name", "Nowa"}}}}}};
  const auto part = [](const char* id, const char* method, const char* path, const Json& with) {
    return Json{{"id", id}, {"method", method}, {"path", path}, {"body", with}};
  };
  shop.post("/webapi/rest/bulk",
            Json::array({part("a", "POST", "/webapi/rest/categories", body),
                         part("b", "DELETE", "/webapi/rest/categories/999", nullptr),
                         part("c", "DELETE", "/webapi/rest/categories/3", nullptr)}));
  CHECK(names_of(shop.webhooks) == Names{"category.create", "category.delete"});
}

TEST_CASE("Shoper: a category that goes is told with all below it", "[shoper][webhooks]") {
  Shop shop;
  shop.create("webhooks", hook({"category.delete"}));
  shop.remove("/webapi/rest/categories/1");
  REQUIRE(shop.webhooks.size() == 2);
  CHECK(shop.webhooks[0].body == R"({"category_id":"1"})");
  CHECK(shop.webhooks[1].body == R"({"category_id":"2"})");
}

TEST_CASE("Shoper: with webhook_delete_body object a deletion tells the object as it was",
          "[shoper][webhooks]") {
  Shop shop;
  shop.door.set({{"webhook_delete_body", "object"}});
  shop.create("webhooks", hook({"category.delete"}));
  const std::string last = shop.get("/webapi/rest/categories/3").body;
  shop.remove("/webapi/rest/categories/3");
  REQUIRE(shop.webhooks.size() == 1);
  CHECK(shop.webhooks[0].body == last);
}

TEST_CASE("Shoper: a webhook of format 1 gets the same object in XML, signed as it is sent",
          "[shoper][webhooks]") {
  const Json object = Json::parse(
      R"({"order_id":"5","code":"a<b & \"c\"\u0001\ufffe\uffff","paid":false,"none":null,"tags":[],"ids":[1,2],
          "map":{"5":"x","pl_PL":{"name":"Żółw"}}})");
  CHECK(shoper::xml_body(object.dump(), "order", {}) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        "<order><order_id>5</order_id><code>a&lt;b &amp; \"c\"</code><paid>false</paid><none/>"
        "<tags/><ids><item>1</item><item>2</item></ids>"
        "<map><item key=\"5\">x</item><pl_PL><name>Żółw</name></pl_PL></map></order>");
  shoper::Settings own;
  own.webhook_xml_root = "dane";
  own.webhook_xml_item = "e";
  CHECK(shoper::xml_body(R"({"a":[1]})", "order", own) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><dane><a><e>1</e></a></dane>");

  Shop shop;
  shop.create("webhooks", hook({"subscriber.create"}, 1));
  shop.create("subscribers", {{"email", "ola@example.com"}});
  REQUIRE(shop.webhooks.size() == 1);
  const kit::Webhook& sent = shop.webhooks[0];
  CHECK(sent.headers.get("Content-Type") == "application/xml; charset=utf-8");
  CHECK(sent.body.find("<email>ola@example.com</email>") != std::string::npos);
  CHECK(sent.headers.get("X-Webhook-SHA1") == reference_sha1(signed_text(sent, "tajne")));
}

TEST_CASE("Shoper: a world tells who made a webhook, and only of webhooks and applications it has",
          "[shoper][webhooks]") {
  Json account = account_with_application();
  Json row = hook(kAllOrders);
  row["webhook_id"] = 4;
  account["resources"]["webhooks"] = Json::array({row});
  account["webhook_makers"] = {{"4", "app:app-1"}};
  Shop shop(account);
  CHECK(shop.platform->snapshot()[0]["webhook_makers"] == account["webhook_makers"]);
  for (const Json& wrong : {Json{{"5", "app:app-1"}}, Json{{"4", "app:nobody"}}, Json{{"4", 1}},
                            Json{{"x", "user:erp"}}}) {
    account["webhook_makers"] = wrong;
    CHECK_THROWS(Shop(account));
  }
  shop.door.remove("webhooks", 4);
  CHECK_NOTHROW(shop.platform->restore(shop.platform->snapshot()));
}
