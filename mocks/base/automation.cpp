#include "mocks/base/automation.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

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
    const Product* product = state.catalogue.products.find(object_id);
    return rule.inventory_id == 0 || product == nullptr ||
           product->inventory_id == rule.inventory_id;
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

/// Only the two placeholders that are confirmed for "call URL" are replaced [doc seed]; others stay
/// as they stand. The request is a GET without retry [inferred].
void call_url(const State& state, kit::Context& context, Happening what, const RuleAction& action,
              std::int64_t object_id) {
  std::string url = action.url;
  replace_all(url, about_product(what) ? "[produkt_id]" : "[numer_zamowienia]",
              std::to_string(object_id));
  context.webhooks.push_back({.account = state.account,
                              .event = std::string(name_of(what)),
                              .url = std::move(url),
                              .headers = {},
                              .body = {},
                              .verb = "GET"});
}

}  // namespace

void happened(State& state, kit::Context& context, Happening what, std::int64_t object_id,
              std::int64_t detail) {
  const std::string_view event = name_of(what);
  // A copy of the handle: an action may change the rules' neighbours, not what this walk sees.
  const Rows<Rule> rules = state.automation.rules;
  rules.each([&](const Rule& rule) {
    if (!rule.active || rule.event != event) return true;
    if (!conditions_hold(rule, state, what, object_id, detail)) return true;
    for (const RuleAction& action : rule.actions) {
      if (action.kind == "call_url") call_url(state, context, what, action, object_id);
    }
    return true;
  });
}

}  // namespace atrapa::mocks::base
