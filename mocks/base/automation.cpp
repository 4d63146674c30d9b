#include "mocks/base/automation.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "mocks/base/inside.hpp"
#include "mocks/base/state.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::array<std::pair<Happening, std::string_view>, 14> kEvents{{
    {Happening::ProductCreated, "product_created"},
    {Happening::ProductEdited, "product_edited"},
    {Happening::ProductDeleted, "product_deleted"},
    {Happening::OrderDownloaded, "order_downloaded"},
    {Happening::OrderPaid, "order_paid"},
    {Happening::FormReceived, "form_received"},
    {Happening::StatusSet, "status_set"},
    {Happening::InvoiceIssued, "invoice_issued"},
    {Happening::ReceiptIssued, "receipt_issued"},
    {Happening::ShipmentMade, "shipment_made"},
    {Happening::CourierStatus, "courier_status"},
    {Happening::OrderTrigger, "order_trigger"},
    {Happening::ReturnTrigger, "return_trigger"},
    {Happening::ProductTrigger, "product_trigger"},
}};

std::string_view name_of(Happening what) {
  for (const auto& [one, name] : kEvents) {
    if (one == what) return name;
  }
  return {};
}

bool about_product(Happening what) {
  return what == Happening::ProductCreated || what == Happening::ProductEdited ||
         what == Happening::ProductDeleted || what == Happening::ProductTrigger;
}

bool own_event(Happening what) {
  return what == Happening::OrderTrigger || what == Happening::ReturnTrigger ||
         what == Happening::ProductTrigger;
}

template <typename T>
bool none_or_one_of(const std::vector<T>& list, const T& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

bool conditions_hold(const Rule& rule, const State& state, Happening what, std::int64_t object_id,
                     std::int64_t detail) {
  if (own_event(what) && rule.trigger_id != detail) return false;
  if (about_product(what)) {
    if (rule.inventory_id == 0) return true;
    if (what == Happening::ProductDeleted) return detail == rule.inventory_id;
    const Product* product = state.catalogue.products.find(object_id);
    return product != nullptr && product->inventory_id == rule.inventory_id;
  }
  if (what == Happening::ReturnTrigger) {
    const OrderReturn* one = state.returns.returns.find(object_id);
    return one == nullptr || (none_or_one_of(rule.statuses, one->status_id) &&
                              none_or_one_of(rule.sources, one->source));
  }
  const Order* order = state.sales.orders.find(object_id);
  return order == nullptr || (none_or_one_of(rule.statuses, order->order_status_id) &&
                              none_or_one_of(rule.sources, order->order_source));
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
    text.replace(at, what.size(), by);
  }
}

/// What the placeholder stands for: the product's number, or the order's, which for a return is
/// that of its order [inferred]; 0 for none.
std::int64_t number_asked(const State& state, Happening what, std::int64_t object_id) {
  if (what != Happening::ReturnTrigger) return object_id;
  const OrderReturn* one = state.returns.returns.find(object_id);
  return one != nullptr ? one->order_id : 0;
}

/// Only the two placeholders that are confirmed for "call URL" are replaced [doc seed]; others stay
/// as they stand. The request is a GET without retry [inferred].
void call_url(const State& state, kit::Context& context, Happening what, const RuleAction& action,
              std::int64_t object_id) {
  std::string url = action.url;
  if (const std::int64_t number = number_asked(state, what, object_id); number != 0) {
    replace_all(url, about_product(what) ? "[produkt_id]" : "[numer_zamowienia]",
                std::to_string(number));
  }
  context.webhooks.push_back({.account = state.account,
                              .event = std::string(name_of(what)),
                              .url = std::move(url),
                              .headers = {},
                              .body = {},
                              .verb = "GET"});
}

/// Actions other than "call URL" are done by the same methods that the API has.
void carry_out_action(State& state, kit::Context& context, Happening what, const RuleAction& action,
                      std::int64_t object_id) {
  if (action.kind == "call_url") {
    call_url(state, context, what, action, object_id);
  } else if (about_product(what) || what == Happening::ReturnTrigger ||
             !state.sales.orders.has(object_id)) {
    return;  // Statuses and documents are an order's.
  } else if (action.kind == "set_status") {
    call_inside(state, context, "setOrderStatus",
                {{"order_id", object_id}, {"status_id", action.status_id}});
  } else if (action.kind == "add_invoice") {
    call_inside(
        state, context, "addInvoice",
        {{"order_id", object_id}, {"series_id", action.series_id}, {"vat_rate", "DEFAULT"}});
  } else if (action.kind == "add_receipt") {
    call_inside(state, context, "addReceipt",
                {{"order_id", object_id}, {"series_id", action.series_id}});
  }
}

}  // namespace

bool is_event(std::string_view name) {
  return std::any_of(kEvents.begin(), kEvents.end(),
                     [&](const auto& one) { return one.second == name; });
}

std::string event_names() {
  std::string names;
  for (const auto& [what, name] : kEvents) {
    if (!names.empty()) names += ", ";
    names += name;
  }
  return names;
}

void happened(State& state, kit::Context& context, Happening what, std::int64_t object_id,
              std::int64_t detail) {
  constexpr int kDeepest = 8;
  if (state.automation.depth == kDeepest) {
    context.note += "automatic actions set each other off without end: stopped. ";
    return;
  }
  ++state.automation.depth;
  const std::string_view event = name_of(what);
  // A copy of the handle: an action may change the rules' neighbours, not what this walk sees.
  const Rows<Rule> rules = state.automation.rules;
  rules.each([&](const Rule& rule) {
    if (!rule.active || rule.event != event) return true;
    if (!conditions_hold(rule, state, what, object_id, detail)) return true;
    for (const RuleAction& action : rule.actions) {
      carry_out_action(state, context, what, action, object_id);
    }
    return true;
  });
  --state.automation.depth;
}

}  // namespace atrapa::mocks::base
