#include "scenarios/systim/edges.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "harness/bench/bench.hpp"
#include "harness/run/judge.hpp"
#include "scenarios/systim/cases.hpp"
#include "scenarios/systim/orders.hpp"
#include "scenarios/systim/planting.hpp"
#include "tests/scenarios/support.hpp"

using namespace atrapa;
using namespace atrapa::scenarios::systim;
using namespace atrapa::scenarios::tests;

TEST_CASE("Codes of an edge are the same text exactly when code points decide so", "[edges]") {
  std::set<std::string_view> names;
  for (const CodeEdge& edge : code_edges()) {
    INFO(edge.name);
    CHECK(names.insert(edge.name).second);
    CHECK((edge.erp("BUT-001") == edge.shop("BUT-001")) == edge.codepoint.value());
  }
}

TEST_CASE("Codes of an edge differ from base to base", "[edges]") {
  for (const CodeEdge& edge : code_edges()) {
    INFO(edge.name);
    CHECK(edge.erp("BUT-001") != edge.erp("BUT-002"));
    CHECK(edge.shop("BUT-001") != edge.shop("BUT-002"));
  }
}

TEST_CASE("What a rule plants beyond the edge sets is reached by a campaign of 200 cases",
          "[edges]") {
  const std::map<std::string, std::vector<std::string>> wanted = {
      {"SYSTIM-STOCK-01",
       {"only in the ERP", "only in the shop", "deleted in the shop since the last run",
        "other codes, the same name", "other codes, the same id", "inactive, only in the shop",
        "inactive, of another code than the ERP's"}},
      {"SYSTIM-STOCK-03",
       {"one space in the ERP, two in the shop", "a space in the ERP, a no-break space in the shop",
        "a space in the ERP, a tab in the shop"}},
      {"SYSTIM-STOCK-06", {"the shop's category was renamed since the last run"}},
      {"SYSTIM-STOCK-09",
       {"0 on both sides", "stock rises from 0 to 1", "ERP stock not set", "0 on hand, 2 reserved",
        "0.5 on hand, all of it reserved", "nothing of it reserved"}},
      {"SYSTIM-STOCK-14", {"1.5 sent and 2.5 due, the unit made whole in between"}},
      {"SYSTIM-STOCK-17",
       {"a variant of it bears the same code", "a variant of the next product bears the same code",
        "two variants bear the ERP's code, their parent another"}},
      {"SYSTIM-ORD-03",
       {"at a time that the clocks skip", "placed 600 s after", "placed 48600 s after",
        "placed 124200 s before", "placed 4200 s before"}},
      {"SYSTIM-ORD-02", {"20451000", "2307000", "\"last_deleted\":true"}},
      {"SYSTIM-ORD-05",
       {"known; a variant, the ERP has its parent's code too",
        "known; a bundle, the ERP has its member's code too"}},
      {"SYSTIM-ORD-07", {"\"quantity\":\"0\""}},
      {"SYSTIM-ORD-08", {"nothing but a shipping cost"}},
      {"SYSTIM-ORD-09", {"one piece of the last unit"}},
      {"SYSTIM-ORD-11", {"of a registered customer"}},
      {"SYSTIM-ORD-13", {"\"announced_twice\":true", "\"edited_at_once\":true"}},
      {"SYSTIM-CMD-02", {"\"bulk_counts_each\":true"}},
      {"SYSTIM-CMD-01", {"\"limit\":3", "\"plain\":12", "\"automatic\":false"}},
      {"SYSTIM-CSV-01", {"\"plain\":60", "\"products\":[]", "nothing but an id and a name"}},
      {"SYSTIM-PROD-01",
       {"empty code", "white space for a code", "one of several without a code under one name",
        "the shop has its name without a code"}},
      {"SYSTIM-PROD-02",
       {"missing; trailing space in the ERP", "VAT 19, which the shop does not have",
        "VAT 8%, which the shop has twice", "no category in the ERP", "price not set",
        "category of a name that two of the shop bear", "name over two lines"}},
      {"SYSTIM-PROD-03", {"in the shop as a variant", "in the shop, inactive"}},
      {"SYSTIM-PROD-04", {"it gets one in the shop by hand", "lost_after_commit"}},
      {"SYSTIM-PROD-05", {"its level changes after it was added"}},
      {"SYSTIM-LIM-01", {"\"languages\":[\"en_US\"]", "\"default_language\":\"en_US\""}},
      {"SYSTIM-LIM-02", {"[\"active\",\"inactive\"]", "[\"active\",\"active\"]"}},
  };
  const harness::SwitchValues values = switches();
  for (const auto& [id, texts] : wanted) {
    std::string planted;
    for (int i = 0; i < 200; ++i) {
      const auto made = harness::generate_case(rule(id), harness::case_seed(1, id, i),
                                               harness::case_size(i, 200), values);
      planted += made->to_json().dump();
    }
    for (const std::string& text : texts) {
      INFO(id << ": " << text);
      CHECK(planted.find(text) != std::string::npos);
    }
  }
}

