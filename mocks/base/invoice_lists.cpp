#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/invoices.hpp"
#include "mocks/kit/countries.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kInvoicesPerCall = 100;

/// The country's name; its code where we have no name for it.
std::string_view country_on_invoice(std::string_view code) {
  const kit::Country* country = kit::country_of(code);
  return country != nullptr ? country->polish : code;
}

bool invoice_wanted(const Given& given, const Invoice& invoice) {
  if (given.has("order_id") && given.integer("order_id") != invoice.order_id) return false;
  if (given.has("series_id") && given.integer("series_id") != invoice.series_id) return false;
  if (invoice.id < given.integer("id_from") || invoice.date_add < given.integer("date_from")) {
    return false;
  }
  return invoice.file.empty() || given.flag("get_external_invoices", true);
}

/// The wanted ones by id, as paging by id needs them.
std::vector<const Invoice*> wanted_invoices(const Given& given, const Rows<Invoice>& invoices) {
  std::vector<const Invoice*> found;
  const auto take = [&](const Invoice& one) {
    if (invoice_wanted(given, one)) found.push_back(&one);
    return found.size() < kInvoicesPerCall;
  };
  if (given.has("invoice_id")) {
    const Invoice* one = invoices.find(given.integer("invoice_id"));
    if (one != nullptr) take(*one);
  } else if (given.has("order_id")) {
    if (given.integer("order_id") < 0) return found;
    for (const Invoice* one :
         invoices.look_up(Invoice::OrderId, number_key(given.integer("order_id")))) {
      if (!take(*one)) break;
    }
  } else if (given.integer("date_from") > 0 && given.integer("id_from") <= 0) {
    invoices.each_by(Invoice::DateAdd, number_key(given.integer("date_from")),
                     [&](const Invoice& one) {
                       if (invoice_wanted(given, one)) found.push_back(&one);
                       return true;
                     });
    std::sort(found.begin(), found.end(),
              [](const Invoice* left, const Invoice* right) { return left->id < right->id; });
    if (found.size() > kInvoicesPerCall) found.resize(kInvoicesPerCall);
  } else {
    invoices.each(take, given.integer("id_from"));
  }
  return found;
}

void put_items(Answer& answer, const Invoice& invoice) {
  const auto items = answer.open("items");
  for (const SoldItem& one : invoice.items) {
    const auto item = answer.item();
    answer.put("name", one.name);
    answer.put("sku", one.sku);
    answer.put("ean", one.ean);
    answer.put("price_brutto", one.price_brutto);
    answer.put("price_netto", one.price_netto());
    answer.put("tax_rate", one.tax_rate);
    answer.put("quantity", one.quantity);
    answer.put("is_shipment", one.is_shipment);
    answer.put("order_product_id", one.order_product_id);
  }
}

void put_buyer(Answer& answer, const Invoice& invoice) {
  answer.put("invoice_fullname", invoice.invoice_fullname);
  answer.put("invoice_company", invoice.invoice_company);
  answer.put("invoice_nip", invoice.invoice_nip);
  answer.put("invoice_address", invoice.invoice_address);
  answer.put("invoice_postcode", invoice.invoice_postcode);
  answer.put("invoice_city", invoice.invoice_city);
  answer.put("invoice_country", country_on_invoice(invoice.invoice_country_code));
  answer.put("invoice_country_code", invoice.invoice_country_code);
}

void put_invoice_row(Answer& answer, const Invoice& invoice, bool government) {
  answer.put("invoice_id", invoice.id);
  answer.put("order_id", invoice.order_id);
  answer.put("series_id", invoice.series_id);
  answer.put("type", invoice.type);
  answer.put("number", invoice.number);
  answer.put("external_invoice_number", invoice.external_invoice_number);
  answer.put("sub_id", invoice.sub_id);
  answer.put("month", invoice.month);
  answer.put("year", invoice.year);
  answer.put("postfix", invoice.postfix);
  answer.put("date_add", invoice.date_add);
  answer.put("date_sell", invoice.date_sell);
  answer.put("date_pay_to", invoice.date_pay_to);
  answer.put("currency", invoice.currency);
  answer.put("total_price_brutto", invoice.total_price_brutto);
  answer.put("total_price_netto", invoice.total_price_netto);
  answer.put("payment", invoice.payment);
  answer.put("additional_info", invoice.additional_info);
  put_buyer(answer, invoice);
  answer.put("seller", invoice.seller);
  answer.put("issuer", invoice.issuer);
  answer.put("correcting_to_invoice_id", invoice.correcting_to_invoice_id);
  answer.put("correcting_reason", invoice.correcting_reason);
  answer.put("correcting_items", invoice.correcting_items);
  answer.put("correcting_data", invoice.correcting_data);
  answer.put("exchange_currency", invoice.exchange_currency);
  if (invoice.exchange_rate == kit::Decimal(0)) {  // "" [client recording]
    answer.put("exchange_rate", "");
  } else {
    answer.put("exchange_rate", invoice.exchange_rate);
  }
  answer.put("exchange_date", invoice.exchange_date);
  answer.put("exchange_info", invoice.exchange_info);
  answer.put("external_id", invoice.external_id);
  put_items(answer, invoice);
  if (!government) return;
  answer.put("gov_id", invoice.gov_id);
  answer.put("gov_date", invoice.gov_date);  // Types not documented; dates are unix seconds.
  answer.put("gov_status", invoice.gov_status);
}

/// By id, 100 at a time [doc]. Those that came with a file of the outside system are listed unless
/// get_external_invoices is false [inferred: the default].
Reply get_invoices(Call& call) {
  const Given given = call.given();
  const bool government = given.flag("get_government_data");
  Answer answer = call.answer();
  {
    const auto invoices = answer.open("invoices");
    for (const Invoice* one : wanted_invoices(given, call.state.invoicing.invoices)) {
      const auto item = answer.item();
      put_invoice_row(answer, *one, government);
    }
  }
  return call.done(std::move(answer));
}

Reply get_series(Call& call) {
  Answer answer = call.answer();
  {
    const auto series = answer.open("series");
    call.state.invoicing.series.each([&](const SalesSeries& one) {
      const auto item = answer.item();
      answer.put("id", one.id);
      answer.put("type", one.type);
      answer.put("name", one.name);
      answer.put("format", one.format);
      return true;
    });
  }
  return call.done(std::move(answer));
}

constexpr std::array kInvoiceListMethods{
    Handled{"getInvoices", get_invoices},
    Handled{"getSeries", get_series},
};

}  // namespace

std::span<const Handled> invoice_list_methods() { return kInvoiceListMethods; }

}  // namespace atrapa::mocks::base
