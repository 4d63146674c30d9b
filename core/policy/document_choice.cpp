#include "core/policy/document_choice.hpp"

#include "core/domain/text_match.hpp"

namespace atrapa::core {

namespace {

constexpr std::string_view kInvoiceWord = "faktura";
constexpr std::string_view kReceiptWord = "paragon";

/// Without white space around, whatever the case.
std::string plain(std::string_view word) {
  return match_key(match_key(word, TextMatch::Trim), TextMatch::Casefold);
}

}  // namespace

std::optional<DocumentKind> wanted_document(const DocumentWish& wish,
                                            const EbiuroSwitches& switches) {
  const std::string word =
      switches.doc_word_match == DocWordMatch::Exact ? wish.word : plain(wish.word);
  if (word == kInvoiceWord) return DocumentKind::Invoice;
  if (word == kReceiptWord) return DocumentKind::Receipt;
  switch (switches.doc_word_unknown) {
    case DocWordUnknown::Wait: return std::nullopt;
    case DocWordUnknown::Receipt: return DocumentKind::Receipt;
    case DocWordUnknown::ByWantInvoice:
      return wish.wants_invoice.value_or(false) ? DocumentKind::Invoice : DocumentKind::Receipt;
  }
  return std::nullopt;
}

DocumentKind chosen_document(const ChoiceFacts& facts) {
  if (!facts.automatic) return facts.usual;
  const bool abroad =
      !facts.buyer_country.empty() && facts.buyer_country != facts.warehouse_country;
  if (abroad || !facts.nip.empty() || facts.wants_invoice.value_or(false)) {
    return DocumentKind::Invoice;
  }
  return facts.usual;
}

}  // namespace atrapa::core
