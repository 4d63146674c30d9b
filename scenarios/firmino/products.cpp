#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Products with Firmino as their source: cards on their way to Base.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

constexpr const char* kAdd = "addInventoryProduct";

std::string text_of(const Json& call, const char* member) {
  if (!call.is_object() || !call.contains(member) || call.at(member).is_null()) return "";
  const Json& value = call.at(member);
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// Writes of one product of Base after that exchange.
std::size_t edits_of(const BaseAccount& base, std::int64_t product, std::uint64_t from) {
  std::size_t edits = 0;
  for (const BaseCall& call : base.calls(from, kAdd)) {
    edits += text_of(call.parameters, "product_id") == std::to_string(product) ? 1 : 0;
  }
  return edits;
}

/// The products of Base whose SKU or, without one, whose name is that.
std::vector<mocks::base::Product> products_like(const BaseAccount& base, const std::string& name,
                                                const std::string& sku) {
  std::vector<mocks::base::Product> found = base.products();
  std::erase_if(found, [&](const mocks::base::Product& one) {
    return sku.empty() ? view_of(one).at("name") != name : one.sku != sku;
  });
  return found;
}

void arm(Bench& bench, const Json& setup) {
  if (!setup.contains("fault")) return;
  const Json& fault = setup.at("fault");
  bench.arm({{.exchange = fault.at("exchange").get<std::uint64_t>(),
              .kind = *mocks::kit::fault_kind(fault.at("kind").get<std::string>())}});
}

constexpr std::array kAccidents{"lost_after_commit", "truncated_answer", "server_error",
                                "refused_before_send", "too_many_requests"};

void set_accident(Story& story, const Gene& gene) {
  if (gene.a == 0) return;
  story.setup["fault"] = {{"exchange", gene.b}, {"kind", chosen(kAccidents, gene.a - 1)}};
}

// A change of a card reaches Base -----------------------------------------------------------------

/// Changes of a card, one after the other, and what Base shows in the end.
struct Change {
  const char* what;
  std::vector<Json> edits;
  Json expected;
};

const std::vector<Change>& changes() {
  static const std::vector<Change> changes = {
      {"another price", {{{"gross_price", "24.90"}}}, {{"price", "24.9"}}},
      {"nothing changed", {}, {{"price", "19.99"}, {"vat", "23"}}},
      {"another description",
       {{{"description", "Porcelana, 300 ml & więcej"}}},
       {{"description", "Porcelana, 300 ml & więcej"}}},
      {"another VAT rate", {{{"vat", "8"}}}, {{"vat", "8"}}},
      {"exempt from VAT", {{{"vat", "zw"}}}, {{"vat", "zw"}}},
      {"another EAN", {{{"ean", "5901234123457"}}}, {{"ean", "5901234123457"}}},
      {"two prices one after the other",
       {{{"gross_price", "24.90"}}, {{"gross_price", "22.00"}}},
       {{"price", "22"}}},
      {"there and back",
       {{{"gross_price", "24.90"}}, {{"gross_price", "19.99"}}},
       {{"price", "19.99"}}},
      {"a price of one grosz", {{{"gross_price", "0.01"}}}, {{"price", "0.01"}}},
      {"all at once",
       {{{"gross_price", "5.00"}, {"vat", "5"}, {"description", "Nowy"}}},
       {{"price", "5"}, {"vat", "5"}, {"description", "Nowy"}}},
  };
  return changes;
}

void judge_changes(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  for (const Record& record : story.records) office.put_card(record.given.at("card"));
  office.connect(source_settings());
  office.tick();
  arm(bench, story.setup);
  std::vector<Json> saved;
  for (const Record& record : story.records) {
    Json card = record.given.at("card");
    for (const Json& edit : record.given.at("edits")) {
      card = over_card(card, edit);
      office.put_card(card);
    }
    saved.push_back(view_of(card.get<harness::ErpProduct>()));
  }
  for (int i = 0; i < 4; ++i) office.tick();
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    const Json& card = record.given.at("card");
    const auto found = products_like(office.base(), card.at("name").get<std::string>(),
                                     card.at("code").get<std::string>());
    judgement.expect_equal(record.what + ": products in Base", std::size_t{1}, found.size());
    if (found.size() == 1) {
      expect_view(judgement, record.what + ": in Base", record.expected, view_of(found.front()));
    }
    for (const harness::ErpProduct& one : bench.erp().products) {
      if (one.id != card.at("id").get<std::string>()) continue;
      expect_view(judgement, record.what + ": in the books", saved[i], view_of(one));
    }
  }
}

Rule change_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-PROD-02",
       .shape =
           [](const SwitchValues&) {
             return Shape{.edges = static_cast<int>(changes().size()), .a = 6, .b = 6, .most = 5};
           },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             Story story;
             set_accident(story, genes.front());
             for (std::size_t i = 0; i < genes.size(); ++i) {
               const Change& change = chosen(changes(), genes[i].edge);
               const Json card = card_json(fmt::format("K{}", i), fmt::format("Kubek {}", i),
                                           fmt::format("KUB-{}", i));
               story.records.push_back({.what = change.what,
                                        .given = {{"card", card}, {"edits", change.edits}},
                                        .expected = change.expected});
             }
             return story;
           },
       .oracle = judge_changes});
}

// Each saving sends -------------------------------------------------------------------------------

