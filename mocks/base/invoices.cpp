#include "mocks/base/invoices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "mocks/base/call.hpp"
#include "mocks/base/journal.hpp"

namespace atrapa::mocks::base {
namespace {

using kit::Decimal;

const Decimal kMostExpensive = Decimal(100'000'000);
constexpr std::int64_t kMostPieces = 1'000'000'000;

/// What the other lines' highest rate is; 0 for none.
Decimal highest_rate(const std::vector<SoldItem>& items) {
  if (items.empty()) return {};
  return std::max_element(items.begin(), items.end(),
                          [](const SoldItem& left, const SoldItem& right) {
                            return left.tax_rate < right.tax_rate;
                          })
      ->tax_rate;
}

Taken taken_in(const Rows<Invoice>& invoices, std::int64_t series_id) {
  return [&invoices, series_id](const std::string& period, std::int64_t sub_id) {
    return !invoices.look_up(Invoice::Number, place_key(series_id, period, 0, 0, sub_id)).empty();
  };
}

Reply add_invoice(Call& call) {
  const Given given = call.given();
  const Issued issued =
      issue_invoice(call.state, call.context, given.integer("order_id"), given.integer("series_id"),
                    call.now(), given.text("vat_rate", "DEFAULT"));
  if (!issued.ok()) return call.refuse(issued.refusal);
  Answer answer = call.answer();
  answer.put("invoice_id", issued.id);
  return call.done(std::move(answer));
}

constexpr std::array kInvoiceMethods{Handled{"addInvoice", add_invoice}};

}  // namespace

Decimal SoldItem::price_netto() const {
  if (tax_rate <= Decimal(0)) return price_brutto;
  return (price_brutto * Decimal(100)).divided(Decimal(100) + tax_rate, 4);
}

SoldTotal total_of(const std::vector<SoldItem>& items) {
  SoldTotal total;
  for (const SoldItem& item : items) {
    total.brutto = total.brutto + item.price_brutto * Decimal(item.quantity);
    total.netto = total.netto + item.price_netto() * Decimal(item.quantity);
  }
  total.brutto = total.brutto.rounded(2);
  return total;
}

bool in_bounds(const SoldItem& item) {
  return -kMostExpensive < item.price_brutto && item.price_brutto < kMostExpensive &&
         -kMostPieces <= item.quantity && item.quantity <= kMostPieces &&
         Decimal(-1) <= item.tax_rate && item.tax_rate <= Decimal(100);
}

std::optional<Decimal> vat_rate_of(std::string_view word) {
  if (word == "EXPT" || word == "ZW") return Decimal(-1);
  if (word == "NP") return Decimal::parse("-0.02");
  if (word == "OO") return Decimal::parse("-0.03");
  const auto number = Decimal::parse(word);
  if (!number || *number < Decimal(0) || Decimal(100) < *number) return std::nullopt;
  return number;
}

ItemsOf items_of(const Order& order) {
  ItemsOf found;
  for (const OrderLine& line : order.products) {
    found.items.push_back({.name = line.name,
                           .sku = line.sku,
                           .ean = line.ean,
                           .price_brutto = line.price_brutto,
                           .tax_rate = line.tax_rate,
                           .quantity = line.quantity,
                           .order_product_id = line.id});
  }
  if (Decimal(0) < order.delivery_price) {
    SoldItem delivery;
    delivery.name = order.delivery_method.empty() ? "Przesyłka" : order.delivery_method;
    delivery.price_brutto = order.delivery_price;
    delivery.tax_rate = highest_rate(found.items);
    delivery.quantity = 1;
    delivery.is_shipment = true;
    found.items.push_back(std::move(delivery));
  }
  if (found.items.empty()) found.refusal = fmt::format("order {} has nothing on it", order.id);
  for (const SoldItem& item : found.items) {
    if (!in_bounds(item)) found.refusal = fmt::format("'{}': no such amount", item.name);
  }
  return found;
}

const SalesSeries* find_series(const State& state, std::string_view type, std::int64_t series_id) {
  if (series_id != 0) {
    const SalesSeries* series = state.invoicing.series.find(series_id);
    return series != nullptr && series->type == type ? series : nullptr;
  }
  const SalesSeries* found = nullptr;  // An account has a handful of them.
  state.invoicing.series.each([&](const SalesSeries& one) {
    if (one.type == type && (found == nullptr || (one.is_default && !found->is_default))) {
      found = &one;
    }
    return true;
  });
  return found;
}

std::int64_t put_invoice(State& state, Invoice invoice) {
  SalesSeries series = *state.invoicing.series.find(invoice.series_id);
  Rows<Invoice>& invoices = state.invoicing.invoices;
  const SeriesNumber number = next_number(series.format, series.last, invoice.date_add,
                                          *state.settings, taken_in(invoices, series.id));
  invoice.number = number.text;
  invoice.sub_id = number.sub_id;
  invoice.month = number.month;
  invoice.year = number.year;
  invoice.postfix = number.postfix;
  invoice.period = number.period;
  state.invoicing.series.put(std::move(series));
  return invoices.add(std::move(invoice));
}

Issued issue_invoice(State& state, kit::Context& context, std::int64_t order_id,
                     std::int64_t series_id, std::int64_t now, std::string_view vat_rate) {
  const Order* order = state.sales.orders.find(order_id);
  if (order == nullptr) return {0, fmt::format("order {} is not there", order_id)};
  const SalesSeries* series = series_id != 0 ? find_series(state, "INVOICE", series_id) : nullptr;
  if (series == nullptr) return {0, fmt::format("series {} is none of invoices", series_id)};
  const bool invoiced =
      !state.invoicing.invoices.look_up(Invoice::OrderId, number_key(order_id)).empty();
  if (invoiced && !state.settings->second_invoice) {
    return {0, fmt::format("order {} has an invoice", order_id)};
  }
  ItemsOf sold = items_of(*order);
  if (!sold.refusal.empty()) return {0, sold.refusal};
  if (vat_rate.empty() || vat_rate == "DEFAULT") vat_rate = series->vat_rate;
  if (vat_rate != "ITEM") {
    const auto rate = vat_rate_of(vat_rate);
    if (!rate) return {0, fmt::format("vat_rate '{}' is no rate", vat_rate)};
    for (SoldItem& item : sold.items) item.tax_rate = *rate;
  }

  const SoldTotal total = total_of(sold.items);
  Invoice invoice;
  invoice.order_id = order_id;
  invoice.series_id = series_id;
  invoice.date_add = now;
  invoice.date_sell = now;
  invoice.currency = order->currency;
  invoice.total_price_brutto = total.brutto;
  invoice.total_price_netto = total.netto;
  invoice.payment = order->payment_method;
  invoice.invoice_fullname = order->invoice_fullname;
  invoice.invoice_company = order->invoice_company;
  invoice.invoice_nip = order->invoice_nip;
  invoice.invoice_address = order->invoice_address;
  invoice.invoice_postcode = order->invoice_postcode;
  invoice.invoice_city = order->invoice_city;
  invoice.invoice_state = order->invoice_state;
  invoice.invoice_country_code = order->invoice_country_code;
  invoice.seller = series->seller;
  invoice.issuer = series->issuer;
  invoice.items = std::move(sold.items);
  const std::int64_t id = put_invoice(state, std::move(invoice));
  log_event(state, OrderEventType::InvoiceIssued, order_id, id, now);
  happened(state, context, Happening::InvoiceIssued, order_id);
  return {id, {}};
}

bool delete_invoice(State& state, std::int64_t invoice_id, std::int64_t now) {
  Rows<Invoice>& invoices = state.invoicing.invoices;
  const Invoice* found = invoices.find(invoice_id);
  const bool corrected = !invoices.look_up(Invoice::CorrectionOf, number_key(invoice_id)).empty();
  if (found == nullptr || corrected) return false;
  const Invoice removed = *found;
  invoices.erase(invoice_id);
  state.invoicing.series.edit(removed.series_id, [&](SalesSeries& series) {
    give_back(series.last, removed.period, taken_in(invoices, series.id));
  });
  log_event(state, OrderEventType::InvoiceDeleted, removed.order_id, invoice_id, now);
  return true;
}

std::span<const Handled> invoice_methods() { return kInvoiceMethods; }

}  // namespace atrapa::mocks::base
