#include <fmt/format.h>

#include <array>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/script.hpp"
#include "scenarios/ebiuro/sentences.hpp"

// Which orders come in, when, and how often.

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::SwitchValues;
using OrderGenes = std::vector<Gene>;
using OrderDrafts = std::vector<RecordDraft>;

/// Orders move in either real direction; "none" has a switch of its own.
Json order_setup(const Gene& first, const std::vector<int>& statuses) {
  Json setup = setup_of({{"direction", first.c == 0 ? "to_shop" : "from_shop"}}, {}, statuses);
  setup["status_names"] = {"Spakowane", "Reklamacja"};  // 403, 404.
  return setup;
}

Story orders_of(const Json& setup, const OrderGenes& genes, const OrderDrafts& drafts) {
  Story story{.setup = setup, .records = {}};
  for (const Gene& gene : genes) story.records.push_back(record_of(pick(drafts, gene.edge)));
  return story;
}

Json comes(const Json& imported) { return {{"end", {{"imported", imported}}}}; }

Json paused(int seconds) { return {{"do", "pause"}, {"seconds", seconds}}; }

std::string target_of_id(const std::string& id) {
  std::string target = kOrderCall;
  target.erase(target.rfind('=') + 1);
  return target + id;
}
std::string target_of_secret(std::string_view by) {
  std::string target = kOrderCall;
  return target.replace(target.find("secretKey={secret}"), 18, by);
}

const Json kOrdered = order_step("faktura");
const Json kMoved = move_step(402);
const Json kBack = move_step(401);

// ORD-01 ------------------------------------------------------------------------------------------

OrderDrafts events_of_orders() {
  const Json lost = call_fault("lost");
  return {
      {.what = "moved to the status", .steps = {kOrdered, kMoved}, .expected = comes("one order")},
      {.what = "told of twice",
       .steps = {kOrdered, call_fault("doubled"), kMoved},
       .expected = comes("one order")},
      {.what = "its call was lost, moved there once more",
       .steps = {kOrdered, lost, kMoved, kBack, kMoved},
       .expected = comes("one order")},
      {.what = "told of late",
       .steps = {kOrdered, call_fault("late"), kMoved, see("before"), step("late calls")},
       .expected = {{"before", {{"imported", "no order"}}}, {"end", {{"imported", "one order"}}}}},
      {.what = "told of late, edited by then",
       .steps = {kOrdered,
                 call_fault("late"),
                 kMoved,
                 {{"do", "edit_order"}, {"fields", {{"delivery_price", 10}}}},
                 step("late calls")},
       .expected = {{"end", {{"imported", "one order"}, {"total", "29.99"}}}}},
      {.what = "a call for an id that does not exist",
       .steps = {kOrdered, call_step(target_of_id("999999"))},
       .expected = comes("no order")},
      {.what = "told of twice within a second",
       .steps = {kOrdered, kMoved, kBack, kMoved},
       .expected = comes("one order")},
      {.what = "a call with a wrong secret",
       .steps = {kOrdered, lost, kMoved, call_step(target_of_secret("secretKey=secret-0000"))},
       .expected = comes("no order")},
      {.what = "a call without a secret",
       .steps = {kOrdered, lost, kMoved, call_step(target_of_secret("secret="))},
       .expected = comes("no order")},
      {.what = "a call with the placeholder for an id",
       .steps = {kOrdered, lost, kMoved, call_step(target_of_id("[numer_zamowienia]"))},
       .expected = comes("no order")},
      {.what = "a call with a letter in the id",
       .steps = {kOrdered, lost, kMoved, call_step(target_of_id("{order}x"))},
       .expected = comes("no order")},
      {.what = "the call came to nothing and is made again",
       .steps = {kOrdered, base_fault("server_error", 12), kMoved, base_fault("server_error", 0),
                 paused(600), call_step(kOrderCall)},
       .expected = comes("one order")},
      {.what = "a call by POST",
       .steps = {kOrdered, lost, kMoved, call_step(kOrderCall, "POST")},
       .expected = comes("one order")},
  };
}

/// Without an automatic action nothing may fetch orders.
OrderDrafts orders_untold_of() {
  return {
      {.what = "moved, no automatic action",
       .steps = {kOrdered, kMoved, run_step("orders")},
       .expected = comes("no order")},
      {.what = "moved, no automatic action, everything run",
       .steps = {kOrdered, kMoved, run_step("all"), paused(3600), run_step("all")},
       .expected = comes("no order")},
      {.what = "from a marketplace, no automatic action",
       .steps = {{{"do", "receive"},
                  {"body", {{"source", "allegro"}, {"lines", Json::array({Json::object()})}}}},
                 kMoved,
                 run_step("orders")},
       .expected = comes("no order")},
  };
}

Story build_events_of_orders(const OrderGenes& genes, const SwitchValues&) {
  if (genes.front().b == 1)
    return orders_of(order_setup(genes.front(), {}), genes, orders_untold_of());
  return orders_of(order_setup(genes.front(), {402}), genes, events_of_orders());
}

