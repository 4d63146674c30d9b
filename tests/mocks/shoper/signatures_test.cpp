#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <optional>

#include "reference_hash.hpp"
#include "shop.hpp"

// Signatures of webhooks, verified as a receiver verifies them: by hashes that are not the shop's.

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;

namespace {

/// What a receiver knows before anything arrives.
struct KnownSender {
  std::string secret;  ///< Of the webhook.
  /// The application's own secret where an application made the webhook.
  std::optional<std::string> application_secret;
};

/// As the SDK's verifier does it: from the headers and bytes that arrived and nothing else.
bool is_genuine(const kit::Webhook& arrived, const KnownSender& known) {
  const std::string key =
      known.application_secret
          ? reference_hmac_sha512(
                *known.application_secret,
                fmt::format("{}:{}", arrived.headers.get("X-Shop-License"), known.secret))
          : known.secret;
  return arrived.headers.get("X-Webhook-SHA1") ==
         reference_sha1(
             fmt::format("{}:{}:{}", arrived.headers.get("X-Webhook-Id"), key, arrived.body));
}

rc::Gen<std::string> awkward_text() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                          "a", "Z", "0", ":", " ", "\"", "\\", "ż", "€", "<", "&", "\n", "%")),
                      [](const std::vector<std::string>& letters) {
                        std::string text;
                        for (const std::string& one : letters) text += one;
                        return text;
                      });
}

Json account_of_application(const std::string& license, const std::string& secret) {
  Json account = small_account();
  account["license"] = license;
  account["credentials"]["applications"] = Json::array(
      {{{"id", "app"}, {"secret", "oauth"}, {"code", "c0de"}, {"appstore_secret", secret}}});
  return account;
}

}  // namespace

TEST_CASE("Shoper: every delivery is genuine to its receiver, and to no receiver of another secret",
          "[shoper][webhooks][property]") {
  CHECK(rc::check("any secrets, license, format and content; by panel users and applications", [] {
    const std::string license =
        *rc::gen::container<std::string>(40, rc::gen::elementOf(std::string("0123456789abcdef")));
    const std::string application_secret = "s" + *awkward_text();
    const KnownSender by_panel{"p" + *awkward_text(), std::nullopt};
    const KnownSender by_application{"a" + *awkward_text(), application_secret};
    Shop shop(account_of_application(license, application_secret));
    const Json token = body_of(
        shop.send("POST", "/webapi/rest/oauth/token", "grant_type=authorization_code&code=c0de",
                  {{"Authorization", "Basic YXBwOm9hdXRo"}}))["access_token"];  // app:oauth
    const auto hook = [&](const KnownSender& known) {
      return Json{{"url", "http://127.0.0.1:9/"},
                  {"format", *rc::gen::inRange(0, 2)},
                  {"events", {"order.create", "order.edit", "order.delete"}},
                  {"secret", known.secret}};
    };
    const std::int64_t panel = shop.create("webhooks", hook(by_panel));
    const Response made = shop.send("POST", "/webapi/rest/webhooks", hook(by_application).dump(),
                                    {{"Authorization", "Bearer " + token.get<std::string>()}});
    RC_ASSERT(made.status == 200);

    const std::string path = row_path("orders", shop.create("orders", least_order()));
    RC_ASSERT(shop.put(path, {{"notes", *awkward_text()}}).status == 200);
    RC_ASSERT(shop.remove(path).status == 200);

    RC_ASSERT(shop.webhooks.size() == 6u);
    for (const kit::Webhook& sent : shop.webhooks) {
      RC_ASSERT(sent.headers.get("X-Shop-License") == license);
      const bool of_panel = sent.headers.get("X-Webhook-Id") == std::to_string(panel);
      RC_ASSERT(is_genuine(sent, of_panel ? by_panel : by_application));
      RC_ASSERT(!is_genuine(sent, of_panel ? by_application : by_panel));
      KnownSender other = of_panel ? by_panel : by_application;
      other.secret += "x";
      RC_ASSERT(!is_genuine(sent, other));
      kit::Webhook forged = sent;
      forged.body += " ";
      RC_ASSERT(!is_genuine(forged, of_panel ? by_panel : by_application));
    }
  }));
}
