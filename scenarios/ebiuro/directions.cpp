#include <fmt/format.h>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/script.hpp"
#include "scenarios/ebiuro/sentences.hpp"

// The direction that is chosen in the form, and what ends with it.

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::SwitchValues;

Story build_directions(const std::vector<Gene>& genes, const SwitchValues&) {
  static const std::vector<Json> values = {"none", "to_shop", "from_shop", "both",
                                           Json::array({"to_shop", "from_shop"})};
  Story story{.setup = setup_of(Json::object(), kAllEvents, {}), .records = {}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const Json& value = pick(values, genes[i].edge);
    const std::string card = fmt::format("C-{}", i + 1);
    const std::string product = fmt::format("P-{}", i + 1);
    RecordDraft draft{
        .what = fmt::format("direction {}", value.dump()), .code = card, .former = product};
    draft.steps = {configure_step({{"direction", value}}), see("chosen")};
    if (genes[i].edge % 5 >= 3) {
      draft.expected = {{"chosen", {{"done", "no"}}}};
    } else {
      draft.steps.push_back({{"do", "card"}, {"card", card_of(card)}});
      draft.steps.push_back(product_step({{"sku", product}, {"text_fields", {{"name", product}}}}));
      draft.steps.push_back(run_step("products"));
      draft.steps.push_back(see("run"));
      draft.expected = {{"chosen", {{"done", "yes"}}},
                        {"run",
                         {{"product", value == "to_shop" ? card + " at 19.99" : "no product"},
                          {"former", value == "from_shop" ? product + " at 19.99" : "no card"}}}};
    }
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

Story build_no_direction(const std::vector<Gene>& genes, const SwitchValues& switches) {
  const bool orders = value_of(switches, "ebiuro.orders_with_direction_none") == "yes";
  Json setup = setup_of({{"direction", "none"}}, kAllEvents, {402});
  setup["warehouses"] = {"M1"};
  Story story{.setup = std::move(setup), .records = {}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const std::string code = fmt::format("K-{}", i + 1);
    Json card = card_of(code);
    card["stocks"] = {{"M1", "5"}};
    const Json carded = {{"do", "card"}, {"card", card}};
    const Json edit = edit_step({{"prices", {{"105", 25}}}});
    const std::string kept = code + " at 19.99";
    RecordDraft draft{.code = code};
    const auto ends = [&](const char* card_then, const char* product) {
      draft.expected = {{"end",
                         {{"card", *card_then == '*' ? kept : card_then},
                          {"product", *product == '*' ? kept : product},
                          {"writes", "0"}}}};
    };
    switch (genes[i].edge) {
      case 0:
        draft.what = "a product made in Base";
        draft.steps = {product_step(), run_step("products")};
        ends("no card", "*");
        break;
      case 1:
        draft.what = "a product of the ERP, everything run";
        draft.steps = {carded, run_step("products"), run_step("stock"), run_step("all")};
        ends("*", "no product");
        break;
      case 2:
        draft.what = "a product of both, edited in Base";
        draft.steps = {carded, product_step(), edit, edit_step({{"prices", {{"105", 19.99}}}}),
                       run_step("all")};
        ends("*", "*");
        break;
      case 3:
        draft.what = "a product of both, deleted in Base";
        draft.steps = {carded, product_step(), step("delete"), run_step("all")};
        ends("*", "no product");
        break;
      default:
        draft.what = "an order";
        draft.steps = {order_step("faktura"), move_step(402)};
        draft.expected = {{"end", {{"imported", orders ? "one order" : "no order"}}}};
    }
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

Story build_old_options(const std::vector<Gene>& genes, const SwitchValues&) {
  Json setup = setup_of(Json::object(), {}, {});
  setup["warehouses"] = {"M1"};
  setup["groups"] = {"G1"};
  setup["prices"] = {{{"id", "hurt"}, {"name", "Hurt"}}};
  Story story{.setup = std::move(setup), .records = {}};
  const auto to_shop = [](Json options) {
    options["direction"] = "to_shop";
    return configure_step(options);
  };
  const Json none = configure_step({{"direction", "none"}});
  const Json run = run_step("all");
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const std::string code = fmt::format("K-{}", i + 1);
    Json card = card_of(code);
    card["stocks"] = {{"M1", "5"}};
    card["prices"] = {{"hurt", "10.00"}};
    const Json carded = {{"do", "card"}, {"card", card}};
    const Json restocked = {
        {"do", "erp form"},
        {"form", "set_stock"},
        {"arguments", {{"product", code}, {"warehouse", "M1"}, {"pieces", "7"}}}};
    RecordDraft draft{.code = code};
    switch (genes[i].edge) {
      case 0:
        draft.what = "stock";
        draft.steps = {to_shop({{"stock", true}, {"warehouse", "M1"}}),
                       carded,
                       run,
                       see("sent"),
                       none,
                       restocked,
                       step("mark"),
                       run,
                       see("off"),
                       to_shop(Json::object()),
                       step("mark"),
                       run,
                       see("back")};
        draft.expected = {{"sent", {{"stock", "5"}}},
                          {"off", {{"stock", "5"}, {"writes", "0"}}},
                          {"back", {{"stock", "5"}, {"stock_writes", "0"}}}};
        break;
      case 1:
        draft.what = "fetching all products";
        draft.steps = {to_shop({{"copy_existing", true}}),
                       run,
                       none,
                       carded,
                       run,
                       see("off"),
                       to_shop(Json::object()),
                       run,
                       see("back")};
        draft.expected = {{"off", {{"product", "no product"}}},
                          {"back", {{"product", "no product"}}}};
        break;
      case 2:
        draft.what = "a product group";
        draft.steps = {to_shop({{"product_groups", {"G1"}}}),
                       none,
                       to_shop(Json::object()),
                       carded,
                       run,
                       see("back")};
        draft.expected = {{"back", {{"product", code + " at 19.99"}}}};
        break;
      default:
        draft.what = "a price group";
        draft.steps = {to_shop({{"price_group", "hurt"}}),
                       none,
                       to_shop(Json::object()),
                       carded,
                       run,
                       see("back")};
        draft.expected = {{"back", {{"product", code + " at 19.99"}}}};
    }
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

StoryDraft direction_draft(std::string_view id, int edges, decltype(StoryDraft::build) build,
                           std::vector<std::string> switches = {}) {
  return {.id = id,
          .switches = std::move(switches),
          .shape = [edges](const SwitchValues&) { return Shape{.edges = edges, .most = 6}; },
          .build = std::move(build),
          .oracle = play};
}

}  // namespace

std::vector<harness::Rule> direction_rules() {
  std::vector<StoryDraft> drafts = {
      direction_draft("EBIURO-DIR-01", 5, build_directions),
      direction_draft("EBIURO-DIR-02", 5, build_no_direction,
                      {"ebiuro.orders_with_direction_none"}),
      direction_draft("EBIURO-DIR-03", 4, build_old_options),
  };
  std::vector<harness::Rule> rules;
  for (StoryDraft& one : drafts) rules.push_back(make_story(page(), std::move(one)));
  return rules;
}

}  // namespace atrapa::scenarios::ebiuro