// ORD-02, -04, -05 --------------------------------------------------------------------------------

OrderDrafts statuses_in_time() {
  return {
      {.what = "moved to the status",
       .steps = {kOrdered, run_step("orders"), see("before"), kMoved},
       .expected = {{"before", {{"imported", "no order"}}}, {"end", {{"imported", "one order"}}}}},
      {.what = "moved to another status first",
       .steps = {kOrdered, move_step(403), run_step("orders"), see("before"), kMoved},
       .expected = {{"before", {{"imported", "no order"}}}, {"end", {{"imported", "one order"}}}}},
      {.what = "never moved to the status",
       .steps = {kOrdered, move_step(403), run_step("orders")},
       .expected = comes("no order")},
      {.what = "moved there, away and there again",
       .steps = {kOrdered, kMoved, see("first"), kBack, kMoved},
       .expected = {{"first", {{"imported", "one order"}}}, {"end", {{"imported", "one order"}}}}},
      {.what = "the status was renamed",
       .steps = {{{"do", "rename status"}, {"status", 402}, {"name", "Nadane"}},
                 kOrdered,
                 see("before"),
                 kMoved},
       .expected = {{"before", {{"imported", "no order"}}}, {"end", {{"imported", "one order"}}}}},
      {.what = "another status of the action was deleted",
       .steps = {kOrdered, {{"do", "drop status"}, {"status", 404}}, kMoved},
       .expected = comes("one order")},
      // Whether Base tells of an order that is made in the status is open.
      {.what = "made in the status",
       .steps = {order_step("faktura", {{"order_status_id", 402}})},
       .expected = comes(Json::array({"no order", "one order"}))},
  };
}

OrderDrafts several_statuses() {
  const Json once = {{"end",
                      {{"order", Json::array({"one order, no document", "one order, invoice"})},
                       {"imported", "one order"}}}};
  const Json other = move_step(403);
  return {
      {.what = "the first, then the second", .steps = {kOrdered, kMoved, other}, .expected = once},
      {.what = "the second alone", .steps = {kOrdered, other}, .expected = once},
      {.what = "the second, then the first", .steps = {kOrdered, other, kMoved}, .expected = once},
      {.what = "the first, back, the second",
       .steps = {kOrdered, kMoved, kBack, other},
       .expected = once},
      {.what = "the second told of twice",
       .steps = {kOrdered, kMoved, call_fault("doubled"), other},
       .expected = once},
      {.what = "the first told of behind the second",
       .steps = {kOrdered, call_fault("late"), kMoved, other, step("late calls")},
       .expected = once},
      {.what = "neither",
       .steps = {kOrdered, move_step(404), run_step("orders")},
       .expected = comes("no order")},
  };
}

OrderDrafts never_sent() {
  const Json none = comes("no order");
  const Json run = run_step("orders");
  return {
      {.what = "never moved", .steps = {kOrdered, run}, .expected = none},
      {.what = "moved to another status",
       .steps = {kOrdered, move_step(403), run},
       .expected = none},
      {.what = "moved through all other statuses",
       .steps = {kOrdered, move_step(403), move_step(404), kBack, run},
       .expected = none},
      {.what = "edited",
       .steps = {kOrdered, {{"do", "edit_order"}, {"fields", {{"admin_comments", "pilne"}}}}, run},
       .expected = none},
      {.what = "paid",
       .steps = {kOrdered, {{"do", "pay"}}, run_step("all"), paused(7200), run},
       .expected = none},
      {.what = "another status renamed to the name of the action's",
       .steps = {{{"do", "rename status"}, {"status", 404}, {"name", "Wysłane"}},
                 kOrdered,
                 move_step(404),
                 run},
       .expected = none},
  };
}

// ORD-03 ------------------------------------------------------------------------------------------

