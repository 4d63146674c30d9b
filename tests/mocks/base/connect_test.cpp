#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>

#include "mocks/base/state.hpp"
#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;

namespace {

/// An integration (1) with a contractor (2) whose credit of 5000.00 is in use for 2000.00.
void plant_credit(Account& account) {
  account.door.plant("connect_integrations", {{"connect_integration_id", 1}, {"name", "Hurt"}});
  account.door.plant("connect_integrations",
                     {{"connect_integration_id", 3}, {"name", "Dostawca"}, {"own", false}});
  account.door.plant("connect_contractors", {{"connect_contractor_id", 2},
                                             {"connect_integration_id", 1},
                                             {"name", "Sklep u Ewy"},
                                             {"credit_limit", "5000.00"}});
  account.door.plant(
      "connect_contractors",
      {{"connect_contractor_id", 4}, {"connect_integration_id", 3}, {"name", "Inny"}});
  account.door.plant("credit_entries", {{"connect_contractor_id", 2},
                                        {"amount", "2000.00"},
                                        {"currency", "PLN"},
                                        {"date_add", 1772430000}});
  account.door.plant("credit_entries", {{"connect_contractor_id", 2},
                                        {"amount", "700.00"},
                                        {"currency", "PLN"},
                                        {"is_accepted", false}});
}

Json settlement(const char* amount) {
  return {{"connect_contractor_id", 2}, {"amount", amount}, {"message", "Przelew 1/2026"}};
}

}  // namespace

TEST_CASE("A repayment frees credit, up to what is in use", "[base][connect]") {
  Account account;
  plant_credit(account);
  const Json done = account.good("addConnectContractorCreditSettlement", settlement("500.00"));
  CHECK(done["new_blocked_credit"] == 1500.0);
  CHECK(done["new_available_credit"] == 3500.0);
  CHECK(account.refused("addConnectContractorCreditSettlement", settlement("1500.01")) != "");
  CHECK(account.refused("addConnectContractorCreditSettlement", settlement("0")) != "");
  CHECK(account.refused("addConnectContractorCreditSettlement", settlement("-1")) != "");
  Json of_order = settlement("1.00");
  of_order["order_id"] = 99;
  CHECK(account.refused("addConnectContractorCreditSettlement", of_order) != "");
  account.good("addConnectContractorCreditSettlement", settlement("1500.00"));

  const Json history = account.good("getConnectContractorCreditHistory",
                                    {{"connect_contractor_id", 2}})["credit_data"];
  REQUIRE(history.size() == 4);
  CHECK(history[1]["is_accepted"] == "0");
  CHECK(history[2]["type"] == "payment");
  CHECK(history[2]["amount"] == "500.00");
  CHECK(history[2]["credit_entry_id"] == done["credit_entry_id"]);
  CHECK(history[2]["description"] == "Przelew 1/2026");
  CHECK(account.refused("getConnectContractorCreditHistory", {{"connect_contractor_id", 9}}) != "");
}

TEST_CASE("Integrations are listed as own and joined, contractors by integration",
          "[base][connect]") {
  Account account;
  plant_credit(account);
  const Json integrations = account.good("getConnectIntegrations")["integrations"];
  CHECK(integrations["own_integrations"][0]["name"] == "Hurt");
  CHECK(integrations["connected_integrations"][0]["name"] == "Dostawca");
  const Json contractors = account.good("getConnectIntegrationContractors",
                                        {{"connect_integration_id", 1}})["contractors"];
  REQUIRE(contractors.size() == 1);
  CHECK(contractors["2"]["name"] == "Sklep u Ewy");
  CHECK(contractors["2"]["credit_data"]["credit_to_pay"] == 2000.0);
  CHECK(account.good("getConnectIntegrationContractors",
                     {{"connect_integration_id", 3}})["contractors"]["4"]["credit_data"] ==
        Json::array());
  CHECK(account.refused("getConnectIntegrationContractors", {{"connect_integration_id", 9}}) != "");
}

TEST_CASE("A credit limit set is what can be used from then on", "[base][connect]") {
  Account account;
  plant_credit(account);
  const Json set =
      account.good("setConnectContractorCreditLimit",
                   {{"connect_contractor_id", 2}, {"new_limit", 2500}, {"message", "mniej"}});
  CHECK(set["new_limit_set"] == "2500.00");
  CHECK(account.good("addConnectContractorCreditSettlement",
                     settlement("100.00"))["new_available_credit"] == 600.0);
  CHECK(account.refused("setConnectContractorCreditLimit",
                        {{"connect_contractor_id", 9}, {"new_limit", 1}, {"message", ""}}) != "");
}

TEST_CASE("Credit in use never falls below nothing", "[base][connect]") {
  CHECK(rc::check("for any repayments", [] {
    Account account;
    plant_credit(account);
    std::int64_t blocked = 200000;
    for (const int grosze : *rc::gen::container<std::vector<int>>(rc::gen::inRange(-5, 90000))) {
      const std::string amount = fmt::format("{}{}.{:02}", grosze < 0 ? "-" : "",
                                             std::abs(grosze) / 100, std::abs(grosze) % 100);
      const Json answer =
          account.call("addConnectContractorCreditSettlement", settlement(amount.c_str()));
      if (answer["status"] == "SUCCESS") {
        blocked -= grosze;
        RC_ASSERT(grosze > 0);
        RC_ASSERT(blocked >= 0);
        RC_ASSERT(std::llround(answer["new_blocked_credit"].get<double>() * 100) == blocked);
      } else {
        RC_ASSERT((grosze <= 0 || grosze > blocked));
      }
    }
  }));
}
