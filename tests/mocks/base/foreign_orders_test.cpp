#include <fmt/format.h>
#include <rapidcheck.h>

#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "mocks/base/methods.hpp"
#include "mocks/base/state.hpp"
#include "tests/mocks/base/odd_calls.hpp"
#include "tests/mocks/base/orders.hpp"

// Whatever is sent: an answer of the contract's form, or a refusal that changes nothing.

using namespace atrapa::tests::base;
namespace base = atrapa::mocks::base;

namespace {

const std::vector<const base::Method*>& order_side_methods() {
  static const auto all = methods_of_groups(
      {"Orders", "Order statuses", "Order returns", "Pick and pack carts", "CRM", "Base Connect"});
  return all;
}

/// An account in which small ids mean something.
void furnish(Account& account) {
  for (const int id : {1, 2}) {
    const std::string name = fmt::format("Pozycja {}", id);
    account.door.plant("return_statuses", {{"id", id}, {"name", name}});
    account.door.plant("crm_statuses", {{"id", id}, {"name", name}});
    account.door.plant("order_status_groups", {{"group_id", id}, {"name", name}});
    account.door.plant("return_reasons", {{"id", id}, {"name", name}});
    account.door.plant("return_line_statuses", {{"id", id}, {"name", name}});
    account.door.plant("carts", {{"cart_id", id}, {"name", name}});
    account.door.plant("connect_integrations", {{"connect_integration_id", id}, {"name", name}});
    account.door.plant("connect_contractors", {{"connect_contractor_id", id},
                                               {"connect_integration_id", id},
                                               {"credit_limit", "100.00"}});
    account.door.plant("credit_entries", {{"connect_contractor_id", id}, {"amount", "50.00"}});
    account.door.plant("crm_clients", {{"login", name}});
    account.door.plant("rules", {{"event", "order_trigger"}, {"trigger_id", id}});
    account.door.plant("rules", {{"event", "return_trigger"}, {"trigger_id", id}});
    account.door.plant("order_extra_fields",
                       {{"extra_field_id", id}, {"editor_type", id == 1 ? "text" : "file"}});
    add_order(account, order_of({order_line("Herbata", "10.00", 3)}));
    account.door.plant(
        "returns",
        {{"status_id", id},
         {"order_id", id},
         {"products", {{{"order_return_product_id", id}, {"line", {{"quantity", 2}}}}}}});
  }
}

}  // namespace

TEST_CASE("Every method for orders, returns and clients answers by the contract, whatever is sent",
          "[base][orders]") {
  CHECK(order_side_methods().size() == 74);
  for (const char* shape : {"sample", "table"}) {
    CHECK(rc::check(fmt::format("as the {} has it; a refusal changes nothing", shape), [&] {
      Account account;
      furnish(account);
      account.door.set({{"shape", shape}, {"php_arrays", *rc::gen::arbitrary<bool>()}});
      for (int calls = below(20); calls > 0; --calls) {
        const auto index = static_cast<std::size_t>(below(74));
        const base::Method& method = *order_side_methods()[index];
        const Json parameters = odd_parameters(method);
        const Json before = account.platform->snapshot();
        const Json answer = account.call(method.name, parameters);
        if (answer["status"] == "ERROR") RC_ASSERT(account.platform->snapshot() == before);
        if (!method.writes) RC_ASSERT(account.platform->snapshot() == before);
      }
      const Json snapshot = account.platform->snapshot();
      Account copy;
      copy.platform->restore(snapshot);
      RC_ASSERT(copy.platform->snapshot() == snapshot);
    }));
  }
}

TEST_CASE("Every list is answered as the table has it, too", "[base][orders]") {
  Account account;
  furnish(account);
  account.door.set({{"shape", "table"}, {"php_arrays", false}});
  account.good("setOrderPayment", {{"order_id", 1},
                                   {"payment_done", "1.00"},
                                   {"payment_date", 5},
                                   {"payment_comment", ""},
                                   {"external_payment_id", "P"}});
  for (const base::Method* method : order_side_methods()) {
    if (method->writes) continue;
    const Json parameters = {{"order_id", 1},
                             {"return_id", 1},
                             {"cart_id", 1},
                             {"crm_client_id", 1},
                             {"email", "jan@example.com"},
                             {"phone", "600100200"},
                             {"connect_integration_id", 1},
                             {"connect_contractor_id", 1}};
    Json known = Json::object();
    for (const auto& [name, value] : parameters.items()) {
      if (method->parameters.child(name) != nullptr) known[name] = value;
    }
    CAPTURE(method->name);
    CHECK(account.call(method->name, known)["status"] == "SUCCESS");
  }
  CHECK(account.good("getOrderPaymentsHistory", {{"order_id", 1}})["payments"][0]["paid_after"] ==
        1.0);
  CHECK(account.good("getOrders", {{"order_id", 1}})["orders"][0].contains("pick_state"));
}
