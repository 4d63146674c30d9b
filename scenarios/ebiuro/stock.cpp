#include <fmt/format.h>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/script.hpp"
#include "scenarios/ebiuro/sentences.hpp"

// Stock levels on their way to the shop.

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::SwitchValues;

Json stock_settings(const char* warehouse = "M1") {
  return {
      {"direction", "to_shop"}, {"copy_existing", true}, {"stock", true}, {"warehouse", warehouse}};
}

Json pieces_of(const std::string& product, const char* warehouse, const std::string& pieces) {
  return {{"do", "erp form"},
          {"form", "set_stock"},
          {"arguments", {{"product", product}, {"warehouse", warehouse}, {"pieces", pieces}}}};
}

Json stocked(const std::string& code, const Json& stocks) {
  Json card = {
      {"id", code}, {"code", code}, {"name", code}, {"vat", "23"}, {"gross_price", "19.99"}};
  card["stock"] = "77";  // Of no warehouse.
  card["stocks"] = stocks;
  return card;
}

Story build_levels(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story{.setup = setup_of(stock_settings(), {}, {}), .records = {}};
  story.setup["warehouses"] = {"M1"};
  const Json run = run_step("all");
  const Json again = run_step("stock");
  Json cards = Json::array();
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const std::string code = fmt::format("K-{}", i + 1);
    RecordDraft draft{.what = "5", .code = code, .steps = {run}};
    std::string level = "5";
    Json sent = "5";
    const auto then = [&](const char* next) {
      draft.steps = {run, see("first"), pieces_of(code, "M1", next), again};
      draft.expected["first"] = {{"stock", level}};
      sent = next;
    };
    switch (genes[i].edge) {
      case 1:
        level = "0";
        sent = "0";
        break;
      case 2:
        level = "1";
        sent = "1";
        break;
      case 3:
        level = "1.0";
        sent = "1";
        break;
      case 4:
        level = "1000000";
        sent = "1000000";
        break;
      case 5: then("0"); break;
      case 6: then("8"); break;
      case 7:
        draft.what = "5, changed by hand in Base";
        draft.steps = {run, step("find"), edit_step({{"stock", {{"bl_206", 44}}}}), again};
        // Whether it is written once more is not said.
        sent = {"5", "44"};
        break;
      // What becomes of a part of a piece, or of less than nothing, is not said; the others must
      // come all the same.
      case 8:
        level = "0.5";
        sent = nullptr;
        break;
      case 9:
        level = "1.5";
        sent = nullptr;
        break;
      case 10:
        level = "0.999";
        sent = nullptr;
        break;
      case 11:
        level = "1.001";
        sent = nullptr;
        break;
      case 12:
        level = "-1";
        sent = nullptr;
        break;
      default: break;
    }
    if (draft.what == "5")
      draft.what = genes[i].edge >= 5 && genes[i].edge <= 6
                       ? fmt::format("{}, then {}", level, sent.get<std::string>())
                       : level;
    cards.push_back(stocked(code, {{"M1", level}}));
    draft.expected["end"] = {{"erp_stock", genes[i].edge >= 5 && genes[i].edge <= 6
                                               ? sent.get<std::string>()
                                               : plain_amount(level)}};
    if (!sent.is_null()) draft.expected["end"]["stock"] = sent;
    story.records.push_back(record_of(std::move(draft)));
  }
  story.setup["cards"] = cards;
  return story;
}

Story build_warehouses(const std::vector<Gene>& genes, const SwitchValues&) {
  const bool second = genes.front().b == 1;
  Story story{.setup = setup_of(stock_settings(second ? "M2" : "M1"), {}, {}), .records = {}};
  story.setup["warehouses"] = {"M1", "M2", "M3"};
  struct Shelf {
    const char* what;
    Json stocks;
    const char *first, *second;
  };
  static const std::vector<Shelf> shelves = {
      {"in two warehouses", {{"M1", "3"}, {"M2", "40"}}, "3", "40"},
      {"in the first alone", {{"M1", "6"}}, "6", "0"},
      {"in the second alone", {{"M2", "7"}}, "0", "7"},
      {"in a third one alone", {{"M3", "9"}}, "0", "0"},
      {"in no warehouse", Json::object(), "0", "0"},
      {"sold out in the first", {{"M1", "0"}, {"M2", "11"}}, "0", "11"},
  };
  Json cards = Json::array();
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const Shelf& shelf = pick(shelves, genes[i].edge);
    const std::string code = fmt::format("K-{}", i + 1);
    cards.push_back(stocked(code, shelf.stocks));
    story.records.push_back(
        record_of({.what = shelf.what,
                   .code = code,
                   .steps = {run_step("all"), run_step("stock")},
                   .expected = {{"end", {{"stock", second ? shelf.second : shelf.first}}}}}));
  }
  story.setup["cards"] = cards;
  return story;
}

Story build_other_directions(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story{.setup = setup_of({{"direction", "to_shop"}}, {}, {}), .records = {}};
  story.setup["warehouses"] = {"M1"};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const std::string code = fmt::format("K-{}", i + 1);
    const char* const direction = genes[i].b == 0 ? "from_shop" : "none";
    const Json turned = configure_step({{"direction", direction}});
    const Json with_stock =
        configure_step({{"direction", direction}, {"stock", true}, {"warehouse", "M1"}});
    const Json before = configure_step({{"direction", "to_shop"}});
    const Json pushing = configure_step(stock_settings());
    const Json card = {{"do", "card"}, {"card", stocked(code, {{"M1", "5"}})}};
    RecordDraft draft{.code = code};
    draft.steps = {before, card, run_step("products")};
    const auto add = [&](const std::vector<Json>& steps) {
      draft.steps.insert(draft.steps.end(), steps.begin(), steps.end());
    };
    if (genes[i].edge == 0) {
      draft.what = fmt::format("direction {}, stock ticked", direction);
      add({with_stock});
    } else if (genes[i].edge == 1) {
      draft.what = fmt::format("stock sent, then direction {}", direction);
      add({pushing, run_step("stock"), turned});
    } else {
      // Refused, or taken without the option; then once more as the form would have it.
      draft.what =
          fmt::format("stock sent, then direction {} with the box still ticked", direction);
      add({pushing, run_step("stock"), with_stock, turned});
    }
    add({pieces_of(code, "M1", "8"), step("mark"), run_step("stock"), run_step("all"), see("off")});
    draft.expected = {{"off", {{"stock_writes", "0"}, {"stock", genes[i].edge == 0 ? "0" : "5"}}}};
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

StoryDraft stock_draft(std::string_view id, Shape shape, decltype(StoryDraft::build) build) {
  shape.most = 6;
  return {.id = id,
          .shape = [shape](const SwitchValues&) { return shape; },
          .build = std::move(build),
          .oracle = play};
}

}  // namespace

std::vector<harness::Rule> stock_rules() {
  std::vector<StoryDraft> drafts = {
      stock_draft("EBIURO-STOCK-01", {.edges = 13}, build_levels),
      stock_draft("EBIURO-STOCK-02", {.edges = 6, .b = 2}, build_warehouses),
      stock_draft("EBIURO-STOCK-03", {.edges = 3, .b = 2}, build_other_directions),
  };
  std::vector<harness::Rule> rules;
  for (StoryDraft& draft : drafts) rules.push_back(make_story(page(), std::move(draft)));
  return rules;
}

}  // namespace atrapa::scenarios::ebiuro
