#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <map>

#include "mocks/base/state.hpp"
#include "tests/mocks/base/orders.hpp"

using namespace atrapa::tests::base;
namespace base = atrapa::mocks::base;
using Strings = std::vector<std::string>;

namespace {

/// The small account with what returns need: the statuses Przyjęty (1) and Rozliczony (2), a
/// reason (4) and a status of lines (6).
Account& ready_for_returns(Account& account) {
  account.door.plant("return_statuses", {{"id", 1}, {"name", "Przyjęty"}, {"is_primary", true}});
  account.door.plant("return_statuses", {{"id", 2}, {"name", "Rozliczony"}});
  account.door.plant("return_reasons", {{"id", 4}, {"name", "Uszkodzony"}});
  account.door.plant("return_line_statuses", {{"id", 6}, {"name", "Sprawdzony"}});
  return account;
}

Json return_line(const char* price, int quantity) {
  return {{"storage", "db"},       {"storage_id", 307}, {"name", "Herbata"},
          {"price_brutto", price}, {"tax_rate", 23},    {"quantity", quantity}};
}

Json return_of(std::initializer_list<Json> lines = {}) {
  return {{"status_id", 1},
          {"date_add", 1772430000},
          {"currency", "PLN"},
          {"refunded", 0},
          {"products", Json::array_t(lines)}};
}

std::int64_t add_return(Account& account, const Json& sent) {
  return account.good("addOrderReturn", sent)["return_id"].get<std::int64_t>();
}

Json read_return(Account& account, std::int64_t id) {
  return account.good("getOrderReturns", {{"return_id", id},
                                          {"include_custom_extra_fields", true},
                                          {"include_connect_data", true}})["returns"][0];
}

Strings return_journal(Account& account, std::int64_t last_log_id = 0) {
  Strings entries;
  const Json call = {{"last_log_id", last_log_id}};
  const Json logs = account.good("getOrderReturnJournalList", call)["logs"];
  for (const Json& log : logs) {
    entries.push_back(fmt::format("{} {} {}", log["log_type"].get<int>(),
                                  log["return_id"].get<int>(), log["object_id"].get<int>()));
  }
  return entries;
}

}  // namespace

TEST_CASE("A return of an order comes back as it was sent", "[base][returns]") {
  Account account;
  ready_for_returns(account);
  const std::int64_t order_id = add_order(account, order_of({order_line("Herbata", "10.00", 2)}));
  Json line = return_line("10.00", 1);
  line["order_product_id"] = 1;
  line["return_reason_id"] = 4;
  Json sent = return_of({line});
  sent["order_id"] = order_id;
  sent["reference_number"] = "ZW/1";
  sent["delivery_country_code"] = "DE";
  sent["refund_iban"] = "PL00";
  const Json read = read_return(account, add_return(account, sent));
  CHECK(read["order_id"] == order_id);
  CHECK(read["reference_number"] == "ZW/1");
  CHECK(read["refunded"] == "0.00");
  CHECK(read["delivery_country"] == "Germany");
  CHECK(read["custom_extra_fields"] == "");
  CHECK(read["fulfillment_status"] == 0);
  REQUIRE(read["products"].size() == 1);
  CHECK(read["products"][0]["return_reason_id"] == 4);
  CHECK(read["products"][0]["price_brutto"] == 10.0);

  const auto refused = [&](const char* name, const Json& value) {
    Json wrong = sent;
    wrong[name] = value;
    return account.refused("addOrderReturn", wrong) != "";
  };
  CHECK(refused("order_id", 99));
  CHECK(refused("status_id", 99));
  CHECK(refused("date_add", -5));
  line["order_product_id"] = 77;
  CHECK(refused("products", Json::array({line})));
  line["order_product_id"] = 1;
  line["return_reason_id"] = 5;
  CHECK(refused("products", Json::array({line})));
  CHECK(account.state().returns.returns.size() == 1);
  CHECK(return_journal(account) == Strings{"1 1 0"});
}

