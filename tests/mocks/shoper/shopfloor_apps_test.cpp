#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "floor_shop.hpp"
#include "mocks/kit/message.hpp"
#include "reference_hash.hpp"

// Applications come, are paid for and go; keys are made anew.

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;
namespace shoper = atrapa::mocks::shoper;

namespace {

const std::string kShopLicense = "0123456789abcdef0123456789abcdef01234567";
using Names = std::vector<std::string>;

/// Fields of a form, and the hash that they must have by the reference.
std::map<std::string, std::string> form_of(const std::string& text) {
  std::map<std::string, std::string> fields;
  const auto pairs = kit::parse_form(text);
  if (!pairs) return fields;
  for (const auto& [name, value] : *pairs) fields[name] = value;
  return fields;
}
std::string expected_hash(std::map<std::string, std::string> fields, const Names& names) {
  std::string text;
  for (const auto& [name, value] : fields) {
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, value);
  }
  return reference_hmac_sha512("appstore-tajne", text);
}

Names names_but_hash(const std::map<std::string, std::string>& fields) {
  Names names;
  for (const auto& [name, value] : fields) {
    if (name != "hash") names.push_back(name);
  }
  return names;
}

Response exchange_code(Shop& shop, const std::string& code) {
  return shop.send("POST", "/webapi/rest/oauth/token", "grant_type=authorization_code&code=" + code,
                   {{"Authorization", "Basic YXBwLTE6b2F1dGgtdGFqbmU="}});
}

}  // namespace

TEST_CASE("Shoper floor: the sum of a placed order and its makers survive a snapshot",
          "[shoper][floor]") {
  FloorShop shop(application_account());
  const std::int64_t product = shop.plant_product("K-1", "5");
  shop.perform("install-application", {{"application", "app-1"}});
  shop.perform("place-order", {{"customer", 1}, {"lines", {{{"product", product}}}}});
  const Json before = shop.platform->snapshot();
  shop.platform->restore(before);
  CHECK(shop.platform->snapshot().dump() == before.dump());
}

TEST_CASE("Shoper floor: an installed application exchanges its code, an uninstalled one is out",
          "[shoper][floor]") {
  FloorShop shop(application_account());
  CHECK(exchange_code(shop, "").status == 400);
  const Json installed =
      shop.perform("install-application", {{"application", "app-1"}, {"version", "3"}});
  REQUIRE(shop.webhooks.size() == 1);
  const kit::Webhook message = shop.webhooks[0];
  CHECK(message.url == "http://127.0.0.1:9/billing");
  CHECK(message.headers.get("Content-Type") == "application/x-www-form-urlencoded");
  auto fields = form_of(message.body);
  CHECK(fields["auth_code"] == installed["auth_code"]);
  const std::string hash = fields["hash"];
  CHECK(hash == expected_hash(fields, names_but_hash(fields)));
  fields.erase("hash");
  fields.erase("auth_code");
  CHECK(fields == std::map<std::string, std::string>{{"action", "install"},
                                                     {"application_code", "app-1"},
                                                     {"application_version", "3"},
                                                     {"shop", kShopLicense},
                                                     {"shop_url", "https://test.shop.example"},
                                                     {"timestamp", "1772438400"}});

  const Response granted = exchange_code(shop, installed["auth_code"]);
  REQUIRE(granted.status == 200);
  CHECK(exchange_code(shop, installed["auth_code"]).status == 400);
  const kit::Headers bearer{
      {"Authorization", "Bearer " + body_of(granted)["access_token"].get<std::string>()}};
  const Json hook = {{"url", "http://127.0.0.1:9/in"}, {"format", 0}, {"events", {"order.edit"}}};
  CHECK(shop.send("POST", "/webapi/rest/webhooks", hook.dump(), bearer).status == 200);
  shop.create("webhooks", hook);

  shop.perform("uninstall-application", {{"application", "app-1"}});
  CHECK(form_of(shop.webhooks.back().body)["action"] == "uninstall");
  CHECK(shop.send("GET", "/webapi/rest/taxes", {}, bearer).status == 401);
  CHECK(shop.door.ids("webhooks").size() == 1);  // The panel user's.
  CHECK(shop.send("POST", "/webapi/rest/oauth/token",
                  "grant_type=refresh_token&refresh_token=" +
                      body_of(granted)["refresh_token"].get<std::string>(),
                  {{"Authorization", "Basic YXBwLTE6b2F1dGgtdGFqbmU="}})
            .status == 400);
  const Json again = shop.perform("install-application", {{"application", "app-1"}});
  CHECK(exchange_code(shop, again["auth_code"]).status == 200);
}

