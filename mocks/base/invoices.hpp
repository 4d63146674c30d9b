#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/base/numbering.hpp"
#include "mocks/base/rows.hpp"
#include "mocks/kit/decimal.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::base {

struct Order;
struct State;

/// A numbering series of invoices, corrections or receipts.
struct SalesSeries {
  std::int64_t id = 0;
  std::string type = "INVOICE";  ///< Or CORRECTION, RECEIPT.
  std::string name;
  std::string format = "%N/%M/%Y";
  std::string vat_rate = "ITEM";  ///< What addInvoice's DEFAULT means; as addInvoice writes it.
  std::string seller;             ///< Printed on its documents.
  std::string issuer;             ///< Likewise.
  bool is_default = false;        ///< Of its type.
  LastNumbers last;

  static constexpr auto fields() {
    return std::tuple{as("id", &SalesSeries::id),
                      as("type", &SalesSeries::type),
                      as("name", &SalesSeries::name),
                      as("format", &SalesSeries::format),
                      as("vat_rate", &SalesSeries::vat_rate),
                      as("seller", &SalesSeries::seller),
                      as("issuer", &SalesSeries::issuer),
                      as("is_default", &SalesSeries::is_default),
                      as("last", &SalesSeries::last)};
  }
  bool operator==(const SalesSeries&) const = default;
};

/// A line of an invoice or a receipt.
struct SoldItem {
  std::string name;
  std::string sku;
  std::string ean;
  kit::Decimal price_brutto;  ///< A piece.
  kit::Decimal tax_rate;      ///< Percent; -1 exempt, -0.02 not subject, -0.03 reverse charge.
  std::int64_t quantity = 0;
  bool is_shipment = false;
  std::int64_t order_product_id = 0;  ///< 0: no line of the order.

  /// A piece's, to four places [doc sample: 99 at 23 % is 80.4878; client recording: 499.95 at
  /// 20 % is 416.625].
  kit::Decimal price_netto() const;

  static constexpr auto fields() {
    return std::tuple{as("name", &SoldItem::name),
                      as("sku", &SoldItem::sku),
                      as("ean", &SoldItem::ean),
                      as("price_brutto", &SoldItem::price_brutto),
                      as("tax_rate", &SoldItem::tax_rate),
                      as("quantity", &SoldItem::quantity),
                      as("is_shipment", &SoldItem::is_shipment),
                      as("order_product_id", &SoldItem::order_product_id)};
  }
  bool operator==(const SoldItem&) const = default;
};

/// Gross and net value of lines: pieces times a piece's price.
struct SoldTotal {
  kit::Decimal brutto;
  kit::Decimal netto;
};
SoldTotal total_of(const std::vector<SoldItem>& items);

struct Invoice {
  std::int64_t id = 0;
  std::int64_t order_id = 0;
  std::int64_t series_id = 0;
  std::string type = "normal";  ///< Or correcting.
  std::string number;
  std::string external_invoice_number;
  std::int64_t sub_id = 0;
  std::int64_t month = 0;
  std::int64_t year = 0;
  std::string postfix;
  std::string period;
  std::int64_t date_add = 0;
  std::int64_t date_sell = 0;
  std::int64_t date_pay_to = 0;
  std::string currency;
  kit::Decimal total_price_brutto;  ///< Of a correction: what it changes.
  kit::Decimal total_price_netto;
  std::string payment;
  std::string additional_info;
  std::string invoice_fullname;
  std::string invoice_company;
  std::string invoice_nip;
  std::string invoice_address;
  std::string invoice_postcode;
  std::string invoice_city;
  std::string invoice_state;
  std::string invoice_country_code;
  std::string seller;
  std::string issuer;
  std::int64_t correcting_to_invoice_id = 0;
  std::int64_t correcting_return_id = 0;  ///< The return it was made of; 0: of none.
  std::string correcting_reason;
  bool correcting_items = false;
  bool correcting_data = false;
  std::string exchange_currency;
  kit::Decimal exchange_rate;  ///< 0: not converted.
  std::string exchange_date;
  std::string exchange_info;
  std::int64_t external_id = 0;
  std::string gov_id;
  std::int64_t gov_date = 0;
  std::string gov_status;
  std::string file;             ///< That of the outside system, in base64; "" for none.
  std::vector<SoldItem> items;  ///< Of a correction: as they are after it.

