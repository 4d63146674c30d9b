#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "mocks/base/automation.hpp"
#include "mocks/base/call.hpp"
#include "mocks/base/journal.hpp"
#include "mocks/base/order_edit.hpp"
#include "mocks/base/orders_call.hpp"
#include "mocks/kit/world_error.hpp"

// Orders made of orders, and orders removed.

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kMostDeleted = 1000;

/// A new order with everything that the buyer said of the other, made now: without parcels, money
/// paid, the marketplace's charges and what the warehouse did. Confirmed now where the other is
/// confirmed, as no order is confirmed in the past [doc].
Order copied_order(const Order& order, std::int64_t now) {
  Order copy = order;
  copy.id = 0;
  copy.date_add = now;
  copy.date_in_status = now;
  copy.date_confirmed = order.confirmed() ? now : 0;
  copy.payment_done = 0;
  copy.payments.clear();
  copy.delivery_package_module.clear();
  copy.delivery_package_nr.clear();
  copy.pick_state = 0;
  copy.pack_state = 0;
  copy.commissions.clear();
  copy.transaction = {};
  copy.order_page.clear();
  copy.merged = false;
  return copy;
}

/// Takes in an order made of others: entry 1 of its own.
std::int64_t put_made_order(Call& call, Order order) {
  const std::int64_t id = put_new_order(call.state, std::move(order));
  log_event(call.state, OrderEventType::Created, id, 0, call.now());
  return id;
}

/// A copy of lines and data. Nothing is paid for it yet [inferred]. Entry 17.
Reply add_order_duplicate(Call& call) {
  const std::int64_t id = call.given().integer("order_id");
  const Order* order = find_order(call.state, id);
  if (order == nullptr) return no_order(call, id);
  const std::int64_t copy = put_made_order(call, copied_order(*order, call.now()));
  log_event(call.state, OrderEventType::Copied, id, copy, call.now());
  Answer answer = call.answer();
  answer.put("order_id", copy);
  return call.done(std::move(answer));
}

/// Pieces to move, by line. Throws kit::WorldError for a line that the order does not have, and
/// for pieces below 1 or, over all mentions of the line, above what it has.
std::map<std::int64_t, std::int64_t> pieces_to_move(const Order& order, const kit::Json& items) {
  std::map<std::int64_t, std::int64_t> pieces;
  for (const kit::Json& item : items) {
    const std::int64_t line_id = Given(item).integer("order_product_id");
    const std::int64_t quantity = Given(item).integer("quantity");
    const auto line = std::find_if(order.products.begin(), order.products.end(),
                                   [&](const OrderLine& one) { return one.id == line_id; });
    if (line == order.products.end()) {
      throw kit::WorldError("items_to_split", fmt::format("the order has no line {}", line_id));
    }
    const std::int64_t left = line->quantity - pieces[line_id];
    if (quantity < 1 || quantity > left) {
      throw kit::WorldError("items_to_split", fmt::format("line {} has {} pieces", line_id, left));
    }
    pieces[line_id] += quantity;
  }
  return pieces;
}

/// Moves pieces, and some of the cost of delivery, to a new order; what was paid stays with the
/// old one [inferred]. A line of which all pieces go leaves the old order. Entry 6.
Reply add_order_by_split(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("order_id");
  const Order* order = find_order(call.state, id);
  if (order == nullptr) return no_order(call, id);
  const auto pieces = pieces_to_move(*order, given.list("items_to_split"));
  if (pieces.empty()) return call.refuse("items_to_split is empty");
  const kit::Decimal delivery =
      read_money(given.decimal("delivery_cost_to_split"), "delivery_cost_to_split");
  if (delivery > order->delivery_price) {
    return call.refuse("delivery_cost_to_split is above the order's cost of delivery");
  }
  Order rest = *order;
  Order part = copied_order(*order, call.now());
  rest.delivery_price = order->delivery_price - delivery;
  part.delivery_price = delivery;
  rest.products.clear();
  part.products.clear();
  for (const OrderLine& line : order->products) {
    const auto found = pieces.find(line.id);
    const std::int64_t moved = found == pieces.end() ? 0 : found->second;
    if (moved > 0) part.products.push_back(line);
    if (moved > 0) part.products.back().quantity = moved;
    if (moved > 0 && moved == line.quantity) continue;
    rest.products.push_back(line);
    rest.products.back().quantity -= moved;
  }
  call.state.sales.orders.put(std::move(rest));
  const std::int64_t new_id = put_made_order(call, std::move(part));
  log_event(call.state, OrderEventType::Split, id, new_id, call.now());
  Answer answer = call.answer();
  answer.put("new_order_id", new_id);
  return call.done(std::move(answer));
}

/// Appends what was paid for the other order, entry by entry, to what was paid for this one.
void take_payments(Order& into, const Order& from, std::int64_t now) {
  const auto take = [&](Payment entry, const kit::Decimal& amount) {
    entry.paid_before = into.payment_done;
    entry.paid_after = into.payment_done + amount;
    into.payment_done = entry.paid_after;
    into.payments.push_back(std::move(entry));
  };
  kit::Decimal unexplained = from.payment_done;
  for (const Payment& entry : from.payments) {
    const kit::Decimal amount = entry.paid_after - entry.paid_before;
    unexplained = unexplained - amount;
    take(entry, amount);
  }
  if (unexplained != 0) {
    Payment entry;
    entry.total_price = from.value();
    entry.currency = from.currency;
    entry.date = now;
    take(std::move(entry), unexplained);
  }
}

