#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <set>

#include "harness/run/campaign.hpp"
#include "harness/run/judge.hpp"
#include "harness/run/switches.hpp"
#include "scenarios/ebiuro/finder.hpp"
#include "scenarios/ebiuro/group.hpp"
#include "scenarios/ebiuro/script.hpp"
#include "scenarios/ebiuro/words.hpp"

using namespace atrapa;
namespace ebiuro = scenarios::ebiuro;

namespace {

const std::vector<harness::Rule>& ebiuro_rules() {
  static const std::vector<harness::Rule> rules = ebiuro::rules();
  return rules;
}

harness::SwitchValues ebiuro_switches(const harness::SwitchValues& chosen = {}) {
  static const std::vector<harness::Switch> all = ebiuro::switches();
  return harness::resolve_switches(all, chosen);
}

}  // namespace

TEST_CASE("Edges of eBiuro's page are reached by a campaign of 200 cases", "[ebiuro]") {
  const std::map<std::string, std::vector<std::string>> wanted = {
      {"EBIURO-CONF-01", {"a name with markup", "no name", "a name with a picture sign"}},
      {"EBIURO-CONF-02", {"revoked", "with a line break behind", "other account"}},
      {"EBIURO-CONF-04", {"tested, then with a wrong token", "while the account is blocked, and"}},
      {"EBIURO-CONF-06", {"after 306 days", "another one tried", "\"by\":1"}},
      {"EBIURO-PROD-01", {"without a SKU", "Base has already", "at 8 %", "exempt"}},
      {"EBIURO-PROD-02",
       {"one of 1000", "one of 1001", "two products of one SKU", "a bundle", "at 8 %", "exempt"}},
      {"EBIURO-PROD-04", {"moved out of the group", "moved into", "EMPTY", "was deleted"}},
      {"EBIURO-PROD-05", {"price 0.005", "price none", "net group", "gross group"}},
      {"EBIURO-STOCK-01", {"1.001", "\"-1\"", "1000000", "by hand in Base"}},
      {"EBIURO-STOCK-02", {"in the second alone", "in a third one alone"}},
      {"EBIURO-LIFE-04", {"and a new one made", "after a document"}},
      {"EBIURO-EVT-03", {"behind its edit", "a letter in the id", "came to nothing", "by POST"}},
      {"EBIURO-EVT-04",
       {"its SKU edited", "behind the deletion", "never told of", "its rate", "made exempt"}},
      {"EBIURO-EVT-05", {"created again with a new id", "after it was invoiced"}},
      {"EBIURO-EVT-08", {"two lines and delivery", "with an EAN"}},
      {"EBIURO-EVT-06", {"%5Bnumer_zamowienia%5D", "integration_uuid", "secret_key"}},
      {"EBIURO-EVT-07", {"{SECRET}", "the first one wrong", "an empty secret", "{uuid2}"}},
      {"EBIURO-ORD-01", {"no automatic action", "was lost", "told of late"}},
      {"EBIURO-ORD-02", {"renamed", "was deleted", "made in the status"}},
      {"EBIURO-NEW-06",
       {"a free line", "deleted since", "\"tax_rate\":8", "no lines, a shipping cost"}},
      {"EBIURO-DOC-01", {"100 orders", "to the same status again"}},
      {"EBIURO-LIST-05", {"in both kinds", "the status set again"}},
  };
  const harness::SwitchValues values = ebiuro_switches();
  for (const harness::Rule& rule : ebiuro_rules()) {
    const auto texts = wanted.find(rule.id);
    if (texts == wanted.end()) continue;
    std::string planted;
    for (int i = 0; i < 200; ++i) {
      planted += harness::generate_case(rule, harness::case_seed(1, rule.id, i),
                                        harness::case_size(i, 200), values)
                     ->to_json()
                     .dump();
    }
    for (const std::string& text : texts->second) {
      INFO(rule.id << ": " << text);
      CHECK(planted.find(text) != std::string::npos);
    }
  }
}

TEST_CASE("All words for documents are planted", "[ebiuro]") {
  const harness::SwitchValues values = ebiuro_switches();
  const std::map<std::string, std::vector<ebiuro::DocumentWord>> sets = {
      {"EBIURO-NEW-01", ebiuro::document_words()}, {"EBIURO-NEW-02", ebiuro::unknown_words()}};
  for (const harness::Rule& rule : ebiuro_rules()) {
    const auto words = sets.find(rule.id);
    if (words == sets.end()) continue;
    std::set<std::string> planted;
    for (int i = 0; i < 200; ++i) {
      const harness::Json input = harness::generate_case(rule, harness::case_seed(1, rule.id, i),
                                                         harness::case_size(i, 200), values)
                                      ->to_json();
      for (const harness::Json& record : input.at("records")) {
        planted.insert(record.at("given").at("steps")[0].at("fields").at("extra_field_1"));
      }
    }
    for (const ebiuro::DocumentWord& word : words->second) {
      INFO(word.what);
      CHECK(planted.contains(word.word));
    }
  }
}

TEST_CASE("A word for a document means what its reading says", "[ebiuro]") {
  const ebiuro::DocumentWord upper{"FAKTURA", "FAKTURA", "", "invoice", ""};
  const ebiuro::DocumentWord& nothing = ebiuro::unknown_words().front();
  CHECK(ebiuro::wanted_kind(upper, false, ebiuro_switches()) == "invoice");
  const auto exact = ebiuro_switches({{"ebiuro.doc_word_match", "exact"}});
  CHECK(ebiuro::wanted_kind(upper, false, exact).empty());
  const auto receipt = ebiuro_switches({{"ebiuro.doc_word_unknown", "receipt"}});
  CHECK(ebiuro::wanted_kind(nothing, true, receipt) == "receipt");
  const auto ticked = ebiuro_switches({{"ebiuro.doc_word_unknown", "by_want_invoice"}});
  CHECK(ebiuro::wanted_kind(nothing, true, ticked) == "invoice");
  CHECK(ebiuro::wanted_kind(nothing, false, ticked) == "receipt");
  CHECK(ebiuro::order_with("") == "one order, no document");
  CHECK(ebiuro::rate_of_base(*mocks::kit::Decimal::parse("8.00")) == "8");
  CHECK(ebiuro::rate_of_base(*mocks::kit::Decimal::parse("-1")) == "zw");
  CHECK(ebiuro::rate_of_base(*mocks::kit::Decimal::parse("-0.02")) == "np");
  CHECK(ebiuro::rate_of_base(*mocks::kit::Decimal::parse("-0.03")) == "oo");
  CHECK(ebiuro::plain_amount("12.50") == "12.5");
  CHECK(ebiuro::plain_amount("7.00") == "7");
  CHECK(ebiuro::plain_amount("100") == "100");
}