  /// Indexes. Number is by place_key().
  enum By { OrderId, DateAdd, Number, CorrectionOf };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("invoice_id", &Invoice::id),
                      as("order_id", &Invoice::order_id),
                      as("series_id", &Invoice::series_id),
                      as("type", &Invoice::type),
                      as("number", &Invoice::number),
                      as("external_invoice_number", &Invoice::external_invoice_number),
                      as("sub_id", &Invoice::sub_id),
                      as("month", &Invoice::month),
                      as("year", &Invoice::year),
                      as("postfix", &Invoice::postfix),
                      as("period", &Invoice::period),
                      as("date_add", &Invoice::date_add),
                      as("date_sell", &Invoice::date_sell),
                      as("date_pay_to", &Invoice::date_pay_to),
                      as("currency", &Invoice::currency),
                      as("total_price_brutto", &Invoice::total_price_brutto),
                      as("total_price_netto", &Invoice::total_price_netto),
                      as("payment", &Invoice::payment),
                      as("additional_info", &Invoice::additional_info),
                      as("invoice_fullname", &Invoice::invoice_fullname),
                      as("invoice_company", &Invoice::invoice_company),
                      as("invoice_nip", &Invoice::invoice_nip),
                      as("invoice_address", &Invoice::invoice_address),
                      as("invoice_postcode", &Invoice::invoice_postcode),
                      as("invoice_city", &Invoice::invoice_city),
                      as("invoice_state", &Invoice::invoice_state),
                      as("invoice_country_code", &Invoice::invoice_country_code),
                      as("seller", &Invoice::seller),
                      as("issuer", &Invoice::issuer),
                      as("correcting_to_invoice_id", &Invoice::correcting_to_invoice_id),
                      as("correcting_return_id", &Invoice::correcting_return_id),
                      as("correcting_reason", &Invoice::correcting_reason),
                      as("correcting_items", &Invoice::correcting_items),
                      as("correcting_data", &Invoice::correcting_data),
                      as("exchange_currency", &Invoice::exchange_currency),
                      as("exchange_rate", &Invoice::exchange_rate),
                      as("exchange_date", &Invoice::exchange_date),
                      as("exchange_info", &Invoice::exchange_info),
                      as("external_id", &Invoice::external_id),
                      as("gov_id", &Invoice::gov_id),
                      as("gov_date", &Invoice::gov_date),
                      as("gov_status", &Invoice::gov_status),
                      as("file", &Invoice::file),
                      as("items", &Invoice::items)};
  }
  bool operator==(const Invoice&) const = default;
};

struct Receipt {
  std::int64_t id = 0;
  std::int64_t order_id = 0;
  std::int64_t series_id = 0;
  std::string receipt_full_nr;          ///< Given by Base.
  std::string receipt_nr;               ///< Given by the printer; replaces it.
  std::string external_receipt_number;  ///< Given by an outside system.
  std::int64_t sub_id = 0;
  std::int64_t month = 0;
  std::int64_t year = 0;
  std::string period;
  std::int64_t date_add = 0;
  bool waiting = true;  ///< For its printer.
  std::int64_t date_printed = 0;
  bool printer_error = false;
  std::string printer_name;
  std::string payment_method;
  std::string nip;
  std::string currency;
  std::string exchange_currency;
  kit::Decimal exchange_rate;  ///< 0: not converted.
  std::string exchange_date;
  std::string exchange_info;
  std::string file;  ///< That of the outside system, in base64; "" for none.
  std::vector<SoldItem> items;

