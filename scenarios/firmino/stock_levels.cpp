#include <fmt/format.h>

#include <array>
#include <map>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Stock levels on their way to Base.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

constexpr const char* kWriteStock = "updateInventoryProductsStock";

/// Firmino as the source, stock sent.
Json pushing(const Json& more = Json::object()) {
  Json settings = {{"products", true},
                   {"product_source", "firmino"},
                   {"warehouses", true},
                   {"push_stock", true}};
  settings.update(more);
  return settings;
}

/// Whole pieces as Base shows them; nothing of the product: "no product".
std::string shown(const BaseAccount& base, std::int64_t product, const std::string& key) {
  const mocks::base::Product* one = base.product(product);
  if (one == nullptr) return "no product";
  const auto found = one->stock.find(key);
  return std::to_string(found == one->stock.end() ? 0 : found->second);
}

void judge_levels(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  const std::map<std::string, std::string> keys{{"first", "bl_206"},
                                                {"second", office.base().add_warehouse("Drugi")},
                                                {"third", office.base().add_warehouse("Trzeci")}};
  for (const Record& record : story.records) office.put_card(record.given.at("card"));
  std::vector<std::int64_t> ids;
  for (const Record& record : story.records) {
    Json product = product_json(record.given.at("card").at("name").get<std::string>(),
                                record.given.at("card").at("code").get<std::string>());
    Json stock = Json::object();
    for (const auto& [store, key] : keys) stock[key] = 77;
    product["stock"] = std::move(stock);
    ids.push_back(office.base().plant_product(product));
  }
  office.connect(pushing({{"push_stock", story.setup.at("option")}}));
  const Json& joins = story.setup.at("joins");
  for (const auto& [store, warehouse] : joins.items()) {
    if (!office.join(keys.at(store), warehouse.get<std::string>()).done) {
      throw std::runtime_error("the connector refuses to join a warehouse");
    }
  }
  office.tick();
  for (const Record& record : story.records) {
    if (!record.given.contains("then")) continue;
    const Json& then = record.given.at("then");
    for (const auto& [warehouse, pieces] : then.items()) {
      bench.perform("set_stock", {{"product", record.given.at("card").at("id")},
                                  {"warehouse", warehouse},
                                  {"pieces", pieces}});
    }
  }
  office.tick();
  office.tick();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Record& record = story.records[i];
    const Json& levels = record.expected.at("levels");
    for (const auto& [store, pieces] : levels.items()) {
      const std::string now = shown(office.base(), ids[i], keys.at(store));
      if (pieces.is_null()) {
        // A fraction that Base cannot hold: whatever it shows, its user is told.
        judgement.expect_equal(
            record.what + ": the log tells of it", true,
            office.log_names({record.given.at("card").at("code").get<std::string>(),
                              record.given.at("card").at("id").get<std::string>()}));
        continue;
      }
      judgement.expect_equal(record.what + ": pieces in Base's " + store + " warehouse",
                             pieces.get<std::string>(), now);
    }
  }
}

/// Pieces in M1 before and after, M2's, and what Base must show in its first warehouse; "" for a
/// fraction.
struct StockLevel {
  const char* what;
  const char* in_main;
  const char* then;
  const char* in_spare;
  const char* shown;
};
constexpr std::array kStockLevels{
    StockLevel{"some pieces", "5", "", "3", "5"},
    StockLevel{"none", "0", "", "3", "0"},
    StockLevel{"one, written 1.0", "1.0", "", "3", "1"},
    StockLevel{"a million", "1000000", "", "3", "1000000"},
    StockLevel{"risen", "5", "9", "3", "9"},
    StockLevel{"sold out since", "5", "0", "3", "0"},
    StockLevel{"one and a half", "1.5", "", "3", ""},
    StockLevel{"half a piece", "0.5", "", "3", ""},
    StockLevel{"less than one", "0.999", "", "3", ""},
    StockLevel{"made whole since", "1.5", "2", "3", "2"},
    StockLevel{"as in Base", "77", "", "77", "77"},
};

Rule levels_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-WH-05",
       .shape =
           [](const SwitchValues&) {
             return Shape{.edges = static_cast<int>(kStockLevels.size()), .a = 4, .most = 6};
           },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             const int joins = genes.front().a;
             Story story{
                 .setup = {{"option", joins != 3}, {"joins", {{"first", "M1"}, {"second", "M2"}}}},
                 .records = {}};
             if (joins == 1) story.setup["joins"] = {{"first", "M2"}, {"second", "M1"}};
             if (joins == 2) story.setup["joins"] = {{"first", "M1"}};
             for (std::size_t i = 0; i < genes.size(); ++i) {
               const StockLevel& level = chosen(kStockLevels, genes[i].edge);
               Record record{
                   .what = level.what,
                   .given = {{"card", stocked(fmt::format("K{}", i), i,
                                              {{"M1", level.in_main}, {"M2", level.in_spare}})}}};
               if (*level.then != '\0') record.given["then"] = {{"M1", level.then}};
               const Json main = *level.shown == '\0' ? Json() : Json(level.shown);
               // What is not joined keeps what Base had.
               Json levels = {{"first", main}, {"second", level.in_spare}, {"third", "77"}};
               if (joins == 1)
                 levels = {{"first", level.in_spare}, {"second", main}, {"third", "77"}};
               if (joins == 2) levels["second"] = "77";
               if (joins == 3) levels = {{"first", "77"}, {"second", "77"}};
               record.expected["levels"] = std::move(levels);
               story.records.push_back(std::move(record));
             }
             return story;
           },
       .oracle = judge_levels});
}

// The option is Firmino's alone -------------------------------------------------------------------

