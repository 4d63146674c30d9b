#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "mocks/base/panel.hpp"
#include "tests/mocks/base/account.hpp"

// What people do in the panel, as the journal and the automatic actions see it.

using namespace atrapa::tests::base;
using atrapa::mocks::base::Panel;
using atrapa::mocks::kit::Context;
using atrapa::mocks::kit::DeedRefusal;

namespace {

using Addresses = std::vector<std::string>;
using Entries = std::vector<std::pair<int, std::int64_t>>;  ///< Type and object of each.

/// An account whose merchant made one "call URL" rule for each event that a test names.
struct Merchant : Account {
  explicit Merchant(const std::vector<std::string>& events = {}) {
    for (const std::string& event : events) listen(event);
  }

  void listen(const std::string& event, const Json& conditions = Json::object()) {
    const bool of_product = event.starts_with("product");
    const std::string url = "http://127.0.0.1:9/" + event +
                            (of_product ? "?id=[produkt_id]" : "?id=[numer_zamowienia]");
    Json rule = {{"event", event}, {"actions", {{{"kind", "call_url"}, {"url", url}}}}};
    rule.update(conditions);
    does("add-rule", rule);
  }

  std::variant<Json, DeedRefusal> act(std::string_view operation, const Json& body) {
    Context context{clock.now(), random, webhooks, {}, {}};
    return Panel(*platform, "test").act(operation, body, context);
  }
  Json does(std::string_view operation, const Json& body) {
    auto answer = act(operation, body);
    if (const auto* refusal = std::get_if<DeedRefusal>(&answer)) FAIL(refusal->text());
    return std::get<Json>(answer);
  }
  bool refuses(std::string_view operation, const Json& body) {
    return std::holds_alternative<DeedRefusal>(act(operation, body));
  }
  std::int64_t order(std::string_view operation, const Json& more = Json::object()) {
    Json body = {{"lines", {{{"name", "Kubek"}, {"price_brutto", "20.00"}}}}};
    body.update(more);
    return does(operation, body)["order_id"];
  }

  /// The journal's entries since this was asked last.
  Entries told() {
    const Json logs = good("getJournalList", {{"last_log_id", seen_}})["logs"];
    Entries entries;
    for (const Json& one : logs) {
      seen_ = one["log_id"];
      entries.emplace_back(one["log_type"], one["object_id"]);
    }
    return entries;
  }
  /// The addresses called since, below the host; each by GET.
  Addresses called() {
    Addresses addresses;
    for (const auto& one : std::exchange(webhooks, {})) {
      CHECK(one.verb == "GET");
      addresses.push_back(one.url.substr(std::string("http://127.0.0.1:9/").size()));
    }
    return addresses;
  }

 private:
  std::int64_t seen_ = 0;
};

}  // namespace

TEST_CASE("An order typed in by hand is created and confirmed, and was not downloaded",
          "[base][panel]") {
  Merchant merchant({"order_downloaded", "form_received", "status_set", "order_paid"});
  merchant.order("create-order");
  CHECK(merchant.told() == Entries{{1, 0}, {2, 0}});
  CHECK(merchant.called().empty());

  merchant.order("create-order", {{"fields", {{"paid", true}}}});
  CHECK(merchant.told() == Entries{{1, 0}, {2, 0}, {3, 0}});
  CHECK(merchant.called() == Addresses{"order_paid?id=2"});
  CHECK(merchant.refuses("create-order", {{"fields", {{"custom_source_id", 77}}}}));
}

TEST_CASE("An order from a shop or marketplace is downloaded once, from its own source",
          "[base][panel]") {
  Merchant merchant({"order_downloaded"});
  merchant.listen("order_downloaded", {{"sources", {"shop"}}});
  merchant.order("receive-order", {{"source", "shop"}, {"source_id", 2445}, {"shop_order_id", 77}});
  CHECK(merchant.told() == Entries{{1, 0}, {2, 0}});
  CHECK(merchant.called() == Addresses{"order_downloaded?id=1", "order_downloaded?id=1"});
  merchant.order("receive-order", {{"source", "allegro"}});
  CHECK(merchant.called() == Addresses{"order_downloaded?id=2"});

  const Json first = merchant.good("getOrders", {{"order_id", 1}})["orders"][0];
  CHECK(first["order_source"] == "shop");
  CHECK(first["order_source_id"] == 2445);
  CHECK(first["shop_order_id"] == 77);
}