/// The main order with the lines and the money of the others.
Order merged_order(Order main, const std::vector<const Order*>& others, bool sum_delivery,
                   std::int64_t now) {
  for (const Order* other : others) {
    main.products.insert(main.products.end(), other->products.begin(), other->products.end());
    if (sum_delivery) main.delivery_price = main.delivery_price + other->delivery_price;
    take_payments(main, *other, now);
  }
  check_value(main.value());
  read_money(main.payment_done, "payment_done");
  return main;
}

/// The rows that are of the one order are of the other one from now on. Answers how many.
template <typename T>
std::size_t hand_over(Rows<T>& rows, std::int64_t from, std::int64_t to) {
  std::vector<std::int64_t> ids;
  for (const T* row : rows.look_up(T::OrderId, number_key(from))) ids.push_back(row->id);
  for (const std::int64_t id : ids) rows.edit(id, [to](T& row) { row.order_id = to; });
  return ids.size();
}

/// Parcels, documents and returns of an order that goes into another one.
void hand_over_papers(State& state, std::int64_t from, std::int64_t to) {
  hand_over(state.invoicing.invoices, from, to);
  hand_over(state.invoicing.receipts, from, to);
  hand_over(state.returns.returns, from, to);
  if (hand_over(state.shipping.shipments, from, to) > 0) show_on_order(state, to);
}

/// `technical_merge` makes a new order of all lines and leaves the originals as they are;
/// `into_main_order` moves the lines to the main order, keeping their ids, and deletes the others
/// [doc]. The main order's data stays; what was paid adds up, and parcels, invoices, receipts and
/// returns become the main order's [inferred]. Entry 5 for each order that went into another, with
/// the id of that one. Refused are currencies that differ [inferred].
Reply set_orders_merge(Call& call) {
  State& state = call.state;
  const Given given = call.given();
  const std::int64_t now = call.now();
  const std::int64_t main_id = given.integer("main_order_id");
  const Order* main = find_order(state, main_id);
  if (main == nullptr) return no_order(call, main_id);
  const auto ids = read_ids(given.list("order_ids_to_merge"), "order_ids_to_merge");
  if (ids.empty()) return call.refuse("order_ids_to_merge is empty");
  std::vector<const Order*> others;
  for (const std::int64_t id : ids) {
    const Order* other = find_order(state, id);
    if (other == nullptr) return no_order(call, id);
    if (id == main_id) return call.refuse("order_ids_to_merge holds main_order_id");
    if (other->currency != main->currency) return call.refuse("the orders' currencies differ");
    others.push_back(other);
  }
  const bool sum = given.flag("sum_delivery_costs");
  std::int64_t result = main_id;
  if (given.text("merge_mode") == "technical_merge") {
    Order base = copied_order(*main, now);
    take_payments(base, *main, now);
    result = put_made_order(call, merged_order(std::move(base), others, sum, now));
    state.sales.orders.edit(main_id, [](Order& order) { order.merged = true; });
    log_event(state, OrderEventType::Merged, main_id, result, now);
    for (const std::int64_t id : ids) {
      state.sales.orders.edit(id, [](Order& order) { order.merged = true; });
      log_event(state, OrderEventType::Merged, id, result, now);
    }
  } else {
    state.sales.orders.put(merged_order(*main, others, sum, now));
    for (const std::int64_t id : ids) {
      hand_over_papers(state, id, main_id);
      drop_order(state, id);
      log_event(state, OrderEventType::Merged, id, result, now);
    }
  }
  Answer answer = call.answer();
  answer.put("merged_order_id", result);
  return call.done(std::move(answer));
}

/// Removes what is there and answers which; above 1000 ids all is refused [doc; inferred]. Entry 4.
Reply delete_orders(Call& call) {
  State& state = call.state;
  const kit::Json& list = call.given().list("order_ids");
  if (list.size() > kMostDeleted) {
    return call.refuse(fmt::format("{} orders in one call", list.size()));
  }
  Answer answer = call.answer();
  {
    const std::vector<std::int64_t> ids = read_ids(list, "order_ids");
    const auto deleted = answer.open("deleted_order_ids");
    for (const std::int64_t id : ids) {
      if (find_order(state, id) == nullptr) continue;
      drop_order(state, id);
      log_event(state, OrderEventType::Removed, id, 0, call.now());
      answer.add(id);
    }
  }
  return call.done(std::move(answer));
}

constexpr std::array kOrderCombineMethods{
    Handled{"addOrderDuplicate", add_order_duplicate},
    Handled{"addOrderBySplit", add_order_by_split},
    Handled{"setOrdersMerge", set_orders_merge},
    Handled{"deleteOrders", delete_orders},
};

}  // namespace

std::span<const Handled> order_combine_methods() { return kOrderCombineMethods; }

}  // namespace atrapa::mocks::base
