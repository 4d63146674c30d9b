#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Warehouses of both sides, joined and new.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

std::int64_t number_of_key(const std::string& key) {
  return std::stoll(key.substr(key.find('_') + 1));
}

// Joining -----------------------------------------------------------------------------------------

/// Warehouses are joined by hand, one record after the other, and an order of each warehouse of
/// Base shows what its partner is.
void judge_joining(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  std::map<std::string, std::string> keys{{"first", "bl_206"}};
  keys["second"] = office.base().add_warehouse("Drugi");
  office.put_card(stocked("K", 0, {{"M1", "100"}, {"M2", "100"}}));
  office.connect({{"orders", true}, {"link_products", true}, {"warehouses", true}});
  std::map<std::string, std::set<std::string>> partners;  // By the name of Base's warehouse.
  for (const Record& record : story.records) {
    const auto store = record.given.at("store").get<std::string>();
    const auto warehouse = record.given.at("warehouse").get<std::string>();
    const harness::DeedResult joined = office.join(keys.at(store), warehouse);
    const std::string warning = joined.answer.value("warning", "");
    const auto expected = record.expected.at("outcome").get<std::string>();
    if (expected == "joined") {
      judgement.expect_equal(record.what + ": it is joined", true, joined.done);
    } else {
      // A second partner: refused, or joined with a word about it.
      judgement.expect(!joined.done || !warning.empty(), record.what + ": a report of it",
                       "a refusal or a warning", "neither");
    }
    if (!joined.done) continue;
    // A second partner may come beside the first or in its place.
    partners[store].insert(warehouse);
  }
  for (const auto& [store, warehouses] : partners) {
    const std::string before_1 = office.pieces("K", "M1"), before_2 = office.pieces("K", "M2");
    plant(
        office.base(), bench,
        {{"lines",
          {{{"name", "Kubek 0"}, {"quantity", 3}, {"warehouse_id", number_of_key(keys[store])}}}}});
    office.tick();
    const bool first_fell = office.pieces("K", "M1") != before_1;
    const bool second_fell = office.pieces("K", "M2") != before_2;
    judgement.expect_equal("a sale from '" + store + "' lowers one warehouse", true,
                           first_fell != second_fell);
    judgement.expect(warehouses.contains(first_fell ? "M1" : "M2"),
                     "a sale from '" + store + "' lowers its partner",
                     fmt::format("{}", fmt::join(warehouses, " or ")), first_fell ? "M1" : "M2");
  }
}

Rule joining_warehouses_rule() {
  return make_story(
      page(), {.id = "FIRMINO-WH-01",
               .shape = [](const SwitchValues&) { return Shape{.edges = 2, .a = 2, .most = 4}; },
               .build =
                   [](const std::vector<Gene>& genes, const SwitchValues&) {
                     Story story;
                     std::map<std::string, std::string> by_store, by_warehouse;
                     for (const Gene& gene : genes) {
                       const std::string store = gene.edge == 0 ? "first" : "second";
                       const std::string warehouse = gene.a == 0 ? "M1" : "M2";
                       const bool again = by_store.contains(store) && by_store[store] == warehouse;
                       // Whether a warehouse of the ERP may serve two of Base is not said.
                       const bool shared = by_warehouse.contains(warehouse) && !again;
                       const bool second = by_store.contains(store) && by_store[store] != warehouse;
                       Record record{
                           .what = fmt::format("'{}' with {}", store, warehouse),
                           .given = {{"store", store}, {"warehouse", warehouse}},
                           .expected = {{"outcome", second || shared ? "reported" : "joined"}}};
                       if (again) record.what += " once more";
                       if (second) record.what += ", which has another partner";
                       if (shared) record.what += ", which another one has";
                       if (!second) {
                         by_store[store] = warehouse;
                         by_warehouse[warehouse] = store;
                       }
                       story.records.push_back(std::move(record));
                     }
                     return story;
                   },
               .oracle = judge_joining});
}

// New warehouses ----------------------------------------------------------------------------------

std::vector<std::string> names_in_books(Office& office) {
  std::vector<std::string> names;
  const harness::DeedResult list = office.bench().perform("list_warehouses");
  for (const Json& one : list.answer.value("warehouses", Json::array())) {
    names.push_back(one.at("name").get<std::string>());
  }
  std::sort(names.begin(), names.end());
  return names;
}

void judge_new_warehouses(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  std::vector<std::string> expected{"Główny", "Zapas"};
  const bool on = story.setup.at("option").get<bool>();
  // The world's own warehouse is joined, so that it is nothing new.
  office.connect({{"warehouses", true}, {"fetch_new_warehouses", on}});
  if (!office.join("bl_206", "M1").done) {
    throw std::runtime_error("the connector refuses to join a warehouse");
  }
  std::vector<std::string> keys(story.records.size());
  for (const bool later : {false, true}) {
    for (std::size_t i = 0; i < story.records.size(); ++i) {
      const Record& record = story.records[i];
      if (record.given.at("later").get<bool>() != later) continue;
      keys[i] = office.base().add_warehouse(record.given.at("name").get<std::string>());
    }
    office.tick();
    office.tick();
  }
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    if (!record.given.contains("renamed")) continue;
    auto& rows = bench.base().change().catalogue.warehouses;
    mocks::base::Warehouse warehouse = *rows.find(number_of_key(keys[i]));
    warehouse.name = record.given.at("renamed").get<std::string>();
    rows.put(std::move(warehouse));
  }
  office.tick();
  office.tick();
  for (const Record& record : story.records) {
    if (on) expected.push_back(record.expected.at("name").get<std::string>());
  }
  std::sort(expected.begin(), expected.end());
  judgement.expect_equal("warehouses in the books", expected, names_in_books(office));
}

Rule new_warehouses_rule() {
  return make_story(
      page(), {.id = "FIRMINO-WH-04",
               .shape = [](const SwitchValues&) { return Shape{.edges = 4, .a = 4, .most = 4}; },
               .build =
                   [](const std::vector<Gene>& genes, const SwitchValues&) {
                     Story story{.setup = {{"option", genes.front().a != 3}}, .records = {}};
                     for (std::size_t i = 0; i < genes.size(); ++i) {
                       const std::string name =
                           genes[i].edge == 3 ? "Magazyn" : fmt::format("Magazyn {}", i);
                       Record record{.what = "there before the first run",
                                     .given = {{"name", name}, {"later", genes[i].edge == 1}},
                                     .expected = {{"name", name}}};
                       if (genes[i].edge == 1) record.what = "added after the first run";
                       if (genes[i].edge == 2) {
                         // The one in the books keeps its name.
                         record.what = "renamed in Base afterwards";
                         record.given["renamed"] = fmt::format("Skład {}", i);
                       }
                       if (genes[i].edge == 3) record.what = "of a name that another has";
                       story.records.push_back(std::move(record));
                     }
                     return story;
                   },
               .oracle = judge_new_warehouses});
}

}  // namespace

std::vector<Rule> warehouse_rules() { return {joining_warehouses_rule(), new_warehouses_rule()}; }

}  // namespace atrapa::scenarios::firmino