TEST_CASE("Shoper floor: every message of the AppStore has its fields and its hash",
          "[shoper][floor]") {
  FloorShop shop(application_account());
  const std::vector<std::tuple<std::string, Json, std::string, Names>> messages{
      {"upgrade-application", {{"version", "4"}}, "upgrade", {"application_version"}},
      {"uninstall-application", Json::object(), "uninstall", {}},
      {"bill-installation", Json::object(), "billing_install", {}},
      {"bill-subscription",
       {{"until", "2027-01-01 00:00:00"}},
       "billing_subscription",
       {"subscription_end_time"}},
      {"install-application",
       {{"trial", true}},
       "install",
       {"application_version", "auth_code", "trial"}}};
  for (const auto& [operation, more, action, own] : messages) {
    Json body = more;
    body["application"] = "app-1";
    const Json answer = shop.perform(operation, body);
    const auto fields = form_of(shop.webhooks.back().body);
    CHECK(answer["message"]["body"] == shop.webhooks.back().body);
    CHECK(fields.at("action") == action);
    CHECK(fields.at("hash") == expected_hash(fields, names_but_hash(fields)));
    Names expected{"action", "application_code", "shop", "shop_url", "timestamp"};
    expected.insert(expected.end(), own.begin(), own.end());
    std::sort(expected.begin(), expected.end());
    CHECK(names_but_hash(fields) == expected);
  }
  CHECK(shop.refused_at("bill-subscription", {{"application", "app-1"}, {"until", "soon"}}) ==
        "/until");
  CHECK(shop.refused_at("upgrade-application", {{"application", "x"}, {"version", "1"}}) ==
        "/application");
  CHECK(shop.refused_at("install-application", {{"application", "new"}}) == "/secret");
  shop.perform("install-application", {{"application", "new"}, {"secret", "s"}});
  shop.door.set({{"appstore_timestamp", "milliseconds"}});
  shop.perform("bill-installation", {{"application", "app-1"}});
  CHECK(form_of(shop.webhooks.back().body)["timestamp"] == "1772438400000");
}

TEST_CASE(
    "Shoper floor: the panel's address is hashed over its place, shop and time, and with an "
    "administrator over all five",
    "[shoper][floor]") {
  FloorShop shop(application_account());
  const Json plain = shop.perform(
      "open-panel",
      {{"application", "app-1"}, {"base", "http://127.0.0.1:9/panel"}, {"place", "orders"}});
  const std::string url = plain["url"];
  REQUIRE(url.starts_with("http://127.0.0.1:9/panel?"));
  const auto fields = form_of(url.substr(url.find('?') + 1));
  // Recompute: hmac.new(b'appstore-tajne', b'place=orders&shop=LICENSE&timestamp=1772438400',
  //   hashlib.sha512).hexdigest() in Python.
  CHECK(fields.at("hash") ==
        "154862dc827243fd71de306d4cf0a5164d811eccf52325fcd0f6d4d05103ce06f789f221e38131a18b06b1a492"
        "bd30d3f5efe4aa330ee6bc21afa2a05f8ba26f");
  CHECK(fields.at("locale") == "pl_PL");
  CHECK(fields.count("admin-hash") == 0);

  const Json known = shop.perform("open-panel", {{"application", "app-1"},
                                                 {"base", "http://127.0.0.1:9/panel?a=1"},
                                                 {"place", "orders"},
                                                 {"admin_id", "2"},
                                                 {"admin_name", "Żaneta"}});
  const std::string with_admin = known["url"];
  REQUIRE(with_admin.starts_with("http://127.0.0.1:9/panel?a=1&"));
  const auto all = form_of(with_admin.substr(with_admin.find('?') + 1));
  CHECK(all.at("hash") == fields.at("hash"));
  CHECK(all.at("admin-hash") ==
        "7b0ffd4c0810be21a6ac85e14ac7494a34e89d32312751b73421558f9f7817afaa32cca7a55aedcf577aa22de4"
        "a255087312688b874e1187adee1079a1554f6a");
}

TEST_CASE("Shoper floor: keys made anew let in, the old ones and what they earned do not",
          "[shoper][floor]") {
  FloorShop shop(application_account());
  const auto login = [&](const std::string& password) {
    return shop.send("POST", "/webapi/rest/auth?client_id=erp&client_secret=" + password);
  };
  const auto reads = [&](const std::string& token) {
    return shop.send("GET", "/webapi/rest/taxes", {}, {{"Authorization", "Bearer " + token}})
        .status;
  };
  const std::string earned = body_of(login("tajne"))["access_token"];
  const std::string password = shop.perform("regenerate-keys", {{"login", "erp"}})["password"];
  CHECK(login("tajne").status == 401);
  CHECK(reads(earned) == 401);
  CHECK(reads(body_of(login(password))["access_token"]) == 200);

  const std::string token = shop.perform("regenerate-keys", {{"token", "all-rights"}})["token"];
  CHECK(reads("all-rights") == 401);
  CHECK(reads(token) == 200);

  const Json code = shop.perform("install-application", {{"application", "app-1"}});
  shop.perform("regenerate-keys", {{"application", "app-1"}});
  CHECK(exchange_code(shop, code["auth_code"]).status == 401);
  CHECK(shop.refused_at("regenerate-keys", {{"login", "nobody"}}) == "/login");
  CHECK(shop.refused_at("regenerate-keys", Json::object()) == "/token");
}

TEST_CASE("Shoper floor: every operation's example is a body that it can read", "[shoper][floor]") {
  std::vector<std::string> names;
  for (const shoper::FloorOperation& operation : shoper::floor_operations()) {
    CAPTURE(operation.name);
    FloorShop shop(application_account());
    const Json body = Json::parse(operation.example, nullptr, false);
    REQUIRE(body.is_object());
    const auto answer = shop.act(operation.name, body);
    if (const auto* refused = std::get_if<shoper::FloorRefusal>(&answer)) {
      // Only what the small shop does not hold may be missed; no name and no shape.
      INFO(refused->text());
      CHECK((refused->what.starts_with("there is no") || refused->what.starts_with("the shop")));
    }
    names.emplace_back(operation.name);
  }
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
  CHECK(names.size() >= 14);
}
