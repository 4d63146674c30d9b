#include <fmt/format.h>

#include <array>
#include <map>
#include <string>

#include "mocks/base/automation.hpp"
#include "mocks/base/call.hpp"
#include "mocks/base/order_edit.hpp"
#include "mocks/base/orders_call.hpp"
#include "mocks/kit/record_text.hpp"

// What an account has set up for orders, and what a marketplace tells of one.

namespace atrapa::mocks::base {
namespace {

/// {"id": "name"} as JSON text; the names alone in a list where `as_list` is set.
std::string names_json(const std::map<std::int64_t, std::string>& names, bool as_list) {
  std::string text(as_list ? "[" : "{");
  for (const auto& [id, name] : names) {
    if (text.size() > 1) text += ',';
    if (!as_list) text += fmt::format("\"{}\":", id);
    kit::append_quoted(text, name);
  }
  return text + (as_list ? ']' : '}');
}

/// By type and id. The sources that every account has bear the sample's names; `order_return`
/// stands in a list, as its only key is 0 [doc sample].
Reply get_order_sources(Call& call) {
  std::map<std::string, std::map<std::int64_t, std::string>> by_type;
  by_type["personal"][0] = "In person / by phone";
  by_type["order_return"][0] = "Order return";
  call.state.sales.order_sources.each([&](const OrderSource& source) {
    by_type[source.type][source.source_id] = source.name;
    return true;
  });
  Answer answer = call.answer();
  {
    const auto sources = answer.open("sources");
    for (const auto& [type, names] : by_type) {
      const bool as_list = type == "order_return" && answer.as_sample() && names.size() == 1;
      answer.add_raw(type, names_json(names, as_list));
    }
  }
  return call.done(std::move(answer));
}

Reply get_order_extra_fields(Call& call) {
  Answer answer = call.answer();
  write_extra_fields(answer, call.state.sales.order_extra_fields);
  return call.done(std::move(answer));
}

Reply get_order_printout_templates(Call& call) {
  Answer answer = call.answer();
  {
    const auto printouts = answer.open("printouts");
    call.state.sales.order_printouts.each([&](const OrderPrintout& printout) {
      const auto item = answer.item();
      answer.put("printout_id", printout.id);
      answer.put("name", printout.name);
      answer.put("file_format", printout.file_format);
      answer.put("language", printout.language);
      return true;
    });
  }
  return call.done(std::move(answer));
}

/// A date that is not known is "" in the sample and 0 by the table.
void put_date(Answer& answer, std::string_view name, std::int64_t date) {
  if (date == 0 && answer.as_sample()) {
    answer.put(name, "");
  } else {
    answer.put(name, date);
  }
}

void write_taxes(Answer& answer, const std::vector<TransactionTax>& taxes) {
  const auto list = answer.open("taxes");
  for (const TransactionTax& tax : taxes) {
    const auto item = answer.item();
    answer.put("code", tax.code);
    answer.put("value", tax.value);
    answer.put("rate", tax.rate);
  }
}

void write_order_items(Answer& answer, const Order& order) {
  const auto items = answer.open("order_items");
  for (const TransactionItem& one : order.transaction.order_items) {
    const auto item = answer.item();
    answer.put("itemId", one.item_id);
    answer.put("outerItemId", "p" + one.item_id);
    {
      const auto shipping = answer.open("shipping");
      answer.put("netValue", one.shipping_net);
      answer.put("taxValue", one.shipping_tax);
      answer.put("grossValue", one.shipping_gross);
      answer.put("currency", order.currency);
      const auto taxes = answer.open("taxes");
      for (const TransactionTax& tax : one.shipping_taxes) {
        std::string json = R"({"code":)";
        kit::append_quoted(json, tax.code);
        json += fmt::format(R"(,"value":{},"rate":{}}})", tax.value.text(), tax.rate.text());
        answer.add_raw({}, json);
      }
    }
    write_taxes(answer, one.taxes);
  }
}

/// What the marketplace told of the sale; nothing but the currency for orders of other sources.
Reply get_order_transaction_data(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("order_id");
  const Order* order = find_order(call.state, id);
  if (order == nullptr) return no_order(call, id);
  const TransactionData& data = order->transaction;
  Answer answer = call.answer();
  answer.put("currency", order->currency);
  if (given.flag("include_amazon_data", true)) {
    {
      const auto shipments = answer.open("fulfillment_shipments");
      for (const FulfillmentShipment& shipment : data.fulfillment_shipments) {
        std::string json = R"({"product_sku":)";
        kit::append_quoted(json, shipment.product_sku);
        json += R"(,"product_name":)";
        kit::append_quoted(json, shipment.product_name);
        json +=
            fmt::format(R"(,"quantity":{},"fba":{}}})", shipment.quantity, shipment.fba ? 1 : 0);
        answer.add_raw({}, json);
      }
    }
    answer.put("fulfillment_center_id", data.fulfillment_center_id);
  }
  put_date(answer, "ship_date_from", data.ship_date_from);
  put_date(answer, "ship_date_to", data.ship_date_to);
  put_date(answer, "delivery_date_from", data.delivery_date_from);
  put_date(answer, "delivery_date_to", data.delivery_date_to);
  answer.put("marketplace_transaction_id", data.marketplace_transaction_id);
  answer.put("account_id", data.account_id);
  answer.put("transaction_date", data.transaction_date);
  if (given.flag("include_complex_taxes")) write_order_items(answer, *order);
  return call.done(std::move(answer));
}

/// Fires a trigger of the account's own. One that no automatic action waits for is refused
/// [inferred].
Reply run_order_macro_trigger(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("order_id");
  const std::int64_t trigger_id = given.integer("trigger_id");
  if (find_order(call.state, id) == nullptr) return no_order(call, id);
  if (!has_trigger(call.state, "order_trigger", trigger_id)) {
    return call.refuse(fmt::format("trigger {} is not there", trigger_id));
  }
  happened(call.state, call.context, Happening::OrderTrigger, id, trigger_id);
  return call.done();
}

constexpr std::array kOrderFactMethods{
    Handled{"getOrderSources", get_order_sources},
    Handled{"getOrderExtraFields", get_order_extra_fields},
    Handled{"getOrderPrintoutTemplates", get_order_printout_templates},
    Handled{"getOrderTransactionData", get_order_transaction_data},
    Handled{"runOrderMacroTrigger", run_order_macro_trigger},
};

}  // namespace

bool has_trigger(const State& state, std::string_view event, std::int64_t trigger_id) {
  bool found = false;
  state.automation.rules.each([&](const Rule& rule) {
    found = rule.event == event && rule.trigger_id == trigger_id;
    return !found;
  });
  return found;
}

std::span<const Handled> order_fact_methods() { return kOrderFactMethods; }

}  // namespace atrapa::mocks::base