TEST_CASE("An order without form is hidden until its form comes, which confirms it as of then",
          "[base][panel]") {
  Merchant merchant({"order_downloaded", "form_received"});
  const auto id = merchant.order("receive-order", {{"confirmed", false}});
  CHECK(merchant.told() == Entries{{1, 0}});
  CHECK(merchant.called() == Addresses{"order_downloaded?id=1"});
  CHECK(merchant.good("getOrders")["orders"].empty());

  merchant.clock.advance(std::chrono::hours{5});
  merchant.does("fill-in-form", {{"order", id}, {"fields", {{"delivery_fullname", "Ola Nowak"}}}});
  CHECK(merchant.told() == Entries{{2, 0}});
  CHECK(merchant.called() == Addresses{"form_received?id=1"});
  const Json orders = merchant.good("getOrders")["orders"];
  REQUIRE(orders.size() == 1);
  CHECK(orders[0]["date_confirmed"] == merchant.now());
  CHECK(orders[0]["delivery_fullname"] == "Ola Nowak");

  CHECK(merchant.refuses("fill-in-form", {{"order", id}}));
  CHECK(merchant.refuses("fill-in-form", {{"order", 99}}));
}

TEST_CASE("An order without form says neither who buys nor where it goes, until the form comes",
          "[base][panel]") {
  Merchant merchant;
  const auto shown = [&](std::int64_t id) {
    return merchant.good("getOrders",
                         {{"order_id", id}, {"get_unconfirmed_orders", true}})["orders"][0];
  };
  const auto early = merchant.order("receive-order", {{"confirmed", false}});
  const std::vector<std::string> names = {"email",
                                          "phone",
                                          "delivery_fullname",
                                          "delivery_address",
                                          "delivery_postcode",
                                          "delivery_city",
                                          "delivery_country_code",
                                          "invoice_fullname"};
  for (const std::string& name : names) {
    INFO(name);
    CHECK(shown(early)[name] == "");
  }
  CHECK(shown(early)["products"].size() == 1);
  const auto hinted = merchant.order(
      "receive-order", {{"confirmed", false}, {"fields", {{"email", "ola@example.com"}}}});
  CHECK(shown(hinted)["email"] == "ola@example.com");
  CHECK(shown(hinted)["delivery_city"] == "");

  merchant.does("fill-in-form",
                {{"order", hinted}, {"fields", {{"delivery_city", "Gdynia"}, {"phone", ""}}}});
  CHECK(shown(hinted)["email"] == "ola@example.com");
  CHECK(shown(hinted)["delivery_city"] == "Gdynia");
  CHECK(shown(hinted)["delivery_fullname"] != "");  // A form is whole.
  CHECK(shown(hinted)["phone"] == "");              // But for what is said to be empty.
  CHECK(shown(merchant.order("receive-order"))["delivery_city"] != "");
}

TEST_CASE("A status that the merchant gives is told of, and answered by rules of that status",
          "[base][panel]") {
  Merchant merchant;
  const auto id = merchant.order("create-order");
  merchant.told();
  merchant.listen("status_set", {{"statuses", {2, 3}}});
  merchant.does("change-status", {{"order", id}, {"status", 2}});
  CHECK(merchant.told() == Entries{{18, 2}});
  CHECK(merchant.called() == Addresses{"status_set?id=1"});
  merchant.does("change-status", {{"order", id}, {"status", 1}});
  CHECK(merchant.told() == Entries{{18, 1}});
  CHECK(merchant.called().empty());
  CHECK(merchant.refuses("change-status", {{"order", id}, {"status", 9}}));
}

