#include "mocks/base/automation.hpp"

#include <catch2/catch.hpp>

#include "mocks/kit/webhook_sender.hpp"
#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;
using atrapa::mocks::base::happened;
using atrapa::mocks::base::Happening;
using atrapa::mocks::kit::Context;
using atrapa::mocks::kit::Webhook;

namespace {

Json rule(const std::string& event, const std::string& url, Json more = Json::object()) {
  Json made = {{"event", event}, {"actions", {{{"kind", "call_url"}, {"url", url}}}}};
  made.update(more);
  return made;
}

/// The addresses that the happening makes Base call.
std::vector<std::string> called(Account& account, Happening what, std::int64_t id,
                                std::int64_t detail = 0) {
  std::vector<Webhook> due;
  Context context{account.clock.now(), account.random, due, {}, {}};
  happened(account.door.change(), context, what, id, detail);
  std::vector<std::string> urls;
  for (const Webhook& one : due) {
    CHECK(one.verb == "GET");
    CHECK(one.body.empty());
    urls.push_back(one.url);
  }
  return urls;
}

using Urls = std::vector<std::string>;

}  // namespace

TEST_CASE("call URL replaces the product's number in product rules", "[base][automation]") {
  Account account;
  account.door.plant("rules",
                     rule("product_created", "http://127.0.0.1:9/c?productId=[produkt_id]"));
  account.door.plant("rules",
                     rule("product_deleted", "http://127.0.0.1:9/d?productId=[produkt_id]"));
  CHECK(called(account, Happening::ProductCreated, 9001) ==
        Urls{"http://127.0.0.1:9/c?productId=9001"});
  CHECK(called(account, Happening::ProductDeleted, 9001) ==
        Urls{"http://127.0.0.1:9/d?productId=9001"});
  CHECK(called(account, Happening::ProductEdited, 9001).empty());
}

TEST_CASE("A placeholder that is not confirmed for call URL stays as it stands",
          "[base][automation]") {
  Account account;
  account.door.plant("orders", {{"order_id", 5}, {"order_status_id", 2}});
  account.door.plant(
      "rules", rule("status_set",
                    "http://127.0.0.1:9/?o=[numer_zamowienia]&e=[klient_email]&p=[produkt_id]"));
  CHECK(called(account, Happening::StatusSet, 5) ==
        Urls{"http://127.0.0.1:9/?o=5&e=[klient_email]&p=[produkt_id]"});
}

TEST_CASE("A rule of chosen statuses, sources or catalogues answers only those",
          "[base][automation]") {
  Account account;
  account.door.plant("orders",
                     {{"order_id", 1}, {"order_status_id", 1}, {"order_source", "allegro"}});
  account.door.plant("orders", {{"order_id", 2}, {"order_status_id", 2}, {"order_source", "shop"}});
  account.door.plant("products", {{"product_id", 7}, {"inventory_id", 307}});
  account.door.plant("products", {{"product_id", 8}, {"inventory_id", 308}});
  const std::string url = "http://127.0.0.1:9/[numer_zamowienia]";
  account.door.plant("rules", rule("status_set", url, {{"statuses", {2, 3}}}));
  account.door.plant("rules", rule("order_paid", url, {{"sources", {"allegro"}}}));
  account.door.plant(
      "rules", rule("product_edited", "http://127.0.0.1:9/[produkt_id]", {{"inventory_id", 308}}));
  CHECK(called(account, Happening::StatusSet, 1).empty());
  CHECK(called(account, Happening::StatusSet, 2) == Urls{"http://127.0.0.1:9/2"});
  CHECK(called(account, Happening::OrderPaid, 1) == Urls{"http://127.0.0.1:9/1"});
  CHECK(called(account, Happening::OrderPaid, 2).empty());
  CHECK(called(account, Happening::ProductEdited, 7).empty());
  CHECK(called(account, Happening::ProductEdited, 8) == Urls{"http://127.0.0.1:9/8"});
}

TEST_CASE("An own event answers its trigger only; a rule that is off answers nothing",
          "[base][automation]") {
  Account account;
  account.door.plant("rules", rule("product_trigger", "http://127.0.0.1:9/t", {{"trigger_id", 4}}));
  account.door.plant("rules", rule("product_created", "http://127.0.0.1:9/c", {{"active", false}}));
  CHECK(called(account, Happening::ProductTrigger, 1, 4).size() == 1);
  CHECK(called(account, Happening::ProductTrigger, 1, 5).empty());
  CHECK(called(account, Happening::ProductCreated, 1).empty());
}

TEST_CASE("Rules are carried out in order, each action of each", "[base][automation]") {
  Account account;
  Json first = rule("product_created", "http://127.0.0.1:9/1");
  first["actions"].push_back({{"kind", "call_url"}, {"url", "http://127.0.0.1:9/2"}});
  account.door.plant("rules", first);
  account.door.plant("rules", rule("product_created", "http://127.0.0.1:9/3"));
  CHECK(called(account, Happening::ProductCreated, 1) ==
        Urls{"http://127.0.0.1:9/1", "http://127.0.0.1:9/2", "http://127.0.0.1:9/3"});
}

TEST_CASE("What answers a return's event leaves the order of the same number alone",
          "[base][automation]") {
  Account account;
  account.door.plant("orders", {{"order_id", 1}, {"order_status_id", 1}});
  account.door.plant("series", {{"id", 15}});
  account.door.plant("returns", {{"return_id", 1}});
  Json rule_of_return = rule("return_trigger", "http://127.0.0.1:9/r", {{"trigger_id", 4}});
  for (const char* kind : {"set_status", "add_invoice", "add_receipt"}) {
    rule_of_return["actions"].push_back({{"kind", kind}, {"status_id", 2}, {"series_id", 15}});
  }
  account.door.plant("rules", rule_of_return);
  const Json before = account.platform->snapshot();
  CHECK(called(account, Happening::ReturnTrigger, 1, 4).size() == 1);
  CHECK(account.platform->snapshot() == before);
}

TEST_CASE("The order's number of a return's rule is that of its order, where it has one",
          "[base][automation]") {
  Account account;
  account.door.plant("returns", {{"return_id", 1}, {"order_id", 700}});
  account.door.plant("returns", {{"return_id", 2}});
  account.door.plant("rules", rule("return_trigger", "http://127.0.0.1:9/?o=[numer_zamowienia]",
                                   {{"trigger_id", 4}}));
  CHECK(called(account, Happening::ReturnTrigger, 1, 4) == Urls{"http://127.0.0.1:9/?o=700"});
  CHECK(called(account, Happening::ReturnTrigger, 2, 4) ==
        Urls{"http://127.0.0.1:9/?o=[numer_zamowienia]"});
}
