#include "scenarios/ebiuro/calls.hpp"

#include <utility>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/sentences.hpp"

// Calls that must change nothing, and automatic actions that are missing or left over.

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::SwitchValues;

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

// -------------------------------------------------------------------------------------------------

StoryDraft call_draft(std::string_view id, Shape shape, decltype(StoryDraft::build) build) {
  return {.id = id,
          .shape = [shape](const SwitchValues&) { return shape; },
          .build = std::move(build),
          .oracle = play};
}

}  // namespace

std::vector<harness::Rule> call_rules() {
  std::vector<StoryDraft> drafts = {
      call_draft("EBIURO-EVT-01", shape_of(6, 2), build_unwanted),
      call_draft("EBIURO-EVT-02", shape_of(3, 5), build_actions),
      call_draft("EBIURO-EVT-06", shape_of(5, 3, 2), build_unfilled),
      call_draft("EBIURO-EVT-07", shape_of(11, 3, 2), build_false),
  };
  std::vector<harness::Rule> rules;
  for (StoryDraft& draft : drafts) rules.push_back(make_story(page(), std::move(draft)));
  return rules;
}

}  // namespace atrapa::scenarios::ebiuro
