#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Which cards and products are joined at the first run, and which are taken for new.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

bool both_needed(const SwitchValues& switches) {
  return value_of(switches, "firmino.product_match") == "sku_and_name";
}

/// A card and a product, and whether they are one under either reading.
struct Meeting {
  const char* what;
  std::string erp_name, erp_sku, base_name, base_sku;
  bool by_one, by_both;
};

constexpr std::array kWild{"A&B+C%20=D", "\"q\" 'a' /b",  "no\u00a0break", "z\u200bw",
                           "Zażółć 1",   "h\u2011\u2013", "two  spaces",   "line\nbreak"};

Meeting meeting(const Gene& gene, std::size_t i) {
  const std::string name = fmt::format("Kubek {}", i), sku = fmt::format("KUB-{}", i);
  const std::string other = fmt::format("Kubek w Base {}", i), odd_sku = fmt::format("TAL-{}", i);
  const std::string wild = fmt::format("{} {}", chosen(kWild, gene.a), i);
  switch (gene.edge) {
    case 1: return {"SKU equal, name different", name, sku, other, sku, true, false};
    case 2: return {"name equal, no SKU in Base", name, sku, name, "", true, false};
    case 3: return {"name equal, SKU different", name, sku, name, odd_sku, true, false};
    case 4: return {"name equal, no SKU in the ERP", name, "", name, odd_sku, true, false};
    case 5: return {"odd SKU equal, name different", name, wild, other, wild, true, false};
    case 6: return {"odd name equal, no SKU in Base", wild, sku, wild, "", true, false};
    case 7: return {"odd name and SKU equal", wild, wild, wild, wild, true, true};
    case 8: return {"both filled and different", name, sku, other, odd_sku, false, false};
    case 9:
      return {"SKUs 007 and 7",
              name,
              fmt::format("007{}", i),
              other,
              fmt::format("7{}", i),
              false,
              false};
    case 10: return {"no SKUs, names different", name, "", other, "", false, false};
    case 11:
      return {"SKU of one is the other's name", name,  sku,  sku,
              fmt::format("X-{}", i),           false, false};
    default: return {"both equal", name, sku, name, sku, true, true};
  }
}
constexpr int kMeetings = 12;

Record meeting_record(const Meeting& one, std::size_t i, bool joined) {
  return {.what = one.what,
          .given = {{"card", card_json(fmt::format("K{}", i), one.erp_name, one.erp_sku)},
                    {"product", product_json(one.base_name, one.base_sku, "30.00")}},
          .expected = {{"joined", joined}}};
}

/// Plants cards and products, runs twice, and counts what is there of each record.
void judge_meetings(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  const bool from_base = story.setup.at("source") == "base";
  std::vector<std::int64_t> ids;
  for (const Record& record : story.records) {
    if (record.given.contains("card")) office.put_card(record.given.at("card"));
    ids.push_back(office.base().plant_product(record.given.at("product")));
    if (record.given.contains("twin")) office.base().plant_product(record.given.at("twin"));
  }
  const std::size_t cards = bench.erp().products.size();
  const std::size_t products = office.base().products().size();
  office.connect({{"products", true}, {"product_source", from_base ? "base" : "firmino"}});
  office.tick();
  const std::size_t first_cards = bench.erp().products.size();
  const std::size_t first_products = office.base().products().size();
  office.tick();
  const harness::ErpView erp = bench.erp();
  judgement.expect_equal("cards that a second run adds", std::size_t{0},
                         erp.products.size() - first_cards);
  judgement.expect_equal("products that a second run adds", std::size_t{0},
                         office.base().products().size() - first_products);
  std::size_t apart = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Record& record = story.records[i];
    const bool joined = record.expected.at("joined").get<bool>();
    if (!record.expected.value("counted", true)) continue;
    apart += joined ? 0 : 1;
    const Json there = view_of(*office.base().product(ids[i]));
    if (!record.given.contains("card")) continue;
    const auto id = record.given.at("card").at("id").get<std::string>();
    for (const harness::ErpProduct& card : erp.products) {
      if (card.id != id) continue;
      // A joined pair has one price after a run, whichever side it comes from.
      const bool one_price = view_of(card).at("price") == there.at("price");
      judgement.expect_equal(record.what + ": card and product are one", joined, one_price);
    }
  }
  if (!story.setup.value("counted", true)) return;
  judgement.expect_equal("cards in the books", cards + (from_base ? apart : 0),
                         erp.products.size());
  judgement.expect_equal("products in Base", products + (from_base ? 0 : apart),
                         office.base().products().size());
}

