#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Pairs that last, and cards that follow Base.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

const Json kFromBase = {{"products", true}, {"product_source", "base"}};

std::vector<harness::ErpProduct> cards_alike(const harness::ErpView& erp, const std::string& name,
                                             const std::string& sku) {
  std::vector<harness::ErpProduct> found = erp.products;
  std::erase_if(found, [&](const harness::ErpProduct& one) {
    return one.name != name || one.code.value_or("") != sku;
  });
  return found;
}

// Pairs that last ---------------------------------------------------------------------------------

/// Texts that are alike on both sides, whatever they hold.
constexpr std::array kOddCodes{"A&B+C%20=D",  "\"q\" 'a' /b", "007",           "no\u00a0break",
                               "z\u200bw",    "ZAŻÓŁĆ-1",     "h\u2011\u2013", "two  spaces",
                               "line\nbreak", "C\u0327"};

/// Values that a linked pair gets, and one more change whose arrival shows that it is a pair still.
struct Renaming {
  const char* what;
  Json erp, base;  ///< "%": the number of the record.
};

const std::vector<Renaming>& renamings() {
  static const std::vector<Renaming> renamings = {
      {"nothing renamed", {}, {}},
      {"renamed in the ERP", {{"name", "Talerz %"}}, {}},
      {"another SKU in the ERP", {{"code", "TAL-%"}}, {}},
      {"renamed in Base", {}, {{"text_fields", {{"name", "Talerz %"}}}}},
      {"another SKU in Base", {}, {{"sku", "TAL-%"}}},
      {"name and SKU changed in the ERP", {{"name", "Talerz %"}, {"code", "TAL-%"}}, {}},
      {"name and SKU changed in Base",
       {},
       {{"sku", "TAL-%"}, {"text_fields", {{"name", "Talerz %"}}}}},
      {"renamed in two ways", {{"name", "Talerz %"}}, {{"text_fields", {{"name", "Misa %"}}}}},
  };
  return renamings;
}

Json numbered(const Json& values, std::size_t i) {
  if (values.is_null()) return Json::object();
  std::string text = values.dump();
  for (std::size_t at = text.find('%'); at != text.npos; at = text.find('%', at)) {
    text.replace(at, 1, std::to_string(i));
  }
  return Json::parse(text);
}

void judge_pairs(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  const bool from_base = story.setup.at("source") == "base";
  for (const Record& record : story.records) office.put_card(record.given.at("card"));
  std::vector<std::int64_t> ids;
  for (const Record& record : story.records) {
    ids.push_back(office.base().plant_product(record.given.at("product")));
  }
  office.connect(typed(from_base ? "base" : "firmino"));
  office.tick();
  std::vector<Json> cards;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Record& record = story.records[i];
    cards.push_back(record.given.at("card"));
    if (const Json& edit = record.given.at("base"); !edit.empty()) {
      office.base().edit_product(ids[i], edit);
    }
    if (const Json& edit = record.given.at("erp"); !edit.empty()) {
      cards[i].update(edit);
      office.put_card(cards[i]);
    }
  }
  office.tick();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Json& price = story.records[i].given.at("price");
    if (from_base) {
      office.base().edit_product(ids[i], {{"prices", {{"105", price}}}});
    } else {
      cards[i]["gross_price"] = price;
      office.put_card(cards[i]);
    }
  }
  office.tick();
  office.tick();
  const harness::ErpView erp = bench.erp();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Record& record = story.records[i];
    const mocks::base::Product* product = office.base().product(ids[i]);
    judgement.expect(product != nullptr, record.what + ": its product in Base", "there", "gone");
    if (product != nullptr) {
      expect_view(judgement, record.what + ": in Base", record.expected, view_of(*product));
    }
    for (const harness::ErpProduct& card : erp.products) {
      if (card.id != record.given.at("card").at("id").get<std::string>()) continue;
      expect_view(judgement, record.what + ": in the books", record.expected, view_of(card));
    }
  }
  judgement.expect_equal("cards in the books", ids.size(), erp.products.size());
  judgement.expect_equal("products in Base", ids.size(), office.base().products().size());
}

