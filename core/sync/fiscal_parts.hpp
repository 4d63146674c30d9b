#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/ledger.hpp"
#include "core/policy/e_invoice.hpp"
#include "core/policy/ksef.hpp"
#include "core/policy/nip.hpp"
#include "core/policy/receipts.hpp"
#include "core/policy/totals.hpp"

namespace atrapa::core {

/// What Polish law decides of a document, each at the right one by default; replaced by a bug that
/// a rule has to catch.
struct FiscalParts {
  /// What stands on a document for the number that a buyer gave.
  std::function<Result<std::string>(std::string_view, NipPolicy)> nip = document_nip;
  std::function<std::vector<VatSummary>(std::span<const ErpOrderLine>, VatRounding)> taxes =
      vat_summary;
  std::function<std::string(const VatCode&, const SaleFacts&)> rate_code = e_invoice_rate;
  std::function<std::optional<Objection>(const ReceiptWish&)> invoice_to_receipt_objection =
      core::invoice_to_receipt_objection;
  std::function<Result<Document>(Ledger&, const ReceiptInvoice&)> issue_to_receipt =
      [](Ledger& ledger, const ReceiptInvoice& issue) { return ledger.issue_to_receipt(issue); };
  std::function<bool(DocumentKind, std::string_view, std::chrono::year_month_day, const Seller&)>
      ksef_required = core::ksef_required;
  std::function<std::optional<Objection>(const Document&, std::string_view, const Seller&)>
      ksef_objection = core::ksef_objection;
};

}  // namespace atrapa::core