void judge_savings(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  for (const Record& record : story.records) office.put_card(record.given.at("card"));
  office.connect(source_settings());
  office.tick();
  for (const Record& record : story.records) {
    Json card = record.given.at("card");
    const auto found = products_like(office.base(), card.at("name").get<std::string>(),
                                     card.at("code").get<std::string>());
    judgement.expect_equal(record.what + ": products in Base", std::size_t{1}, found.size());
    if (found.size() != 1) continue;
    int number = 0;
    for (const Json& save : record.given.at("saves")) {
      ++number;
      const std::uint64_t from = bench.exchange_count();
      card = over_card(card, save.at("changes"));
      office.put_card(card);
      if (!save.at("rapid").get<bool>()) office.tick();
      // Two savings within a second may go out as one.
      if (save.at("rapid").get<bool>()) continue;
      judgement.expect(edits_of(office.base(), found.front().id, from) >= 1,
                       fmt::format("{}: calls after saving no. {}", record.what, number),
                       "at least one", "none");
    }
    expect_view(judgement, record.what + ": in Base", record.expected,
                view_of(*office.base().product(found.front().id)));
  }
}

Json save(const Json& changes, bool rapid = false) {
  return {{"changes", changes}, {"rapid", rapid}};
}

Rule saving_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-PROD-03",
       .shape = [](const SwitchValues&) { return Shape{.edges = 5, .most = 5}; },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             static const Json none = Json::object();
             static const Json dear = {{"gross_price", "30.00"}}, cheap = {{"gross_price", "9.00"}};
             Story story;
             for (std::size_t i = 0; i < genes.size(); ++i) {
               Record record{
                   .what = "saved with another price",
                   .given = {{"card", card_json(fmt::format("K{}", i), fmt::format("Kubek {}", i),
                                                fmt::format("KUB-{}", i))},
                             {"saves", Json::array({save(dear)})}},
                   .expected = {{"price", "30"}}};
               Json& saves = record.given["saves"];
               if (genes[i].edge == 1) {
                 record.what = "saved without a change";
                 saves = Json::array({save(none)});
                 record.expected["price"] = "19.99";
               } else if (genes[i].edge == 2) {
                 record.what = "saved twice within a second";
                 saves = Json::array({save(dear, true), save(cheap)});
                 record.expected["price"] = "9";
               } else if (genes[i].edge == 3) {
                 record.what = "saved, and saved again without a change";
                 saves = Json::array({save(dear), save(none)});
               } else if (genes[i].edge == 4) {
                 record.what = "saved with three prices";
                 saves = Json::array({save(dear), save(cheap), save(dear)});
               }
               story.records.push_back(std::move(record));
             }
             return story;
           },
       .oracle = judge_savings});
}

// A new card is a new product ---------------------------------------------------------------------

void judge_additions(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  const auto put = [&](bool late) {
    for (const Record& record : story.records) {
      if (record.given.at("late").get<bool>() == late) office.put_card(record.given.at("card"));
    }
  };
  std::vector<std::int64_t> others;
  for (const Record& record : story.records) {
    if (!record.given.contains("other")) continue;
    others.push_back(office.base().plant_product(record.given.at("other")));
  }
  const std::vector<mocks::base::Product> before = office.base().products();
  put(/*late=*/false);
  office.connect(source_settings());
  arm(bench, story.setup);
  office.tick();
  put(/*late=*/true);
  for (int i = 0; i < 4; ++i) office.tick();
  for (const Record& record : story.records) {
    const Json& card = record.given.at("card");
    std::vector<mocks::base::Product> found =
        products_like(office.base(), card.at("name").get<std::string>(), card.value("code", ""));
    judgement.expect_equal(record.what + ": products in Base", std::size_t{1}, found.size());
    if (found.size() != 1) continue;
    expect_view(judgement, record.what + ": in Base", record.expected, view_of(found.front()));
  }
  for (const mocks::base::Product& other : before) {
    const mocks::base::Product* now = office.base().product(other.id);
    judgement.expect(now != nullptr && *now == other,
                     fmt::format("the product '{}' that Base had", other.sku), "as it was",
                     now == nullptr ? "gone" : view_of(*now).dump());
  }
  judgement.expect_equal("products in Base", story.records.size() + others.size(),
                         office.base().products().size());
}

Rule addition_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-PROD-04",
       .shape = [](const SwitchValues&) { return Shape{.edges = 5, .a = 6, .b = 8, .most = 5}; },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             Story story;
             set_accident(story, genes.front());
             for (std::size_t i = 0; i < genes.size(); ++i) {
               const int edge = genes[i].edge;
               const std::string name = fmt::format("Nowość {}", i),
                                 code = fmt::format("NOW-{}", i);
               Record record{
                   .what = "a new card",
                   .given = {{"card", card_json(fmt::format("K{}", i), name, code, "12.30")},
                             {"late", false}},
                   .expected = {{"name", name}, {"sku", code}, {"price", "12.3"}, {"vat", "23"}}};
               if (edge == 1) {
                 record.what = "a card added after the first run";
                 record.given["late"] = true;
               } else if (edge == 2) {
                 record.what = "a new card without an SKU";
                 record.given["card"].erase("code");
                 record.expected["sku"] = "";
               } else if (edge == 3) {
                 record.what = "a new card whose SKU begins like one of Base's";
                 record.given["other"] = product_json(name + " duża", code + "-D");
               } else if (edge == 4) {
                 record.what = "a card added later, Base has products of its own";
                 record.given["late"] = true;
                 record.given["other"] =
                     product_json(fmt::format("Obcy {}", i), fmt::format("OBC-{}", i), "7.00");
               }
               story.records.push_back(std::move(record));
             }
             return story;
           },
       .oracle = judge_additions});
}

}  // namespace

std::vector<Rule> product_rules() { return {change_rule(), saving_rule(), addition_rule()}; }

}  // namespace atrapa::scenarios::firmino
