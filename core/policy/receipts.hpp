#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/domain/document.hpp"
#include "core/policy/reason.hpp"

namespace atrapa::core {

/// Whether a receipt counts as an invoice: it bears the buyer's NIP and comes to 450 PLN or 100 EUR
/// at most (PL-DOC-01 [doc]). Of other currencies the act says nothing: never [inferred].
bool is_simplified_invoice(const Document& receipt);

/// Somebody asks for the invoice to a receipt.
struct ReceiptWish {
  std::optional<Document> receipt;
  bool invoiced = false;  ///< An invoice belongs to it already.
  std::string nip;        ///< That the invoice is to bear; "" for a consumer.
  std::chrono::year_month_day today;
};

/// Why there can be none. A company's invoice bears the NIP of the receipt and no other; without
/// one it is a consumer's, for three months from the end of the month of the receipt (PL-DOC-02
/// [doc]; how the months are counted [inferred]).
std::optional<Objection> invoice_to_receipt_objection(const ReceiptWish& wish);

}  // namespace atrapa::core
