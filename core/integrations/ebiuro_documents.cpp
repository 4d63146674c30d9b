#include <fmt/format.h>

#include "core/integrations/ebiuro_office.hpp"
#include "core/sync/documents.hpp"

namespace atrapa::core::ebiuro_base {

namespace {

using RateCode = std::function<std::string(const ErpOrderLine&)>;

RateCode rate_code(const FiscalParts& parts, const SaleFacts& sale) {
  return [&parts, sale](const ErpOrderLine& line) {
    const auto vat = parse_vat(line.vat);
    return vat ? parts.rate_code(*vat, sale) : std::string();
  };
}

}  // namespace

Result<Document, Objection> Office::issue_for(const ErpOrder& order, const Settings& settings,
                                              DocumentKind kind) {
  SalesIssue issue;
  issue.order_id = order.id;
  issue.kind = kind;
  issue.series = parts_.series(kind, settings);
  issue.issued_on = desk_at(ledger_, clock_.now()).today;
  issue.rounding = config_.fiscal.vat_rounding;
  auto nip = parts_.fiscal.nip(order.nip, config_.fiscal.nip_policy);
  if (!nip && kind == DocumentKind::Invoice) return objection(Reason::NipInvalid, nip.error());
  if (nip) issue.nip = *nip;
  issue.ksef_required =
      parts_.fiscal.ksef_required(kind, issue.nip, issue.issued_on, seller(ledger_));
  issue.taxes = parts_.fiscal.taxes;
  if (kind == DocumentKind::Invoice) {
    issue.rate_code = rate_code(parts_.fiscal, sale_of(order, issue.nip));
  }
  auto issued = parts_.issue(ledger_, issue);
  if (!issued) return objection(Reason::DocumentRefused, issued.error());
  return *std::move(issued);
}

Result<Document, Objection> Office::issue(std::int64_t order_id, std::optional<DocumentKind> kind) {
  const auto order = ledger_.order(order_id);
  if (!order) {
    return objection(Reason::NoSuchRecord, fmt::format("there is no order {}", order_id));
  }
  const auto found = profile_of(order->integration);
  if (!found) return fail(found.error());
  const auto settings = read_settings(found->settings);
  if (!settings) return objection(Reason::SettingUnusable, settings.error());
  if (!kind) kind = parts_.wanted({order->document_word, order->wants_invoice}, config_.switches);
  if (!kind) {
    return objection(Reason::DocumentWordUnknown, "choose between an invoice and a receipt");
  }
  return issue_for(*order, *settings, *kind);
}

Result<Document, Objection> Office::issue_to_receipt(std::int64_t order_id,
                                                     const std::optional<std::string>& nip) {
  const auto order = ledger_.order(order_id);
  if (!order) {
    return objection(Reason::NoSuchRecord, fmt::format("there is no order {}", order_id));
  }
  const auto found = profile_of(order->integration);
  if (!found) return fail(found.error());
  const auto settings = read_settings(found->settings);
  if (!settings) return objection(Reason::SettingUnusable, settings.error());

  ReceiptWish wish;
  wish.today = desk_at(ledger_, clock_.now()).today;
  wish.receipt = ledger_.sales_document(order_id);
  if (wish.receipt) {
    wish.nip = wish.receipt->nip;
    wish.invoiced = ledger_.invoice_to(wish.receipt->id).has_value();
  }
  if (nip) {
    auto read = parts_.fiscal.nip(*nip, config_.fiscal.nip_policy);
    if (!read) return objection(Reason::NipInvalid, read.error());
    wish.nip = *std::move(read);
  }
  if (auto why = parts_.fiscal.invoice_to_receipt_objection(wish)) return fail(*std::move(why));

  ReceiptInvoice invoice;
  invoice.receipt = wish.receipt->id;
  invoice.series = parts_.series(DocumentKind::Invoice, *settings);
  invoice.issued_on = wish.today;
  invoice.nip = wish.nip;
  invoice.ksef_required =
      parts_.fiscal.ksef_required(DocumentKind::Invoice, wish.nip, wish.today, seller(ledger_));
  invoice.rate_code = rate_code(parts_.fiscal, sale_of(*order, wish.nip));
  auto issued = parts_.fiscal.issue_to_receipt(ledger_, invoice);
  if (!issued) return objection(Reason::DocumentRefused, issued.error());
  return *std::move(issued);
}

Result<Done, Objection> Office::accept_ksef(const std::string& number,
                                            const std::string& ksef_number) {
  const auto found = ledger_.document_named(DocumentKind::Invoice, number);
  if (!found) return objection(Reason::NoSuchRecord, fmt::format("there is no invoice {}", number));
  if (auto why = parts_.fiscal.ksef_objection(*found, ksef_number, seller(ledger_))) {
    return fail(*std::move(why));
  }
  const auto set = ledger_.set_ksef(found->id, ksef_number, "");
  if (!set) return objection(Reason::KsefRefused, set.error());
  return Done{};
}

Result<Done, Objection> Office::refuse_ksef(const std::string& number, const std::string& code) {
  const auto found = ledger_.document_named(DocumentKind::Invoice, number);
  if (!found) return objection(Reason::NoSuchRecord, fmt::format("there is no invoice {}", number));
  const auto set = ledger_.set_ksef(found->id, "", code);
  if (!set) return objection(Reason::KsefRefused, set.error());
  return Done{};
}

}  // namespace atrapa::core::ebiuro_base
