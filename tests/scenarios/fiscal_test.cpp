#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/run/campaign.hpp"
#include "harness/run/judge.hpp"
#include "harness/run/switches.hpp"
#include "scenarios/fiscal/group.hpp"
#include "scenarios/fiscal/moments.hpp"
#include "scenarios/fiscal/office.hpp"

using namespace atrapa;
namespace fiscal = scenarios::fiscal;

TEST_CASE("Every fiscal fact is judged, and a planted bug proves it", "[fiscal]") {
  std::set<std::string> proven;
  for (const scenarios::Bug& bug : fiscal::bugs()) {
    proven.insert(bug.caught_by.begin(), bug.caught_by.end());
  }
  const auto rules = fiscal::rules();
  CHECK(rules.size() == 14);
  for (const harness::Rule& rule : rules) {
    INFO(rule.id);
    CHECK_FALSE(rule.not_judged);
    CHECK(proven.contains(rule.id));
  }
  for (const harness::Switch& one : fiscal::switches()) CHECK(one.rules.size() >= 2);
}

TEST_CASE("Every edge of the fiscal facts is reached by a campaign of 200 cases", "[fiscal]") {
  const std::map<std::string, std::vector<std::string>> wanted = {
      {"PL-NIP-01",
       {"one digit changed", "two digits swapped", "640000012", "check digit 1", "ten zeros",
        "nine digits", "eleven digits", "a letter among", "\"6400000060\"", "paragon"}},
      {"PL-NIP-02",
       {"prefix PL", "dashes 3-3-2-2", "dashes 3-2-2-3", "no-break spaces", "full-width digits",
        "first digit 0", "00 in places 2 and 3 behind a 1"}},
      {"PL-VAT-01",
       {"\"0.23\"", "former 22", "former 7", "former 3", "0 to a company", "outside",
        "19 of another", "21 of another", "not subject"}},
      {"PL-VAT-02", {"zw, 0, np, oo, 23", "paragon; oo", "faktura; zw, 0"}},
      {"PL-ROUND-01", {"tax of 0.005", "tax of 0.015", "tax of 1.005", "almost a million"}},
      {"PL-ROUND-02", {"100 lines of 0.01", "3 lines of 0.33", " + "}},
      {"PL-ROUND-03", {"3 lines of 9.99", "delivery 0.01"}},
      {"PL-ROUND-04", {"0.01 at 8", "19.99 at -1"}},
      {"PL-DOC-01",
       {"449.99 with", "450.00 with", "450.01 with", "100.00 EUR", "100.01 EUR",
        "paid in two parts", "the status once more"}},
      {"PL-DOC-02",
       {"ticks the invoice later", "comes to the order later", "after a year",
        "another company's NIP", "85 days"}},
      {"PL-DOC-03",
       {"the connector dies", "a second series", "first second of 2027", "\"monthly\":true",
        "half a NIP"}},
      {"PL-KSEF-01",
       {"large seller", "small sums", "last second of 2026", "first second of April", "consumer",
        "simplified"}},
      {"PL-KSEF-02", {"character 1 changed", "character 35 changed", "small letters", "missing"}},
      {"PL-KSEF-03", {"tried again in April", "no answer", "the day before"}},
  };
  const auto rules = fiscal::rules();
  const auto values = harness::resolve_switches(fiscal::switches(), {});
  for (const harness::Rule& rule : rules) {
    std::string planted;
    for (int i = 0; i < 200; ++i) {
      planted += harness::generate_case(rule, harness::case_seed(1, rule.id, i),
                                        harness::case_size(i, 200), values)
                     ->to_json()
                     .dump();
    }
    REQUIRE(wanted.contains(rule.id));
    for (const std::string& text : wanted.at(rule.id)) {
      INFO(rule.id << ": " << text);
      CHECK(planted.find(text) != std::string::npos);
    }
  }
}

TEST_CASE("Rates and amounts are told by what they mean", "[fiscal]") {
  CHECK(fiscal::rate_name("23%") == "23");
  CHECK(fiscal::rate_name("23.00") == "23");
  CHECK(fiscal::rate_name("5.50") == "5.5");
  CHECK(fiscal::rate_name("zw.") == "zw");
  CHECK(fiscal::rate_name("NP I") == "np I");
  CHECK(fiscal::rate_name("0_KR") == "0 KR");
  CHECK(fiscal::rate_name("").empty());
  CHECK(fiscal::rate_family("0 WDT") == "0");
  CHECK(fiscal::rate_family("np II") == "np");
  CHECK(fiscal::rate_family("oo") == "oo");
  CHECK(fiscal::grosze_in("1.5") == 150);
  CHECK(fiscal::grosze_in("1.50") == 150);
  CHECK(fiscal::grosze_in("7") == 700);
  CHECK(fiscal::grosze_in("0.0100") == 1);
  CHECK(fiscal::grosze_in("1.005") == -1);
  CHECK(fiscal::grosze_in("-1.00") == -1);
  CHECK(fiscal::decimals_of("1.50") == 2);
  CHECK(fiscal::decimals_of("1") == 0);
}

TEST_CASE("Moments come in the order of time", "[fiscal]") {
  std::string_view before;
  for (const fiscal::Moment& one : fiscal::moments()) {
    CHECK(before < one.utc);
    CHECK(one.month.ends_with(one.year));
    before = one.utc;
  }
}
