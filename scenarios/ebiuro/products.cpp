#include <fmt/format.h>

#include <array>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/script.hpp"
#include "scenarios/ebiuro/sentences.hpp"

// Products on their way between the ERP and the shop's catalogue.

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::SwitchValues;
using ProductGenes = std::vector<Gene>;

constexpr const char* kNothing = "no product";

std::string card_code(std::size_t i) { return fmt::format("K-{}", i + 1); }
std::string at_usual(const std::string& code) { return code + " at 19.99"; }

Json with(Json object, const Json& more) {
  object.update(more);
  return object;
}

Json to_shop(const Json& more = Json::object()) {
  return with({{"direction", "to_shop"}, {"copy_existing", true}}, more);
}

Json saved(const Json& card) { return {{"do", "card"}, {"card", card}}; }

/// As a world holds it.
Json base_row(const std::string& code, const Json& more = Json::object()) {
  return with({{"sku", code}, {"text_fields", {{"name", code}}}}, more);
}

// PROD-01 -----------------------------------------------------------------------------------------

Story build_existing_cards(const ProductGenes& genes, const SwitchValues&) {
  Story story{.setup = setup_of(to_shop(), {}, {}), .records = {}};
  Json cards = Json::array();
  Json there = Json::array();
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const std::string code = card_code(i);
    Json card = card_of(code);
    RecordDraft draft{.what = "a product of the ERP", .code = code};
    Json product = at_usual(code);
    const char* rate = "23";
    switch (genes[i].edge) {
      case 1:
        draft.what = "a product without a SKU";
        card.erase("code");
        break;
      case 2:
        draft.what = "a product whose SKU Base has already";
        there.push_back(base_row(code, {{"prices", {{"105", 5}}}}));
        // How Base's own is recognised is not said, nor whether it is overwritten.
        product = {at_usual(code), "2 products", code + " at 5"};
        break;
      case 3:
        draft.what = "a product without a price";
        card.erase("gross_price");
        product = {code + " at -", code + " at 0"};
        break;
      case 4:
        draft.what = "a product with Polish letters";
        card["name"] = "Żółty kubek „łąka”";
        product = "Żółty kubek „łąka” at 19.99";
        break;
      case 5:
        draft.what = "a product at 8 %";
        card["vat"] = rate = "8";
        break;
      case 6:
        draft.what = "an exempt product";
        card["vat"] = rate = "zw";
        break;
      default: break;
    }
    cards.push_back(card);
    draft.steps = {run_step("products"), run_step("products")};
    draft.expected = {{"end", {{"product", product}}}};
    if (genes[i].edge != 2) draft.expected["end"]["product_rate"] = rate;
    story.records.push_back(record_of(std::move(draft)));
  }
  story.setup["cards"] = cards;
  story.setup["base_products"] = there;
  return story;
}

// PROD-02 -----------------------------------------------------------------------------------------

Story build_existing_products(const ProductGenes& genes, const SwitchValues&) {
  Story story{.setup = setup_of({{"direction", "from_shop"}, {"copy_existing", true}}, {}, {}),
              .records = {}};
  Json there = Json::array();
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const std::string code = card_code(i);
    RecordDraft draft{.what = "a product of Base", .code = code};
    Json row = base_row(code);
    Json card = at_usual(code);
    const char* rate = "23";
    switch (genes[i].edge) {
      case 1:
        draft.what = "a product without a SKU";
        row["sku"] = "";
        break;
      case 2:
        draft.what = "a product without a price";
        row["prices"] = Json::object();
        card = {code + " at -", code + " at 0"};
        break;
      case 3:
        draft.what = "two products of one SKU";
        there.push_back(row);
        card = "2 cards";
        break;
      case 4:
        draft.what = "a bundle";
        row["is_bundle"] = true;
        card = {at_usual(code), code + " at -", code + " at 0"};
        break;
      case 5:
        draft.what = "a product at 8 %";
        row["tax_rate"] = 8;
        rate = "8";
        break;
      case 6:
        draft.what = "an exempt product";
        row["tax_rate"] = -1;
        rate = "zw";
        break;
      default: break;
    }
    there.push_back(row);
    draft.steps = {run_step("products"), run_step("products")};
    draft.expected = {{"end", {{"card", card}}}};
    if (genes[i].edge != 3 && genes[i].edge != 4) draft.expected["end"]["card_rate"] = rate;
    story.records.push_back(record_of(std::move(draft)));
  }
  // Now and then as many as one page of Base's list takes, or one more.
  constexpr int kPage = 1000;
  if (genes.front().c == 15) {
    const int wanted = kPage + (genes.front().d == 0 ? 0 : 1);
    story.setup["filler"] = wanted - static_cast<int>(there.size());
    story.records.front().expected["end"]["cards"] = std::to_string(wanted);
    story.records.front().what += fmt::format(", one of {}", wanted);
  }
  story.setup["base_products"] = there;
  return story;
}

// PROD-03 -----------------------------------------------------------------------------------------

