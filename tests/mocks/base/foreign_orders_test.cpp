#include <fmt/format.h>
#include <rapidcheck.h>

#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "mocks/base/methods.hpp"
#include "mocks/base/state.hpp"
#include "tests/mocks/base/orders.hpp"

// Whatever is sent: an answer of the contract's form, or a refusal that changes nothing.

using namespace atrapa::tests::base;
namespace base = atrapa::mocks::base;

namespace {

const std::vector<const base::Method*>& order_side_methods() {
  static const std::vector<const base::Method*> all = [] {
    std::vector<const base::Method*> found;
    for (const base::Method& method : base::contract().methods()) {
      for (const char* group : {"Orders", "Order statuses", "Order returns", "Pick and pack carts",
                                "CRM", "Base Connect"}) {
        const bool current = method.status == base::Method::Status::Current;
        if (method.group == group && current) found.push_back(&method);
      }
    }
    return found;
  }();
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

/// A number below that, evenly, however small the case is to be.
int below(int bound) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, bound)); }

Json odd_value(const base::Node& node, int depth);

Json odd_scalar() {
  static const std::vector<Json> kOdd{Json(0),
                                      Json(1),
                                      Json(2),
                                      Json(3),
                                      Json(-1),
                                      Json("1"),
                                      Json("2"),
                                      Json(""),
                                      Json(" "),
                                      Json("0.01"),
                                      Json("9.995"),
                                      Json(true),
                                      Json(false),
                                      Json(nullptr),
                                      Json(1e17),
                                      Json(-0.02),
                                      Json(1e300),
                                      Json(100),
                                      Json(1000000),
                                      Json("999999999999999999"),
                                      Json(INT64_MAX),
                                      Json(INT64_MIN),
                                      Json("0.123456789012345678"),
                                      Json("-99999999999999999.9"),
                                      Json("shop_2"),
                                      Json("Zażółć \" \\ \n"),
                                      Json("data:AAAA"),
                                      Json(Json::array()),
                                      Json(Json::object()),
                                      Json(Json::array({1, "x", Json::array()})),
                                      Json(Json{{"1", "x"}, {"title", "t"}})};
  return *rc::gen::elementOf(kOdd);
}

/// Members that the contract names, most of them there.
Json odd_object(const base::Node& node, int depth) {
  Json object = Json::object();
  for (const base::Node& child : node.children) {
    const bool sent = child.required ? below(60) > 0 : below(10) > 6;
    if (sent) object[child.name] = odd_value(child, depth);
  }
  return object;
}

/// Of the kind that the contract wants, mostly.
Json odd_value(const base::Node& node, int depth) {
  if (depth > 3 || below(40) == 0) return odd_scalar();
  if (!node.values.empty()) return *rc::gen::elementOf(node.values);
  switch (node.kind) {
    case base::Kind::Int: return below(10) == 0 ? below(5) : 1 + below(2);
    case base::Kind::Float: return fmt::format("{}.{}", below(24), below(99));
    case base::Kind::Text:
      return *rc::gen::elementOf(std::vector<std::string>{"", "1", "db", "Ewa"});
    case base::Kind::Bool: return *rc::gen::arbitrary<bool>();
    case base::Kind::List: {
      Json list = Json::array();
      for (int count = below(3); count > 0; --count) {
        list.push_back(node.children.empty() ? Json(1 + below(3)) : odd_object(node, depth + 1));
      }
      return list;
    }
    case base::Kind::Map: {
      Json map = Json::object();
      for (int key = below(3); key > 0; --key) map[std::to_string(key)] = odd_scalar();
      return map;
    }
    case base::Kind::Any: break;
  }
  return odd_scalar();
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
        const Json parameters = odd_object(method.parameters, 0);
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
