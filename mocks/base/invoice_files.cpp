#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/files.hpp"
#include "mocks/base/invoices.hpp"
#include "mocks/base/journal.hpp"

namespace atrapa::mocks::base {
namespace {

/// The file's bytes in base64; nothing for what is neither a PDF nor an XML file.
std::optional<std::string> document_file(const Given& given) {
  const auto bytes = sent_file(given.text("file"));
  if (!bytes || (!is_pdf(*bytes) && !is_xml(*bytes))) return std::nullopt;
  return in_base64(*bytes);
}

std::vector<std::string> printed(const Invoice& invoice) {
  const bool correcting = invoice.type == "correcting";
  std::vector<std::string> lines{
      fmt::format("{} {}", correcting ? "Faktura korygująca" : "Faktura", invoice.number),
      fmt::format("Sprzedawca: {}", invoice.seller),
      fmt::format("Nabywca: {} {} NIP {}", invoice.invoice_company, invoice.invoice_fullname,
                  invoice.invoice_nip),
      fmt::format("{}, {} {}", invoice.invoice_address, invoice.invoice_postcode,
                  invoice.invoice_city)};
  for (const SoldItem& item : invoice.items) {
    lines.push_back(fmt::format("{} x {}, {} {}", item.quantity, item.name,
                                item.price_brutto.fixed(2), invoice.currency));
  }
  lines.push_back(
      fmt::format("Razem {} {}", invoice.total_price_brutto.fixed(2), invoice.currency));
  return lines;
}

/// What an ERP that issues its own invoices hands back. A second file replaces the first
/// [inferred]; the change is told as "invoice data edited" [inferred].
Reply add_order_invoice_file(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("invoice_id");
  const Invoice* before = call.state.invoicing.invoices.find(id);
  if (before == nullptr) return call.refuse(fmt::format("invoice {} is not there", id));
  const std::int64_t order_id = before->order_id;
  auto file = document_file(given);
  if (!file) return call.refuse("file: expected data: and the base64 of a PDF or XML file");
  call.state.invoicing.invoices.edit(id, [&](Invoice& invoice) {
    invoice.file = std::move(*file);
    invoice.external_invoice_number = given.text("external_invoice_number");
  });
  log_event(call.state, OrderEventType::InvoiceEdited, order_id, id, call.now());
  return call.done();
}

Reply add_order_receipt_file(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("receipt_id");
  if (!call.state.invoicing.receipts.has(id)) {
    return call.refuse(fmt::format("receipt {} is not there", id));
  }
  auto file = document_file(given);
  if (!file) return call.refuse("file: expected data: and the base64 of a PDF or XML file");
  call.state.invoicing.receipts.edit(id, [&](Receipt& receipt) {
    receipt.file = std::move(*file);
    receipt.external_receipt_number = given.text("external_receipt_number");
  });
  return call.done();
}

/// With get_external the file and number of the outside system where there are any [doc]; else our
/// own printout.
Reply get_invoice_file(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("invoice_id");
  const Invoice* invoice = call.state.invoicing.invoices.find(id);
  if (invoice == nullptr) return call.refuse(fmt::format("invoice {} is not there", id));
  const bool external = given.flag("get_external") && !invoice->file.empty();
  Answer answer = call.answer();
  answer.put("invoice",
             "data:" + (external ? invoice->file : in_base64(small_pdf(printed(*invoice)))));
  answer.put("invoice_number", external ? invoice->external_invoice_number : invoice->number);
  return call.done(std::move(answer));
}

constexpr std::array kInvoiceFileMethods{
    Handled{"addOrderInvoiceFile", add_order_invoice_file},
    Handled{"addOrderReceiptFile", add_order_receipt_file},
    Handled{"getInvoiceFile", get_invoice_file},
};

}  // namespace

std::span<const Handled> invoice_file_methods() { return kInvoiceFileMethods; }

}  // namespace atrapa::mocks::base
