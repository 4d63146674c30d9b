#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "core/integrations/systim_account.hpp"
#include "paper_shop.hpp"

using namespace atrapa::core;
using namespace atrapa::core::systim_shoper;
using test::PaperShop;
using test::TestClock;

namespace {

constexpr const char* kLicense = "0123456789abcdef0123456789abcdef01234567";
constexpr const char* kAppSecret = "appstore-secret";

std::string hex_of(const unsigned char* bytes, unsigned int size) {
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", bytes[i]);
  return text;
}

std::string sha1(const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), bytes.data(), &size, EVP_sha1(), nullptr);
  return hex_of(bytes.data(), size);
}

std::string hmac512(const std::string& key, const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  HMAC(EVP_sha512(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data(), &size);
  return hex_of(bytes.data(), size);
}

/// Values without what a form has to escape.
HttpRequest message(std::map<std::string, std::string> fields,
                    const std::string& secret = kAppSecret) {
  std::string text;
  for (const auto& [name, value] : fields) {
    text += (text.empty() ? "" : "&") + name + "=" + value;
  }
  return {"POST", "/appstore", {}, text + "&hash=" + hmac512(secret, text)};
}

HttpRequest install(const std::string& code, const std::string& at = "100") {
  return message({{"action", "install"},
                  {"shop", kLicense},
                  {"shop_url", "http://shop.example"},
                  {"auth_code", code},
                  {"timestamp", at}});
}

HttpRequest webhook(const std::string& event, const std::string& body, const std::string& key) {
  return {"POST",
          "/webhook",
          {{"x-webhook-id", "7"},
           {"X-Webhook-Name", event},
           {"X-Webhook-SHA1", sha1("7:" + key + ":" + body)},
           {"X-Shop-License", kLicense}},
          body};
}

struct Office {
  PaperShop shop;
  TestClock clock;
  std::unique_ptr<Ledger> ledger = Ledger::in_memory();
  Account account{
      {.application = {"app", kAppSecret}, .switches = {}, .stock_formula = StockFormula::OnHand},
      *ledger,
      shop,
      clock};

  Result<Done, Objection> save(const Form& form = {}) { return account.save_form(kLicense, form); }
};

std::string marks_of(const std::vector<ConnectionCheck>& checks) {
  std::string marks;
  for (const std::string& line : lines_of(checks)) marks += line.substr(0, 2) + " ";
  return marks;
}

}  // namespace

TEST_CASE("A message of the appstore is believed only with its hash", "[account]") {
  Office office;
  CHECK(office.account
            .receive(message({{"action", "install"},
                              {"shop", kLicense},
                              {"shop_url", "http://shop.example"},
                              {"auth_code", "c"},
                              {"timestamp", "1"}},
                             "guessed"))
            .status == 403);
  CHECK(office.ledger->installations().empty());
  CHECK_FALSE(office.save().ok());
  CHECK(office.account.receive({"POST", "/appstore", {}, "action=install&%zz"}).status == 400);

  CHECK(office.account.receive(install("c1")).status == 200);
  REQUIRE(office.save().ok());
  CHECK(office.account.shop_url() == "http://shop.example");
  CHECK(office.account
            .receive(message({{"action", "uninstall"}, {"shop", kLicense}, {"timestamp", "200"}}))
            .status == 200);
  CHECK_FALSE(office.account.shop_url().has_value());
  CHECK(office.ledger->installation(kLicense)->keys == ShopKeys{});
}

TEST_CASE("The appstore's messages may come twice and out of order", "[account]") {
  Office office;
  office.account.receive(install("c1", "100"));
  auto known = *office.ledger->installation(kLicense);
  known.keys = {};
  known.keys.access_token = "t1";
  known.keys.refresh_token = "r1";
  office.ledger->put_installation(known, office.clock.now());
  office.account.receive(install("c1", "100"));
  CHECK(office.ledger->installation(kLicense)->keys.access_token == "t1");

  office.account.receive(
      message({{"action", "uninstall"}, {"shop", kLicense}, {"timestamp", "90"}}));
  CHECK(office.ledger->installation(kLicense)->state == Installation::State::Installed);
  office.account.receive(install("c2", "1000"));
  CHECK(office.ledger->installation(kLicense)->keys.access_token.empty());
  CHECK(office.ledger->installation(kLicense)->keys.auth_code == "c2");
}