Rule pair_rule() {
  return make_story(
      page(), {.id = "FIRMINO-PROD-05",
               .shape =
                   [](const SwitchValues&) {
                     return Shape{.edges = static_cast<int>(renamings().size()),
                                  .a = 2,
                                  .b = static_cast<int>(kOddCodes.size()) + 1,
                                  .most = 5};
                   },
               .build =
                   [](const std::vector<Gene>& genes, const SwitchValues&) {
                     Story story{.setup = {{"source", genes.front().a == 0 ? "base" : "firmino"}},
                                 .records = {}};
                     for (std::size_t i = 0; i < genes.size(); ++i) {
                       const Gene& gene = genes[i];
                       const Renaming& renaming = chosen(renamings(), gene.edge);
                       // Equal in both systems, so that they are a pair under each reading.
                       const std::string code =
                           gene.b == 0 ? fmt::format("KUB-{}", i)
                                       : fmt::format("{} {}", chosen(kOddCodes, gene.b - 1), i);
                       const std::string name = fmt::format("Kubek {}", code);
                       const std::string price = fmt::format("{}.75", 40 + i);
                       std::string what = renaming.what;
                       if (gene.b > 0) what += fmt::format(", odd SKU no. {}", gene.b);
                       story.records.push_back(
                           {.what = std::move(what),
                            .given = {{"card", card_json(fmt::format("K{}", i), name, code)},
                                      {"product", product_json(name, code)},
                                      {"erp", numbered(renaming.erp, i)},
                                      {"base", numbered(renaming.base, i)},
                                      {"price", price}},
                            .expected = {{"price", price}}});
                     }
                     return story;
                   },
               .oracle = judge_pairs});
}

// Base's products become cards --------------------------------------------------------------------

/// Edits in Base, run by run, and what the card says in the end.
struct Edit {
  const char* what;
  std::vector<Json> base;
  Json erp;  ///< Edited in the books too, which must not last.
  Json expected;
};

const std::vector<Edit>& edits() {
  static const std::vector<Edit> edits = {
      {"another price", {{{"prices", {{"105", "24.90"}}}}}, {}, {{"price", "24.9"}}},
      {"another name",
       {{{"text_fields", {{"name", "Nowa nazwa %"}}}}},
       {},
       {{"name", "Nowa nazwa %"}}},
      {"another SKU", {{{"sku", "INNY-%"}}}, {}, {{"sku", "INNY-%"}}},
      {"another VAT rate", {{{"tax_rate", 8}}}, {}, {{"vat", "8"}}},
      {"exempt from VAT", {{{"tax_rate", -1}}}, {}, {{"vat", "zw"}}},
      {"zero VAT", {{{"tax_rate", 0}}}, {}, {{"vat", "0"}}},
      {"another EAN", {{{"ean", "5901234123457"}}}, {}, {{"ean", "5901234123457"}}},
      {"another description",
       {{{"text_fields", {{"description", "Opis & więcej"}}}}},
       {},
       {{"description", "Opis & więcej"}}},
      {"two prices, a run apart",
       {{{"prices", {{"105", "24.90"}}}}, {{"prices", {{"105", "21.00"}}}}},
       {},
       {{"price", "21"}}},
      {"edited on both sides",
       {{{"prices", {{"105", "24.90"}}}}},
       {{"gross_price", "99.00"}, {"description", "z ERP"}},
       {{"price", "24.9"}, {"description", ""}}},
      {"edited in the books alone", {}, {{"gross_price", "99.00"}}, {{"price", "19.99"}}},
      {"not edited", {}, {}, {{"price", "19.99"}, {"vat", "23"}}},
  };
  return edits;
}

