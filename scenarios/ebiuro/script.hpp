#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/bench/bench.hpp"
#include "scenarios/common/story.hpp"
#include "scenarios/ebiuro/office.hpp"

// Stories of this page are scripts: what is set up, then for each record what people do, step by
// step, and what must be found. A replay needs nothing but the case.
//
// `setup`:
//   "integrations": [{"settings", "label", "other", "stage", "products", "statuses"}]
//       settings over usual_settings(); stage "saved" or "tested" to stop there; automatic actions
//       for those products' events and for orders that get one of those statuses; other: of the
//       other account of Base
//   "cards", "groups", "prices", "warehouses": the ERP's; "status_names": Base's, from 403 on
//   "base_products": rows of Base's; "filler": how many more before them; "series"
// A record's `given`: "by" (index of the integration, 0), "code" (of its product or card), and
// "steps": [{"do": ..., ...}], see steps below.
// A record's `expected`: for each moment that a step {"do": "see", "as": MOMENT} names, and for
// "end" after all records, aspects with their text, or a list of texts where any will do:
//   order      "no order", "one order, no document", "one order, invoice", "2 orders, receipt"
//   orders     how many orders the integration has
//   imported   "no order", "one order", "several orders"
//   total      gross, of the only order of that number
//   number, paper_name, paper_nip   of its only document; the NIP in digits
//   contractor_nip  of the buyer that the order is linked to, in digits
//   client     phone, login and e-mail: "as in Base"
//   delivery, buyer  the address: "as it should be" with all of the record's "pieces" and none of
//              "not_these"
//   linked     for each line "*" for the record's own card, "?" where "linked" says that it is open
//   bulk       of a step "bulk": "3 orders, 3 documents"
//   lines      of the order, and its delivery: "as in Base", where they are shown
//   paper_lines     of its only document: "as in Base", "no document"
//   card_rate, card_ean   of the only card of the code; "-" for none
//   product_rate    of Base's only product of the code: "23", "zw"
//   columns    of the row: "as the order and its document"; list_state: "button" or "number"
//   papers_total    of its only document
//   papers     how many documents the ERP has
//   row        of the list of orders: "no row", "button", "FV/1/2026", "button and FV/1/2026"
//   status     of that row
//   card       the ERP's cards in use of the code: "no card", "Kubek at 19.99", "2 cards"
//   former     the same of the code "former"
//   cards      how many cards in use the ERP has
//   product    Base's products of the code: "no product", "Kubek at 12.30", "2 products"
//   stock      in bl_206, of Base's only product of the code: "no product", "5"
//   writes, stock_writes, calls   of Base's API since the record began, or since a step "mark"
//   literal_calls   those that hand on a placeholder; read_base   whether there was a reading one
//   logged     whether the ERP's log grew since then
//   done       whether the last form was taken: "yes", "no"
//   address    "unchanged": uuid and secret in the list
//   call_refused  whether the last call by hand got no 2xx
//   erp_stock  the ERP's own, in warehouse M1
//   listed     whether the integration is in the list: "yes", "no"

namespace atrapa::scenarios::ebiuro {

/// Plays the story and compares: the oracle of most rules.
void play(const Story& story, harness::Bench& bench, harness::Judgement& judgement);

/// A story with one integration of those settings, automatic actions for `products`' events
/// ("created", "edited", "deleted") and for statuses.
Json setup_of(const Json& settings, const std::vector<std::string>& products,
              const std::vector<int>& statuses);

inline const std::vector<std::string> kAllEvents{"created", "edited", "deleted"};

// Steps.
Json order_step(const std::string& word, const Json& fields = Json::object(),
                const Json& lines = Json::array({Json::object()}));
Json move_step(int status);
Json product_step(const Json& fields = Json::object());  ///< Named after the record's code.
Json edit_step(const Json& fields);
Json step(const char* what);  ///< {"do": what}
Json see(const char* moment);
Json run_step(const char* command);
/// The next call of an automatic action is "lost", "doubled" or "late".
Json call_fault(const char* kind);
/// The next `count` exchanges with Base go wrong.
Json base_fault(const char* kind, int count = 1);
/// A call to the connector's own address. {uuid}, {secret}, {order}, {product} are the record's;
/// {uuid2}, {secret2} of the other integration; {old_uuid}, {old_secret} before a step "replace";
/// {SECRET} has the other case.
Json call_step(const std::string& target, const char* method = "GET");
inline constexpr const char* kOrderCall =
    "/v1/order/sync/baselinker/{uuid}?secretKey={secret}&orderId={order}";
inline constexpr const char* kProductCall =
    "/v1/product/sync/baselinker/{uuid}?secretKey={secret}&productId={product}";
inline constexpr const char* kDeletionCall =
    "/v1/product/delete/baselinker/{uuid}?secretKey={secret}&productId={product}";
Json configure_step(const Json& settings);
/// A form of the connector for the record's integration; a "token" gets the right one appended.
Json form_step(const char* form, const Json& arguments = Json::object());

/// The record with its steps appended.
struct RecordDraft {
  std::string what = {};
  std::string code = {};
  std::string former = {};
  std::vector<Json> steps = {};
  Json expected = Json::object();
  int by = 0;
};
Record record_of(RecordDraft draft);

/// The element at that number, which wraps around.
template <typename List>
const auto& pick(const List& list, int number) {
  return list[static_cast<std::size_t>(number) % std::size(list)];
}

/// A card of the ERP: code and name from `code`, 23 %, at that gross price.
Json card_of(const std::string& code, const std::string& gross_price = "19.99");

/// "12.50" as "12.5", "7.00" as "7".
std::string plain_amount(std::string text);

}  // namespace atrapa::scenarios::ebiuro
