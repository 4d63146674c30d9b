#include <fmt/format.h>

#include <array>

#include "mocks/base/automation.hpp"
#include "mocks/base/call.hpp"
#include "mocks/base/journal.hpp"
#include "mocks/base/order_edit.hpp"
#include "mocks/base/orders_call.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {

void set_order_given(Call& call, Order& order) {
  const Given given = call.given();
  const kit::Json plain = without(given.object(), {"custom_extra_fields", "products"});
  set_given(order, Given(plain));
  order.delivery_price = read_money(order.delivery_price, "delivery_price");
  set_custom_fields(order.custom_extra_fields, call.state.sales.order_extra_fields, given,
                    call.context.note);
}

bool has_source(const State& state, std::string_view type, std::int64_t source_id) {
  if (source_id == 0 && (type == "personal" || type == "order_return")) return true;
  bool found = false;
  state.sales.order_sources.each([&](const OrderSource& source) {
    found = source.type == type && source.source_id == source_id;
    return !found;
  });
  return found;
}

Reply add_order(Call& call, const Arrival& arrival) {
  const Given given = call.given();
  State& state = call.state;
  const std::int64_t now = call.now();
  const std::int64_t status_id = given.integer("order_status_id");
  if (!state.sales.order_statuses.has(status_id)) {
    return call.refuse(fmt::format("order status {} is not there", status_id));
  }
  if (given.integer("date_add") < 0) return call.refuse("date_add is before 1970");

  Order order;
  set_order_given(call, order);
  order.order_source = arrival.source;
  order.order_source_id = arrival.source_id;
  order.external_order_id = arrival.external_order_id;
  order.shop_order_id = arrival.shop_order_id;
  order.date_in_status = now;
  order.date_confirmed = arrival.confirmed ? now : 0;
  for (const kit::Json& sent : given.list("products")) {
    OrderLine line;
    line.quantity = 1;
    set_line(line, Given(sent));
    order.products.push_back(std::move(line));
  }
  const kit::Decimal value = order.value();
  check_value(value);

  const std::int64_t id = put_new_order(state, std::move(order));
  log_event(state, OrderEventType::Created, id, 0, now);
  if (arrival.confirmed) log_event(state, OrderEventType::Confirmed, id, 0, now);
  if (!arrival.by_hand) happened(state, call.context, Happening::OrderDownloaded, id);
  if (given.flag("paid") && value > 0) {
    Payment payment;
    payment.paid_after = value;
    payment.date = now;
    pay_order(state, call.context, id, std::move(payment), now);
  }
  Answer answer = call.answer();
  answer.put("order_id", id);
  return call.done(std::move(answer));
}

namespace {

/// Creates an order with its lines. Sent twice it makes two: there is no key against it [inferred].
///
/// It is confirmed at once by the setting `add_order`; entries 1 and then 2 [inferred]. `paid` adds
/// a payment over the full value [doc]. The stock stays as it is: no page says that it changes.
/// Refused are a status or personal source that the account does not have, and amounts, pieces and
/// rates that are none [inferred].
Reply add_order_by_api(Call& call) {
  const std::int64_t source_id = call.given().integer("custom_source_id");
  if (!has_source(call.state, "personal", source_id)) {
    return call.refuse(fmt::format("personal source {} is not there", source_id));
  }
  Arrival arrival;
  arrival.source_id = source_id;
  arrival.confirmed = call.state.settings->add_order_confirms;
  return add_order(call, arrival);
}

constexpr std::array kOrderAddMethods{Handled{"addOrder", add_order_by_api}};

}  // namespace

std::span<const Handled> order_add_methods() { return kOrderAddMethods; }

}  // namespace atrapa::mocks::base
