#include "tests/mocks/base/orders.hpp"

#include <catch2/catch.hpp>
#include <chrono>

#include "mocks/base/state.hpp"

using namespace atrapa::tests::base;
using namespace std::chrono_literals;
using Strings = std::vector<std::string>;

namespace {

/// A rule of the account that calls an address.
Json calling_rule(const std::string& event, const std::string& url) {
  return {{"name", event}, {"event", event}, {"actions", {{{"kind", "call_url"}, {"url", url}}}}};
}

}  // namespace

TEST_CASE("An order comes back from getOrders as it was sent", "[base][orders]") {
  Account account;
  Json order = order_of({order_line("Herbata", "19.99", 2), order_line("Kubek", "35.50", 1)});
  order["user_comments"] = "Proszę dzwonić";
  order["want_invoice"] = "1";
  order["invoice_company"] = "Sklep z herbatą";
  order["invoice_nip"] = "5250000009";
  order["products"][1]["variant_id"] = 12;
  const std::int64_t id = add_order(account, order);

  const Json read = read_order(account, id);
  CHECK(read["order_source"] == "personal");
  CHECK(read["date_add"] == 1772430000);
  CHECK(read["date_confirmed"] == account.now());
  CHECK(read["confirmed"] == true);
  CHECK(read["payment_method_cod"] == "0");
  CHECK(read["want_invoice"] == "1");
  CHECK(read["payment_done"] == "0.00");
  CHECK(read["delivery_price"] == 12.0);
  CHECK(read["delivery_country"] == "Poland");
  CHECK(read["invoice_nip"] == "5250000009");
  CHECK(read["user_comments"] == "Proszę dzwonić");
  REQUIRE(read["products"].size() == 2);
  CHECK(read["products"][0]["price_brutto"] == 19.99);
  CHECK(read["products"][0]["quantity"] == 2);
  CHECK(read["products"][1]["variant_id"] == 12);
  CHECK(read["products"][0]["order_product_id"] != read["products"][1]["order_product_id"]);
  CHECK(!read.contains("custom_extra_fields"));
}

TEST_CASE("A line out of a catalogue names the warehouse that it comes from, where it has one",
          "[base][orders]") {
  Account account;
  Json order = order_of({order_line("Herbata", "19.99", 2), order_line("Kubek", "35.50", 1),
                         order_line("Miska", "12.00", 1)});
  order["products"][0]["warehouse_id"] = 206;
  order["products"][2]["warehouse_id"] = 206;
  order["products"][2]["storage"] = "shop";
  const Json read = read_order(account, add_order(account, order));
  CHECK(read["products"][0]["warehouse_id"] == 206);
  CHECK_FALSE(read["products"][1].contains("warehouse_id"));
  CHECK_FALSE(read["products"][2].contains("warehouse_id"));
}

TEST_CASE("Sending an order twice makes two orders", "[base][orders]") {
  Account account;
  const Json order = order_of({order_line("Herbata", "10.00", 1)});
  CHECK(add_order(account, order) != add_order(account, order));
  CHECK(account.good("getOrders")["orders"].size() == 2);
}

TEST_CASE("What an order cannot be is refused whole", "[base][orders]") {
  Account account;
  const auto refused = [&](const char* name, const Json& value) {
    Json order = order_of({order_line("Herbata", "10.00", 1)});
    order[name] = value;
    return account.refused("addOrder", order) == "ERROR_UNDOCUMENTED";
  };
  CHECK(refused("order_status_id", 99));
  CHECK(refused("custom_source_id", 5));
  CHECK(refused("date_add", -1));
  CHECK(refused("delivery_price", "-0.01"));
  CHECK(refused("currency", nullptr));
  CHECK(refused("products", Json::array({order_line("Herbata", "-1.00", 1)})));
  CHECK(refused("products", Json::array({order_line("Herbata", "99999999999999.00", 1000000)})));
  CHECK(refused("products", Json::array({order_line("Herbata", "1.00", -1)})));
  Json odd_rate = order_line("Herbata", "1.00", 1);
  odd_rate["tax_rate"] = -0.01;
  CHECK(refused("products", Json::array({odd_rate})));
  CHECK(account.state().sales.orders.size() == 0);
  CHECK(journal_after(account).empty());
}

