#include "scenarios/fiscal/sentences.hpp"

#include <array>

namespace atrapa::scenarios::fiscal {
namespace {

using harness::Level;
using harness::Provenance;

constexpr std::array kSentences = std::to_array<Sentence>({
    {"PL-NIP-01", Level::Must, Provenance::Client, "public clients; KSeF checks it in production",
     "A NIP has 10 digits; the sum of the first nine times weights 6 5 7 2 3 4 5 6 7 modulo 11 "
     "equals the tenth; remainder 10 is invalid."},
    {"PL-NIP-02", Level::Must, Provenance::Doc,
     "CIRFMF/ksef-docs:faktury/schemy/FA/bazowe/ElementarneTypyDanych_v10-0E.xsd",
     "The FA(3) schema accepts only a first digit other than 0 and not \"00\" in places 2-3; no "
     "dashes, no prefix."},
    {"PL-VAT-01", Level::Must, Provenance::Doc,
     "CIRFMF/ksef-docs:faktury/schemy/FA/schemat_FA(3)_v1-0E.xsd",
     "Rate codes of an e-invoice line: 23, 22, 8, 7, 5, 4, 3, 0 KR, 0 WDT, 0 EX, zw, oo, np I, "
     "np II."},
    {"PL-VAT-02", Level::Must, Provenance::Inferred,
     "CIRFMF/ksef-docs:faktury/schemy/FA/schemat_FA(3)_v1-0E.xsd",
     "0, zw, np and oo all give zero tax yet are different codes and must not be merged."},
    {"PL-ROUND-01", Level::Must, Provenance::Doc, "VAT act art. 106e(11); prawo.pl; pro.rp.pl",
     "Amounts on an invoice are rounded to full grosz, below half down, half and above up."},
    {"PL-ROUND-02", Level::Should, Provenance::Inferred,
     "VAT act art. 106e(1) items 13-14, 106e(10)",
     "The tax of a document is shown per rate; summing rounded line tax and rounding the sum "
     "per rate may differ by some grosz, and both are met in practice."},
    {"PL-ROUND-03", Level::Must, Provenance::Inferred,
     "VAT act art. 106e(7)-(8); FA(3) P_9B, P_11A",
     "Sale priced gross: tax of a rate = gross sum x rate / (100 + rate); the gross total the "
     "buyer paid must stay."},
    {"PL-ROUND-04", Level::Should, Provenance::Doc,
     "KIS 0114-KDIP1-3.4012.766.2025.1.AMA; FA(3) TKwotowy2",
     "Net unit price is shown with two decimals; a tax ruling of 8 Dec 2025 refuses 5 to 8 "
     "decimals although FA(3) technically takes 8."},
    {"PL-DOC-01", Level::Should, Provenance::Doc, "VAT act art. 106e(5)(3); poradnikksiegowy.pl",
     "A cash-register receipt with the buyer's NIP and at most 450 PLN (or 100 EUR) counts as "
     "a simplified invoice, so no second invoice follows it."},
    {"PL-DOC-02", Level::Should, Provenance::Doc, "VAT act art. 106b(3), (5)",
     "For a company an invoice to a receipt is allowed only if the receipt has its NIP; a "
     "consumer may ask for an invoice within three months."},
    {"PL-DOC-03", Level::Must, Provenance::Doc, "FA(3) P_2 description",
     "Document numbers are unique inside one or more series and identify the document."},
    {"PL-KSEF-01", Level::May, Provenance::Doc, "gazetaprawna.pl 10635478; constans.co/ksef",
     "E-invoicing in KSeF became a duty on 1 Feb 2026 (sales over 200 m PLN in 2024) and 1 Apr "
     "2026 (others); until the end of 2026 small monthly totals up to 10,000 PLN, register "
     "invoices and receipts counted as invoices stay outside; consumers are not covered by "
     "duty."},
    {"PL-KSEF-02", Level::May, Provenance::Doc, "CIRFMF/ksef-docs:faktury/numer-ksef.md",
     "A KSeF number has 35 characters: seller NIP, acceptance date, 12 hex characters, CRC-8 "
     "(polynomial 0x07, start 0) over the first 32 characters."},
    {"PL-KSEF-03", Level::May, Provenance::Doc, "CIRFMF/ksef-docs:faktury/weryfikacja-faktury.md",
     "KSeF finds duplicates by seller NIP + invoice kind + invoice number (code 440), and the "
     "issue date may not be later than acceptance."},
});

}  // namespace

const Page& page() {
  static const Page page{
      .integration = "ebiuro-base", .document = kDocument, .sentences = kSentences};
  return page;
}

}  // namespace atrapa::scenarios::fiscal
