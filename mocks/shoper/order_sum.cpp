#include "mocks/shoper/order_sum.hpp"

#include <algorithm>
#include <string>

#include "mocks/shoper/rows.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::Decimal;

/// `amount` less that many percent, which count between 0 and 100.
Decimal discounted(const Decimal& amount, const Decimal& percent) {
  const Decimal bounded = std::clamp(percent, Decimal(0), Decimal(100));
  return (amount * (Decimal(100) - bounded)).divided(Decimal(100), 2);
}

/// What the order's shipping asks for its payment: a row of `payments` with a cost, in percent of
/// the lines or as an amount.
Decimal surcharge(const State& state, const kit::RecordWriter& order, const Decimal& lines) {
  const auto shipping =
      state.find(Rows::Shippings, kit::scalar_id(order.raw("shipping_id")).value_or(0));
  if (shipping == nullptr) return {};
  const std::string payment = order.text("payment_id");
  for (const std::string_view row : kit::elements(raw_of(Rows::Shippings, *shipping, "payments"))) {
    if (kit::scalar_text(kit::member(row, "payment_id")) != payment) continue;
    const Decimal cost = kit::scalar_number(kit::member(row, "cost")).value_or(Decimal{});
    if (kit::member(row, "percent") != "true") return cost.rounded(2);
    return (lines * cost).divided(Decimal(100), 2);
  }
  return {};
}

}  // namespace

Decimal line_total(const kit::Record& line) {
  const Decimal full = number_of(Rows::OrderProducts, line, "price") *
                       number_of(Rows::OrderProducts, line, "quantity");
  return discounted(full, number_of(Rows::OrderProducts, line, "discount_perc"));
}

void renew_flags(const State& state, kit::RecordWriter& order) {
  const Decimal sum = number_of(order, "sum");
  const Decimal paid = number_of(order, "paid");
  const auto flag = [](bool on) { return on ? "true" : "false"; };
  order.set("is_paid", flag(paid >= sum));
  order.set("is_underpayment", flag(paid < sum));
  order.set("is_overpayment", flag(paid > sum));
  const auto payment =
      state.find(Rows::Payments, kit::scalar_id(order.raw("payment_id")).value_or(0));
  order.set("is_cash_on_delivery",
            flag(payment && text_of(Rows::Payments, *payment, "name") == "cod"));
}

void recompute_order(State& state, std::int64_t order_id) {
  const kit::RecordPtr row = state.find(Rows::Orders, order_id);
  if (row == nullptr) return;
  kit::RecordWriter order(schema_of(Rows::Orders), *row);
  const auto lines = state.table(Rows::OrderProducts).look_up("order_id", std::to_string(order_id));
  Decimal sum;
  for (const kit::RecordPtr& line : lines) sum = sum + line_total(*line);
  if (state.settings->sum_counts_order_discounts) {
    const Decimal percent = number_of(order, "discount_client") +
                            number_of(order, "discount_group") +
                            number_of(order, "discount_levels") + number_of(order, "discount_code");
    sum = discounted(sum, percent);
  }
  if (state.settings->sum_includes_shipping) {
    sum = sum + surcharge(state, order, sum) + number_of(order, "shipping_cost");
  }
  order.set_text("sum", sum.fixed(2));
  order.set("total_products", std::to_string(lines.size()));
  renew_flags(state, order);
  state.table(Rows::Orders).put(order.finish(order_id));
}

}  // namespace atrapa::mocks::shoper