TEST_CASE("By the setting addOrder makes unconfirmed orders, which getOrders hides",
          "[base][orders]") {
  Account account;
  account.door.set({{"add_order", "unconfirmed"}});
  const std::int64_t id = add_order(account, order_of());
  CHECK(account.good("getOrders")["orders"].empty());
  CHECK(account.good("getOrders", {{"order_id", id}})["orders"].empty());
  const Json read = read_order(account, id);
  CHECK(read["confirmed"] == false);
  CHECK(read["date_confirmed"] == 0);
  CHECK(journal_after(account) == Strings{"1 1 0"});
}

TEST_CASE("A paid order has one payment over its full value", "[base][orders]") {
  Account account;
  account.door.plant("rules", calling_rule("order_paid", "http://erp.test/[numer_zamowienia]"));
  Json order = order_of({order_line("Herbata", "19.99", 2)});
  order["paid"] = 1;
  const std::int64_t id = add_order(account, order);
  CHECK(read_order(account, id)["payment_done"] == "51.98");
  CHECK(account.good("getOrderPaymentsHistory", {{"order_id", id}})["payments"].empty());
  const Json history = account.good("getOrderPaymentsHistory",
                                    {{"order_id", id}, {"show_full_history", true}})["payments"];
  REQUIRE(history.size() == 1);
  CHECK(history[0]["paid_before"] == "0.00");
  CHECK(history[0]["paid_after"] == "51.98");
  CHECK(history[0]["total_price"] == "51.98");
  REQUIRE(account.webhooks.size() == 1);
  CHECK(account.webhooks[0].url == "http://erp.test/1");
  CHECK(journal_after(account) == Strings{"1 1 0", "2 1 0", "3 1 0"});
}

TEST_CASE("An order is paid once the full value is there, not before", "[base][orders]") {
  Account account;
  account.door.plant("rules", calling_rule("order_paid", "http://erp.test/paid"));
  const std::int64_t id = add_order(account, order_of({order_line("Herbata", "88.00", 1)}));
  const auto pay = [&](const char* amount, const char* external = "") {
    account.good("setOrderPayment", {{"order_id", id},
                                     {"payment_done", amount},
                                     {"payment_date", account.now()},
                                     {"payment_comment", "wpłata"},
                                     {"external_payment_id", external}});
  };
  pay("99.99");
  CHECK(account.webhooks.empty());
  pay("100.00", "P-1");
  CHECK(account.webhooks.size() == 1);
  pay("120.00");
  CHECK(account.webhooks.size() == 1);
  const Json outside = account.good("getOrderPaymentsHistory", {{"order_id", id}})["payments"];
  REQUIRE(outside.size() == 1);
  CHECK(outside[0]["external_payment_id"] == "P-1");
  CHECK(outside[0]["paid_before"] == "99.99");
  CHECK(account.refused("setOrderPayment", {{"order_id", id},
                                            {"payment_done", "-1"},
                                            {"payment_date", 0},
                                            {"payment_comment", ""}}) != "");
}

TEST_CASE("An edit of an order leaves what it does not name", "[base][orders]") {
  Account account;
  const std::int64_t id = add_order(account, order_of({order_line("Herbata", "10.00", 1)}));
  const Json before = read_order(account, id);
  account.good("setOrderFields", {{"order_id", id}, {"admin_comments", "Pilne"}, {"star", 3}});
  account.good("setOrderFields", {{"order_id", id}, {"delivery_city", "Gdańsk"}});
  account.good("setOrderFields", {{"order_id", id}, {"delivery_city", "Gdańsk"}});
  Json after = read_order(account, id);
  CHECK(after["admin_comments"] == "Pilne");
  CHECK(after["star"] == 3);
  CHECK(after["delivery_city"] == "Gdańsk");
  for (const char* name : {"admin_comments", "star", "delivery_city"}) after[name] = before[name];
  CHECK(after == before);
  CHECK(journal_after(account, 2) == Strings{"16 1 0", "11 1 0"});
  CHECK(account.refused("setOrderFields", {{"order_id", id}, {"star", 6}}) != "");
  CHECK(account.refused("setOrderFields", {{"order_id", 99}, {"star", 1}}) != "");
}