Story build_unticked(const ProductGenes& genes, const SwitchValues&) {
  const bool out = genes.front().b == 0;
  const Json direction = {{"direction", out ? "to_shop" : "from_shop"}};
  const char* const aspect = out ? "product" : "card";
  const std::string none = out ? kNothing : "no card";
  Story story{.setup = setup_of(direction, kAllEvents, {}), .records = {}};
  Json cards = Json::array();
  Json there = Json::array();
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const std::string code = card_code(i);
    RecordDraft draft{.what = "there before", .code = code};
    const Json made = out ? saved(card_of(code)) : product_step();
    if (genes[i].edge != 1) {
      cards.push_back(card_of(code));
      there.push_back(base_row(code));
    }
    switch (genes[i].edge) {
      case 0:
        draft.steps = {run_step("products"), run_step("all"), see("run")};
        draft.expected = {{"run", {{aspect, none}}}};
        break;
      case 1:
        draft.what = "made afterwards";
        draft.steps = {made, run_step("products")};
        draft.expected = {{"end", {{aspect, at_usual(code)}}}};
        break;
      default:
        draft.what = "there before, the box ticked later";
        draft.steps = {run_step("products"), see("run"),
                       configure_step(with(direction, {{"copy_existing", true}})),
                       run_step("products"), configure_step(direction)};
        draft.expected = {{"run", {{aspect, none}}}, {"end", {{aspect, at_usual(code)}}}};
    }
    story.records.push_back(record_of(std::move(draft)));
  }
  // Once it was ticked, all that was there is there for good.
  bool ticked = false;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    if (ticked && genes[i].edge != 1) story.records[i].expected.erase("run");
    if (genes[i].edge == 2) ticked = true;
    if (story.records[i].expected.empty())
      story.records[i].expected["end"] = {{aspect, at_usual(card_code(i))}};
  }
  story.setup[out ? "cards" : "base_products"] = out ? cards : there;
  return story;
}

// PROD-04, -06 ------------------------------------------------------------------------------------

Story build_groups(const ProductGenes& genes, const SwitchValues&) {
  static const std::vector<Json> selections = {{"G1"}, {"EMPTY"}, {"G1", "G3"}};
  const int selection = genes.front().b;
  const bool any = selection != 1;
  Story story{.setup = setup_of(to_shop({{"product_groups", pick(selections, selection)}}), {}, {}),
              .records = {}};
  story.setup["groups"] = {"G1", "G2", "G3", "EMPTY"};
  const Json run = run_step("products");
  Json cards = Json::array();
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const std::string code = card_code(i);
    Json card = card_of(code);
    const auto grouped = [&](const Json& groups) { return with(card, {{"groups", groups}}); };
    RecordDraft draft{.code = code, .steps = {run}};
    Json inside = any ? at_usual(code) : kNothing;
    switch (genes[i].edge) {
      case 0:
        draft.what = "in the group";
        card = grouped({"G1"});
        break;
      case 1:
        draft.what = "in another group";
        card = grouped({"G2"});
        inside = kNothing;
        break;
      case 2:
        draft.what = "in no group";
        inside = kNothing;
        break;
      case 3:
        draft.what = "in two groups, one of them selected";
        card = grouped({"G2", "G1"});
        break;
      case 4:
        draft.what = "moved into the group";
        draft.steps = {run, see("before"), saved(grouped({"G1"})), run};
        draft.expected = {{"before", {{"product", kNothing}}}};
        card = grouped({"G2"});
        break;
      case 5:
        draft.what = "moved out of the group and renamed";
        draft.steps = {run, saved(with(grouped({"G2"}), {{"name", "Inny"}})), run};
        // Whether it is taken out of Base is not said.
        if (any) inside = {at_usual(code), kNothing};
        card = grouped({"G1"});
        break;
      default:
        draft.what = "in a group that was deleted, another one selected";
        draft.steps = {
            {{"do", "erp form"}, {"form", "drop_product_group"}, {"arguments", {{"id", "G2"}}}},
            run};
        card = grouped({"G2"});
        inside = kNothing;
    }
    cards.push_back(card);
    draft.expected["end"] = {{"product", inside}};
    story.records.push_back(record_of(std::move(draft)));
  }
  story.setup["cards"] = cards;
  return story;
}

Story build_no_groups(const ProductGenes& genes, const SwitchValues&) {
  static const std::vector<std::pair<const char*, Json>> kinds = {
      {"in no group", Json::array()}, {"in a group", {"G1"}}, {"in two groups", {"G1", "G2"}}};
  Story story{.setup = setup_of(to_shop(), {}, {}), .records = {}};
  story.setup["groups"] = {"G1", "G2"};
  Json cards = Json::array();
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const std::string code = card_code(i);
    const auto& [what, groups] = pick(kinds, genes[i].edge);
    cards.push_back(with(card_of(code), {{"groups", groups}}));
    story.records.push_back(record_of({.what = what,
                                       .code = code,
                                       .steps = {run_step("products")},
                                       .expected = {{"end", {{"product", at_usual(code)}}}}}));
  }
  story.setup["cards"] = cards;
  return story;
}

StoryDraft product_draft(std::string_view id, Shape shape, decltype(StoryDraft::build) build) {
  shape.most = 6;
  return {.id = id,
          .shape = [shape](const SwitchValues&) { return shape; },
          .build = std::move(build),
          .oracle = play};
}

}  // namespace

std::vector<harness::Rule> product_rules() {
  std::vector<StoryDraft> drafts = {
      product_draft("EBIURO-PROD-01", {.edges = 7}, build_existing_cards),
      product_draft("EBIURO-PROD-02", {.edges = 7, .c = 16, .d = 4}, build_existing_products),
      product_draft("EBIURO-PROD-03", {.edges = 3, .b = 2}, build_unticked),
      product_draft("EBIURO-PROD-04", {.edges = 7, .b = 3}, build_groups),
      product_draft("EBIURO-PROD-06", {.edges = 3}, build_no_groups),
  };
  std::vector<harness::Rule> rules;
  for (StoryDraft& draft : drafts) rules.push_back(make_story(page(), std::move(draft)));
  return rules;
}

}  // namespace atrapa::scenarios::ebiuro
