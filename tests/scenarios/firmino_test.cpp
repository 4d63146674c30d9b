#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "harness/run/campaign.hpp"
#include "harness/run/judge.hpp"
#include "harness/run/switches.hpp"
#include "scenarios/firmino/group.hpp"
#include "scenarios/firmino/office.hpp"

using namespace atrapa;
namespace firmino = scenarios::firmino;

namespace {

const std::vector<harness::Rule>& firmino_rules() {
  static const std::vector<harness::Rule> rules = firmino::rules();
  return rules;
}

harness::SwitchValues firmino_values(const harness::SwitchValues& chosen = {}) {
  return harness::resolve_switches(firmino::switches(), chosen);
}

const harness::Rule& firmino_rule(std::string_view id) {
  for (const harness::Rule& rule : firmino_rules()) {
    if (rule.id == id) return rule;
  }
  throw std::logic_error("no rule is called " + std::string(id));
}

std::string_view module_called(const char* method) {
  scenarios::BaseCall call;
  call.method = method;
  return firmino::module_of(call);
}

}  // namespace

TEST_CASE("Firmino: every sentence is judged, and every switch is read by a rule", "[firmino]") {
  CHECK(firmino_rules().size() == 39);
  for (const harness::Rule& rule : firmino_rules()) {
    INFO(rule.id);
    CHECK(rule.integration == "firmino-base");
    CHECK_FALSE(rule.not_judged);
  }
  for (const harness::Switch& one : firmino::switches()) {
    INFO(one.name);
    CHECK_FALSE(one.rules.empty());
  }
}

TEST_CASE("Firmino: the edges are reached by a campaign of 200 cases", "[firmino][edges]") {
  const std::map<std::string, std::vector<std::string>> wanted = {
      {"FIRMINO-CONF-01", {"an empty token", "a token of nobody's", "the other account"}},
      {"FIRMINO-CONF-02", {"all modules", "no module", "the answer is no"}},
      {"FIRMINO-MOD-02", {"orders and warehouses", "no module", "all modules"}},
      {"FIRMINO-ORD-01", {"no lines", "a discount line", "a line of no pieces", "deleted since"}},
      {"FIRMINO-ORD-02",
       {"2026-03-29", "2026-10-25", "2026-10-26", "exactly at the boundary", "one second before",
        "placed before it", "\"date_from\":\"\"", "2027-06-01"}},
      {"FIRMINO-ORD-05", {"deleted in Base", "a receipt", "lost_after_commit"}},
      {"FIRMINO-ORD-06", {"before the upload"}},
      {"FIRMINO-ORD-10", {"different NIPs", "spelt in two ways", "masked e-mail"}},
      {"FIRMINO-ORD-11",
       {"110 orders", "\"rename\":true", "\"drop_parked\":true", "passes two allowed"}},
      {"FIRMINO-ORD-13", {"105 orders of one second", "105 orders, one a second", "late"}},
      {"FIRMINO-PROD-05", {"odd SKU no. 10", "\"source\":\"firmino\""}},
      {"FIRMINO-PROD-07", {"16 pictures", "a picture deleted", "no pictures"}},
      {"FIRMINO-PROD-12", {"SKUs 007 and 7", "two products of one name"}},
      {"FIRMINO-PROD-14", {"two of one SKU and name", "SKU of one, name of another"}},
      {"FIRMINO-WH-01", {"which has another partner", "which another one has", "once more"}},
      {"FIRMINO-WH-03", {"added since", "\"drop_third\":true"}},
      {"FIRMINO-WH-05", {"one and a half", "a million", "\"option\":false"}},
  };
  const harness::SwitchValues values = firmino_values();
  for (const auto& [id, texts] : wanted) {
    std::string planted;
    for (int i = 0; i < 200; ++i) {
      planted += harness::generate_case(firmino_rule(id), harness::case_seed(1, id, i),
                                        harness::case_size(i, 200), values)
                     ->to_json()
                     .dump();
    }
    for (const std::string& text : texts) {
      INFO(id << ": " << text);
      CHECK(planted.find(text) != std::string::npos);
    }
  }
}

TEST_CASE("Decimal texts are compared by their value", "[firmino]") {
  CHECK(firmino::short_decimal("2.500") == "2.5");
  CHECK(firmino::short_decimal("2.000") == "2");
  CHECK(firmino::short_decimal("20") == "20");
  CHECK(firmino::millionths("1.5") == 1'500'000);
  CHECK(firmino::millionths("-0.25") == -250'000);
  CHECK(firmino::millionths("1000000") == 1'000'000'000'000);
}

TEST_CASE("Calls of Base belong to the module that makes them", "[firmino]") {
  CHECK(module_called("getOrders") == "orders");
  CHECK(module_called("addInventoryProduct") == "products");
  CHECK(module_called("updateInventoryProductsStock") == "warehouses");
  CHECK(module_called("getInventories").empty());
  CHECK(module_called("addOrder") == "other");
  CHECK(module_called("getInventoryAvailableTextFieldKeys").empty());
  CHECK(module_called("getInventoryProductsList").empty());
  CHECK(module_called("getInventoryProductsStock") == "warehouses");
  CHECK(module_called("updateExternalStorageProductsQuantity") == "warehouses");
  CHECK(module_called("addOrderInvoiceFile") == "orders");
  CHECK(module_called("createPackage") == "other");
  CHECK(module_called("getSomethingOfTomorrow").empty());
}
