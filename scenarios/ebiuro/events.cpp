#include "scenarios/ebiuro/calls.hpp"
#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/sentences.hpp"

// What Base's automatic actions tell of products.

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::SwitchValues;

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
      {.what = "its rate edited",
       .steps = {made, edit_step({{"tax_rate", 8}})},
       .expected = {{"end", {{"card", usual(code)}, {"card_rate", "8"}}}}},
      {.what = "made exempt",
       .steps = {made, edit_step({{"tax_rate", -1}})},
       .expected = {{"end", {{"card", usual(code)}, {"card_rate", "zw"}}}}},
      {.what = "no longer exempt",
       .steps = {product_step({{"tax_rate", -1}}), edit_step({{"tax_rate", 23}})},
       .expected = {{"end", {{"card", usual(code)}, {"card_rate", "23"}}}}},
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
      {.what = "a product at 8 % with an EAN",
       .steps = {product_step({{"tax_rate", 8}, {"ean", "2000000000015"}})},
       // Whether the ERP keeps EANs is not said.
       .expected = {{"end",
                     {{"card", usual(code)},
                      {"card_rate", "8"},
                      {"card_ean", {"2000000000015", "-"}},
                      {"read_base", "yes"}}}}},
      {.what = "an order of two lines and delivery",
       .steps =
           {order_step(
                "faktura", {{"delivery_price", 12.5}},
                {{{"name", "Talerz"}, {"quantity", 3}, {"price_brutto", 12.34}, {"tax_rate", 8}},
                 {{"name", "Szkolenie"}, {"price_brutto", 5}, {"tax_rate", -1}}}),
            move_step(402)},
       .expected = {{"end", {{"total", "54.52"}, {"lines", "as in Base"}, {"read_base", "yes"}}}}},
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
      event_draft("EBIURO-EVT-03", kFromShop, creations),
      event_draft("EBIURO-EVT-04", kFromShop, edits),
      event_draft("EBIURO-EVT-05", kFromShop, deletions),
      event_draft("EBIURO-EVT-08", kFromShop, readings),
  };
  std::vector<harness::Rule> rules;
  for (StoryDraft& draft : drafts) rules.push_back(make_story(page(), std::move(draft)));
  return rules;
}

}  // namespace atrapa::scenarios::ebiuro