void judge_option_of_source(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  office.put_card(stocked("K", 0, {{"M1", "5"}, {"M2", "5"}}));
  Json product = product_json("Kubek 0", "KUB-0");
  product["stock"] = {{"bl_206", 900}};  // No figure that the books will have.
  const std::int64_t id = office.base().plant_product(product);
  office.connect({{"products", true}, {"product_source", "firmino"}, {"warehouses", true}});
  if (!office.join("bl_206", "M1").done) {
    throw std::runtime_error("the connector refuses to join a warehouse");
  }
  office.tick();  // A pair is made.
  int pieces = 5;
  for (const Record& record : story.records) {
    const Json& source = record.given.at("source");
    const Json with_option = {{"product_source", source},
                              {"push_stock", record.given.at("option")}};
    // A form may refuse the option with another source, or leave it without effect.
    if (!office.configure(with_option)) {
      office.configure({{"product_source", source}, {"push_stock", false}});
    }
    bench.perform("set_stock",
                  {{"product", "K"}, {"warehouse", "M1"}, {"pieces", std::to_string(++pieces)}});
    const std::string before = shown(office.base(), id, "bl_206");
    const std::uint64_t from = bench.exchange_count();
    if (record.given.at("command") == "tick") {
      office.tick();
    } else {
      office.run("stock");
    }
    const bool sent = record.expected.at("sent").get<bool>();
    judgement.expect_equal(record.what + ": stock is sent to Base", sent,
                           !office.base().calls(from, kWriteStock).empty());
    judgement.expect_equal(record.what + ": pieces in Base", sent ? std::to_string(pieces) : before,
                           shown(office.base(), id, "bl_206"));
  }
}

Rule option_of_source_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-WH-06",
       .shape = [](const SwitchValues&) { return Shape{.edges = 3, .a = 4, .b = 2, .most = 5}; },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             static constexpr std::array kSources{"firmino", "base", "manual"};
             Story story;
             for (const Gene& gene : genes) {
               const std::string source = chosen(kSources, gene.edge);
               const bool option = gene.a != 3;
               story.records.push_back(
                   {.what = fmt::format("source '{}', option {}", source, option ? "on" : "off"),
                    .given = {{"source", source},
                              {"option", option},
                              {"command", gene.b == 0 ? "tick" : "stock"}},
                    .expected = {{"sent", option && source == "firmino"}}});
             }
             return story;
           },
       .oracle = judge_option_of_source});
}

// A sale lowers stock once ------------------------------------------------------------------------

/// Orders whose pieces Base has taken off itself, as it does when one comes in [seed].
void judge_sales_cycle(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  std::vector<std::int64_t> ids;
  std::vector<int> left;
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    office.put_card(story.records[i].given.at("card"));
    Json product = product_json(fmt::format("Kubek {}", i), fmt::format("KUB-{}", i));
    product["stock"] = {{"bl_206", story.records[i].given.at("pieces")}};
    ids.push_back(office.base().plant_product(product));
    left.push_back(story.records[i].given.at("pieces").get<int>());
  }
  office.connect(pushing({{"orders", true}, {"link_products", true}}));
  if (!office.join("bl_206", "M1").done) {
    throw std::runtime_error("the connector refuses to join a warehouse");
  }
  office.tick();
  const int rounds = story.setup.at("rounds").get<int>();
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Json& sales = story.records[i].given.at("sales");
      if (static_cast<std::size_t>(round) >= sales.size()) continue;
      const int sold = sales.at(static_cast<std::size_t>(round)).get<int>();
      if (sold == 0) continue;
      plant(office.base(), bench,
            {{"lines",
              {{{"name", fmt::format("Kubek {}", i)},
                {"sku", fmt::format("KUB-{}", i)},
                {"product_id", std::to_string(ids[i])},
                {"quantity", sold},
                {"warehouse_id", 206}}}}});
      left[i] -= sold;
      office.base().edit_product(ids[i], {{"stock", {{"bl_206", left[i]}}}});
    }
    office.tick();
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const std::string what = fmt::format("{}, after cycle {}", story.records[i].what, round + 1);
      judgement.expect_equal(what + ": pieces in the books", std::to_string(left[i]),
                             office.pieces(fmt::format("K{}", i), "M1"));
      judgement.expect_equal(what + ": pieces in Base", std::to_string(left[i]),
                             shown(office.base(), ids[i], "bl_206"));
    }
  }
}

Rule sales_cycle_rule() {
  return make_story(
      page(), {.id = "FIRMINO-WH-07",
               .shape = [](const SwitchValues&) { return Shape{.edges = 5, .most = 5}; },
               .build =
                   [](const std::vector<Gene>& genes, const SwitchValues&) {
                     struct Sales {
                       const char* what;
                       std::vector<int> pieces;
                     };
                     static const std::vector<Sales> sales = {
                         {"one sale", {2}},
                         {"no sale", {}},
                         {"two cycles with a sale each", {1, 3}},
                         {"sold in the second cycle", {0, 4}},
                         {"the last pieces sold", {10}}};
                     Story story{.setup = {{"rounds", 3}}, .records = {}};
                     for (std::size_t i = 0; i < genes.size(); ++i) {
                       const Sales& one = chosen(sales, genes[i].edge);
                       story.records.push_back(
                           {.what = one.what,
                            .given = {{"card", stocked(fmt::format("K{}", i), i, {{"M1", "10"}})},
                                      {"pieces", 10},
                                      {"sales", one.pieces}}});
                     }
                     return story;
                   },
               .oracle = judge_sales_cycle});
}

}  // namespace

std::vector<Rule> stock_rules() {
  return {levels_rule(), option_of_source_rule(), sales_cycle_rule()};
}

}  // namespace atrapa::scenarios::firmino