TEST_CASE("Lines are added, edited and removed, each with its entry", "[base][orders]") {
  Account account;
  const std::int64_t product =
      account.door.plant("products", {{"product_id", 9001}, {"inventory_id", 307}});
  const std::int64_t id = add_order(account, order_of({order_line("Kubek", "35.50", 1)}));
  Json line = order_line("Herbata", "19.995", 1);
  line["order_id"] = id;
  line["product_id"] = std::to_string(product);
  line["storage_id"] = "bl_307";
  line["variant_id"] = "A-12";
  const Json added = account.good("addOrderProduct", line)["order_product_id"];
  account.good("setOrderProductFields",
               {{"order_id", id}, {"order_product_id", added}, {"quantity", 7}});
  Json read = read_order(account, id)["products"];
  REQUIRE(read.size() == 2);
  CHECK(read[1]["order_product_id"] == added);
  CHECK(read[1]["quantity"] == 7);
  CHECK(read[1]["price_brutto"] == 20.0);  // To the grosz, half away from zero.
  CHECK(read[1]["variant_id"] == "A-12");
  CHECK(read[1]["storage_id"] == 307);
  account.good("deleteOrderProduct", {{"order_id", id}, {"order_product_id", added}});
  CHECK(read_order(account, id)["products"].size() == 1);
  CHECK(journal_after(account, 2) == Strings{"12 1 2", "13 1 9001", "14 1 2"});
  CHECK(account.refused("deleteOrderProduct", {{"order_id", id}, {"order_product_id", added}}) !=
        "");

  account.door.set({{"journal_products", "product"}});
  account.good("addOrderProduct", line);
  CHECK(journal_after(account, 5) == Strings{"12 1 9001"});
}

TEST_CASE("A status set is in the journal and runs the rules for that status", "[base][orders]") {
  Account account;
  Json rule = calling_rule("status_set", "http://erp.test/?orderId=[numer_zamowienia]");
  rule["statuses"] = {2};
  account.door.plant("rules", rule);
  const std::int64_t first = add_order(account, order_of());
  const std::int64_t second = add_order(account, order_of());
  account.clock.advance(60s);
  account.good("setOrderStatus", {{"order_id", first}, {"status_id", 3}});
  CHECK(account.webhooks.empty());
  account.good("setOrderStatuses", {{"order_ids", {first, second}}, {"status_id", 2}});
  REQUIRE(account.webhooks.size() == 2);
  CHECK(account.webhooks[0].url == "http://erp.test/?orderId=1");
  CHECK(account.webhooks[0].verb == "GET");
  account.good("setOrderStatus", {{"order_id", first}, {"status_id", 2}});  // Is there already.
  CHECK(account.webhooks.size() == 2);
  CHECK(read_order(account, second)["date_in_status"] == account.now());
  CHECK(journal_after(account, 4) == Strings{"18 1 3", "18 1 2", "18 2 2"});
  CHECK(account.refused("setOrderStatuses", {{"order_ids", {first, 99}}, {"status_id", 1}}) != "");
  CHECK(account.refused("setOrderStatus", {{"order_id", first}, {"status_id", 99}}) != "");
  CHECK(read_order(account, first)["order_status_id"] == 2);
}

TEST_CASE("Orders are found by e-mail and by phone", "[base][orders]") {
  Account account;
  Json other = order_of();
  other["email"] = "ewa@example.com";
  other["phone"] = "600 100 200";
  const std::int64_t jan = add_order(account, order_of());
  add_order(account, other);
  const Json by_email = account.good("getOrdersByEmail", {{"email", "jan@example.com"}})["orders"];
  REQUIRE(by_email.size() == 1);
  CHECK(by_email[0]["order_id"] == std::to_string(jan));
  const Json by_phone = account.good("getOrdersByPhone", {{"phone", "600100200"}})["orders"];
  REQUIRE(by_phone.size() == 1);
  CHECK(by_phone[0]["delivery_fullname"] == "Jan Kowalski");
  account.good("setOrderFields", {{"order_id", jan}, {"email", "ewa@example.com"}});
  CHECK(account.good("getOrdersByEmail", {{"email", "ewa@example.com"}})["orders"].size() == 2);
  CHECK(account.good("getOrdersByEmail", {{"email", "jan@example.com"}})["orders"].empty());
}

