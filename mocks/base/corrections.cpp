#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/invoices.hpp"
#include "mocks/base/journal.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {
namespace {

/// The write side takes a number, the read side shows a text [doc]; the texts are our own words.
constexpr std::array<std::string_view, 10> kReasons{
    "",
    "Zwrot przedpłaty",
    "Obowiązkowy rabat",
    "Podwyższenie ceny",
    "Zwrot kwoty nienależnej",
    "Zwrot towarów",
    "Pomyłka w cenie, stawce lub kwocie podatku",
    "Zmiana danych nabywcy",
    "Odstąpienie od umowy",
    "Inna",
};

/// The buyer's data as an invoice and the parameters name them.
struct Buyer {
  std::string fullname;
  std::string company;
  std::string address;
  std::string postcode;
  std::string city;
  std::string state;
  std::string country_code;
  std::string nip;

  static constexpr auto fields() {
    return std::tuple{as("invoice_fullname", &Buyer::fullname),
                      as("invoice_company", &Buyer::company),
                      as("invoice_address", &Buyer::address),
                      as("invoice_postcode", &Buyer::postcode),
                      as("invoice_city", &Buyer::city),
                      as("invoice_state", &Buyer::state),
                      as("invoice_country_code", &Buyer::country_code),
                      as("invoice_nip", &Buyer::nip)};
  }
  bool operator==(const Buyer&) const = default;
};

Buyer buyer_on(const Invoice& one) {
  return {one.invoice_fullname, one.invoice_company, one.invoice_address,      one.invoice_postcode,
          one.invoice_city,     one.invoice_state,   one.invoice_country_code, one.invoice_nip};
}

void set_buyer(Invoice& invoice, Buyer buyer) {
  invoice.invoice_fullname = std::move(buyer.fullname);
  invoice.invoice_company = std::move(buyer.company);
  invoice.invoice_address = std::move(buyer.address);
  invoice.invoice_postcode = std::move(buyer.postcode);
  invoice.invoice_city = std::move(buyer.city);
  invoice.invoice_state = std::move(buyer.state);
  invoice.invoice_country_code = std::move(buyer.country_code);
  invoice.invoice_nip = std::move(buyer.nip);
}

/// The invoice as its corrections have left it: the latest one, else itself.
const Invoice& as_it_stands(const Rows<Invoice>& invoices, const Invoice& original) {
  const auto corrections = invoices.look_up(Invoice::CorrectionOf, number_key(original.id));
  return corrections.empty() ? original : *corrections.back();
}

/// The line that a corrected item speaks of: that of the order's line, else the one of its name.
/// Null for a line that the invoice does not have yet.
SoldItem* line_meant(std::vector<SoldItem>& items, std::int64_t line_id, std::string_view name) {
  for (SoldItem& one : items) {
    if (line_id != 0 ? one.order_product_id == line_id : one.name == name) return &one;
  }
  return nullptr;
}

/// Overwrites the lines that the parameters name; what they leave out stays [inferred]. Answers
/// why they cannot be taken, or "".
std::string correct_items(std::vector<SoldItem>& items, const kit::Json& corrected) {
  for (const kit::Json& row : corrected) {
    const Given given(row);
    SoldItem* line = line_meant(items, given.integer("order_product_id"), given.text("item_name"));
    if (line == nullptr) {
      line = &items.emplace_back();
      line->order_product_id = given.integer("order_product_id");
    }
    line->name = given.text("item_name", line->name);
    line->sku = given.text("item_sku", line->sku);
    line->ean = given.text("item_ean", line->ean);
    line->price_brutto = given.decimal("item_price_brutto", line->price_brutto);
    line->tax_rate = given.decimal("item_tax_rate", line->tax_rate);
    if (given.has("item_quantity")) {
      if (!given.decimal("item_quantity").is_whole()) return "item_quantity: expected whole pieces";
      line->quantity = given.integer("item_quantity");
    }
    if (line->name.empty()) return "items: a new line needs a name";
    if (line->quantity < 0 || line->price_brutto < kit::Decimal(0) || !in_bounds(*line) ||
        line->price_brutto.rounded(2) != line->price_brutto) {
      return fmt::format("'{}': no such amount", line->name);
    }
  }
  return {};
}

/// Corrects an invoice: items after the correction, the buyer's data, or both. Its totals are the
/// difference to how the invoice stood before [inferred].
Reply correct_invoice(Call& call, const Given& given, const Invoice& original,
                      const SalesSeries& series) {
  State& state = call.state;
  const Invoice before = as_it_stands(state.invoicing.invoices, original);
  Invoice after = before;
  const kit::Json& items = given.list("items");
  if (std::string problem = correct_items(after.items, items); !problem.empty()) {
    return call.refuse(problem);
  }
  Buyer buyer = buyer_on(before);
  set_given(buyer, given);
  const bool data_changed = buyer != buyer_on(before);
  set_buyer(after, std::move(buyer));

  const SoldTotal was = total_of(before.items);
  const SoldTotal is = total_of(after.items);
  after.id = 0;
  after.series_id = series.id;
  after.type = "correcting";
  after.external_invoice_number.clear();
  after.date_add = call.now();
  after.date_sell = given.integer("date_sell", original.date_sell);
  after.total_price_brutto = is.brutto - was.brutto;
  after.total_price_netto = is.netto - was.netto;
  after.payment = given.text("fv_payment", before.payment);
  after.issuer = given.text("fv_person", series.issuer);
  after.seller = series.seller;
  after.correcting_to_invoice_id = original.id;
  after.correcting_return_id = given.integer("return_order_id");
  after.correcting_reason =
      kReasons[static_cast<std::size_t>(given.integer("correcting_reason", 0))];
  after.correcting_items = given.flag("correcting_items", !items.empty());
  after.correcting_data = given.flag("correcting_data", data_changed);
  after.external_id = 0;
  after.gov_id.clear();
  after.gov_date = 0;
  after.gov_status.clear();
  after.file.clear();
  if (!after.correcting_items && !after.correcting_data) return call.refuse("nothing is corrected");
  if (after.correcting_items && items.empty()) return call.refuse("parameter items: is missing");
  if (after.date_sell < 0 || after.date_sell > kLastSecond) {
    return call.refuse("date_sell: no such time");
  }
  const std::int64_t order_id = original.order_id;
  const std::int64_t id = put_invoice(state, std::move(after));
  log_event(state, OrderEventType::InvoiceIssued, order_id, id, call.now());
  happened(state, call.context, Happening::InvoiceIssued, order_id);
  Answer answer = call.answer();
  answer.put("invoice_id", id);
  return call.done(std::move(answer));
}

/// The order's invoice, the latest where it has several; null where it has none.
const Invoice* invoice_of_order(const Rows<Invoice>& invoices, std::int64_t order_id) {
  const Invoice* found = nullptr;
  for (const Invoice* one : invoices.look_up(Invoice::OrderId, number_key(order_id))) {
    if (one->type == "normal") found = one;
  }
  return found;
}

bool is_corrected(const Rows<Invoice>& invoices, const OrderReturn& back) {
  const auto of_order = invoices.look_up(Invoice::OrderId, number_key(back.order_id));
  return std::any_of(of_order.begin(), of_order.end(),
                     [&](const Invoice* one) { return one->correcting_return_id == back.id; });
}

/// The lines that have fewer pieces now that some came back, as the parameter `items` names them.
kit::Json items_less(const std::vector<SoldItem>& items, const OrderReturn& back) {
  std::vector<SoldItem> left = items;
  for (const ReturnLine& one : back.products) {
    SoldItem* sold = line_meant(left, one.line.id, one.line.name);
    if (sold == nullptr || sold->quantity <= 0) continue;
    sold->quantity -= std::clamp<std::int64_t>(one.line.quantity, 0, sold->quantity);
  }
  kit::Json changed = kit::Json::array();
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (left[at].quantity == items[at].quantity) continue;
    changed.push_back({{"order_product_id", left[at].order_product_id},
                       {"item_name", left[at].name},
                       {"item_quantity", left[at].quantity}});
  }
  return changed;
}

