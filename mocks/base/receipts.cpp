#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/invoices.hpp"
#include "mocks/base/journal.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kReceiptsPerCall = 100;

Taken taken_by(const Rows<Receipt>& receipts, std::int64_t series_id) {
  return [&receipts, series_id](const std::string& period, std::int64_t sub_id) {
    return !receipts.look_up(Receipt::Number, place_key(series_id, period, 0, 0, sub_id)).empty();
  };
}

Reply add_receipt_for_order(Call& call) {
  const Given given = call.given();
  const Issued issued = add_receipt(call.state, call.context, given.integer("order_id"),
                                    given.integer("series_id"), call.now());
  if (!issued.ok()) return call.refuse(issued.refusal);
  Answer answer = call.answer();
  answer.put("receipt_id", issued.id);
  return call.done(std::move(answer));
}

/// The row of getNewReceipts and getReceipts.
void put_receipt_row(Answer& answer, const Receipt& receipt) {
  answer.put("receipt_id", receipt.id);
  answer.put("series_id", receipt.series_id);
  answer.put("receipt_full_nr", receipt.shown_number());
  answer.put("order_id", receipt.order_id);
  answer.put("date_add", receipt.date_add);
  answer.put("payment_method", receipt.payment_method);
  answer.put("nip", receipt.nip);
  const auto products = answer.open("products");
  for (const SoldItem& one : receipt.items) {
    const auto item = answer.item();
    answer.put("name", one.name);
    answer.put("price_brutto", one.price_brutto);
    answer.put("tax_rate", one.tax_rate);
    answer.put("quantity", one.quantity);
    answer.put("sku", one.sku);
    answer.put("ean", one.ean);
  }
}

/// Receipts that wait for their printer, from id_from on [doc]; all of them, as no limit is stated.
Reply get_new_receipts(Call& call) {
  const Given given = call.given();
  Answer answer = call.answer();
  {
    const auto orders = answer.open("orders");  // Its rows are receipts [doc].
    call.state.invoicing.receipts.each_by(
        Receipt::Waiting, number_key(std::max<std::int64_t>(0, given.integer("id_from"))),
        [&](const Receipt& one) {
          if (given.has("series_id") && given.integer("series_id") != one.series_id) return true;
          const auto item = answer.item();
          put_receipt_row(answer, one);
          return true;
        });
  }
  return call.done(std::move(answer));
}

/// Takes the receipt off the queue, printed or failed [doc]. Told once more, it overwrites
/// [inferred].
Reply set_order_receipt(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("receipt_id");
  const std::int64_t date = given.integer("date");
  if (date < 0 || date > kLastSecond) return call.refuse("date: no such time");
  const bool found = call.state.invoicing.receipts.edit(id, [&](Receipt& receipt) {
    receipt.waiting = false;
    receipt.receipt_nr = given.text("receipt_nr");
    receipt.date_printed = date;
    receipt.printer_error = given.flag("printer_error");
    receipt.printer_name = given.text("printer_name");
  });
  return found ? call.done() : call.refuse(fmt::format("receipt {} is not there", id));
}

void put_exchange(Answer& answer, const Receipt& receipt) {
  answer.put("exchange_currency", receipt.exchange_currency);
  if (receipt.exchange_rate == kit::Decimal(0)) {
    answer.put("exchange_rate", "");
  } else if (answer.as_sample()) {
    answer.put("exchange_rate", receipt.exchange_rate.fixed(4));
  } else {
    answer.put("exchange_rate", receipt.exchange_rate);
  }
  answer.put("exchange_date", receipt.exchange_date);
  answer.put("exchange_info", receipt.exchange_info);
}

/// By receipt, or the latest of an order where no receipt is named: 0 names none [inferred].
Reply get_receipt(Call& call) {
  const Given given = call.given();
  const Rows<Receipt>& receipts = call.state.invoicing.receipts;
  const Receipt* receipt = receipts.find(given.integer("receipt_id"));
  if (given.integer("receipt_id") == 0 && given.integer("order_id") > 0) {
    const auto of_order = receipts.look_up(Receipt::OrderId, number_key(given.integer("order_id")));
    if (!of_order.empty()) receipt = of_order.back();
  }
  if (receipt == nullptr) return call.refuse("receipt_id, order_id: there is no such receipt");
  Answer answer = call.answer();
  answer.put("receipt_id", receipt->id);
  answer.put("series_id", receipt->series_id);
  answer.put("receipt_full_nr", receipt->shown_number());
  answer.put("year", receipt->year);
  answer.put("month", receipt->month);
  answer.put("sub_id", receipt->sub_id);
  answer.put("order_id", receipt->order_id);
  answer.put("date_add", receipt->date_add);
  answer.put("payment_method", receipt->payment_method);
  answer.put("nip", receipt->nip);
  answer.put("currency", receipt->currency);
  answer.put("total_price_brutto", total_of(receipt->items).brutto);
  answer.put("external_receipt_number", receipt->external_receipt_number);
  put_exchange(answer, *receipt);
  {
    const auto items = answer.open("items");
    for (const SoldItem& one : receipt->items) {
      const auto item = answer.item();
      answer.put("name", one.name);
      answer.put("sku", one.sku);
      answer.put("ean", one.ean);
      answer.put("price_brutto", one.price_brutto);
      answer.put("tax_rate", one.tax_rate);
      answer.put("quantity", one.quantity);
    }
  }
  return call.done(std::move(answer));
}

