#include <fmt/format.h>

#include <algorithm>

#include "core/integrations/firmino_office.hpp"
#include "core/policy/nip.hpp"
#include "core/sync/documents.hpp"
#include "core/sync/printout.hpp"

namespace atrapa::core::firmino_base {

namespace {

constexpr const char* kIssuing = "base_document";
constexpr const char* kSending = "base_file";

std::string id_text(std::int64_t id) { return std::to_string(id); }

}  // namespace

Result<Document, Objection> Office::issue_for(const ErpOrder& order, const Settings& settings,
                                              std::optional<DocumentKind> kind) {
  auto nip = document_nip(order.nip, config_.fiscal.nip_policy);
  if (!kind) {
    kind = parts_.choose_document({.usual = settings.usual_document,
                                   .automatic = settings.automatic_document,
                                   .nip = nip.ok() ? *nip : std::string(),
                                   .wants_invoice = order.wants_invoice,
                                   .warehouse_country = settings.warehouse_country,
                                   .buyer_country = order.buyer.country});
  }
  if (!nip && kind == DocumentKind::Invoice) {
    return fail(Objection{Reason::NipInvalid, nip.error()});
  }
  SalesIssue sale;
  sale.order_id = order.id;
  sale.kind = *kind;
  sale.series = *kind == DocumentKind::Invoice ? settings.invoice_series : settings.receipt_series;
  sale.issued_on = desk_at(ledger_, clock_.now()).today;
  sale.rounding = config_.fiscal.vat_rounding;
  if (nip) sale.nip = *nip;
  Ledger::Transaction transaction(ledger_);
  auto issued = parts_.issue(ledger_, sale);
  if (!issued) return fail(Objection{Reason::DocumentRefused, issued.error()});
  if (parts_.sends_documents(settings)) {
    put_delivery(ledger_, {.document = issued->id, .integration = order.integration}, clock_.now());
  }
  transaction.commit();
  return *std::move(issued);
}

Result<Document, Objection> Office::fulfil(std::int64_t order_id,
                                           std::optional<DocumentKind> kind) {
  const auto order = ledger_.order(order_id);
  if (!order) {
    return fail(Objection{Reason::NoSuchRecord, fmt::format("there is no order {}", order_id)});
  }
  const auto found = profile_of(order->integration);
  if (!found) return fail(found.error());
  const auto settings = settings_of(*found);
  if (!settings) return fail(settings.error());
  return issue_for(*order, *settings, kind);
}

void Office::send_documents(Task& task) {
  // Asked again at the moment of sending: an option that was switched off since counts
  // (FIRMINO-ORD-06).
  if (!parts_.sends_documents(task.settings)) return;
  const auto open = open_deliveries(ledger_, task.profile.id);
  if (open.empty()) return;
  std::string series = task.settings.base_invoice_series;
  if (series.empty()) {
    const auto read = base::read_series(task.client);
    if (!read) return task.stop(read.error());
    for (const base::Series& one : *read) {
      if (series.empty() && one.type == "INVOICE") series = one.id;
    }
  }
  settle_documents(task, series);
  for (const Delivery& delivery : open) {
    if (task.stopped) return;
    const auto document = ledger_.document(delivery.document);
    if (document) send_document(task, *document, series);
  }
}

void Office::settle_documents(Task& task, const std::string& series) {
  for (const Intent& intent : ledger_.open_intents(task.profile.id)) {
    if (intent.kind != kIssuing && intent.kind != kSending) continue;
    const auto document = ledger_.document(std::stoll(intent.record));
    const auto order =
        document && document->order_id ? ledger_.order(*document->order_id) : std::nullopt;
    auto delivery = document ? delivery_of(ledger_, document->id) : std::nullopt;
    if (!order || !delivery) continue;
    const bool invoice = document->kind == DocumentKind::Invoice;
    const std::string place = parts_.order_of_document(ledger_, *order);
    base::BaseResult<base::Creation> looked = base::Creation{};
    if (!parts_.looks_first(intent)) {
      looked->state = base::Creation::State::NotMade;
    } else if (intent.kind == kIssuing) {
      looked = invoice ? base::settle_invoice(task.client, {place, series})
                       : base::settle_receipt(task.client, {place});
    } else {
      const base::DocumentFile file{delivery->external_id, std::string(), document->number};
      looked = invoice ? base::settle_invoice_file(task.client, file)
                       : base::settle_receipt_file(task.client, place, file);
    }
    if (!looked) return task.stop(looked.error());
    if (looked->state == base::Creation::State::Unknown) {
      task.note(Severity::Warning, RecordKind::Document, document->number,
                {Reason::DeliveryRefused,
                 fmt::format("whether it reached Base cannot be told: {}", looked->text)});
      continue;
    }
    const bool made = looked->state == base::Creation::State::Made;
    Ledger::Transaction transaction(ledger_);
    if (made && intent.kind == kIssuing) {
      delivery->state = Delivery::State::Issued;
      delivery->external_id = looked->id;
    } else if (made) {
      delivery->state = Delivery::State::Sent;
    }
    put_delivery(ledger_, *delivery, clock_.now());
    const Receipt receipt{intent.id,
                          made ? Receipt::Outcome::FoundDone : Receipt::Outcome::FoundNotDone, ""};
    ledger_.write_receipts({&receipt, 1}, clock_.now());
    transaction.commit();
  }
}

void Office::send_document(Task& task, const Document& document, const std::string& series) {
  auto delivery = *delivery_of(ledger_, document.id);
  const auto order = document.order_id ? ledger_.order(*document.order_id) : std::nullopt;
  if (!order || delivery.state == Delivery::State::Sent) return;
  for (const Intent& intent : ledger_.open_intents(task.profile.id)) {
    // Unknown still: sending again could double it.
    if (intent.record == id_text(document.id) &&
        (intent.kind == kIssuing || intent.kind == kSending)) {
      return;
    }
  }
  const bool invoice = document.kind == DocumentKind::Invoice;
  const auto step = [&](const char* kind, const std::string& value, const auto& call) {
    const IntentDraft draft{kind, id_text(document.id), value};
    const auto intent = ledger_.write_intents(task.report.run, {&draft, 1}, clock_.now()).front();
    const base::BaseResult<base::Creation> made = call();
    if (made && made->state != base::Creation::State::Made) {
      task.stop({Reason::ShopUnreachable, fmt::format("whether {} reached Base is not known: {}",
                                                      document.number, made->text)});
      return false;  // The intent stays open.
    }
    Ledger::Transaction transaction(ledger_);
    Receipt receipt{intent, Receipt::Outcome::Done, made ? made->id : made.error().text};
    if (made) {
      const bool issuing = delivery.state == Delivery::State::Pending;
      delivery.state = issuing ? Delivery::State::Issued : Delivery::State::Sent;
      if (issuing) delivery.external_id = made->id;
    } else {
      receipt.outcome = Receipt::Outcome::Refused;
      if (made.error().kind == base::Error::Kind::Refused) {
        delivery.state = Delivery::State::Failed;
        delivery.text = made.error().text;
      }
    }
    put_delivery(ledger_, delivery, clock_.now());
    ledger_.write_receipts({&receipt, 1}, clock_.now());
    transaction.commit();
    if (made) return true;
    if (delivery.state == Delivery::State::Failed) {
      task.note(Severity::Error, RecordKind::Document, document.number,
                {Reason::DeliveryRefused, made.error().text});
    } else {
      task.stop(made.error());
    }
    return false;
  };

  if (delivery.state == Delivery::State::Pending) {
    const std::string place = parts_.order_of_document(ledger_, *order);
    const bool issued = step(kIssuing, place, [&] {
      return invoice ? base::add_invoice(task.client, {place, series})
                     : base::add_receipt(task.client, {place});
    });
    if (!issued) return;
  }
  const base::DocumentFile file{delivery.external_id, base::file_data(printout(document)),
                                document.number};
  step(kSending, document.number, [&] {
    return invoice ? base::add_invoice_file(task.client, file)
                   : base::add_receipt_file(task.client, file);
  });
}

}  // namespace atrapa::core::firmino_base