TEST_CASE("A refund replaces the amount and is kept in the history", "[base][returns]") {
  Account account;
  ready_for_returns(account);
  Json sent = return_of({return_line("10.00", 3)});
  const std::int64_t id = add_return(account, sent);
  const auto refund = [&](const char* amount, const char* external) {
    account.good("setOrderReturnRefund", {{"return_id", id},
                                          {"order_refund_done", amount},
                                          {"refund_date", 1772438400},
                                          {"refund_comment", "zwrot"},
                                          {"external_refund_id", external}});
  };
  refund("10.00", "");
  refund("30.00", "R-2");
  const Json read = read_return(account, id);
  CHECK(read["refunded"] == "30.00");
  CHECK(read["refund_done"] == 30.0);
  const Json history =
      account.good("getOrderReturnPaymentsHistory", {{"return_id", id}})["payments"];
  REQUIRE(history.size() == 1);
  CHECK(history[0]["paid_before"] == "10.00");
  CHECK(history[0]["total_price"] == "30.00");
  CHECK(!history[0].contains("comment"));
  refund("0", "");
  CHECK(read_return(account, id)["refunded"] == "0.00");
  CHECK(account
            .good("getOrderReturnPaymentsHistory",
                  {{"return_id", id}, {"show_full_history", true}})["payments"]
            .size() == 3);
  sent["refunded"] = 1;
  CHECK(read_return(account, add_return(account, sent))["refund_done"] == 30.0);
  CHECK(return_journal(account) == Strings{"1 1 0", "5 1 0", "5 1 0", "5 1 0", "1 2 0", "5 2 0"});
}

TEST_CASE("A return's fields and lines are edited in parts, each with its entry",
          "[base][returns]") {
  Account account;
  ready_for_returns(account);
  account.door.plant("products", {{"product_id", 9001}, {"inventory_id", 307}});
  const std::int64_t id = add_return(account, return_of({return_line("10.00", 3)}));
  account.good("setOrderReturnFields", {{"return_id", id}, {"admin_comments", "Pilne"}});
  account.good("setOrderReturnFields", {{"return_id", id}, {"delivery_city", "Gdańsk"}});
  account.good("setOrderReturnFields", {{"return_id", id}, {"delivery_city", "Gdańsk"}});
  Json line = return_line("5.00", 1);
  line["return_id"] = id;
  line["product_id"] = "9001";
  line["variant_id"] = "0";
  const Json added = account.good("addOrderReturnProduct", line)["order_return_product_id"];
  const auto edit = [&](Json changes) {
    changes["return_id"] = id;
    changes["order_return_product_id"] = added;
    return changes;
  };
  account.good("setOrderReturnProductFields", edit({{"quantity", 2}}));
  account.good("setOrderReturnProductFields", edit({{"status_id", 6}}));
  account.good("setOrderReturnProductFields", edit({{"status_id", 6}}));
  CHECK(account.refused("setOrderReturnProductFields", edit({{"status_id", 7}})) != "");
  const Json read = read_return(account, id);
  CHECK(read["admin_comments"] == "Pilne");
  CHECK(read["delivery_city"] == "Gdańsk");
  REQUIRE(read["products"].size() == 2);
  CHECK(read["products"][1]["quantity"] == 2);
  CHECK(read["products"][1]["status_id"] == 6);
  CHECK(read["products"][1]["variant_id"] == "0");
  account.good("deleteOrderReturnProduct", edit(Json::object()));
  CHECK(read_return(account, id)["products"].size() == 1);
  CHECK(account.refused("deleteOrderReturnProduct", edit(Json::object())) != "");
  CHECK(return_journal(account, 1) ==
        Strings{"10 1 0", "6 1 0", "7 1 9001", "8 1 9001", "12 1 2", "9 1 9001"});
}

TEST_CASE("Returns move through statuses, and out of one that is removed", "[base][returns]") {
  Account account;
  ready_for_returns(account);
  const std::int64_t first = add_return(account, return_of());
  const std::int64_t second = add_return(account, return_of());
  account.clock.advance(std::chrono::seconds{9});
  account.good("setOrderReturnStatus", {{"return_id", first}, {"status_id", 2}});
  CHECK(read_return(account, first)["date_in_status"] == account.now());
  CHECK(account.good("getOrderReturns", {{"status_id", 2}})["returns"].size() == 1);
  CHECK(account.refused("setOrderReturnStatuses",
                        {{"return_ids", {second, 99}}, {"status_id", 2}}) != "");
  CHECK(read_return(account, second)["status_id"] == 1);
  account.good("deleteOrderReturnStatus", {{"status_id", 2}, {"target_status_id", 1}});
  CHECK(account.good("getOrderReturns", {{"status_id", 1}})["returns"].size() == 2);
  CHECK(return_journal(account, 2) == Strings{"11 1 2", "11 1 1"});
  CHECK(account.good("getOrderReturnStatusList")["statuses"].size() == 1);
}