/// By id, 100 at a time [doc]; date_to is inclusive [inferred].
Reply get_receipts(Call& call) {
  const Given given = call.given();
  const auto wanted = [&](const Receipt& one) {
    if (one.waiting && !call.state.settings->lists_unprinted_receipts) return false;
    if (given.has("series_id") && given.integer("series_id") != one.series_id) return false;
    return one.id >= given.integer("id_from") && one.date_add >= given.integer("date_from") &&
           one.date_add <= given.integer("date_to", INT64_MAX);
  };
  std::vector<const Receipt*> found;
  const Rows<Receipt>& receipts = call.state.invoicing.receipts;
  if (given.integer("date_from") > 0 && given.integer("id_from") <= 0) {
    receipts.each_by(Receipt::DateAdd, number_key(given.integer("date_from")),
                     [&](const Receipt& one) {
                       if (wanted(one)) found.push_back(&one);
                       return true;
                     });
    std::sort(found.begin(), found.end(),
              [](const Receipt* left, const Receipt* right) { return left->id < right->id; });
    if (found.size() > kReceiptsPerCall) found.resize(kReceiptsPerCall);
  } else {
    receipts.each(
        [&](const Receipt& one) {
          if (wanted(one)) found.push_back(&one);
          return found.size() < kReceiptsPerCall;
        },
        given.integer("id_from"));
  }
  Answer answer = call.answer();
  {
    const auto list = answer.open("receipts");
    for (const Receipt* one : found) {
      const auto item = answer.item();
      put_receipt_row(answer, *one);
    }
  }
  return call.done(std::move(answer));
}

constexpr std::array kReceiptMethods{
    Handled{"addReceipt", add_receipt_for_order},  Handled{"getNewReceipts", get_new_receipts},
    Handled{"setOrderReceipt", set_order_receipt}, Handled{"getReceipt", get_receipt},
    Handled{"getReceipts", get_receipts},
};

}  // namespace

Issued add_receipt(State& state, kit::Context& context, std::int64_t order_id,
                   std::int64_t series_id, std::int64_t now) {
  const Order* order = state.sales.orders.find(order_id);
  if (order == nullptr) return {0, fmt::format("order {} is not there", order_id)};
  const SalesSeries* found = find_series(state, "RECEIPT", series_id);
  if (found == nullptr) return {0, fmt::format("series {} is none of receipts", series_id)};
  Rows<Receipt>& receipts = state.invoicing.receipts;
  const bool has_one = !receipts.look_up(Receipt::OrderId, number_key(order_id)).empty();
  if (has_one && !state.settings->second_invoice) {
    return {0, fmt::format("order {} has a receipt", order_id)};
  }
  ItemsOf sold = items_of(*order);
  if (!sold.refusal.empty()) return {0, sold.refusal};

  SalesSeries series = *found;
  const SeriesNumber number =
      next_number(series.format, series.last, now, *state.settings, taken_by(receipts, series.id));
  Receipt receipt;
  receipt.order_id = order_id;
  receipt.series_id = series.id;
  receipt.receipt_full_nr = number.text;
  receipt.sub_id = number.sub_id;
  receipt.month = number.month;
  receipt.year = number.year;
  receipt.period = number.period;
  receipt.date_add = now;
  receipt.payment_method = order->payment_method;
  receipt.nip = order->invoice_nip;
  receipt.currency = order->currency;
  receipt.items = std::move(sold.items);
  const std::int64_t id = receipts.add(std::move(receipt));
  state.invoicing.series.put(std::move(series));
  log_event(state, OrderEventType::ReceiptIssued, order_id, id, now);
  happened(state, context, Happening::ReceiptIssued, order_id);
  return {id, {}};
}

bool delete_receipt(State& state, std::int64_t receipt_id, std::int64_t now) {
  Rows<Receipt>& receipts = state.invoicing.receipts;
  const Receipt* found = receipts.find(receipt_id);
  if (found == nullptr) return false;
  const Receipt removed = *found;
  receipts.erase(receipt_id);
  state.invoicing.series.edit(removed.series_id, [&](SalesSeries& series) {
    give_back(series.last, removed.period, taken_by(receipts, series.id));
  });
  log_event(state, OrderEventType::ReceiptDeleted, removed.order_id, receipt_id, now);
  return true;
}

std::span<const Handled> receipt_methods() { return kReceiptMethods; }

}  // namespace atrapa::mocks::base
