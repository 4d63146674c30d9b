#include "core/shops/base/documents.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/shops/base/paging.hpp"
#include "core/shops/base/settle.hpp"

namespace atrapa::core::base {

namespace {

const Shape kSeriesShape{{"series", "id", "type", "name", "format"}};
const Shape kInvoiceShape{{"invoices",
                           "invoice_id",
                           "order_id",
                           "series_id",
                           "type",
                           "number",
                           "external_invoice_number",
                           "date_add",
                           "date_sell",
                           "date_pay_to",
                           "currency",
                           "total_price_brutto",
                           "total_price_netto",
                           "payment",
                           "invoice_fullname",
                           "invoice_company",
                           "invoice_nip",
                           "invoice_address",
                           "invoice_postcode",
                           "invoice_city",
                           "invoice_state",
                           "invoice_country",
                           "invoice_country_code",
                           "correcting_to_invoice_id"},
                          {"items"}};
const Shape kReceiptShape{
    {"receipts", "receipt_id", "series_id", "receipt_full_nr", "order_id", "date_add",
     "payment_method", "nip", "currency", "total_price_brutto", "external_receipt_number"},
    {"items", "products"}};
const Shape kReturnShape{
    {"returns", "return_id", "order_id", "shop_order_id", "external_order_id", "reference_number",
     "order_return_source", "order_return_source_id", "status_id", "date_add", "date_in_status",
     "email", "currency", "refunded", "refund_done", "fulfillment_status"},
    {"products", "custom_extra_fields"}};
const Shape kInvoiceIdShape{{"invoice_id"}};
const Shape kReceiptIdShape{{"receipt_id"}};
const Shape kFileShape{};

DocumentLine read_document_line(const Json& row) {
  return {.name = text_or_empty(row, "name"),
          .sku = text_or_empty(row, "sku"),
          .ean = text_or_empty(row, "ean"),
          .order_product_id = text_or_empty(row, "order_product_id"),
          .price_gross = price_of(row, "price_brutto"),
          .price_net = price_of(row, "price_netto"),
          .tax_rate = text_or_empty(row, "tax_rate"),
          .quantity = quantity_of(row, "quantity"),
          .is_shipment = flag_member(row, "is_shipment")};
}

std::vector<DocumentLine> read_document_lines(const Json& row, const char* name) {
  std::vector<DocumentLine> lines;
  for (const auto& [place, line] : members_of(row, name)) {
    lines.push_back(read_document_line(*line));
  }
  return lines;
}

Invoice read_invoice(const Json& row) {
  const auto text = [&](const char* name) { return text_or_empty(row, name); };
  return {.id = text("invoice_id"),
          .order_id = text("order_id"),
          .series_id = text("series_id"),
          .type = text("type"),
          .number = text("number"),
          .external_number = text("external_invoice_number"),
          .added = time_of(row, "date_add"),
          .sold = time_of(row, "date_sell"),
          .pay_to = time_of(row, "date_pay_to"),
          .currency = text("currency"),
          .total_gross = price_of(row, "total_price_brutto"),
          .total_net = price_of(row, "total_price_netto"),
          .payment = text("payment"),
          .buyer = {text("invoice_fullname"), text("invoice_company"), text("invoice_address"),
                    text("invoice_postcode"), text("invoice_city"), text("invoice_state"),
                    text("invoice_country"), text("invoice_country_code")},
          .buyer_nip = text("invoice_nip"),
          .corrects_invoice_id = text("correcting_to_invoice_id"),
          .lines = read_document_lines(row, "items")};
}

/// getReceipt has its lines in `items`, getReceipts in `products` [doc].
Receipt read_receipt(const Json& row) {
  const auto text = [&](const char* name) { return text_or_empty(row, name); };
  Receipt receipt{.id = text("receipt_id"),
                  .order_id = text("order_id"),
                  .series_id = text("series_id"),
                  .number = text("receipt_full_nr"),
                  .external_number = text("external_receipt_number"),
                  .added = time_of(row, "date_add"),
                  .payment = text("payment_method"),
                  .nip = text("nip"),
                  .currency = text("currency"),
                  .total_gross = price_of(row, "total_price_brutto"),
                  .lines = read_document_lines(row, "items")};
  if (receipt.lines.empty()) receipt.lines = read_document_lines(row, "products");
  return receipt;
}

OrderReturn read_return(const Json& row) {
  const auto text = [&](const char* name) { return text_or_empty(row, name); };
  OrderReturn made{.id = text("return_id"),
                   .order_id = text("order_id"),
                   .shop_order_id = text("shop_order_id"),
                   .external_order_id = text("external_order_id"),
                   .reference_number = text("reference_number"),
                   .source = text("order_return_source"),
                   .source_id = text("order_return_source_id"),
                   .status_id = text("status_id"),
                   .added = time_of(row, "date_add"),
                   .in_status_since = time_of(row, "date_in_status"),
                   .email = text("email"),
                   .currency = text("currency"),
                   .refunded = read_price(text_of(row, {"refund_done", "refunded"})),
                   .fulfillment_status = text("fulfillment_status"),
                   .extra_fields = texts_of(row, "custom_extra_fields"),
                   .lines = {}};
  for (const auto& [place, line] : members_of(row, "products")) {
    made.lines.push_back({.id = text_or_empty(*line, "order_return_product_id"),
                          .product_id = text_or_empty(*line, "product_id"),
                          .variant_id = text_or_empty(*line, "variant_id"),
                          .warehouse_id = text_or_empty(*line, "warehouse_id"),
                          .name = text_or_empty(*line, "name"),
                          .sku = text_or_empty(*line, "sku"),
                          .ean = text_or_empty(*line, "ean"),
                          .price_gross = price_of(*line, "price_brutto"),
                          .tax_rate = text_or_empty(*line, "tax_rate"),
                          .quantity = quantity_of(*line, "quantity"),
                          .status_id = text_or_empty(*line, "status_id"),
                          .reason_id = text_or_empty(*line, "return_reason_id")});
  }
  return made;
}

BaseResult<std::vector<Invoice>> find_invoices(Client& client, const char* field,
                                               const std::string& id) {
  Parameters parameters;
  parameters.id(field, id).flag("get_external_invoices", true);
  auto answer = client.call("getInvoices", parameters, kInvoiceShape);
  if (!answer) return fail(answer.error());
  const auto rows = rows_of(*answer, "invoices");
  if (!rows) return fail(unreadable("getInvoices", "expected invoices"));
  std::vector<Invoice> invoices;
  for (const Json* row : *rows) invoices.push_back(read_invoice(*row));
  return invoices;
}

/// A file at a document: Made with the document's id, or Unknown.
BaseResult<Creation> add_file(Client& client, const char* method, const Parameters& parameters,
                              const std::string& document_id) {
  auto answer = client.call(method, parameters, kFileShape, Repeat::Never);
  if (answer) return Creation{.state = Creation::State::Made, .id = document_id};
  if (!answer.error().may_have_happened) return fail(answer.error());
  return Creation{.state = Creation::State::Unknown, .text = answer.error().text};
}

}  // namespace

BaseResult<std::vector<Series>> read_series(Client& client) {
  auto answer = client.call("getSeries", {}, kSeriesShape);
  if (!answer) return fail(answer.error());
  const auto rows = rows_of(*answer, "series");
  if (!rows) return fail(unreadable("getSeries", "expected series"));
  std::vector<Series> series;
  for (const Json* row : *rows) {
    series.push_back({text_or_empty(*row, "id"), text_or_empty(*row, "type"),
                      text_or_empty(*row, "name"), text_or_empty(*row, "format")});
  }
  return series;
}

BaseResult<Done> read_invoices(Client& client, std::int64_t from_id, const InvoiceSink& sink) {
  Parameters fixed;
  fixed.flag("get_external_invoices", true);
  return walk_ids(client, {"getInvoices", "invoices", "invoice_id"}, fixed, from_id, kInvoiceShape,
                  [&](std::vector<Json> rows) {
                    std::vector<Invoice> invoices;
                    for (const Json& row : rows) invoices.push_back(read_invoice(row));
                    return sink(std::move(invoices));
                  });
}

BaseResult<std::vector<Invoice>> read_invoices_of(Client& client, const std::string& order_id) {
  return find_invoices(client, "order_id", order_id);
}

BaseResult<Creation> add_invoice(Client& client, const NewInvoice& invoice) {
  Parameters parameters;
  parameters.id("order_id", invoice.order_id)
      .id("series_id", invoice.series_id)
      .text("vat_rate", invoice.vat_rate);
  return created(client.call("addInvoice", parameters, kInvoiceIdShape, Repeat::Never),
                 "addInvoice", "invoice_id");
}

BaseResult<Creation> settle_invoice(Client& client, const NewInvoice& invoice,
                                    const std::vector<std::string>& known) {
  auto invoices = read_invoices_of(client, invoice.order_id);
  if (!invoices) return fail(invoices.error());
  std::vector<std::string> found;
  for (const Invoice& row : *invoices) {
    const bool fits = row.order_id == invoice.order_id && row.type != "correcting" &&
                      (row.series_id.empty() || row.series_id == invoice.series_id);
    if (fits) found.push_back(row.id);
  }
  return settled(std::move(found), known);
}

BaseResult<Creation> add_invoice_file(Client& client, const DocumentFile& file) {
  Parameters parameters;
  parameters.id("invoice_id", file.document_id)
      .text("file", file.file)
      .text("external_invoice_number", file.number);
  return add_file(client, "addOrderInvoiceFile", parameters, file.document_id);
}

BaseResult<Creation> settle_invoice_file(Client& client, const DocumentFile& file) {
  auto invoices = find_invoices(client, "invoice_id", file.document_id);
  if (!invoices) return fail(invoices.error());
  for (const Invoice& row : *invoices) {
    if (row.id != file.document_id) continue;
    const bool bears = row.external_number == file.number || row.number == file.number;
    return Creation{.state = bears ? Creation::State::Made : Creation::State::NotMade,
                    .id = bears ? row.id : ""};
  }
  return Creation{.state = Creation::State::Unknown, .text = "the invoice is not there"};
}

BaseResult<Done> read_receipts(Client& client, std::int64_t from_id, const ReceiptSink& sink) {
  return walk_ids(client, {"getReceipts", "receipts", "receipt_id"}, {}, from_id, kReceiptShape,
                  [&](std::vector<Json> rows) {
                    std::vector<Receipt> receipts;
                    for (const Json& row : rows) receipts.push_back(read_receipt(row));
                    return sink(std::move(receipts));
                  });
}

BaseResult<std::optional<Receipt>> read_receipt_of(Client& client, const std::string& order_id) {
  Parameters parameters;
  parameters.id("order_id", order_id);
  auto answer = client.call("getReceipt", parameters, kReceiptShape);
  if (!answer) {
    if (answer.error().kind == Error::Kind::Refused) return std::optional<Receipt>();
    return fail(answer.error());
  }
  Receipt receipt = read_receipt(*answer);
  if (receipt.id.empty()) return std::optional<Receipt>();
  return std::optional(std::move(receipt));
}

BaseResult<Creation> add_receipt(Client& client, const NewReceipt& receipt) {
  Parameters parameters;
  parameters.id("order_id", receipt.order_id);
  if (!receipt.series_id.empty()) parameters.id("series_id", receipt.series_id);
  return created(client.call("addReceipt", parameters, kReceiptIdShape, Repeat::Never),
                 "addReceipt", "receipt_id");
}

BaseResult<Creation> settle_receipt(Client& client, const NewReceipt& receipt,
                                    const std::vector<std::string>& known) {
  auto found = read_receipt_of(client, receipt.order_id);
  if (!found) return fail(found.error());
  return settled(*found ? std::vector{(*found)->id} : std::vector<std::string>{}, known);
}

BaseResult<Creation> add_receipt_file(Client& client, const DocumentFile& file) {
  Parameters parameters;
  parameters.id("receipt_id", file.document_id)
      .text("file", file.file)
      .text("external_receipt_number", file.number);
  return add_file(client, "addOrderReceiptFile", parameters, file.document_id);
}

BaseResult<Creation> settle_receipt_file(Client& client, const std::string& order_id,
                                         const DocumentFile& file) {
  const auto receipt = read_receipt_of(client, order_id);
  if (!receipt) return fail(receipt.error());
  if (!*receipt || (*receipt)->id != file.document_id) {
    return Creation{.state = Creation::State::Unknown, .text = "the receipt is not there"};
  }
  const bool bears = (*receipt)->external_number == file.number;
  return Creation{.state = bears ? Creation::State::Made : Creation::State::NotMade,
                  .id = bears ? file.document_id : ""};
}

BaseResult<Done> read_returns(Client& client, std::int64_t from_id, const ReturnSink& sink) {
  Parameters fixed;
  fixed.flag("include_custom_extra_fields", true);
  return walk_ids(client, {"getOrderReturns", "returns", "return_id"}, fixed, from_id, kReturnShape,
                  [&](std::vector<Json> rows) {
                    std::vector<OrderReturn> returns;
                    for (const Json& row : rows) returns.push_back(read_return(row));
                    return sink(std::move(returns));
                  });
}

}  // namespace atrapa::core::base
