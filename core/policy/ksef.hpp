#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/domain/document.hpp"
#include "core/policy/reason.hpp"

/// What KSeF, the state's system of e-invoices, asks of a document. Sending is not done here: a
/// person tells what came of it.
namespace atrapa::core {

/// Who issues the documents.
struct Seller {
  std::string nip = {};      ///< Ten digits; "" where it is not known.
  bool large = false;        ///< Sold for more than 200 m PLN in 2024.
  bool small_sales = false;  ///< Invoices of a month come to 10,000 PLN at most.
};

/// Whether the document is an invoice in law only with a number of KSeF (PL-KSEF-01 [doc]): an
/// invoice to a business, from 1 February 2026 by large sellers and from 1 April 2026 by all; until
/// the end of 2026 not by sellers of small monthly totals. A buyer without a NIP is a consumer;
/// receipts stay outside.
bool ksef_required(DocumentKind kind, std::string_view buyer_nip,
                   std::chrono::year_month_day issued_on, const Seller& seller);

/// The checksum of a KSeF number: CRC-8 with the polynomial 0x07, from 0, over its first 32
/// characters, as two capital hexadecimal digits (PL-KSEF-02 [doc]).
std::string ksef_checksum(std::string_view first);

/// What a KSeF number says.
struct KsefNumber {
  std::string seller_nip;
  std::chrono::year_month_day accepted_on;
};
/// Nothing for what is none: "NNNNNNNNNN-YYYYMMDD-HHHHHHHHHHHH-CC", capitals, with its checksum.
std::optional<KsefNumber> read_ksef_number(std::string_view text);

/// Why an acceptance cannot be the document's: the number is none, another seller's, or from before
/// the day of issue (PL-KSEF-03 [doc]).
std::optional<Objection> ksef_objection(const Document& document, std::string_view ksef_number,
                                        const Seller& seller);

}  // namespace atrapa::core
