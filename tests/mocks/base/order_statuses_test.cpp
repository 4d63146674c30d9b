#include <catch2/catch.hpp>

#include "mocks/base/state.hpp"
#include "tests/mocks/base/orders.hpp"

using namespace atrapa::tests::base;

TEST_CASE("A status is made, edited in parts, and listed", "[base][statuses]") {
  Account account;
  const Json group = account.good("addOrderStatusGroup", {{"name", "Wysyłka"}})["group_id"];
  const Json id = account.good("addOrderStatus", {{"name", "Spakowane"},
                                                  {"short_name", "Spak."},
                                                  {"name_for_customer", "Czeka na kuriera"},
                                                  {"color", "#00ff00"},
                                                  {"group_id", group}})["status_id"];
  CHECK(id == 4);
  account.good("addOrderStatus", {{"status_id", id},
                                  {"name", "Gotowe do wysyłki"},
                                  {"short_name", "Got."},
                                  {"color", "#00ff00"}});
  const Json listed = account.good("getOrderStatusList")["statuses"];
  REQUIRE(listed.size() == 4);
  CHECK(listed[0]["is_primary"] == 1);
  CHECK(listed[3]["name"] == "Gotowe do wysyłki");
  CHECK(listed[3]["name_for_customer"] == "Czeka na kuriera");
  CHECK(listed[3]["group_id"] == group);
  const Json least = {{"name", "X"}, {"short_name", "X"}, {"color", "#000000"}};
  Json wrong = least;
  wrong["group_id"] = 99;
  CHECK(account.refused("addOrderStatus", wrong) != "");
  wrong = least;
  wrong["status_id"] = 99;
  CHECK(account.refused("addOrderStatus", wrong) != "");
  wrong["status_id"] = 3.5;
  CHECK(account.refused("addOrderStatus", wrong) != "");
  CHECK(account.refused("addOrderStatus", {{"name", "X"}}) != "");
}

TEST_CASE("The orders of a removed status move to the other one", "[base][statuses]") {
  Account account;
  const std::int64_t first = add_order(account, order_of());
  add_order(account, order_of());
  account.good("setOrderStatus", {{"order_id", first}, {"status_id", 2}});
  CHECK(account.refused("deleteOrderStatus", {{"status_id", 1}, {"target_status_id", 1}}) != "");
  CHECK(account.refused("deleteOrderStatus", {{"status_id", 1}, {"target_status_id", 99}}) != "");
  account.good("deleteOrderStatus", {{"status_id", 1}, {"target_status_id", 2}});
  CHECK(account.good("getOrders", {{"status_id", 2}})["orders"].size() == 2);
  CHECK(journal_after(account, 5) == std::vector<std::string>{"18 2 2"});
  const Json left = account.good("getOrderStatusList")["statuses"];
  REQUIRE(left.size() == 2);
  CHECK(left[0]["is_primary"] == 1);  // What was primary is gone.
}

TEST_CASE("No rule keeps an order in a status that is removed", "[base][statuses]") {
  Account account;
  account.door.plant("rules", {{"event", "status_set"},
                               {"statuses", {3}},
                               {"actions", {{{"kind", "set_status"}, {"status_id", 2}}}}});
  const std::int64_t id = add_order(account, order_of());
  account.good("setOrderStatus", {{"order_id", id}, {"status_id", 2}});
  account.good("deleteOrderStatus", {{"status_id", 2}, {"target_status_id", 3}});
  CHECK(read_order(account, id)["order_status_id"] == 3);
  CHECK(journal_after(account, 3) == std::vector<std::string>{"18 1 3"});
  CHECK(account.good("getOrderStatusList")["statuses"].size() == 2);
}

TEST_CASE("The statuses of a removed group go to the main group", "[base][statuses]") {
  Account account;
  account.door.plant("order_status_groups",
                     {{"group_id", 1}, {"name", "Główna"}, {"is_main_group", true}});
  const Json group = account.good("addOrderStatusGroup", {{"name", "Inna"}})["group_id"];
  account.good("addOrderStatus",
               {{"name", "A"}, {"short_name", "A"}, {"color", "#000000"}, {"group_id", group}});
  CHECK(account.refused("deleteOrderStatusGroup", {{"group_id", 1}}) != "");
  account.good("deleteOrderStatusGroup", {{"group_id", group}});
  CHECK(account.good("getOrderStatusList")["statuses"][3]["group_id"] == 1);
  CHECK(account.good("getOrderStatusGroups")["status_groups"].size() == 1);
  CHECK(account.refused("deleteOrderStatusGroup", {{"group_id", group}}) != "");
}

TEST_CASE("Statuses of returns and of clients are apart from those of orders", "[base][statuses]") {
  Account account;
  account.good("addOrderReturnStatus", {{"name", "Przyjęty"}});
  account.good("addCrmClientStatus", {{"name", "Stały"}, {"color", "#ffffff"}});
  account.good("addOrderReturnStatusGroup", {{"name", "Zwroty"}});
  account.good("addCrmClientStatusGroup", {{"name", "Klienci"}});
  CHECK(account.good("getOrderReturnStatusList")["statuses"].size() == 1);
  CHECK(account.good("getCrmClientStatuses")["statuses"].size() == 1);
  CHECK(account.good("getOrderReturnStatusGroups")["status_groups"][0]["name"] == "Zwroty");
  CHECK(account.good("getCrmClientStatusGroups")["status_groups"][0]["name"] == "Klienci");
  CHECK(account.good("getOrderStatusList")["statuses"].size() == 3);
  account.good("deleteOrderReturnStatusGroup", {{"group_id", 1}});
  account.good("deleteCrmClientStatusGroup", {{"group_id", 1}});
  CHECK(account.good("getCrmClientStatusGroups")["status_groups"].empty());
}