void judge_edits(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  std::vector<std::int64_t> ids;
  for (const Record& record : story.records) {
    if (record.given.contains("card")) office.put_card(record.given.at("card"));
    ids.push_back(office.base().plant_product(record.given.at("product")));
  }
  office.connect(kFromBase);
  office.tick();
  const std::uint64_t from = bench.exchange_count();
  if (story.setup.contains("fault")) {
    const Json& fault = story.setup.at("fault");
    bench.arm({{.exchange = fault.at("exchange").get<std::uint64_t>(),
                .kind = *mocks::kit::fault_kind(fault.at("kind").get<std::string>())}});
  }
  for (std::size_t round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Record& record = story.records[i];
      const Json& base = record.given.at("edits");
      if (round < base.size()) office.base().edit_product(ids[i], base.at(round));
      if (round > 0 || !record.given.contains("erp") || !record.given.contains("card")) continue;
      Json card = record.given.at("card");
      card.update(record.given.at("erp"));
      office.put_card(card);
    }
    office.tick();
  }
  for (int i = 0; i < 2; ++i) office.tick();
  const harness::ErpView erp = bench.erp();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Record& record = story.records[i];
    const Json product = view_of(*office.base().product(ids[i]));
    // The expected values are Base's own, so that the card is found by what Base says.
    const auto found = cards_alike(erp, product.at("name").get<std::string>(),
                                   product.at("sku").get<std::string>());
    judgement.expect_equal(record.what + ": cards of its name and SKU", std::size_t{1},
                           found.size());
    if (found.size() == 1) {
      expect_view(judgement, record.what + ": in the books", record.expected,
                  view_of(found.front()));
    }
    expect_view(judgement, record.what + ": in Base", record.expected, product);
  }
  std::vector<std::string> writes;
  for (const BaseCall& call : office.base().calls(from)) {
    if (!call.method.starts_with("get")) writes.push_back(call.method);
  }
  judgement.expect_equal("writes to Base", std::vector<std::string>{}, writes);
  judgement.expect_equal("cards in the books", ids.size(), erp.products.size());
}

constexpr std::array kTroubles{"lost_after_commit", "truncated_answer", "server_error",
                               "refused_before_send", "too_many_requests"};

Rule edit_rule() {
  return make_story(page(),
                    {.id = "FIRMINO-PROD-08",
                     .shape =
                         [](const SwitchValues&) {
                           return Shape{.edges = static_cast<int>(edits().size()),
                                        .seconds = 2,
                                        .a = 6,
                                        .b = 5,
                                        .most = 6};
                         },
                     .build =
                         [](const std::vector<Gene>& genes, const SwitchValues&) {
                           Story story;
                           if (const Gene& first = genes.front(); first.a > 0) {
                             story.setup["fault"] = {{"exchange", first.b},
                                                     {"kind", chosen(kTroubles, first.a - 1)}};
                           }
                           for (std::size_t i = 0; i < genes.size(); ++i) {
                             const Edit& edit = chosen(edits(), genes[i].edge);
                             const std::string name = fmt::format("Kubek {}", i),
                                               code = fmt::format("KUB-{}", i);
                             Record record{.what = edit.what,
                                           .given = {{"product", product_json(name, code)}},
                                           .expected = numbered(edit.expected, i)};
                             Json list = Json::array();
                             for (const Json& one : edit.base) list.push_back(numbered(one, i));
                             record.given["edits"] = std::move(list);
                             // Known to the books before, or made a card by the first run.
                             if (genes[i].second == 0 || !edit.erp.is_null()) {
                               record.given["card"] = card_json(fmt::format("K{}", i), name, code);
                             }
                             if (!edit.erp.is_null()) record.given["erp"] = edit.erp;
                             story.records.push_back(std::move(record));
                           }
                           return story;
                         },
                     .oracle = judge_edits});
}

}  // namespace

std::vector<Rule> card_rules() { return {pair_rule(), edit_rule()}; }

}  // namespace atrapa::scenarios::firmino
