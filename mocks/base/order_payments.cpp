#include "mocks/base/order_payments.hpp"

#include <array>

#include "mocks/base/call.hpp"
#include "mocks/base/order_edit.hpp"
#include "mocks/base/orders_call.hpp"

namespace atrapa::mocks::base {

void write_payments(Answer& answer, const std::vector<Payment>& payments, bool full,
                    bool comments) {
  const auto list = answer.open("payments");
  for (const Payment& entry : payments) {
    if (!full && entry.external_payment_id.empty()) continue;
    const auto item = answer.item();
    answer.put("paid_before", entry.paid_before);
    answer.put("paid_after", entry.paid_after);
    answer.put("total_price", entry.total_price);
    answer.put("currency", entry.currency);
    answer.put("external_payment_id", entry.external_payment_id);
    answer.put("date", entry.date);
    if (comments) answer.put("comment", entry.comment);
  }
}

namespace {

/// Replaces the paid amount; every call leaves an entry in the history [doc].
Reply set_order_payment(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("order_id");
  if (find_order(call.state, id) == nullptr) return no_order(call, id);
  Payment payment;
  payment.paid_after = read_money(given.decimal("payment_done"), "payment_done");
  payment.external_payment_id = given.text("external_payment_id");
  payment.date = given.integer("payment_date");
  payment.comment = given.text("payment_comment");
  pay_order(call.state, call.context, id, std::move(payment), call.now());
  return call.done();
}

/// Only entries with an external id, unless all are asked for [doc]; oldest first [inferred].
Reply get_order_payments_history(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("order_id");
  const Order* order = find_order(call.state, id);
  if (order == nullptr) return no_order(call, id);
  Answer answer = call.answer();
  write_payments(answer, order->payments, given.flag("show_full_history"), /*comments=*/true);
  return call.done(std::move(answer));
}

constexpr std::array kOrderPaymentMethods{
    Handled{"setOrderPayment", set_order_payment},
    Handled{"getOrderPaymentsHistory", get_order_payments_history},
};

}  // namespace

std::span<const Handled> order_payment_methods() { return kOrderPaymentMethods; }

}  // namespace atrapa::mocks::base