TEST_CASE("A webhook is believed by either of its keys, and announces an order once",
          "[account][webhook]") {
  Office office;
  office.account.receive(install("c1"));
  const std::string body = R"({"order_id":"17"})";
  CHECK(office.account.receive(webhook("order.create", body, "")).status == 403);
  REQUIRE(office.save({.erp_login = "", .erp_key = "", .webhook_secret = "hush"}).ok());
  const std::string name = "systim-shoper@" + std::string(kLicense);

  CHECK(office.account.receive(webhook("order.create", body, "guess")).status == 403);
  auto altered = webhook("order.create", body, "hush");
  altered.body = R"({"order_id":"18"})";
  CHECK(office.account.receive(altered).status == 403);
  CHECK_FALSE(office.ledger->announced(name, "17"));

  CHECK(office.account.receive(webhook("order.create", body, "hush")).status == 200);
  CHECK(office.account.receive(webhook("order.create", body, "hush")).status == 200);
  CHECK(office.ledger->announced(name, "17"));
  const std::string derived = hmac512(kAppSecret, std::string(kLicense) + ":hush");
  CHECK(office.account.receive(webhook("order.create", R"({"order_id":19})", derived)).status ==
        200);
  CHECK(office.ledger->announced(name, "19"));
  CHECK(office.account.receive(webhook("order.create", "no json", "hush")).status == 400);
  CHECK(office.account.receive(webhook("order.edit", R"({"order_id":20})", "hush")).status == 200);
  CHECK_FALSE(office.ledger->announced(name, "20"));

  office.account.uninstall(kLicense);
  CHECK(office.account.receive(webhook("order.create", body, "hush")).status == 410);
}

TEST_CASE("Books with API keys open to the present key of the named user alone", "[account]") {
  Office office;
  const auto opens = [&](const std::string& login, const std::string& key) {
    return !erp_access(*office.ledger, {login, key});
  };
  CHECK(opens("", ""));  // Nobody has generated a key yet.
  office.ledger->put_api_key("jan", shoper::digest_of("k1"), office.clock.now());
  office.ledger->put_api_key("ewa", shoper::digest_of("k2"), office.clock.now());
  CHECK(opens("jan", "k1"));
  CHECK_FALSE(opens("jan", "k2"));
  CHECK_FALSE(opens("jan", ""));
  CHECK_FALSE(opens("", "k1"));
  office.ledger->put_api_key("jan", shoper::digest_of("k3"), office.clock.now());
  CHECK_FALSE(opens("jan", "k1"));
  office.ledger->drop_api_key("jan");
  office.ledger->drop_api_key("ewa");
  CHECK_FALSE(opens("jan", "k3"));
  CHECK_FALSE(opens("", ""));  // Books that had users are never open to everybody again.
}

TEST_CASE("A key that ends while a run is under way ends the run before the next write",
          "[account]") {
  Office office;
  office.ledger->put_api_key("jan", shoper::digest_of("k1"), office.clock.now());
  Config config;
  config.shop_url = "http://shop.example";
  config.login = "jan";
  config.password = "x";
  config.erp = {"jan", "k1"};
  Parts parts;
  parts.language_ok = [&](const ShopSettings& settings) {
    office.ledger->put_api_key("jan", shoper::digest_of("k2"), office.clock.now());
    return check_language(settings);
  };
  Connector connector(config, *office.ledger, office.shop, office.clock, parts);
  connector.save_configuration();
  office.shop.add_product(1, "K1", "10.00", "1");
  office.shop.add_order(1, "2026-03-02 09:00:30", 0, "10.00");
  office.shop.add_line(1, 1, "K1", "10.00", "1");
  const RunReport report = connector.run(Command::Orders);
  CHECK_FALSE(report.ok);
  CHECK(office.ledger->order_count() == 0);
  CHECK(office.shop.stock_of("K1") == "1");
  REQUIRE_FALSE(office.ledger->log().empty());
  CHECK(office.ledger->log().back().entry.reason == Reason::ErpAccessDenied);
}

TEST_CASE("A test of the connection says in order what works and what does not", "[account]") {
  Office office;
  CHECK(marks_of(office.account.test_connection()) == "NO ");
  office.account.install_by_hand("http://shop.example", "jan", "tajne-haslo", "");
  REQUIRE(office.account.save_form(integration_of_url("http://shop.example"), {}).ok());
  const auto before = office.shop.other_writes;
  CHECK(marks_of(office.account.test_connection()) == "ok ok ok ok ok ok ok ");
  CHECK(office.shop.other_writes == before);
  office.account.uninstall(integration_of_url("http://shop.example"));
  CHECK(marks_of(office.account.test_connection()) == "NO ");
}

TEST_CASE("Keys are covered but for who asks, and a short one entirely", "[account]") {
  const auto shown = covered({{"address", "http://shop.example"},
                              {"access_token", "0123456789abcdef01234567"},
                              {"password", "short"}});
  CHECK(shown[0].value == "http://shop.example");
  CHECK(shown[1].value == "********4567");
  CHECK(shown[2].value == "********");
}