TEST_CASE("Every filter of getOrders leaves what it names", "[base][orders]") {
  Account account;
  account.door.plant("orders", {{"order_id", 10},
                                {"date_add", 100},
                                {"date_confirmed", 500},
                                {"order_status_id", 1},
                                {"order_source", "allegro"},
                                {"order_source_id", 7},
                                {"external_order_id", "A-1"},
                                {"shop_order_id", 77},
                                {"email", "jan@example.com"}});
  account.door.plant("orders", {{"order_id", 11},
                                {"date_add", 300},
                                {"date_confirmed", 400},
                                {"order_status_id", 2},
                                {"order_source", "shop"},
                                {"order_source_id", 7},
                                {"email", "jan@example.com"}});
  account.door.plant("orders", {{"order_id", 12}, {"date_add", 200}, {"order_status_id", 2}});
  const auto ids = [&](const Json& parameters) {
    std::vector<int> found;
    const Json orders = account.good("getOrders", parameters)["orders"];
    for (const Json& order : orders) {
      found.push_back(order["order_id"]);
    }
    return found;
  };
  using Ids = std::vector<int>;
  CHECK(ids(Json::object()) == Ids{11, 10});
  CHECK(ids({{"get_unconfirmed_orders", true}}) == Ids{10, 12, 11});
  CHECK(ids({{"id_from", 11}}) == Ids{11});
  CHECK(ids({{"id_from", 11}, {"get_unconfirmed_orders", true}}) == Ids{11, 12});
  CHECK(ids({{"date_confirmed_from", 401}}) == Ids{10});
  CHECK(ids({{"date_confirmed_from", 400}}) == Ids{11, 10});
  CHECK(ids({{"date_from", 200}, {"get_unconfirmed_orders", true}}) == Ids{12, 11});
  CHECK(ids({{"status_id", 2}}) == Ids{11});
  CHECK(ids({{"status_id", 2}, {"get_unconfirmed_orders", true}}) == Ids{12, 11});
  CHECK(ids({{"status_id", 1}, {"date_confirmed_from", 501}}).empty());
  CHECK(ids({{"filter_order_source", "allegro"}}) == Ids{10});
  CHECK(ids({{"filter_order_source_id", 7}, {"filter_order_source", "shop"}}) == Ids{11});
  CHECK(ids({{"filter_email", "jan@example.com"}}) == Ids{11, 10});
  CHECK(ids({{"filter_email", "jan@example.com"}, {"status_id", 1}}) == Ids{10});
  CHECK(ids({{"filter_external_order_id", "A-1"}}) == Ids{10});
  CHECK(ids({{"filter_shop_order_id", 77}}) == Ids{10});
  CHECK(ids({{"filter_shop_order_id", 78}}).empty());
}

TEST_CASE("Extra fields keep texts and files, and clear by an empty text", "[base][orders]") {
  Account account;
  account.door.plant("order_extra_fields", {{"extra_field_id", 135},
                                            {"name", "Typ"},
                                            {"editor_type", "radio"},
                                            {"options", {"B2B", "B2C"}}});
  account.door.plant("order_extra_fields",
                     {{"extra_field_id", 172}, {"name", "Umowa"}, {"editor_type", "file"}});
  Json order = order_of();
  order["custom_extra_fields"] = {{"135", "B2B"}, {"999", "x"}};
  const std::int64_t id = add_order(account, order);
  CHECK(account.note.find("999") != std::string::npos);
  account.good(
      "setOrderFields",
      {{"order_id", id},
       {"custom_extra_fields", {{"172", {{"title", "umowa.txt"}, {"file", "data:VW1vd2E="}}}}}});
  const Json asked = {{"include_custom_extra_fields", true}};
  Json fields = read_order(account, id, asked)["custom_extra_fields"];
  CHECK(fields["135"] == "B2B");
  CHECK(fields["172"]["title"] == "umowa.txt");
  CHECK(fields["172"]["url"].get<std::string>().starts_with("https://"));
  account.good("setOrderFields",
               {{"order_id", id}, {"custom_extra_fields", {{"135", ""}, {"172", ""}}}});
  CHECK(read_order(account, id, asked)["custom_extra_fields"] == Json::array());
  CHECK(account.refused("setOrderFields",
                        {{"order_id", id},
                         {"custom_extra_fields",
                          {{"172", {{"title", "x"}, {"file", "data:VW1v d2E"}}}}}}) != "");
  const Json listed = account.good("getOrderExtraFields")["extra_fields"];
  REQUIRE(listed.size() == 2);
  CHECK(listed[0]["options"] == Json({"B2B", "B2C"}));
}

TEST_CASE("Sources are named by type and id", "[base][orders]") {
  Account account;
  account.door.plant("order_sources", {{"source_id", 1621}, {"name", "Sklep stacjonarny"}});
  account.door.plant("order_sources", {{"type", "allegro"}, {"source_id", 7}, {"name", "Konto"}});
  const Json sources = account.good("getOrderSources")["sources"];
  CHECK(sources["personal"]["1621"] == "Sklep stacjonarny");
  CHECK(sources["personal"].contains("0"));
  CHECK(sources["allegro"]["7"] == "Konto");
  CHECK(sources["order_return"].is_array());
  account.door.set({{"shape", "table"}});
  CHECK(account.good("getOrderSources")["sources"]["order_return"].is_object());

  Json order = order_of();
  order["custom_source_id"] = 1621;
  CHECK(read_order(account, add_order(account, order))["order_source_id"] == 1621);
  order["custom_source_id"] = 7;  // Allegro's, not a personal one.
  CHECK(account.refused("addOrder", order) != "");
}

