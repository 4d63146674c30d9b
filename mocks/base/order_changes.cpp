#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <utility>

#include "mocks/base/automation.hpp"
#include "mocks/base/journal.hpp"
#include "mocks/base/orders.hpp"
#include "mocks/base/state.hpp"

// What happens to orders, whoever makes it happen.

namespace atrapa::mocks::base {

namespace {

/// Of the form in the official sample; nobody serves it. The same id always gets the same page.
std::string order_page_of(std::int64_t order_id) {
  const std::uint64_t mixed = static_cast<std::uint64_t>(order_id) * 0x9E3779B97F4A7C15u;
  return fmt::format("https://klient.baselinker.com/{}/{:010x}/", order_id, mixed >> 24);
}

}  // namespace

const Order* find_order(const State& state, std::int64_t order_id) {
  return state.sales.orders.find(order_id);
}

std::int64_t put_new_order(State& state, Order order) {
  Sales& sales = state.sales;
  for (OrderLine& line : order.products) line.id = sales.next_line_id++;
  if (order.order_page.empty()) order.order_page = order_page_of(sales.orders.next_id());
  return sales.orders.add(std::move(order));
}

void set_order_status(State& state, kit::Context& context, std::int64_t order_id,
                      std::int64_t status_id, std::int64_t now) {
  if (find_order(state, order_id)->order_status_id == status_id) return;
  state.sales.orders.edit(order_id, [&](Order& order) {
    order.order_status_id = status_id;
    order.date_in_status = now;
  });
  log_event(state, OrderEventType::StatusChanged, order_id, status_id, now);
  happened(state, context, Happening::StatusSet, order_id);
}

void confirm_order(State& state, kit::Context& context, std::int64_t order_id, std::int64_t now) {
  if (find_order(state, order_id)->confirmed()) return;
  state.sales.orders.edit(order_id, [&](Order& order) { order.date_confirmed = now; });
  log_event(state, OrderEventType::Confirmed, order_id, 0, now);
  happened(state, context, Happening::FormReceived, order_id);
}

void pay_order(State& state, kit::Context& context, std::int64_t order_id, Payment payment,
               std::int64_t now) {
  const Order& before = *find_order(state, order_id);
  payment.paid_before = before.payment_done;
  payment.total_price = before.value();
  payment.currency = before.currency;
  const bool becomes_paid =
      payment.paid_before < payment.total_price && payment.paid_after >= payment.total_price;
  state.sales.orders.edit(order_id, [&](Order& order) {
    order.payment_done = payment.paid_after;
    order.payments.push_back(std::move(payment));
  });
  log_event(state, OrderEventType::Payment, order_id, 0, now);
  if (becomes_paid) happened(state, context, Happening::OrderPaid, order_id);
}

void drop_order(State& state, std::int64_t order_id) {
  for (const Cart* cart : state.pick_pack.carts.look_up(Cart::OrderId, number_key(order_id))) {
    state.pick_pack.carts.edit(cart->id,
                               [&](Cart& changed) { std::erase(changed.orders, order_id); });
  }
  state.sales.orders.erase(order_id);
}

}  // namespace atrapa::mocks::base