Rule joining_rule() {
  return make_story(
      page(), {.id = "FIRMINO-PROD-11",
               .switches = {"firmino.product_match"},
               .shape =
                   [](const SwitchValues&) {
                     return Shape{
                         .edges = 8, .a = static_cast<int>(kWild.size()), .b = 2, .most = 5};
                   },
               .build =
                   [](const std::vector<Gene>& genes, const SwitchValues& switches) {
                     Story story{.setup = {{"source", genes.front().b == 0 ? "base" : "firmino"}},
                                 .records = {}};
                     for (std::size_t i = 0; i < genes.size(); ++i) {
                       Meeting one = meeting(genes[i], i);
                       // Under the other reading only what is equal in both respects is sure to be
                       // joined.
                       if (both_needed(switches) && !one.by_both) one = meeting({}, i);
                       story.records.push_back(meeting_record(one, i, true));
                     }
                     return story;
                   },
               .oracle = judge_meetings});
}

Rule newcomer_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-PROD-12",
       .shape = [](const SwitchValues&) { return Shape{.edges = 6, .most = 5}; },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             Story story{.setup = {{"source", "base"}}, .records = {}};
             for (std::size_t i = 0; i < genes.size(); ++i) {
               const int edge = genes[i].edge;
               if (edge >= 1 && edge <= 4) {
                 story.records.push_back(meeting_record(meeting({.edge = edge + 7}, i), i, false));
                 continue;
               }
               Record record{.what = "a product that the books do not know",
                             .given = {{"product", product_json(fmt::format("Nowość {}", i),
                                                                fmt::format("NOW-{}", i))}},
                             .expected = {{"joined", false}}};
               if (edge == 5) {
                 // One card or two: that is not said, but a second run adds none.
                 record.what = "two products of one name without an SKU";
                 record.given["product"]["sku"] = "";
                 record.given["twin"] = record.given["product"];
                 story.setup["counted"] = false;
               }
               story.records.push_back(std::move(record));
             }
             return story;
           },
       .oracle = judge_meetings});
}

Rule reading_rule() {
  return make_story(page(), {.id = "FIRMINO-PROD-13",
                             .switches = {"firmino.product_match"},
                             .shape =
                                 [](const SwitchValues&) {
                                   return Shape{.edges = kMeetings,
                                                .a = static_cast<int>(kWild.size()),
                                                .most = 5};
                                 },
                             .build =
                                 [](const std::vector<Gene>& genes, const SwitchValues& switches) {
                                   Story story{.setup = {{"source", "base"}}, .records = {}};
                                   for (std::size_t i = 0; i < genes.size(); ++i) {
                                     const Meeting one = meeting(genes[i], i);
                                     story.records.push_back(meeting_record(
                                         one, i, both_needed(switches) ? one.by_both : one.by_one));
                                   }
                                   return story;
                                 },
                             .oracle = judge_meetings});
}

// Conflicts ---------------------------------------------------------------------------------------