  const std::string& shown_number() const {
    return receipt_nr.empty() ? receipt_full_nr : receipt_nr;
  }

  /// Indexes. Number is by place_key().
  enum By { OrderId, Waiting, DateAdd, Number };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("receipt_id", &Receipt::id),
                      as("order_id", &Receipt::order_id),
                      as("series_id", &Receipt::series_id),
                      as("receipt_full_nr", &Receipt::receipt_full_nr),
                      as("receipt_nr", &Receipt::receipt_nr),
                      as("external_receipt_number", &Receipt::external_receipt_number),
                      as("sub_id", &Receipt::sub_id),
                      as("month", &Receipt::month),
                      as("year", &Receipt::year),
                      as("period", &Receipt::period),
                      as("date_add", &Receipt::date_add),
                      as("waiting", &Receipt::waiting),
                      as("date_printed", &Receipt::date_printed),
                      as("printer_error", &Receipt::printer_error),
                      as("printer_name", &Receipt::printer_name),
                      as("payment_method", &Receipt::payment_method),
                      as("nip", &Receipt::nip),
                      as("currency", &Receipt::currency),
                      as("exchange_currency", &Receipt::exchange_currency),
                      as("exchange_rate", &Receipt::exchange_rate),
                      as("exchange_date", &Receipt::exchange_date),
                      as("exchange_info", &Receipt::exchange_info),
                      as("file", &Receipt::file),
                      as("items", &Receipt::items)};
  }
  bool operator==(const Receipt&) const = default;
};

/// Invoices, corrections and receipts.
struct Invoicing {
  Rows<SalesSeries> series;
  Rows<Invoice> invoices;
  Rows<Receipt> receipts;

  static constexpr auto fields() {
    return std::tuple{as("series", &Invoicing::series), as("invoices", &Invoicing::invoices),
                      as("receipts", &Invoicing::receipts)};
  }
};

/// A document that was issued, or why it was not.
struct Issued {
  std::int64_t id = 0;  ///< 0: refused.
  std::string refusal;

  bool ok() const { return id != 0; }
};

/// Issues an invoice for an order, as addInvoice and automatic actions do: its lines, and the
/// delivery as a line at the order's highest rate [inferred]. `vat_rate` is DEFAULT (what the
/// series says), ITEM (each line's), EXPT or ZW, NP, OO, or a number 0-100 [doc]; gross prices
/// stay. Logs it, and automatic actions answer it: one that issues an invoice again ends only
/// because a second one is refused (setting second_invoice).
Issued issue_invoice(State& state, kit::Context& context, std::int64_t order_id,
                     std::int64_t series_id, std::int64_t now,
                     std::string_view vat_rate = "DEFAULT");

/// Makes a receipt that waits for its printer, likewise. Series 0: the account's default one.
Issued add_receipt(State& state, kit::Context& context, std::int64_t order_id,
                   std::int64_t series_id, std::int64_t now);

/// What people do in the panel; there is no method for it. False where there is no such document,
/// or an invoice that was corrected.
bool delete_invoice(State& state, std::int64_t invoice_id, std::int64_t now);
bool delete_receipt(State& state, std::int64_t receipt_id, std::int64_t now);

// Within the family.

/// The series; the default one of the type for 0. Null where there is none of that type.
const SalesSeries* find_series(const State& state, std::string_view type, std::int64_t series_id);
/// The order's lines and its delivery; a refusal for amounts beyond all reason.
struct ItemsOf {
  std::vector<SoldItem> items;
  std::string refusal;
};
ItemsOf items_of(const Order& order);
/// -1 for "EXPT" and "ZW", and so on; the number itself for 0-100.
std::optional<kit::Decimal> vat_rate_of(std::string_view word);
/// Takes the next number of the series and adds the invoice; answers its id.
std::int64_t put_invoice(State& state, Invoice invoice);
/// A price of at most eight digits before the point, a sane quantity and rate: sums stay exact.
bool in_bounds(const SoldItem& item);

}  // namespace atrapa::mocks::base
