#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/script.hpp"
#include "scenarios/ebiuro/sentences.hpp"

// Integrations that are listed, edited, switched off, deleted; several of them side by side.

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::Bench;
using harness::Judgement;
using harness::SwitchValues;

const Json kListens = {
    {"settings", {{"direction", "from_shop"}}}, {"products", kAllEvents}, {"statuses", {402}}};
/// Without automatic actions: calls are made by hand.
const Json kCalled = {{"settings", {{"direction", "from_shop"}}}};

std::string life_code(std::size_t i) { return fmt::format("P-{}", i + 1); }

// LIFE-01 -----------------------------------------------------------------------------------------

Story build_listed(const std::vector<Gene>& genes, const SwitchValues&) {
  static const std::vector<const char*> stages = {"", "tested", "saved", "switched off"};
  Story story;
  for (const Gene& gene : genes) {
    const char* const stage = pick(stages, gene.edge);
    story.records.push_back(
        {.what = *stage == '\0' ? "at work" : stage, .given = {{"stage", stage}}});
  }
  return story;
}

void judge_listed(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement);
  std::vector<Office::Integration> all;
  for (const Record& record : story.records) {
    const std::string stage = record.given.at("stage").get<std::string>();
    all.push_back(office.connect({{"stage", stage == "switched off" ? "" : stage}}));
    if (stage == "switched off") {
      office.must("set_active", {{"id", all.back().id}, {"active", false}});
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto list = office.perform("list_integrations", Json::object());
    int rows = 0;
    for (const Json& row : list.answer.value("integrations", Json::array())) {
      if (row.value("id", "") == all[i].id) ++rows;
    }
    const std::string& what = story.records[i].what;
    judgement.expect_equal(what + ": rows of the list", 1, rows);
    office.must("list_orders", {{"id", all[i].id}});
    if (what == "at work" || what == "tested") office.configure(all[i], Json::object());
    office.must("set_active", {{"id", all[i].id}, {"active", false}});
    office.must("remove_integration", {{"id", all[i].id}});
  }
}

// LIFE-02 -----------------------------------------------------------------------------------------