/// Only the last order is moved: the books must hold none while numbers of Base's are tried.
Story build_early_documents(const OrderGenes& genes, const SwitchValues&) {
  struct Early {
    const char* what;
    std::vector<Json> steps;
  };
  static const std::vector<Early> before = {
      {"never moved", {kOrdered}},
      {"moved to another status", {kOrdered, move_step(403)}},
      {"its call was lost", {kOrdered, call_fault("lost"), kMoved}},
      {"told of with a wrong secret",
       {kOrdered, call_fault("lost"), kMoved,
        call_step(target_of_secret("secretKey=secret-0000"))}},
  };
  static constexpr std::array kWays{"invoice", "receipt", ""};
  Story story{.setup = order_setup(genes.front(), {402}), .records = {}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const Early& early = pick(before, genes[i].edge);
    const std::string kind = pick(kWays, genes[i].b);
    RecordDraft draft{.what = fmt::format("{}, {} tried", early.what, kind.empty() ? "any" : kind),
                      .steps = early.steps};
    Json issue = step("issue");
    if (!kind.empty()) issue["kind"] = kind;
    draft.steps.push_back(issue);
    draft.steps.push_back(see("tried"));
    draft.expected = {{"tried", {{"done", "no"}, {"imported", "no order"}, {"papers", "0"}}}};
    if (i + 1 == genes.size()) {
      draft.what += "; then moved";
      for (const Json& then : {kBack, kMoved, issue}) draft.steps.push_back(then);
      const std::string document = kind.empty() ? "invoice" : kind;
      // By hand, or of the kind that the order asks for where the move makes it.
      draft.expected["end"] = {
          {"order", Json::array({"one order, invoice", "one order, " + document})}};
    }
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

// ORD-06 ------------------------------------------------------------------------------------------

Story build_repeats(const OrderGenes& genes, const SwitchValues& switches) {
  // An order that asks for no document is refreshed; where the move makes one all the same, all
  // orders have theirs.
  const bool may_wait = value_of(switches, "ebiuro.document_trigger") == "button_only" ||
                        value_of(switches, "ebiuro.doc_word_unknown") == "wait";
  const Json dearer = {{"do", "edit_order"}, {"fields", {{"delivery_price", 10}}}};
  const Json issue = {{"do", "issue"}, {"kind", "invoice"}};
  const Json again = call_step(kOrderCall);
  Story story{.setup = order_setup(genes.front(), {402}), .records = {}};
  for (const Gene& gene : genes) {
    RecordDraft draft{.what = fmt::format("called {} times", 2 + gene.b),
                      .steps = {kOrdered, kMoved}};
    const std::vector<Json> calls(static_cast<std::size_t>(1 + gene.b), again);
    const auto add = [&](const std::vector<Json>& steps) {
      draft.steps.insert(draft.steps.end(), steps.begin(), steps.end());
    };
    // Whether an order that has its document is refreshed is open; its document is not.
    const Json either = {"19.99", "29.99"};
    const Json kept = {
        {"order", "one order, invoice"}, {"total", either}, {"papers_total", "19.99"}};
    switch (gene.edge) {
      case 0:
        add(calls);
        draft.expected = comes("one order");
        break;
      case 1:
        draft.what += " after it was invoiced and edited in Base";
        add({issue, dearer});
        add(calls);
        draft.expected = {{"end", kept}};
        break;
      case 2:
        draft.what += " after it was invoiced, moved there once more";
        add({issue, dearer, kBack, kMoved});
        add(calls);
        draft.expected = {{"end", kept}};
        break;
      case 3:
        draft.what += " after an edit, without a document";
        draft.steps = {order_step(may_wait ? "" : "faktura"), kMoved, dearer};
        add(calls);
        draft.expected = {
            {"end", {{"imported", "one order"}, {"total", may_wait ? Json("29.99") : either}}}};
        break;
      default:
        draft.what += ", each time twice";
        add({kBack, call_fault("doubled"), kMoved});
        add(calls);
        draft.expected = comes("one order");
    }
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

// -------------------------------------------------------------------------------------------------

StoryDraft order_draft(std::string_view id, const std::vector<int>& statuses,
                       const OrderDrafts& drafts) {
  return {.id = id,
          .shape = [edges = static_cast<int>(drafts.size())](
                       const SwitchValues&) { return Shape{.edges = edges, .c = 2, .most = 6}; },
          .build =
              [statuses, drafts](const OrderGenes& genes, const SwitchValues&) {
                return orders_of(order_setup(genes.front(), statuses), genes, drafts);
              },
          .oracle = play};
}

}  // namespace

std::vector<harness::Rule> order_rules() {
  std::vector<StoryDraft> drafts = {
      {.id = "EBIURO-ORD-01",
       .shape = [](const SwitchValues&) { return Shape{.edges = 13, .b = 2, .c = 2, .most = 6}; },
       .build = build_events_of_orders,
       .oracle = play},
      order_draft("EBIURO-ORD-02", {402, 404}, statuses_in_time()),
      {.id = "EBIURO-ORD-03",
       .shape = [](const SwitchValues&) { return Shape{.edges = 4, .b = 3, .c = 2, .most = 6}; },
       .build = build_early_documents,
       .oracle = play},
      order_draft("EBIURO-ORD-04", {402, 403}, several_statuses()),
      order_draft("EBIURO-ORD-05", {402}, never_sent()),
      {.id = "EBIURO-ORD-06",
       .switches = {"ebiuro.document_trigger", "ebiuro.doc_word_unknown"},
       .shape = [](const SwitchValues&) { return Shape{.edges = 5, .b = 3, .c = 2, .most = 6}; },
       .build = build_repeats,
       .oracle = play},
  };
  std::vector<harness::Rule> rules;
  for (StoryDraft& draft : drafts) rules.push_back(make_story(page(), std::move(draft)));
  return rules;
}

}  // namespace atrapa::scenarios::ebiuro
