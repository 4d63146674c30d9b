#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/run/campaign.hpp"
#include "harness/run/judge.hpp"
#include "harness/subject/core_subject.hpp"
#include "scenarios/platform/base_stage.hpp"
#include "scenarios/platform/group.hpp"
#include "scenarios/platform/shoper_stage.hpp"
#include "scenarios/platform/wires.hpp"

using namespace atrapa;
namespace platform = scenarios::platform;

namespace {

const harness::Rule& platform_rule(const std::vector<harness::Rule>& rules, const std::string& id) {
  for (const harness::Rule& rule : rules) {
    if (rule.id == id) return rule;
  }
  throw std::logic_error("no rule is called " + id);
}

}  // namespace

TEST_CASE("Every rule of a platform is judged, and a planted bug proves it", "[platform]") {
  std::set<std::string> proven;
  for (const scenarios::Bug& bug : platform::bugs()) {
    proven.insert(bug.caught_by.begin(), bug.caught_by.end());
  }
  const auto rules = platform::rules();
  int shoper = 0;
  for (const harness::Rule& rule : rules) {
    INFO(rule.id);
    CHECK_FALSE(rule.not_judged);
    CHECK(proven.contains(rule.id));
    CHECK(rule.switches.empty());
    shoper += rule.integration == "shoper";
  }
  CHECK(shoper == 19);
  CHECK(rules.size() == 19 + 20);
  CHECK(platform::switches().empty());
}

TEST_CASE("Every edge of the platforms' rules is reached by a campaign of 200 cases",
          "[platform]") {
  const std::map<std::string, std::vector<std::string>> wanted = {
      {"PLATFORM-SHOPER-01", {"Retry-After: 1\"", "Retry-After: 61", "call 13 "}},
      {"PLATFORM-SHOPER-02", {"10 calls, 2 a second", "1 call, 1 a second", "76 products"}},
      {"PLATFORM-SHOPER-03", {"51 products", "101 orders", "no. 1 on", "no. 50 on", "; 10 from"}},
      {"PLATFORM-SHOPER-04", {"3 more come", "101 products", "51 orders"}},
      {"PLATFORM-SHOPER-05", {"0 products", "100 products", "three pages too many", "seven rows"}},
      {"PLATFORM-SHOPER-06", {"pages is a text", "keyed by number", "count is a number"}},
      {"PLATFORM-SHOPER-07", {"another login", "its time is over"}},
      {"PLATFORM-SHOPER-10", {"all writes", "not carried out"}},
      {"PLATFORM-SHOPER-11", {"a web page", "cut in the middle", "empty", "all answers"}},
      {"PLATFORM-SHOPER-12", {"answered 500", "answered 502", "answered 503", "all calls"}},
      {"PLATFORM-SHOPER-16", {"the first", "one in the middle", "the last"}},
      {"PLATFORM-SHOPER-17", {"in rows", "in envelopes", "in every answer", "null"}},
      {"PLATFORM-SHOPER-19", {"after a restart", "is edited", "51 orders"}},
      {"PLATFORM-BASE-01", {"block of 600 s", "1 calls a minute", "12 products"}},
      {"PLATFORM-BASE-03", {"as the tables, empty maps as {}", "as the samples, empty maps as []"}},
      {"PLATFORM-BASE-04", {"201 orders", "101 orders", "2 orders of one second behind 99"}},
      {"PLATFORM-BASE-05", {"stays unconfirmed", "after two runs"}},
      {"PLATFORM-BASE-06", {"ERROR_STORAGE_ID", "ERROR_USER_ACCOUNT_BLOCKED", "all reads"}},
      {"PLATFORM-BASE-09", {"1001 products"}},
      {"PLATFORM-BASE-11", {"not carried out", "all writes"}},
      {"PLATFORM-BASE-14", {"before a call", "after an answer", "before a commit", "120 orders"}},
      {"PLATFORM-BASE-15", {"200 orders", "0 products, 0 orders"}},
      {"PLATFORM-BASE-18", {"rows go", "rows come"}},
  };
  const auto rules = platform::rules();
  for (const auto& [id, edges] : wanted) {
    const harness::Rule& rule = platform_rule(rules, id);
    std::string all;
    for (int i = 0; i < 200; ++i) {
      all += rule.generate(harness::case_seed(1, id, i), harness::case_size(i, 200), {})
                 ->to_json()
                 .dump();
    }
    for (const std::string& edge : edges) {
      INFO(id << ": " << edge);
      CHECK(all.find(edge) != std::string::npos);
    }
  }
}

TEST_CASE("A case of a platform's rule looks at something", "[platform]") {
  const auto kind = harness::core_subject("core");
  for (const harness::Rule& rule : platform::rules()) {
    std::size_t checks = 0;
    for (int i = 0; i < 10; ++i) {
      const auto made = rule.generate(harness::case_seed(1, rule.id, i), 50, {});
      checks += harness::judge_case(rule, *made, {.subject = kind.get()}, 5).judgement.checks();
    }
    INFO(rule.id);
    // That the command ended is one, but for the rule in which it may be broken off.
    CHECK(checks >= (rule.id == "PLATFORM-BASE-09" ? 10 : 11));
  }
}

TEST_CASE("Targets of Shoper and forms of Base are read as they are written", "[platform]") {
  CHECK(platform::resource_of("/webapi/rest/product-stocks/5?x=1") == "product-stocks");
  CHECK(platform::resource_of("/webapi/rest/orders/?page=2") == "orders");
  CHECK(platform::resource_of("/webapi/rest/oauth/token") == "oauth/token");
  const mocks::kit::Request login{
      .method = "POST", .target = "/webapi/rest/auth?client_id=a", .headers = {}, .body = {}};
  CHECK(platform::is_auth(login));
  CHECK_FALSE(platform::is_write(login));

  const mocks::kit::Request call{.method = "POST",
                                 .target = "/connector.php",
                                 .headers = {},
                                 .body = "parameters=%7B%7D&method=addInventoryProduct"};
  CHECK(platform::method_of(call) == "addInventoryProduct");
  CHECK(platform::changes_base(call));
  CHECK(platform::parameters_of(platform::call_with(call, {{"a", "1+1"}})).at("a") == "1+1");
  CHECK(platform::pages_of({{"pages", "3"}}) == 3);
  CHECK(platform::pages_of({{"pages", 2}}) == 2);
  CHECK(platform::pages_of(harness::Json::array()) == 0);
}

TEST_CASE("The EANs of planted products have their check digit", "[platform]") {
  CHECK(platform::ean_no(1) == "5900000000015");
  CHECK(platform::ean_no(123) == "5900000001234");
}
