#include <array>

#include "mocks/shoper/order_sum.hpp"
#include "mocks/shoper/orders.hpp"
#include "mocks/shoper/row_calls.hpp"
#include "mocks/shoper/rows.hpp"

// order-transactions and order-refunds: money that came in and went back. Not for every
// application: see `internal_scope` in settings.cpp.

namespace atrapa::mocks::shoper {
namespace {

using kit::Decimal;
using kit::RecordPtr;
using kit::RecordWriter;

constexpr std::int64_t kFinished = 3;

/// What a transaction or a refund counts: its value once it is finished.
Decimal finished_value(Rows rows, const kit::Record* row) {
  if (row == nullptr || id_of(rows, *row, "status") != kFinished) return {};
  return number_of(rows, *row, "currency_value");
}

/// `by` more of the order is paid; the flags follow.
void pay(State& state, std::int64_t order_id, const Decimal& by) {
  const RecordPtr order = state.find(Rows::Orders, order_id);
  if (order == nullptr || by == Decimal(0) || !state.settings->transactions_move_paid) return;
  RecordWriter writer(schema_of(Rows::Orders), *order);
  writer.set_text("paid", (number_of(writer, "paid") + by).fixed(2));
  renew_flags(state, writer);
  state.table(Rows::Orders).put(writer.finish(order_id));
}

std::int64_t order_of_refund(const State& state, const kit::Record& refund) {
  const RecordPtr transaction =
      state.find(Rows::OrderTransactions, id_of(Rows::OrderRefunds, refund, "transaction_id"));
  return transaction ? id_of(Rows::OrderTransactions, *transaction, "order_id") : 0;
}

void complete_transaction(Call& call, const kit::Written&, RecordWriter& writer,
                          const kit::Record* before) {
  if (before == nullptr && !writer.has("date")) {
    writer.set_text("date", call.state.local_time(call.context.now));
  }
}

/// A finished transaction counts into its order's `paid` (setting `transactions_move_paid`)
/// [inferred].
void settle_transaction(Call& call, const kit::Record* before, const kit::Record* after) {
  for (const auto& [row, sign] : {std::pair{before, -1}, std::pair{after, 1}}) {
    if (row == nullptr) continue;
    pay(call.state, id_of(Rows::OrderTransactions, *row, "order_id"),
        finished_value(Rows::OrderTransactions, row) * Decimal(sign));
  }
}

/// A finished refund counts out of it likewise.
void settle_refund(Call& call, const kit::Record* before, const kit::Record* after) {
  for (const auto& [row, sign] : {std::pair{before, 1}, std::pair{after, -1}}) {
    if (row == nullptr) continue;
    pay(call.state, order_of_refund(call.state, *row),
        finished_value(Rows::OrderRefunds, row) * Decimal(sign));
  }
}

constexpr RowRules kTransactionRules{.complete = complete_transaction,
                                     .settle = settle_transaction};
constexpr RowRules kRefundRules{.settle = settle_refund};

Reply list_money(Call& call) { return list_rows(call); }
Reply create_transaction(Call& call) { return create_row(call, kTransactionRules); }
Reply update_transaction(Call& call) { return update_row(call, kTransactionRules); }
Reply remove_transaction(Call& call) { return delete_row(call, kTransactionRules); }
Reply create_refund(Call& call) { return create_row(call, kRefundRules); }
Reply update_refund(Call& call) { return update_row(call, kRefundRules); }
Reply remove_refund(Call& call) { return delete_row(call, kRefundRules); }

constexpr std::array kOrderMoneyCalls{
    Handled{"GET /webapi/rest/order-transactions", list_money},
    Handled{"GET /webapi/rest/order-transactions/{id}", get_row},
    Handled{"POST /webapi/rest/order-transactions", create_transaction},
    Handled{"PUT /webapi/rest/order-transactions/{id}", update_transaction},
    Handled{"DELETE /webapi/rest/order-transactions/{id}", remove_transaction},
    Handled{"GET /webapi/rest/order-refunds", list_money},
    Handled{"GET /webapi/rest/order-refunds/{id}", get_row},
    Handled{"POST /webapi/rest/order-refunds", create_refund},
    Handled{"PUT /webapi/rest/order-refunds/{id}", update_refund},
    Handled{"DELETE /webapi/rest/order-refunds/{id}", remove_refund},
};

}  // namespace

std::span<const Handled> order_money_calls() { return kOrderMoneyCalls; }

}  // namespace atrapa::mocks::shoper
