#include "mocks/base/panel.hpp"

#include <catch2/catch.hpp>

#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;
using atrapa::mocks::base::Panel;
using atrapa::mocks::base::panel_operations;
using atrapa::mocks::kit::Context;
using atrapa::mocks::kit::DeedRefusal;

namespace {

std::variant<Json, DeedRefusal> act(Account& account, std::string_view operation,
                                    const Json& body) {
  Context context{account.clock.now(), account.random, account.webhooks, {}, {}};
  return Panel(*account.platform, "test").act(operation, body, context);
}

Json does(Account& account, std::string_view operation, const Json& body) {
  auto answer = act(account, operation, body);
  if (const auto* refusal = std::get_if<DeedRefusal>(&answer)) FAIL(refusal->text());
  return std::get<Json>(answer);
}

std::string refused_at(Account& account, std::string_view operation, const Json& body) {
  const auto answer = act(account, operation, body);
  const auto* refusal = std::get_if<DeedRefusal>(&answer);
  REQUIRE(refusal != nullptr);
  CHECK_FALSE(refusal->next.empty());
  return refusal->where;
}

}  // namespace

TEST_CASE("A token that the panel makes works until it is revoked", "[base][panel]") {
  Account account;
  const std::string token = does(account, "make-token", {{"name", "Magazyn"}})["token"];
  CHECK(token.size() == 48);
  CHECK(account.call("getInventoryPayers", Json::object(), token)["status"] == "SUCCESS");
  does(account, "revoke-token", {{"token", token}});
  CHECK(account.call("getInventoryPayers", Json::object(), token)["error_code"] ==
        "ERROR_BAD_TOKEN");
  CHECK(refused_at(account, "revoke-token", {{"token", token}}) == "/token");
}

TEST_CASE("A blocked account refuses every call until it is free again", "[base][panel]") {
  Account account;
  does(account, "block-account", {{"blocked", true}});
  CHECK(account.refused("getInventoryPayers") == "ERROR_USER_ACCOUNT_BLOCKED");
  does(account, "block-account", {{"blocked", false}});
  CHECK(account.refused("getInventoryPayers") == "");
}

TEST_CASE("Rules are made and removed; an event that does not exist is refused", "[base][panel]") {
  Account account;
  const Json actions = {{{"kind", "call_url"}, {"url", "http://127.0.0.1:9/"}}};
  const Json id =
      does(account, "add-rule", {{"event", "product_created"}, {"actions", actions}})["rule_id"];
  CHECK(account.state().automation.rules.size() == 1);
  CHECK(refused_at(account, "add-rule", {{"event", "product_born"}}) == "/event");
  does(account, "delete-rule", {{"rule", id}});
  CHECK(refused_at(account, "delete-rule", {{"rule", id}}) == "/rule");
}

TEST_CASE("What the panel does not know is refused with what it knows", "[base][panel]") {
  Account account;
  refused_at(account, "sell-everything", Json::object());
  CHECK(refused_at(account, "make-token", {{"nmae", "ERP"}}) == "/nmae");
  refused_at(account, "make-token", Json::array());
}

TEST_CASE("Every example of the panel is JSON", "[base][panel]") {
  for (const auto& operation : panel_operations()) {
    INFO(operation.name);
    CHECK(Json::parse(operation.example, nullptr, false).is_object());
    CHECK_FALSE(operation.about.empty());
  }
}