TEST_CASE("What a marketplace told of a sale is answered in the asked depth", "[base][orders]") {
  Account account;
  account.door.plant(
      "orders",
      {{"order_id", 5},
       {"currency", "USD"},
       {"transaction",
        {{"marketplace_transaction_id", "T-1"},
         {"account_id", 23},
         {"transaction_date", 1703097600},
         {"ship_date_to", 1703184000},
         {"fulfillment_center_id", "WRO1"},
         {"fulfillment_shipments", {{{"product_sku", "S"}, {"quantity", 2}, {"fba", true}}}},
         {"order_items",
          {{{"item_id", "S"},
            {"shipping_gross", "5.00"},
            {"shipping_taxes", {{{"code", "GST"}, {"value", "0.25"}, {"rate", "0.05"}}}},
            {"taxes", {{{"code", "GST"}, {"value", "2.5"}, {"rate", "0.05"}}}}}}}}}});
  const Json plain = account.good("getOrderTransactionData", {{"order_id", 5}});
  CHECK(plain["currency"] == "USD");
  CHECK(plain["ship_date_from"] == "");
  CHECK(plain["ship_date_to"] == "1703184000");
  CHECK(plain["fulfillment_shipments"][0]["quantity"] == 2);
  CHECK(!plain.contains("order_items"));
  const Json deep = account.good(
      "getOrderTransactionData",
      {{"order_id", 5}, {"include_complex_taxes", true}, {"include_amazon_data", false}});
  CHECK(!deep.contains("fulfillment_shipments"));
  CHECK(deep["order_items"][0]["outerItemId"] == "pS");
  CHECK(deep["order_items"][0]["shipping"]["grossValue"] == 5);
  CHECK(deep["order_items"][0]["shipping"]["taxes"][0]["value"] == 0.25);
  CHECK(deep["order_items"][0]["taxes"][0]["rate"] == 0.05);
  account.door.set({{"shape", "table"}});
  CHECK(account.good("getOrderTransactionData", {{"order_id", 5}})["ship_date_from"] == 0);
}

TEST_CASE("A trigger of the account's own runs its rules and no others", "[base][orders]") {
  Account account;
  Json rule = calling_rule("order_trigger", "http://erp.test/[numer_zamowienia]");
  rule["trigger_id"] = 8;
  account.door.plant("rules", rule);
  rule["trigger_id"] = 9;
  account.door.plant("rules", rule);
  const std::int64_t id = add_order(account, order_of());
  account.good("runOrderMacroTrigger", {{"order_id", std::to_string(id)}, {"trigger_id", "8"}});
  CHECK(account.webhooks.size() == 1);
  CHECK(account.refused("runOrderMacroTrigger", {{"order_id", id}, {"trigger_id", 10}}) != "");
  CHECK(account.refused("runOrderMacroTrigger", {{"order_id", 99}, {"trigger_id", 8}}) != "");
}

TEST_CASE("An order that is taken in runs the rules for downloaded orders", "[base][orders]") {
  Account account;
  account.door.plant("rules", calling_rule("order_downloaded", "http://erp.test/new"));
  add_order(account, order_of());
  CHECK(account.webhooks.size() == 1);
}

TEST_CASE("Orders survive a snapshot", "[base][orders]") {
  Account account;
  Json order = order_of({order_line("Herbata", "19.99", 2)});
  order["paid"] = 1;
  const std::int64_t id = add_order(account, order);
  account.good("addPickPackCart", {{"name", "A1"}});
  account.good("addPickPackOrdersToCart", {{"cart_id", 1}, {"order_ids", {id}}});
  const Json snapshot = account.platform->snapshot();
  Account copy;
  copy.platform->restore(snapshot);
  CHECK(copy.platform->snapshot() == snapshot);
  CHECK(read_order(copy, id) == read_order(account, id));
  CHECK(copy.good("getPickPackOrderCart", {{"order_id", id}})["cart_name"] == "A1");
  CHECK(add_order(copy, order_of()) == id + 1);
}
