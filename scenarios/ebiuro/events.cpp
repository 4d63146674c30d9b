#include <fmt/format.h>

#include <array>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/script.hpp"
#include "scenarios/ebiuro/sentences.hpp"

// What Base's automatic actions tell of products, and what calls must not do.

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::SwitchValues;
using Genes = std::vector<Gene>;
using Drafts = std::vector<RecordDraft>;

const Json kFromShop = {{"direction", "from_shop"}};
const Json kDearer = {{"prices", {{"105", 25}}}};
constexpr const char* kNoCard = "no card";

std::string code_of(std::size_t i) { return fmt::format("P-{}", i + 1); }
std::string usual(const std::string& code) { return code + " at 19.99"; }
std::string dearer(const std::string& code) { return code + " at 25"; }

/// One record for each gene, picked by its edge.
template <typename Edges>
Story story_of(Json setup, const Genes& genes, const Edges& edges) {
  Story story{.setup = std::move(setup), .records = {}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    RecordDraft draft = pick(edges(code_of(i)), genes[i].edge);
    if (draft.code.empty()) draft.code = code_of(i);
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

Json ends(const std::string& card) { return {{"end", {{"card", card}}}}; }

std::string wrong_secret(std::string target) {
  return target.replace(target.find("{secret}"), 8, "secret-0000");
}
std::string without_secret(std::string target) {
  return target.replace(target.find("secretKey={secret}&"), 19, "");
}
std::string with_id(std::string target, const std::string& id) {
  target.erase(target.rfind('=') + 1);
  return target + id;
}

// EVT-03 ------------------------------------------------------------------------------------------

Drafts creations(const std::string& code) {
  const Json lost = call_fault("lost");
  const Json made = product_step();
  return {
      {.what = "created", .steps = {made}, .expected = ends(usual(code))},
      {.what = "told of twice",
       .steps = {call_fault("doubled"), made},
       .expected = ends(usual(code))},
      {.what = "its call was lost, told of by an edit",
       .steps = {lost, made, edit_step(kDearer)},
       .expected = ends(dearer(code))},
      {.what = "told of late",
       .steps = {call_fault("late"), made, see("before"), step("late calls")},
       .expected = {{"before", {{"card", kNoCard}}}, {"end", {{"card", usual(code)}}}}},
      {.what = "told of behind its edit",
       .steps = {call_fault("late"), made, edit_step(kDearer), step("late calls")},
       .expected = ends(dearer(code))},
      {.what = "a call for an id that does not exist",
       .steps = {call_step(with_id(kProductCall, "999999"))},
       .expected = ends(kNoCard)},
      {.what = "created and edited within a second",
       .steps = {made, edit_step(kDearer)},
       .expected = ends(dearer(code))},
      {.what = "a call with a wrong secret",
       .steps = {lost, made, call_step(wrong_secret(kProductCall))},
       .expected = ends(kNoCard)},
      {.what = "a call without a secret",
       .steps = {lost, made, call_step(without_secret(kProductCall))},
       .expected = ends(kNoCard)},
      {.what = "a call with the placeholder for an id",
       .steps = {lost, made, call_step(with_id(kProductCall, "[produkt_id]"))},
       .expected = ends(kNoCard)},
      {.what = "a call with a letter in the id",
       .steps = {lost, made, call_step(with_id(kProductCall, "{product}x"))},
       .expected = ends(kNoCard)},
      {.what = "the call came to nothing and is made again",
       .steps = {base_fault("server_error", 12),
                 made,
                 base_fault("server_error", 0),
                 {{"do", "pause"}, {"seconds", 600}},
                 call_step(kProductCall)},
       .expected = ends(usual(code))},
      {.what = "a call by POST",
       .steps = {lost, made, call_step(kProductCall, "POST")},
       .expected = ends(usual(code))},
  };
}

// EVT-04 ------------------------------------------------------------------------------------------

Drafts edits(const std::string& code) {
  const Json lost = call_fault("lost");
  const Json made = product_step();
  const Json edited = edit_step(kDearer);
  const auto renamed = [](const char* name) {
    return edit_step({{"text_fields", {{"name", name}}}});
  };
  return {
      {.what = "its price edited", .steps = {made, edited}, .expected = ends(dearer(code))},
      {.what = "its name edited",
       .steps = {made, renamed("Kubek")},
       .expected = ends("Kubek at 19.99")},
      {.what = "its SKU edited",
       .code = code + "-new",
       .former = code,
       .steps = {product_step({{"sku", code}, {"text_fields", {{"name", "Kubek"}}}}),
                 edit_step({{"sku", code + "-new"}})},
       .expected = {{"end", {{"card", "Kubek at 19.99"}, {"former", kNoCard}}}}},
      {.what = "the edit told of twice",
       .steps = {made, call_fault("doubled"), edited},
       .expected = ends(dearer(code))},
      {.what = "a lost edit, and another one",
       .steps = {made, lost, edited, renamed("Kubek")},
       .expected = ends("Kubek at 25")},
      {.what = "an edit of a product that was never told of",
       .steps = {lost, made, edited},
       .expected = ends(dearer(code))},
      {.what = "an edit told of behind a later one",
       .steps = {made, call_fault("late"), edited, edit_step({{"prices", {{"105", 30}}}}),
                 step("late calls")},
       .expected = ends(code + " at 30")},
      {.what = "an edit told of behind the deletion",
       .steps = {made, call_fault("late"), edited, step("delete"), step("late calls")},
       .expected = ends(kNoCard)},
      {.what = "edited twice within a second",
       .steps = {made, edited, renamed("Kubek")},
       .expected = ends("Kubek at 25")},
      {.what = "the edit's call came to nothing and is made again",
       .steps = {made,
                 base_fault("server_error", 12),
                 edited,
                 base_fault("server_error", 0),
                 {{"do", "pause"}, {"seconds", 600}},
                 call_step(kProductCall)},
       .expected = ends(dearer(code))},
      {.what = "an edit told of with a wrong secret",
       .steps = {made, lost, edited, call_step(wrong_secret(kProductCall))},
       .expected = ends(usual(code))},
      {.what = "an edit told of with the placeholder for an id",
       .steps = {made, lost, edited, call_step(with_id(kProductCall, "[produkt_id]"))},
       .expected = ends(usual(code))},
      {.what = "an edit told of with a letter in the id",
       .steps = {made, lost, edited, call_step(with_id(kProductCall, "{product}x"))},
       .expected = ends(usual(code))},
      {.what = "a call for an id that does not exist",
       .steps = {made, call_step(with_id(kProductCall, "999999"))},
       .expected = ends(usual(code))},
  };
}

// EVT-05 ------------------------------------------------------------------------------------------

Drafts deletions(const std::string& code) {
  const Json lost = call_fault("lost");
  const Json made = product_step();
  const Json gone = step("delete");
  return {
      {.what = "deleted", .steps = {made, gone}, .expected = ends(kNoCard)},
      {.what = "the deletion told of twice",
       .steps = {made, call_fault("doubled"), gone},
       .expected = ends(kNoCard)},
      {.what = "the deletion's call was lost and is made again",
       .steps = {made, lost, gone, call_step(kDeletionCall)},
       .expected = ends(kNoCard)},
      {.what = "an edit told of behind the deletion",
       .steps = {made, call_fault("late"), edit_step(kDearer), gone, step("late calls")},
       .expected = ends(kNoCard)},
      {.what = "the creation told of behind the deletion",
       .steps = {call_fault("late"), made, gone, step("late calls")},
       .expected = ends(kNoCard)},
      {.what = "deleted, and created again with a new id",
       .steps = {made, gone, product_step(kDearer)},
       .expected = ends(dearer(code))},
      {.what = "the deletion of an id that does not exist",
       .steps = {made, call_step(with_id(kDeletionCall, "999999"))},
       .expected = ends(usual(code))},
      {.what = "a deletion told of with a wrong secret",
       .steps = {made, lost, gone, call_step(wrong_secret(kDeletionCall))},
       .expected = ends(usual(code))},
      {.what = "a deletion told of without a secret",
       .steps = {made, lost, gone, call_step(without_secret(kDeletionCall))},
       .expected = ends(usual(code))},
      {.what = "a deletion told of with the placeholder for an id",
       .steps = {made, lost, gone, call_step(with_id(kDeletionCall, "[produkt_id]"))},
       .expected = ends(usual(code))},
      {.what = "a deletion told of with a letter in the id",
       .steps = {made, lost, gone, call_step(with_id(kDeletionCall, "{product}x"))},
       .expected = ends(usual(code))},
      {.what = "the deletion's call came to nothing and is made again",
       .steps = {made,
                 base_fault("server_error", 12),
                 gone,
                 base_fault("server_error", 0),
                 {{"do", "pause"}, {"seconds", 600}},
                 call_step(kDeletionCall)},
       .expected = ends(kNoCard)},
      {.what = "deleted after it was invoiced",
       .steps = {made,
                 {{"do", "order"},
                  {"fields", {{"extra_field_1", "faktura"}}},
                  {"product_lines", 1}},
                 move_step(402),
                 {{"do", "issue"}, {"kind", "invoice"}},
                 gone},
       .expected = {{"end", {{"card", kNoCard}, {"order", "one order, invoice"}}}}},
  };
}

// EVT-01, -02 -------------------------------------------------------------------------------------

Drafts unwanted(const std::string& code, const Json& direction) {
  const Json card = {{"do", "card"}, {"card", card_of(code)}};
  const Json from_shop = configure_step(kFromShop);
  const Json back = configure_step({{"direction", direction}});
  return {
      {.what = "created in Base", .steps = {product_step()}, .expected = ends(kNoCard)},
      {.what = "edited in Base",
       .steps = {call_fault("lost"), product_step(), edit_step(kDearer)},
       .expected = ends(kNoCard)},
      {.what = "the ERP has one of the SKU",
       .steps = {card, product_step(kDearer), edit_step(kDearer)},
       .expected = ends(usual(code))},
      {.what = "the ERP has one of the SKU, deleted in Base",
       .steps = {card, product_step(), step("delete")},
       .expected = ends(usual(code))},
      {.what = "edited in Base after the direction was flipped",
       .steps = {from_shop, product_step(), back, edit_step(kDearer)},
       .expected = ends(usual(code))},
      {.what = "deleted in Base after the direction was flipped",
       .steps = {from_shop, product_step(), back, step("delete")},
       .expected = ends(usual(code))},
  };
}

Story build_unwanted(const Genes& genes, const SwitchValues&) {
  const Json direction = genes.front().b == 0 ? "none" : "to_shop";
  return story_of(setup_of({{"direction", direction}}, kAllEvents, {}), genes,
                  [&](const std::string& code) { return unwanted(code, direction); });
}

struct SavedActions {
  const char* what;
  std::vector<std::string> events;
  bool created, edited, deleted;
};

/// Whatever is not told of may be known all the same, or not.
Story build_actions(const Genes& genes, const SwitchValues&) {
  static const std::vector<SavedActions> saved = {
      {"all three", kAllEvents, true, true, true},
      {"none for creations", {"edited", "deleted"}, false, true, true},
      {"none for edits", {"created", "deleted"}, true, false, true},
      {"none for deletions", {"created", "edited"}, true, true, false},
      {"each of them twice",
       {"created", "created", "edited", "edited", "deleted", "deleted"},
       true,
       true,
       true},
  };
  const SavedActions& actions = pick(saved, genes.front().b);
  Story story = story_of(
      setup_of(kFromShop, actions.events, {}), genes, [&](const std::string& code) -> Drafts {
        const auto card = [&](const std::string& told, const std::string& untold, bool all) {
          return Json{{"end", {{"card", all ? Json(told) : Json::array({told, untold})}}}};
        };
        return {
            {.what = "created",
             .steps = {product_step()},
             .expected = card(usual(code), kNoCard, actions.created)},
            {.what = "created and edited",
             .steps = {product_step(), edit_step(kDearer)},
             .expected = card(dearer(code), usual(code), actions.edited)},
            {.what = "created and deleted",
             .steps = {product_step(), step("delete")},
             .expected = card(kNoCard, usual(code), actions.deleted)},
        };
      });
  for (Record& record : story.records) record.what += fmt::format("; actions: {}", actions.what);
  return story;
}

// EVT-06, -07 -------------------------------------------------------------------------------------

/// A call that must not count, about a product and about an order.
struct FalseCall {
  std::string what, product, order;
};

const std::vector<FalseCall>& unfilled_calls() {
  const auto replaced = [](std::string target, std::string_view what, std::string_view by) {
    return target.replace(target.find(what), what.size(), by);
  };
  static const std::vector<FalseCall> calls = {
      {"the placeholder for an id", with_id(kProductCall, "[produkt_id]"),
       with_id(kOrderCall, "[numer_zamowienia]")},
      {"the placeholder with encoded brackets", with_id(kProductCall, "%5Bprodukt_id%5D"),
       with_id(kOrderCall, "%5Bnumer_zamowienia%5D")},
      {"the word integration_uuid", replaced(kProductCall, "{uuid}", "integration_uuid"),
       replaced(kOrderCall, "{uuid}", "integration_uuid")},
      {"the word secret_key", replaced(kProductCall, "{secret}", "secret_key"),
       replaced(kOrderCall, "{secret}", "secret_key")},
      {"a placeholder that Base does not know", with_id(kProductCall, "[product_id]"),
       with_id(kOrderCall, "[product_id]")},
  };
  return calls;
}

const std::vector<FalseCall>& false_calls() {
  const auto secret = [](std::string_view by) {
    const auto with = [&](std::string target) {
      const std::string_view old = "secretKey={secret}";
      return target.replace(target.find(old), old.size(), by);
    };
    return std::pair{with(kProductCall), with(kOrderCall)};
  };
  const auto uuid = [](std::string target, std::string_view by) {
    return target.replace(target.find("{uuid}"), 6, by);
  };
  static const std::vector<FalseCall> calls = [&] {
    std::vector<FalseCall> all;
    for (const auto& [what, query] : std::vector<std::pair<const char*, const char*>>{
             {"a wrong secret", "secretKey=secret-0000"},
             {"an empty secret", "secretKey="},
             {"no secret", "secret={secret}"},
             {"the other integration's secret", "secretKey={secret2}"},
             {"the secret in the other case", "secretKey={SECRET}"},
             {"the secret twice, the second one wrong", "secretKey={secret}&secretKey=secret-0000"},
             {"the secret twice, the first one wrong", "secretKey=secret-0000&secretKey={secret}"},
             {"a part of the secret", "secretKey=secret"}}) {
      const auto [product, order] = secret(query);
      all.push_back({what, product, order});
    }
    all.push_back({"a uuid that is none", uuid(kProductCall, "0000"), uuid(kOrderCall, "0000")});
    all.push_back({"the other integration's uuid", uuid(kProductCall, "{uuid2}"),
                   uuid(kOrderCall, "{uuid2}")});
    all.push_back({"no uuid", uuid(kProductCall, ""), uuid(kOrderCall, "")});
    return all;
  }();
  return calls;
}

/// Each call about a new product, a deleted one and an order, told of by no other call.
Record false_call(const FalseCall& call, const Gene& gene, std::size_t i, bool by_secret) {
  const std::string code = code_of(i);
  RecordDraft draft{.code = code};
  const char* method = gene.c == 0 ? "GET" : "POST";
  const Json lost = call_fault("lost");
  const auto finds = [&](const char* aspect, const std::string& text) {
    draft.expected = {{"end", {{aspect, text}, {"literal_calls", "0"}}}};
    if (by_secret) draft.expected["end"]["logged"] = "yes";
  };
  if (gene.b == 0) {
    draft.what = "a new product: " + call.what;
    draft.steps = {lost, product_step(), step("mark"), call_step(call.product, method)};
    finds("card", kNoCard);
  } else if (gene.b == 1) {
    draft.what = "a deleted product: " + call.what;
    std::string target = call.product;
    target.replace(target.find("/sync/"), 6, "/delete/");
    draft.steps = {product_step(), lost, step("delete"), step("mark"), call_step(target, method)};
    finds("card", usual(code));
  } else {
    draft.what = "an order: " + call.what;
    draft.steps = {order_step("faktura"), lost, move_step(402), step("mark"),
                   call_step(call.order, method)};
    finds("imported", "no order");
  }
  return record_of(std::move(draft));
}

Json two_integrations() {
  const Json row = {{"settings", kFromShop}, {"products", kAllEvents}, {"statuses", {402}}};
  Json second = row;
  second["other"] = true;
  return {{"integrations", Json::array({row, second})}};
}

Story build_unfilled(const Genes& genes, const SwitchValues&) {
  Story story{.setup = two_integrations(), .records = {}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    story.records.push_back(false_call(pick(unfilled_calls(), genes[i].edge), genes[i], i, false));
  }
  return story;
}

Story build_false(const Genes& genes, const SwitchValues&) {
  Story story{.setup = two_integrations(), .records = {}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    // That a refusal is recorded is said of secrets.
    const bool by_secret = genes[i].edge < 5;
    story.records.push_back(false_call(pick(false_calls(), genes[i].edge), genes[i], i,
                                       by_secret && genes[i].edge != 4));
  }
  return story;
}

// EVT-08 ------------------------------------------------------------------------------------------

Drafts readings(const std::string& code) {
  const Json lost = call_fault("lost");
  const std::string tampered = "&name=Podróbka&price=1.00&sku=" + code + "&price_brutto=1.00";
  const auto read = [](const char* aspect, const Json& text) {
    return Json{{"end", {{aspect, text}, {"read_base", "yes"}}}};
  };
  return {
      {.what = "a product", .steps = {product_step()}, .expected = read("card", usual(code))},
      {.what = "an order",
       .steps = {order_step("faktura"), move_step(402)},
       .expected = read("total", "19.99")},
      {.what = "a product, its data in the call too",
       .steps = {lost, product_step(), call_step(kProductCall + tampered)},
       .expected = read("card", usual(code))},
      {.what = "an order, its data in the call too",
       .steps = {order_step("faktura"), lost, move_step(402),
                 call_step(kOrderCall + std::string("&total=1.00&delivery_price=100&status=403"))},
       .expected = read("total", "19.99")},
      {.what = "a product that Base does not have, its data in the call",
       .steps = {call_step(with_id(kProductCall, "999999") + tampered)},
       .expected = {{"end", {{"card", kNoCard}}}}},
      {.what = "a product while Base cannot be read",
       .steps = {base_fault("server_error", 12), product_step(), see("then"),
                 base_fault("server_error", 0)},
       .expected = {{"then", {{"card", kNoCard}}},
                    {"end", {{"card", Json::array({kNoCard, usual(code)})}}}}},
      {.what = "a product while Base asks for patience",
       .steps = {base_fault("too_many_requests", 1), product_step()},
       .expected = {{"end", {{"card", Json::array({kNoCard, usual(code)})}}}}},
      {.what = "changed again before the call came",
       .steps = {call_fault("late"), product_step(), lost, edit_step(kDearer), step("late calls")},
       .expected = read("card", dearer(code))},
  };
}

// -------------------------------------------------------------------------------------------------

Shape shape_of(int edges, int b = 1, int c = 1) {
  return {.edges = edges, .b = b, .c = c, .most = 6};
}

template <typename Edges>
StoryDraft event_draft(std::string_view id, const Json& settings, const Edges& edges) {
  const int count = static_cast<int>(edges("P-1").size());
  return {.id = id,
          .shape = [count](const SwitchValues&) { return shape_of(count); },
          .build =
              [=](const Genes& genes, const SwitchValues&) {
                return story_of(setup_of(settings, kAllEvents, {402}), genes, edges);
              },
          .oracle = play};
}

}  // namespace

std::vector<harness::Rule> event_rules() {
  std::vector<StoryDraft> drafts = {
      {.id = "EBIURO-EVT-01",
       .shape = [](const SwitchValues&) { return shape_of(6, 2); },
       .build = build_unwanted,
       .oracle = play},
      {.id = "EBIURO-EVT-02",
       .shape = [](const SwitchValues&) { return shape_of(3, 5); },
       .build = build_actions,
       .oracle = play},
      event_draft("EBIURO-EVT-03", kFromShop, creations),
      event_draft("EBIURO-EVT-04", kFromShop, edits),
      event_draft("EBIURO-EVT-05", kFromShop, deletions),
      {.id = "EBIURO-EVT-06",
       .shape = [](const SwitchValues&) { return shape_of(5, 3, 2); },
       .build = build_unfilled,
       .oracle = play},
      {.id = "EBIURO-EVT-07",
       .shape = [](const SwitchValues&) { return shape_of(11, 3, 2); },
       .build = build_false,
       .oracle = play},
      event_draft("EBIURO-EVT-08", kFromShop, readings),
  };
  std::vector<harness::Rule> rules;
  for (StoryDraft& draft : drafts) rules.push_back(make_story(page(), std::move(draft)));
  return rules;
}

}  // namespace atrapa::scenarios::ebiuro