TEST_CASE("Every edge set is reached by a campaign of 200 cases", "[edges]") {
  const harness::SwitchValues values = switches();
  std::set<std::string> planted;
  for (int i = 0; i < 200; ++i) {
    const auto made =
        harness::generate_case(rule("SYSTIM-STOCK-04"), harness::case_seed(1, "SYSTIM-STOCK-04", i),
                               harness::case_size(i, 200), values);
    const harness::Json input = made->to_json();
    for (const auto& pair : input.at("pairs")) planted.insert(pair.at("planted"));
  }
  for (const CodeEdge& edge : code_edges()) {
    INFO(edge.name);
    CHECK(planted.contains(std::string(edge.name)));
  }
}

TEST_CASE("What is planted stands in the shop as its API shows it", "[planting]") {
  harness::Bench bench({.subject = &subject("core"), .switches = switches()});
  Planter planter(bench);
  auto& shop = bench.shop();

  const std::int64_t product = planter.plant(ShopProduct{
      .code = "A", .name = "A", .active = false, .variants = {{.code = "A-1", .stock = "8"}}});
  CHECK(shop.row("products", product)->at("stock").at("active") == "0");
  CHECK(planter.variant_stocks(product) == std::vector<std::string>{"8"});

  Order order = shop_order(0);
  order.date = "2026-03-29 02:30:00";
  order.registered = true;
  for (std::size_t i = 0; i < 2; ++i) {
    order.lines.push_back(known_line(i));
    order.lines[i].shop_product = i == 0 ? "variant" : "bundle";
  }
  const std::int64_t id = planter.plant(order, bench.now());
  CHECK(shop.text("orders", id, "date") == "2026-03-29 02:30:00");
  CHECK(shop.text("orders", id, "user_id") == "1");
  const std::vector<std::int64_t> lines = shop.ids("order-products");
  REQUIRE(lines.size() == 2);
  const auto variant = std::stoll(shop.text("order-products", lines[0], "stock_id"));
  CHECK(shop.text("product-stocks", variant, "code") == "ZAM-001");
  CHECK(shop.text("product-stocks", variant, "extended") == "1");
  CHECK(shop.text("order-products", lines[0], "code") == "ZAM-001");
  CHECK(shop.text("order-products", lines[1], "type") == "1");
  CHECK(shop.row("order-products", lines[1])->at("children").size() == 1);

  planter.cancel(id);
  CHECK(shop.text("statuses", std::stoll(shop.text("orders", id, "status_id")), "type") == "4");

  planter.open_warehouses({"active", "inactive"});
  REQUIRE(shop.ids("warehouses").size() == 2);
  CHECK(shop.row("warehouses", 1)->at("active") == true);
  CHECK(shop.row("warehouses", 2)->at("active") == false);
}

TEST_CASE("A decimal text is made plain without changing its value", "[planting]") {
  CHECK(plain_decimal("5.000") == "5");
  CHECK(plain_decimal("05") == "5");
  CHECK(plain_decimal("0.50") == "0.5");
  CHECK(plain_decimal(".5") == "0.5");
  CHECK(plain_decimal("-0.50") == "-0.5");
  CHECK(plain_decimal("-0.0") == "0");
  CHECK(plain_decimal("100") == "100");
  CHECK(plain_decimal("") == "");
  CHECK(plain_decimal("1,5") == "1,5");
  CHECK(plain_decimal("1.2.3") == "1.2.3");
}

TEST_CASE("What a line comes to is rounded half up once", "[orders]") {
  CHECK(grosze_of("10.00", "1", "0") == 1000);
  CHECK(grosze_of("1.15", "1", "50") == 58);
  CHECK(grosze_of("0.01", "0.5", "0") == 1);
  CHECK(grosze_of("0.35", "1.5", "0") == 53);
  CHECK(grosze_of("33.33", "3", "33") == 6699);
  CHECK(grosze_of("19.99", "7", "100") == 0);
  CHECK(grosze_text(1205) == "12.05");
  CHECK(grosze("12.05") == 1205);
  CHECK_THROWS_AS(grosze("12.055"), std::logic_error);
}
