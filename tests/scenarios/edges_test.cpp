#include "scenarios/systim/edges.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

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