TEST_CASE("What the panel does to a return as a whole is in its journal", "[base][returns]") {
  Account account;
  ready_for_returns(account);
  const std::int64_t id = add_return(account, return_of());
  for (const std::int64_t status : {5, 1, 1, 2, 0}) {
    base::set_return_fulfillment(account.door.change(), id, status, account.now());
  }
  CHECK(return_journal(account, 1) == Strings{"2 1 0", "3 1 0", "4 1 0"});
  CHECK(read_return(account, id)["fulfillment_status"] == 0);
}

TEST_CASE("What a return can be is listed", "[base][returns]") {
  Account account;
  ready_for_returns(account);
  account.door.plant("return_extra_fields", {{"extra_field_id", 3}, {"name", "Stan"}});
  CHECK(account.good("getOrderReturnReasonsList")["return_reasons"][0]["return_reason_id"] == 4);
  CHECK(account.good("getOrderReturnProductStatuses")["order_return_product_statuses"][0]["name"] ==
        "Sprawdzony");
  CHECK(account.good("getOrderReturnExtraFields")["extra_fields"].size() == 1);
}

TEST_CASE("A trigger for returns runs its rules for the return, whatever order has its number",
          "[base][returns]") {
  Account account;
  ready_for_returns(account);
  account.door.plant("rules", {{"event", "return_trigger"},
                               {"trigger_id", 8},
                               {"statuses", {2}},
                               {"actions", {{{"url", "http://erp.test/return"}}}}});
  add_order(account, order_of());  // Order 1, in status 1.
  const std::int64_t id = add_return(account, return_of());
  account.good("runOrderReturnMacroTrigger", {{"return_id", id}, {"trigger_id", 8}});
  CHECK(account.webhooks.empty());
  account.good("setOrderReturnStatus", {{"return_id", id}, {"status_id", 2}});
  account.good("runOrderReturnMacroTrigger", {{"return_id", id}, {"trigger_id", 8}});
  CHECK(account.webhooks.size() == 1);
  CHECK(account.refused("runOrderReturnMacroTrigger", {{"return_id", id}, {"trigger_id", 9}}) !=
        "");
}

TEST_CASE("A walk by id meets each return exactly once", "[base][returns][paging]") {
  CHECK(rc::check("of any order and status", [] {
    Account account;
    ready_for_returns(account);
    const auto orders = *rc::gen::container<std::vector<std::int64_t>>(
        *rc::gen::inRange<std::size_t>(0, 210), rc::gen::inRange<std::int64_t>(0, 3));
    const auto wanted = *rc::gen::inRange<std::int64_t>(0, 3);
    std::vector<std::int64_t> expected;
    for (std::size_t index = 0; index < orders.size(); ++index) {
      base::OrderReturn one;
      one.order_id = orders[index];
      account.door.change().returns.returns.add(std::move(one));
      if (wanted == 0 || orders[index] == wanted) {
        expected.push_back(static_cast<std::int64_t>(index) + 1);
      }
    }
    std::vector<std::int64_t> seen;
    Json parameters = {{"id_from", 0}};
    if (wanted != 0) parameters["order_id"] = wanted;
    for (std::size_t full = 100; full == 100;) {
      const std::string body = account.send(post("getOrderReturns", parameters.dump())).body;
      const Json page = Json::parse(body)["returns"];
      for (const Json& one : page) seen.push_back(one["return_id"]);
      full = page.size();
      if (full > 0) parameters["id_from"] = seen.back() + 1;
    }
    RC_ASSERT(seen == expected);
  }));
}

TEST_CASE("Refunds add up for any sequence of them", "[base][returns]") {
  CHECK(rc::check("each entry begins where the last one ended", [] {
    Account account;
    ready_for_returns(account);
    const std::int64_t id = add_return(account, return_of({return_line("10.00", 3)}));
    const auto amounts = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9999));
    for (const int amount : amounts) {
      account.good("setOrderReturnRefund",
                   {{"return_id", id},
                    {"order_refund_done", fmt::format("{}.{:02}", amount / 100, amount % 100)},
                    {"refund_date", 1},
                    {"refund_comment", ""}});
    }
    const Json history = account.good("getOrderReturnPaymentsHistory",
                                      {{"return_id", id}, {"show_full_history", true}})["payments"];
    RC_ASSERT(history.size() == amounts.size());
    std::string before = "0.00";
    for (std::size_t index = 0; index < amounts.size(); ++index) {
      RC_ASSERT(history[index]["paid_before"] == before);
      before = fmt::format("{}.{:02}", amounts[index] / 100, amounts[index] % 100);
      RC_ASSERT(history[index]["paid_after"] == before);
    }
  }));
}