TEST_CASE("Money is told of each time, and the order is paid once all of it is there",
          "[base][panel]") {
  Merchant merchant({"order_paid"});
  const auto id = merchant.order("create-order");
  merchant.told();
  merchant.does("pay-order", {{"order", id}, {"amount", "5.00"}});
  CHECK(merchant.told() == Entries{{3, 0}});
  CHECK(merchant.called().empty());
  merchant.does("pay-order", {{"order", id}});
  CHECK(merchant.told() == Entries{{3, 0}});
  CHECK(merchant.called() == Addresses{"order_paid?id=1"});
  CHECK(merchant.good("getOrders", {{"order_id", id}})["orders"][0]["payment_done"] == "20.00");
}

TEST_CASE("An edited order is told of by what was edited; no rule answers it", "[base][panel]") {
  Merchant merchant({"order_downloaded", "form_received", "status_set", "order_paid"});
  const auto id = merchant.order("create-order");
  merchant.told();
  merchant.does("edit-order", {{"order", id}, {"fields", {{"admin_comments", "zadzwonić"}}}});
  CHECK(merchant.told() == Entries{{16, 0}});
  merchant.does("edit-order", {{"order", id}, {"fields", {{"delivery_city", "Kraków"}}}});
  CHECK(merchant.told() == Entries{{11, 0}});
  CHECK(merchant.called().empty());
}

TEST_CASE("A product created, edited and deleted by hand calls each rule once, by its number",
          "[base][panel]") {
  Merchant merchant({"product_created", "product_edited", "product_deleted"});
  Json fields = {{"inventory_id", 307}, {"sku", "A-1"}, {"text_fields", {{"name", "Kubek"}}}};
  const std::int64_t id = merchant.does("save-product", {{"fields", fields}})["product_id"];
  const std::string query = "?id=" + std::to_string(id);
  CHECK(merchant.called() == Addresses{"product_created" + query});
  fields["product_id"] = id;
  fields["sku"] = "A-2";
  merchant.does("save-product", {{"fields", fields}});
  CHECK(merchant.called() == Addresses{"product_edited" + query});
  merchant.does("delete-product", {{"product", id}});
  CHECK(merchant.called() == Addresses{"product_deleted" + query});
  CHECK(merchant.told().empty());  // The journal is one of orders.
  const Json gone =
      merchant.good("getInventoryProductsData", {{"inventory_id", 307}, {"products", {id}}});
  CHECK(gone["products"].empty());
}

TEST_CASE("A file of products calls the rule for each product of it, or is refused whole",
          "[base][panel]") {
  Merchant merchant({"product_created"});
  const Json good = {{"inventory_id", 307}, {"sku", "A-1"}};
  merchant.does("import-products", {{"products", {good, good, good}}});
  CHECK(merchant.called().size() == 3);
  const Json before = merchant.platform->snapshot();
  CHECK(merchant.refuses("import-products", {{"products", {good, {{"inventory_id", 999}}}}}));
  CHECK(merchant.called().empty());
  CHECK(merchant.platform->snapshot() == before);
}

TEST_CASE("A rule for deleted products of one catalogue leaves those of another alone",
          "[base][panel]") {
  Merchant merchant;
  Json other = small_account()["catalogue"]["inventories"][0];
  other["inventory_id"] = 308;
  other["is_default"] = false;
  merchant.door.plant("inventories", other);
  merchant.door.plant("products", {{"product_id", 7}, {"inventory_id", 307}});
  merchant.door.plant("products", {{"product_id", 8}, {"inventory_id", 308}});
  merchant.door.plant("products", {{"product_id", 9}, {"inventory_id", 308}, {"parent_id", 8}});
  merchant.listen("product_deleted", {{"inventory_id", 308}});
  merchant.does("delete-product", {{"product", 7}});
  CHECK(merchant.called().empty());
  merchant.does("delete-product", {{"product", 8}});  // Its variant goes with it.
  CHECK(merchant.called() == Addresses{"product_deleted?id=9", "product_deleted?id=8"});
}
