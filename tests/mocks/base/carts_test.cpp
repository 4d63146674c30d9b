#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "mocks/base/state.hpp"
#include "tests/mocks/base/orders.hpp"

using namespace atrapa::tests::base;

TEST_CASE("A cart is made, edited in parts, and removed with its orders left", "[base][carts]") {
  Account account;
  const Json cart =
      account.good("addPickPackCart", {{"name", "A1"}, {"color", "#ff0000"}})["cart_id"];
  account.good("addPickPackCart", {{"cart_id", cart}, {"name", "B2"}});
  const Json listed = account.good("getPickPackCarts")["carts"];
  REQUIRE(listed.size() == 1);
  CHECK(listed[0]["name"] == "B2");
  CHECK(listed[0]["color"] == "#ff0000");
  const std::int64_t id = add_order(account, order_of());
  account.good("addPickPackOrdersToCart", {{"cart_id", cart}, {"order_ids", {id}}});
  account.good("deletePickPackCart", {{"cart_id", cart}});
  CHECK(account.good("getPickPackOrderCart", {{"order_id", id}})["cart_id"] == 0);
  CHECK(account.refused("deletePickPackCart", {{"cart_id", cart}}) != "");
  CHECK(account.refused("addPickPackCart", {{"cart_id", 9}}) != "");
  CHECK(account.refused("getPickPackOrderCart", {{"order_id", 99}}) != "");
}

TEST_CASE("Twenty orders go into a cart at once, 21 are refused whole", "[base][carts]") {
  Account account;
  account.good("addPickPackCart");
  Json ids = Json::array();
  for (int order = 0; order < 20; ++order) ids.push_back(add_order(account, order_of()));
  Json more = ids;
  more.push_back(99);
  CHECK(account.refused("addPickPackOrdersToCart", {{"cart_id", 1}, {"order_ids", more}}) != "");
  CHECK(account.good("getPickPackCartOrders", {{"cart_id", 1}})["total_count"] == 0);
  ids[19] = 99;
  const Json done = account.good("addPickPackOrdersToCart", {{"cart_id", 1}, {"order_ids", ids}});
  CHECK(done["orders_assigned"] == 19);
  CHECK(done["orders_failed"] == Json::array({99}));
  CHECK(account.good("getPickPackCartOrders", {{"cart_id", 1}})["orders"][0] == 19);
  CHECK(account.good("deletePickPackCartOrders", {{"cart_id", 1}})["orders_removed"] == 19);
}

TEST_CASE("The history of picking and packing is read by order and by event", "[base][carts]") {
  Account account;
  const std::int64_t id = add_order(account, order_of());
  for (const int action : {2, 5, 8}) {
    account.door.plant("pick_pack_history", {{"order_id", id},
                                             {"action_type", action},
                                             {"profile_id", "12"},
                                             {"entry_date", 1772438400}});
  }
  account.door.plant("pick_pack_history", {{"order_id", id + 1}, {"action_type", 5}});
  CHECK(account.good("getOrderPickPackHistory", {{"order_id", id}})["history"].size() == 3);
  const Json finished =
      account.good("getOrderPickPackHistory", {{"order_id", id}, {"action_type", 5}})["history"];
  REQUIRE(finished.size() == 1);
  CHECK(finished[0]["entry_date"] == 1772438400);
  CHECK(account.refused("getOrderPickPackHistory", {{"order_id", 99}}) != "");
}

TEST_CASE("An order lies in the cart that it was last put into", "[base][carts]") {
  CHECK(rc::check("for any sequence of putting, taking and deleting", [] {
    Account account;
    for (int cart = 0; cart < 3; ++cart) account.good("addPickPackCart");
    std::map<int, std::vector<std::int64_t>> carts{{1, {}}, {2, {}}, {3, {}}};
    std::set<std::int64_t> orders;
    for (int order = 0; order < 6; ++order) orders.insert(add_order(account, order_of()));
    const auto take = [&](std::int64_t id) {
      for (auto& [cart, lies] : carts) std::erase(lies, id);
    };
    const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 6), rc::gen::inRange(0, 60)));
    for (const auto& [what, number] : steps) {
      const std::int64_t id = 1 + number % 6;
      const int cart = 1 + number % 3;
      if (what <= 2) {
        account.good("addPickPackOrdersToCart", {{"cart_id", cart}, {"order_ids", {id}}});
        if (orders.contains(id)) take(id);
        if (orders.contains(id)) carts[cart].push_back(id);
      } else if (what == 3) {
        account.call("deletePickPackOrderFromCart", {{"order_id", id}});
        take(id);
      } else if (what == 4) {
        account.good("deletePickPackCartOrders", {{"cart_id", cart}});
        carts[cart].clear();
      } else {
        account.good("deleteOrders", {{"order_ids", {id}}});
        orders.erase(id);
        take(id);
      }
    }
    for (const auto& [cart, lies] : carts) {
      const Json answer = account.good("getPickPackCartOrders", {{"cart_id", cart}});
      RC_ASSERT(answer["orders"] == Json(std::vector(lies.rbegin(), lies.rend())));
      for (const std::int64_t id : lies) {
        RC_ASSERT(account.good("getPickPackOrderCart", {{"order_id", id}})["cart_id"] == cart);
      }
    }
  }));
}
