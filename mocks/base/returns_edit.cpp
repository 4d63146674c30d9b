#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "mocks/base/automation.hpp"
#include "mocks/base/call.hpp"
#include "mocks/base/order_edit.hpp"
#include "mocks/base/orders_call.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {
namespace {

Reply no_return(const Call& call, std::int64_t return_id) {
  return call.refuse(fmt::format("return {} is not there", return_id));
}

/// Overwrites what the parameters name of a return, its lines aside.
void set_return_given(Call& call, OrderReturn& changed) {
  const Given given = call.given();
  const kit::Json plain = without(given.object(), {"custom_extra_fields", "products", "refunded"});
  set_given(changed, Given(plain));
  changed.delivery_price = read_money(changed.delivery_price, "delivery_price");
  set_custom_fields(changed.custom_extra_fields, call.state.returns.return_extra_fields, given,
                    call.context.note);
}

/// Overwrites what the parameters name of a return's line. Answers what is wrong with it: a status
/// or a reason that the account does not have, or a line that the order does not have [inferred].
std::optional<std::string> set_return_line(const State& state, const OrderReturn& owner,
                                           ReturnLine& changed, const Given& given) {
  set_line(changed.line, given);
  changed.status_id = given.integer("status_id", changed.status_id);
  changed.return_reason_id = given.integer("return_reason_id", changed.return_reason_id);
  if (changed.status_id != 0 && !state.returns.return_line_statuses.has(changed.status_id)) {
    return fmt::format("line status {} is not there", changed.status_id);
  }
  if (changed.return_reason_id != 0 &&
      !state.returns.return_reasons.has(changed.return_reason_id)) {
    return fmt::format("return reason {} is not there", changed.return_reason_id);
  }
  const Order* order = find_order(state, owner.order_id);
  if (order == nullptr || !given.has("order_product_id") || changed.line.id == 0) return {};
  const bool found = std::any_of(order->products.begin(), order->products.end(),
                                 [&](const OrderLine& line) { return line.id == changed.line.id; });
  if (found) return {};
  return fmt::format("order {} has no line {}", order->id, changed.line.id);
}

/// Sets what was refunded, with an entry of the history.
void refund(State& state, std::int64_t return_id, Payment payment, std::int64_t now) {
  state.returns.returns.edit(return_id, [&](OrderReturn& changed) {
    payment.paid_before = changed.refund_done;
    payment.total_price = changed.value();
    payment.currency = changed.currency;
    changed.refund_done = payment.paid_after;
    changed.payments.push_back(std::move(payment));
  });
  log_return_event(state, ReturnEventType::Refunded, return_id, 0, now);
}

/// Creates a return, of an order or of none. `refunded` adds a refund over the full value
/// [inferred, as `paid` does for orders]. Entry 1.
Reply add_order_return(Call& call) {
  State& state = call.state;
  const Given given = call.given();
  const std::int64_t now = call.now();
  const std::int64_t order_id = given.integer("order_id");
  const Order* order = find_order(state, order_id);
  if (order_id != 0 && order == nullptr) return no_order(call, order_id);
  const std::int64_t status_id = given.integer("status_id");
  if (!state.returns.return_statuses.has(status_id)) {
    return call.refuse(fmt::format("return status {} is not there", status_id));
  }
  const std::int64_t source_id = given.integer("custom_source_id");
  if (!has_source(state, "personal", source_id)) {
    return call.refuse(fmt::format("personal source {} is not there", source_id));
  }
  if (given.integer("date_add") < 0) return call.refuse("date_add is before 1970");
  OrderReturn made;
  set_return_given(call, made);
  made.source_id = source_id;
  made.date_in_status = now;
  if (order != nullptr) made.shop_order_id = order->shop_order_id;
  std::int64_t next_line = state.returns.next_return_line_id;
  for (const kit::Json& sent : given.list("products")) {
    ReturnLine line;
    line.id = next_line++;
    if (const auto wrong = set_return_line(state, made, line, Given(sent))) {
      return call.refuse(*wrong);
    }
    made.products.push_back(std::move(line));
  }
  const kit::Decimal value = made.value();
  check_value(value);
  state.returns.next_return_line_id = next_line;
  const std::int64_t id = state.returns.returns.add(std::move(made));
  log_return_event(state, ReturnEventType::Created, id, 0, now);
  if (given.flag("refunded") && value > 0) {
    Payment payment;
    payment.paid_after = value;
    payment.date = now;
    refund(state, id, std::move(payment), now);
  }
  Answer answer = call.answer();
  answer.put("return_id", id);
  return call.done(std::move(answer));
}

/// As setOrderFields: entries 6 and 10.
Reply set_order_return_fields(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.given().integer("return_id");
  const OrderReturn* before = find_return(state, id);
  if (before == nullptr) return no_return(call, id);
  OrderReturn after = *before;
  set_return_given(call, after);
  check_value(after.value());
  bool delivery = false;
  bool data = false;
  each_difference(*before, after, [&](std::string_view name) {
    (name.starts_with("delivery_") ? delivery : data) = true;
  });
  if (!delivery && !data) return call.done();
  state.returns.returns.put(std::move(after));
  if (delivery) log_return_event(state, ReturnEventType::DeliveryEdited, id, 0, call.now());
  if (data) log_return_event(state, ReturnEventType::DataEdited, id, 0, call.now());
  return call.done();
}

/// Entry 7.
Reply add_order_return_product(Call& call) {
  State& state = call.state;
  const Given given = call.given();
  const std::int64_t id = given.integer("return_id");
  const OrderReturn* before = find_return(state, id);
  if (before == nullptr) return no_return(call, id);
  ReturnLine line;
  line.id = state.returns.next_return_line_id;
  line.line.quantity = 1;
  if (const auto wrong = set_return_line(state, *before, line, given)) return call.refuse(*wrong);
  OrderReturn after = *before;
  after.products.push_back(line);
  check_value(after.value());
  ++state.returns.next_return_line_id;
  state.returns.returns.put(std::move(after));
  log_return_event(state, ReturnEventType::ProductAdded, id, catalogue_product(state, line.line),
                   call.now());
  Answer answer = call.answer();
  answer.put("order_return_product_id", line.id);
  return call.done(std::move(answer));
}

/// The line of the call; the end where there is none.
std::vector<ReturnLine>::iterator return_line_of(OrderReturn& owner, const Given& given) {
  const std::int64_t line_id = given.integer("order_return_product_id");
  return std::find_if(owner.products.begin(), owner.products.end(),
                      [&](const ReturnLine& line) { return line.id == line_id; });
}

Reply no_return_line(const Call& call) {
  const Given given = call.given();
  return call.refuse(fmt::format("return {} has no line {}", given.integer("return_id"),
                                 given.integer("order_return_product_id")));
}

/// Entry 12 with the line's id where its status changed, 8 where anything else did.
Reply set_order_return_product_fields(Call& call) {
  State& state = call.state;
  const Given given = call.given();
  const std::int64_t id = given.integer("return_id");
  const OrderReturn* before = find_return(state, id);
  if (before == nullptr) return no_return(call, id);
  OrderReturn after = *before;
  const auto place = return_line_of(after, given);
  if (place == after.products.end()) return no_return_line(call);
  const ReturnLine old = *place;
  if (const auto wrong = set_return_line(state, after, *place, given)) return call.refuse(*wrong);
  const ReturnLine line = *place;
  check_value(after.value());
  state.returns.returns.put(std::move(after));
  const bool moved = line.status_id != old.status_id;
  const bool edited = line.line != old.line || line.return_reason_id != old.return_reason_id;
  if (edited) {
    log_return_event(state, ReturnEventType::ProductEdited, id, catalogue_product(state, line.line),
                     call.now());
  }
  if (moved) log_return_event(state, ReturnEventType::LineStatusChanged, id, line.id, call.now());
  return call.done();
}

/// Entry 9.
Reply delete_order_return_product(Call& call) {
  State& state = call.state;
  const Given given = call.given();
  const std::int64_t id = given.integer("return_id");
  const OrderReturn* before = find_return(state, id);
  if (before == nullptr) return no_return(call, id);
  OrderReturn after = *before;
  const auto place = return_line_of(after, given);
  if (place == after.products.end()) return no_return_line(call);
  const std::int64_t product_id = catalogue_product(state, place->line);
  after.products.erase(place);
  state.returns.returns.put(std::move(after));
  log_return_event(state, ReturnEventType::ProductRemoved, id, product_id, call.now());
  return call.done();
}

/// Replaces the refunded amount [doc]. Entry 5.
Reply set_order_return_refund(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("return_id");
  if (find_return(call.state, id) == nullptr) return no_return(call, id);
  Payment payment;
  payment.paid_after = read_money(given.decimal("order_refund_done"), "order_refund_done");
  payment.external_payment_id = given.text("external_refund_id");
  payment.date = given.integer("refund_date");
  payment.comment = given.text("refund_comment");
  refund(call.state, id, std::move(payment), call.now());
  return call.done();
}

Reply set_order_return_status(Call& call) {
  const std::int64_t id = call.given().integer("return_id");
  const std::int64_t status_id = call.given().integer("status_id");
  if (find_return(call.state, id) == nullptr) return no_return(call, id);
  if (!call.state.returns.return_statuses.has(status_id)) {
    return call.refuse(fmt::format("return status {} is not there", status_id));
  }
  set_return_status(call.state, id, status_id, call.now());
  return call.done();
}

/// All or none: a return that is not there refuses the call [inferred].
Reply set_order_return_statuses(Call& call) {
  const std::int64_t status_id = call.given().integer("status_id");
  if (!call.state.returns.return_statuses.has(status_id)) {
    return call.refuse(fmt::format("return status {} is not there", status_id));
  }
  const auto ids = read_ids(call.given().list("return_ids"), "return_ids");
  for (const std::int64_t id : ids) {
    if (find_return(call.state, id) == nullptr) return no_return(call, id);
  }
  for (const std::int64_t id : ids) set_return_status(call.state, id, status_id, call.now());
  return call.done();
}

/// As runOrderMacroTrigger.
Reply run_order_return_macro_trigger(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("return_id");
  const std::int64_t trigger_id = given.integer("trigger_id");
  if (find_return(call.state, id) == nullptr) return no_return(call, id);
  if (!has_trigger(call.state, "return_trigger", trigger_id)) {
    return call.refuse(fmt::format("trigger {} is not there", trigger_id));
  }
  happened(call.state, call.context, Happening::ReturnTrigger, id, trigger_id);
  return call.done();
}

constexpr std::array kReturnEditMethods{
    Handled{"addOrderReturn", add_order_return},
    Handled{"setOrderReturnFields", set_order_return_fields},
    Handled{"addOrderReturnProduct", add_order_return_product},
    Handled{"setOrderReturnProductFields", set_order_return_product_fields},
    Handled{"deleteOrderReturnProduct", delete_order_return_product},
    Handled{"setOrderReturnRefund", set_order_return_refund},
    Handled{"setOrderReturnStatus", set_order_return_status},
    Handled{"setOrderReturnStatuses", set_order_return_statuses},
    Handled{"runOrderReturnMacroTrigger", run_order_return_macro_trigger},
};

}  // namespace

std::span<const Handled> return_edit_methods() { return kReturnEditMethods; }

}  // namespace atrapa::mocks::base
