#include <catch2/catch.hpp>
#include <chrono>

#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;
using namespace std::chrono_literals;

namespace {

Json limited(Json settings) {
  Json account = small_account();
  account["settings"] = std::move(settings);
  return account;
}

}  // namespace

TEST_CASE("The 101st call of a minute blocks the token until the moment in the message", "[base]") {
  Account account(limited(Json::object()));
  account.door.change().tokens.push_back({"second-token", "Magazyn"});
  for (int call = 0; call < 100; ++call) {
    REQUIRE(account.refused("getInventorySuppliers") == "");
  }
  const Json blocked = account.call("getInventorySuppliers");
  CHECK(blocked["error_code"] == "ERROR_BLOCKED_TOKEN");
  // 09:00:00 in Warsaw and the ten minutes of the block.
  CHECK(blocked["error_message"].get<std::string>().find("2026-03-02 09:10:00") !=
        std::string::npos);

  account.clock.advance(9min + 59s);
  CHECK(account.refused("getInventorySuppliers") == "ERROR_BLOCKED_TOKEN");
  account.clock.advance(1s);
  CHECK(account.refused("getInventorySuppliers") == "");
}

TEST_CASE("Every program of a token counts against the same limit, other tokens do not", "[base]") {
  Json two = limited({{"limit", 2}});
  two["tokens"].push_back({{"token", "second-token"}, {"name", "Magazyn"}});
  Account account(two);
  account.call("getInventorySuppliers");
  account.call("getInventoryPayers");
  CHECK(account.refused("getInventorySuppliers") == "ERROR_BLOCKED_TOKEN");
  CHECK(account.call("getInventorySuppliers", Json::object(), "second-token")["status"] ==
        "SUCCESS");
}

TEST_CASE("Without a block a sliding window lets calls in one by one", "[base]") {
  Account account(limited({{"limit", 2}, {"window", "sliding"}, {"block_seconds", 0}}));
  account.call("getInventorySuppliers");
  account.clock.advance(30s);
  account.call("getInventorySuppliers");
  CHECK(account.refused("getInventorySuppliers") == "ERROR_BLOCKED_TOKEN");
  account.clock.advance(30s);
  CHECK(account.refused("getInventorySuppliers") == "");
  CHECK(account.refused("getInventorySuppliers") == "ERROR_BLOCKED_TOKEN");
}

TEST_CASE("A snapshot keeps the calls counted so far", "[base]") {
  Account account(limited({{"limit", 2}}));
  account.call("getInventorySuppliers");
  account.call("getInventorySuppliers");
  auto again = atrapa::mocks::base::make_base();
  again->restore(account.platform->snapshot());
  CHECK(again->snapshot().dump() == account.platform->snapshot().dump());
  Account restored(std::move(again), account.clock.now());
  CHECK(restored.refused("getInventorySuppliers") == "ERROR_BLOCKED_TOKEN");
}