Story build_edited(const std::vector<Gene>& genes, const SwitchValues&) {
  const Json name = form_step("edit_integration", {{"label", "Nowa nazwa"}, {"token", ""}});
  const Json test = form_step("test_connection");
  struct Edit {
    const char* what;
    std::vector<Json> steps;
  };
  const std::vector<Edit> edits = {
      {"the name", {name}},
      {"the token",
       {form_step("edit_integration", {{"label", "Sklep"}, {"token", "not-"}}),
        form_step("edit_integration", {{"label", "Sklep"}, {"token", ""}}), test}},
      {"the direction",
       {configure_step({{"direction", "to_shop"}}), configure_step({{"direction", "from_shop"}})}},
      {"the name and the direction", {name, configure_step({{"direction", "from_shop"}})}},
      {"nothing, saved again",
       {form_step("edit_integration", {{"label", "Sklep"}, {"token", ""}})}},
  };
  Story story{.setup = {{"integrations", Json::array({kListens})}}, .records = {}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const Edit& edit = pick(edits, genes[i].edge);
    RecordDraft draft{.what = edit.what, .code = life_code(i), .steps = edit.steps};
    for (const Json& then : {order_step("faktura"), move_step(402), product_step()}) {
      draft.steps.push_back(then);
    }
    draft.expected = {{"end",
                       {{"imported", "one order"},
                        {"card", draft.code + " at 19.99"},
                        {"address", "unchanged"}}}};
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

// LIFE-03 -----------------------------------------------------------------------------------------

Story build_inactive(const std::vector<Gene>& genes, const SwitchValues& switches) {
  const bool queued = value_of(switches, "ebiuro.event_while_inactive") == "queue";
  const Json off = form_step("set_active", {{"active", false}});
  const Json on = form_step("set_active", {{"active", true}});
  const Json run = run_step("all");
  const Json edit = edit_step({{"prices", {{"105", 25}}}});
  Story story{.setup = {{"integrations", Json::array({kListens})}}, .records = {}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const std::string code = life_code(i);
    const std::string usual = code + " at 19.99";
    RecordDraft draft{.code = code};
    const auto told = [&](const char* aspect, const std::string& before, const std::string& after) {
      draft.expected = {{"off", {{aspect, before}, {"calls", "0"}}},
                        {"end", {{aspect, queued ? after : before}}}};
    };
    std::vector<Json> first;
    std::vector<Json> meanwhile;
    switch (genes[i].edge) {
      case 0:
        draft.what = "an order moved while it is off";
        first = {order_step("faktura")};
        meanwhile = {move_step(402)};
        told("imported", "no order", "one order");
        break;
      case 1:
        draft.what = "a product created while it is off";
        meanwhile = {product_step()};
        told("card", "no card", usual);
        break;
      case 2:
        draft.what = "a product edited while it is off";
        first = {product_step()};
        meanwhile = {edit};
        told("card", usual, code + " at 25");
        break;
      case 3:
        draft.what = "a product deleted while it is off";
        first = {product_step()};
        meanwhile = {step("delete")};
        told("card", usual, "no card");
        break;
      default:
        draft.what = "an order moved after it was on again";
        first = {order_step("faktura")};
        draft.expected = {{"off", {{"imported", "no order"}, {"calls", "0"}}},
                          {"end", {{"imported", "one order"}}}};
    }
    draft.steps = first;
    for (const Json& next : {off, step("mark")}) draft.steps.push_back(next);
    draft.steps.insert(draft.steps.end(), meanwhile.begin(), meanwhile.end());
    for (const Json& next : {run, see("off"), on, run}) draft.steps.push_back(next);
    if (genes[i].edge == 4) draft.steps.push_back(move_step(402));
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

// LIFE-04 -----------------------------------------------------------------------------------------

Story build_deleted(const std::vector<Gene>& genes, const SwitchValues&) {
  const Json remove = form_step("remove_integration");
  const Json call = call_step(kOrderCall);
  const Json issue = {{"do", "issue"}, {"kind", "invoice"}};
  const Json order = order_step("faktura");
  Story story{.setup = {{"integrations", std::vector<Json>(genes.size(), kCalled)}}, .records = {}};
  int papers = 0;
  for (const Gene& gene : genes) papers += gene.edge % 4 == 1 || gene.edge % 4 == 3 ? 1 : 0;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    RecordDraft draft{.code = life_code(i), .by = static_cast<int>(i)};
    const Json gone = {{"calls", "0"}, {"listed", "no"}, {"call_refused", "yes"}};
    Json nothing = gone;
    switch (genes[i].edge) {
      case 0:
        draft.what = "deleted, then told of an order";
        draft.steps = {order, remove, step("mark"), call, see("gone")};
        nothing["imported"] = "no order";
        break;
      case 1:
        draft.what = "deleted after a document, then told of the order again";
        draft.steps = {order, call, issue, remove, step("mark"), call, see("gone")};
        break;
      case 2:
        draft.what = "deleted, then told of a product";
        draft.steps = {product_step(), remove, step("mark"), call_step(kProductCall), see("gone")};
        nothing["card"] = "no card";
        break;
      default:
        draft.what = "deleted, and a new one made";
        draft.steps = {order,
                       step("replace"),
                       step("mark"),
                       call_step("/v1/order/sync/baselinker/"
                                 "{old_uuid}?secretKey={old_secret}&orderId={order}"),
                       see("gone"),
                       call,
                       issue,
                       see("new")};
        nothing = {{"calls", "0"}, {"call_refused", "yes"}, {"imported", "no order"}};
        draft.expected["new"] = {{"order", "one order, invoice"}};
    }
    draft.expected["gone"] = nothing;
    draft.expected["end"] = {{"papers", std::to_string(papers)}};
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

// LIFE-05 -----------------------------------------------------------------------------------------

/// The first two belong to two accounts that number alike; the third to the first one's, with its
/// token.
Story build_side_by_side(const std::vector<Gene>& genes, const SwitchValues&) {
  Json other = kListens;
  other["other"] = true;
  Story story{.setup = {{"integrations", Json::array({kListens, other, kCalled})}}, .records = {}};
  std::map<int, int> orders;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const int by = genes[i].b;
    const std::string code = life_code(i);
    const Json shipping = {{"delivery_price", i + 1}};
    RecordDraft draft{.code = code, .by = by};
    const bool is_order = genes[i].edge == 0;
    draft.what = fmt::format("{} of integration {}", is_order ? "an order" : "a product", by + 1);
    if (is_order) {
      ++orders[by];
      // An order of the same number in the other account, which its integration gets.
      if (by != 2) ++orders[1 - by];
      draft.steps = {{{"do", "twin"}, {"status", by == 2 ? 401 : 402}},
                     order_step("faktura", shipping)};
      draft.steps.push_back(by == 2 ? call_step(kOrderCall) : move_step(402));
      draft.expected["end"] = {{"imported", "one order"}, {"total", fmt::format("{}.99", 20 + i)}};
    } else {
      // A product of the first account is told of to both of its integrations by hand; by its
      // automatic actions to the first alone.
      draft.steps = {product_step()};
      draft.expected["end"] = {{"card", code + " at 19.99"}};
      if (by == 2) {
        draft.steps = {call_fault("lost"), product_step(), call_step(kProductCall)};
      } else if (genes[i].edge == 2) {
        draft.what += ", edited";
        draft.steps.push_back(edit_step({{"prices", {{"105", 25}}}}));
        draft.expected["end"] = {{"card", code + " at 25"}};
      }
    }
    story.records.push_back(record_of(std::move(draft)));
  }
  for (std::size_t i = 0; i < genes.size(); ++i) {
    story.records[i].expected["end"]["orders"] = std::to_string(orders[genes[i].b]);
    story.records[i].expected["end"]["cards"] = std::to_string(
        std::count_if(genes.begin(), genes.end(), [](const Gene& gene) { return gene.edge != 0; }));
  }
  return story;
}

}  // namespace

std::vector<harness::Rule> life_rules() {
  const auto draft = [](std::string_view id, Shape shape, decltype(StoryDraft::build) build,
                        decltype(StoryDraft::oracle) oracle,
                        std::vector<std::string> switches = {}) -> StoryDraft {
    shape.most = 6;
    return {.id = id,
            .switches = std::move(switches),
            .shape = [shape](const SwitchValues&) { return shape; },
            .build = std::move(build),
            .oracle = std::move(oracle)};
  };
  std::vector<StoryDraft> drafts = {
      draft("EBIURO-LIFE-01", {.edges = 4}, build_listed, judge_listed),
      draft("EBIURO-LIFE-02", {.edges = 5}, build_edited, play),
      draft("EBIURO-LIFE-03", {.edges = 5}, build_inactive, play, {"ebiuro.event_while_inactive"}),
      draft("EBIURO-LIFE-04", {.edges = 4}, build_deleted, play),
      draft("EBIURO-LIFE-05", {.edges = 3, .b = 3}, build_side_by_side, play),
  };
  std::vector<harness::Rule> rules;
  for (StoryDraft& one : drafts) rules.push_back(make_story(page(), std::move(one)));
  return rules;
}

}  // namespace atrapa::scenarios::ebiuro