/// Corrects the invoice of a return's order by the return alone: of the parameters only the series
/// counts [doc]. Prices stay those of the invoice, delivery too; the reason is 5, goods returned
/// [inferred]. Refused are a return of no order, of an order without an invoice, one that is
/// corrected already, and one of which nothing is on the invoice [inferred].
Reply correct_by_return(Call& call, std::int64_t return_id, const SalesSeries& series) {
  const Rows<Invoice>& invoices = call.state.invoicing.invoices;
  const auto refuse = [&](std::string_view why) {
    return call.refuse(fmt::format("return {} {}", return_id, why));
  };
  const OrderReturn* back = find_return(call.state, return_id);
  if (back == nullptr) return refuse("is not there");
  if (back->order_id == 0) return refuse("is of no order");
  if (is_corrected(invoices, *back)) return refuse("is corrected already");
  const Invoice* original = invoice_of_order(invoices, back->order_id);
  if (original == nullptr) {
    return refuse(fmt::format("is of order {}, which has no invoice", back->order_id));
  }
  kit::Json items = items_less(as_it_stands(invoices, *original).items, *back);
  if (items.empty()) return refuse("corrects nothing: nothing of it is on the invoice");
  const kit::Json correction = {
      {"return_order_id", return_id}, {"correcting_reason", 5}, {"items", std::move(items)}};
  return correct_invoice(call, Given(correction), Invoice(*original), series);
}

Reply add_invoice_correction(Call& call) {
  const Given given = call.given();
  const std::int64_t return_id = given.integer("return_order_id");
  const std::int64_t id = given.integer("original_invoice_id");
  if (id == 0 && return_id == 0) {
    return call.refuse("expected original_invoice_id or return_order_id");
  }
  const SalesSeries* series = find_series(call.state, "CORRECTION", given.integer("series_id"));
  if (series == nullptr) return call.refuse("series_id: there is no such series of corrections");
  if (return_id != 0) return correct_by_return(call, return_id, SalesSeries(*series));
  const Invoice* original = call.state.invoicing.invoices.find(id);
  if (original == nullptr) return call.refuse(fmt::format("invoice {} is not there", id));
  if (original->type != "normal") return call.refuse(fmt::format("invoice {} is a correction", id));
  return correct_invoice(call, given, Invoice(*original), SalesSeries(*series));
}

constexpr std::array kCorrectionMethods{Handled{"addInvoiceCorrection", add_invoice_correction}};

}  // namespace

std::span<const Handled> correction_methods() { return kCorrectionMethods; }

}  // namespace atrapa::mocks::base