/// One product of Base that two cards claim, or one card that two products of Base do.
void judge_conflicts(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  const bool from_base = story.setup.at("source") == "base";
  std::vector<std::vector<std::int64_t>> ids;
  for (const Record& record : story.records) {
    for (const Json& card : record.given.at("cards")) office.put_card(card);
    ids.emplace_back();
    for (const Json& product : record.given.at("products")) {
      ids.back().push_back(office.base().plant_product(product));
    }
  }
  office.connect({{"products", true}, {"product_source", from_base ? "base" : "firmino"}});
  office.tick();
  // By role: "sku" or "name", the claimant whose price the other side's has become.
  std::vector<std::string> winners;
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    std::vector<std::string> about;
    for (const Json& name : record.given.at("about")) about.push_back(name.get<std::string>());
    for (const std::int64_t id : ids[i]) about.push_back(std::to_string(id));
    judgement.expect_equal(record.what + ": the log tells of it", true, office.log_names(about));
    std::string winner;
    int pairs = 0;
    const harness::ErpView erp = bench.erp();
    const Json& claimants = record.given.at("claimants");
    for (const auto& [place, role] : claimants.items()) {
      std::string price;
      if (from_base) {
        for (const harness::ErpProduct& card : erp.products) {
          if (card.id == place) price = view_of(card).at("price").get<std::string>();
        }
      } else {
        const auto id = ids[i].at(static_cast<std::size_t>(std::stoi(place)));
        price = view_of(*office.base().product(id)).at("price").get<std::string>();
      }
      if (price != record.given.at("price").get<std::string>()) continue;
      ++pairs;
      winner = role.get<std::string>();
    }
    judgement.expect(pairs <= 1, record.what + ": pairs of it", "one at most",
                     std::to_string(pairs));
    if (record.given.at("kind") == "crossed") winners.push_back(winner);
  }
  // The same choice each time, whichever was read first.
  for (const std::string& winner : winners) {
    judgement.expect_equal("what decides where SKU and name disagree", winners.front(), winner);
  }
}

Record conflict_record(const Gene& gene, std::size_t i, bool from_base) {
  const std::string name = fmt::format("Kubek {}", i), sku = fmt::format("KUB-{}", i);
  const std::string other = fmt::format("Talerz {}", i), code = fmt::format("TAL-{}", i);
  const std::string x = fmt::format("X{}", i), y = fmt::format("Y{}", i);
  const bool turned = gene.a == 1;
  Record record{.what = "SKU of one, name of another",
                .given = {{"kind", "crossed"},
                          {"cards", Json::array()},
                          {"products", Json::array()},
                          {"about", {name, sku, x, y}},
                          {"claimants", Json::object()},
                          {"price", "30"}}};
  Json& given = record.given;
  if (gene.edge == 1) {
    record.what = "two of one SKU and name";
    given["kind"] = "doubled";
  }
  const bool doubled = gene.edge == 1;
  if (from_base) {
    // The product claims by SKU, or by name.
    Json by_sku = card_json(x, doubled ? name : other, sku);
    Json by_name = card_json(y, name, doubled ? sku : code);
    given["cards"] = turned ? Json::array({by_name, by_sku}) : Json::array({by_sku, by_name});
    given["products"].push_back(product_json(name, sku, "30.00"));
    given["claimants"] = {{x, "sku"}, {y, "name"}};
  } else {
    Json by_sku = product_json(doubled ? name : other, sku);
    Json by_name = product_json(name, doubled ? sku : code);
    given["products"] = turned ? Json::array({by_name, by_sku}) : Json::array({by_sku, by_name});
    given["cards"].push_back(card_json(x, name, sku, "30.00"));
    given["claimants"] = {{"0", turned ? "name" : "sku"}, {"1", turned ? "sku" : "name"}};
  }
  return record;
}

Rule conflict_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-PROD-14",
       .switches = {"firmino.product_match"},
       .shape = [](const SwitchValues&) { return Shape{.edges = 2, .a = 2, .b = 2, .most = 4}; },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues& switches) {
             const bool from_base = genes.front().b == 0;
             Story story{.setup = {{"source", from_base ? "base" : "firmino"}}, .records = {}};
             for (std::size_t i = 0; i < genes.size(); ++i) {
               Gene gene = genes[i];
               // Where both have to be equal, SKU and name cannot disagree.
               if (both_needed(switches)) gene.edge = 1;
               story.records.push_back(conflict_record(gene, i, from_base));
             }
             return story;
           },
       .oracle = judge_conflicts});
}

}  // namespace

std::vector<Rule> matching_rules() {
  return {joining_rule(), newcomer_rule(), reading_rule(), conflict_rule()};
}

}  // namespace atrapa::scenarios::firmino
