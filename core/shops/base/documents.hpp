#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/shops/base/client.hpp"
#include "core/shops/base/orders.hpp"
#include "core/shops/base/reading.hpp"

/// Invoices, receipts and returns of Base. An ERP that issues its own documents hands them back by
/// issuing one here first and giving it the file and the number then [doc].
namespace atrapa::core::base {

struct Series {
  std::string id;
  std::string type;  ///< "INVOICE", "CORRECTION", "RECEIPT" [doc].
  std::string name;
  std::string format;  ///< "%N/%M/%Y": number, month, year.
};
BaseResult<std::vector<Series>> read_series(Client& client);

struct DocumentLine {
  std::string name, sku, ean, order_product_id;
  Reading<Price> price_gross, price_net;
  std::string tax_rate;  ///< As received; see vat_of().
  Reading<Quantity> quantity;
  bool is_shipment = false;
};

struct Invoice {
  std::string id, order_id, series_id;
  std::string type;  ///< "normal", "correcting".
  std::string number, external_number;
  std::optional<UnixTime> added, sold, pay_to;
  std::string currency;
  Reading<Price> total_gross, total_net;
  std::string payment;
  Address buyer;
  std::string buyer_nip;
  std::string corrects_invoice_id;  ///< "" or "0" for none.
  std::vector<DocumentLine> lines;
};
using InvoiceSink = std::function<bool(std::vector<Invoice> invoices)>;

/// Invoices and corrections whose id is `from_id` or higher, each once, those with a file of an
/// outside system too.
BaseResult<Done> read_invoices(Client& client, std::int64_t from_id, const InvoiceSink& sink);
BaseResult<std::vector<Invoice>> read_invoices_of(Client& client, const std::string& order_id);

struct NewInvoice {
  std::string order_id, series_id;
  /// "DEFAULT" by the series, "ITEM" by the line, "EXPT", "NP", "OO", or a number [doc].
  std::string vat_rate = "DEFAULT";
};

/// Issues an invoice for an order. Sent once: twice would issue two [inferred].
BaseResult<Creation> add_invoice(Client& client, const NewInvoice& invoice);
/// Looks whether one came into being whose answer was lost: a normal one of that order and series
/// that is not among `known`.
BaseResult<Creation> settle_invoice(Client& client, const NewInvoice& invoice,
                                    const std::vector<std::string>& known = {});

struct DocumentFile {
  std::string document_id;  ///< Of the invoice or receipt.
  std::string file;         ///< "data:" and base64 of a PDF or XML [doc].
  std::string number;       ///< The outside number, which replaces Base's [doc].
};
/// "data:" and the bytes in base64.
std::string file_data(std::string_view bytes);

/// Gives an invoice its outside file and number. Sent once, so that no file arrives twice: Made, or
/// Unknown.
BaseResult<Creation> add_invoice_file(Client& client, const DocumentFile& file);
/// Looks whether the invoice bears the number.
BaseResult<Creation> settle_invoice_file(Client& client, const DocumentFile& file);

struct Receipt {
  std::string id, order_id, series_id;
  std::string number, external_number;
  std::optional<UnixTime> added;
  std::string payment, nip, currency;
  Reading<Price> total_gross;
  std::vector<DocumentLine> lines;
};
using ReceiptSink = std::function<bool(std::vector<Receipt> receipts)>;

/// Issued receipts whose id is `from_id` or higher, each once.
BaseResult<Done> read_receipts(Client& client, std::int64_t from_id, const ReceiptSink& sink);
/// The receipt of an order; nothing where Base refuses to show one.
BaseResult<std::optional<Receipt>> read_receipt_of(Client& client, const std::string& order_id);

struct NewReceipt {
  std::string order_id;
  std::string series_id = {};  ///< "" leaves the choice to Base.
};
BaseResult<Creation> add_receipt(Client& client, const NewReceipt& receipt);
BaseResult<Creation> settle_receipt(Client& client, const NewReceipt& receipt,
                                    const std::vector<std::string>& known = {});
BaseResult<Creation> add_receipt_file(Client& client, const DocumentFile& file);
/// Looks whether the receipt of that order bears the number.
BaseResult<Creation> settle_receipt_file(Client& client, const std::string& order_id,
                                         const DocumentFile& file);

struct ReturnLine {
  std::string id, product_id, variant_id, warehouse_id, name, sku, ean;
  Reading<Price> price_gross;
  std::string tax_rate;
  Reading<Quantity> quantity;
  std::string status_id, reason_id;
};

struct OrderReturn {
  std::string id, order_id, shop_order_id, external_order_id, reference_number;
  std::string source, source_id, status_id;
  std::optional<UnixTime> added, in_status_since;
  std::string email, currency;
  Reading<Price> refunded;
  std::string fulfillment_status;  ///< 0 active, 5 accepted, 1 done, 2 cancelled [doc].
  Texts extra_fields;
  std::vector<ReturnLine> lines;
};
using ReturnSink = std::function<bool(std::vector<OrderReturn> returns)>;

/// Returns whose id is `from_id` or higher, each once.
BaseResult<Done> read_returns(Client& client, std::int64_t from_id, const ReturnSink& sink);

}  // namespace atrapa::core::base
