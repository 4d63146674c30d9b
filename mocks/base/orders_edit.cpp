#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mocks/base/automation.hpp"
#include "mocks/base/call.hpp"
#include "mocks/base/journal.hpp"
#include "mocks/base/order_edit.hpp"
#include "mocks/base/orders_call.hpp"

namespace atrapa::mocks::base {

Reply no_order(const Call& call, std::int64_t order_id) {
  return call.refuse(fmt::format("order {} is not there", order_id));
}

namespace {

/// Edits what is named and leaves the rest [doc]. Entry 11 where something of the delivery became
/// different, 16 where anything else did; writing what is there already logs nothing [inferred].
Reply set_order_fields(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.given().integer("order_id");
  const Order* before = find_order(state, id);
  if (before == nullptr) return no_order(call, id);
  Order after = *before;
  set_order_given(call, after);
  check_value(after.value());
  bool delivery = false;
  bool data = false;
  each_difference(*before, after, [&](std::string_view name) {
    (name.starts_with("delivery_") ? delivery : data) = true;
  });
  if (!delivery && !data) return call.done();
  state.sales.orders.put(std::move(after));
  if (delivery) log_event(state, OrderEventType::DeliveryEdited, id, 0, call.now());
  if (data) log_event(state, OrderEventType::DataEdited, id, 0, call.now());
  return call.done();
}

/// Appends a line: entry 12. Left out, `quantity` is 1 [inferred].
Reply add_order_product(Call& call) {
  State& state = call.state;
  const Given given = call.given();
  const std::int64_t id = given.integer("order_id");
  const Order* before = find_order(state, id);
  if (before == nullptr) return no_order(call, id);
  OrderLine line;
  line.quantity = 1;
  set_line(line, given);
  line.id = state.sales.next_line_id;
  Order after = *before;
  after.products.push_back(line);
  check_value(after.value());
  ++state.sales.next_line_id;
  state.sales.orders.put(std::move(after));
  log_event(state, OrderEventType::ProductAdded, id,
            journal_object(state, OrderEventType::ProductAdded, line), call.now());
  Answer answer = call.answer();
  answer.put("order_product_id", line.id);
  return call.done(std::move(answer));
}

/// The line of the call; the end where there is none.
std::vector<OrderLine>::iterator line_of(Order& order, const Given& given) {
  const std::int64_t line_id = given.integer("order_product_id");
  return std::find_if(order.products.begin(), order.products.end(),
                      [&](const OrderLine& line) { return line.id == line_id; });
}

Reply no_line(const Call& call) {
  const Given given = call.given();
  return call.refuse(fmt::format("order {} has no line {}", given.integer("order_id"),
                                 given.integer("order_product_id")));
}

/// Edits what is named of a line: entry 13, unless it is all the same already [inferred].
Reply set_order_product_fields(Call& call) {
  State& state = call.state;
  const Given given = call.given();
  const std::int64_t id = given.integer("order_id");
  const Order* before = find_order(state, id);
  if (before == nullptr) return no_order(call, id);
  Order after = *before;
  const auto place = line_of(after, given);
  if (place == after.products.end()) return no_line(call);
  set_line(*place, given);
  check_value(after.value());
  if (after == *before) return call.done();
  const OrderLine line = *place;
  state.sales.orders.put(std::move(after));
  log_event(state, OrderEventType::ProductEdited, id,
            journal_object(state, OrderEventType::ProductEdited, line), call.now());
  return call.done();
}

/// Removes a line: entry 14.
Reply delete_order_product(Call& call) {
  State& state = call.state;
  const Given given = call.given();
  const std::int64_t id = given.integer("order_id");
  const Order* before = find_order(state, id);
  if (before == nullptr) return no_order(call, id);
  Order after = *before;
  const auto place = line_of(after, given);
  if (place == after.products.end()) return no_line(call);
  const OrderLine line = *place;
  after.products.erase(place);
  state.sales.orders.put(std::move(after));
  log_event(state, OrderEventType::ProductRemoved, id,
            journal_object(state, OrderEventType::ProductRemoved, line), call.now());
  return call.done();
}

constexpr std::array kOrderEditMethods{
    Handled{"setOrderFields", set_order_fields},
    Handled{"addOrderProduct", add_order_product},
    Handled{"setOrderProductFields", set_order_product_fields},
    Handled{"deleteOrderProduct", delete_order_product},
};

}  // namespace

std::span<const Handled> order_edit_methods() { return kOrderEditMethods; }

}  // namespace atrapa::mocks::base
