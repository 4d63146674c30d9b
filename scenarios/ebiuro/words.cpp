#include "scenarios/ebiuro/words.hpp"

#include "scenarios/common/sentence.hpp"

namespace atrapa::scenarios::ebiuro {

const std::vector<DocumentWord>& document_words() {
  static const std::vector<DocumentWord> words = {
      {"faktura", "faktura", "5250000009", "invoice", "invoice"},
      {"paragon", "paragon", "", "receipt", "receipt"},
      {"faktura without a NIP", "faktura", "", "invoice", "invoice"},
      {"paragon with a NIP", "paragon", "5250000009", "receipt", "receipt"},
      {"Faktura", "Faktura", "5250000009", "invoice", ""},
      {"FAKTURA", "FAKTURA", "", "invoice", ""},
      {"faktura between spaces", " faktura ", "", "invoice", ""},
      {"PARAGON", "PARAGON", "", "receipt", ""},
      {"paragon with a space behind", "paragon ", "", "receipt", ""},
      // Whether a no-break space is white space is not said.
      {"faktura between no-break spaces", "\u00A0faktura\u00A0", "", "?", ""},
  };
  return words;
}

const std::vector<DocumentWord>& unknown_words() {
  static const std::vector<DocumentWord> words = {
      {"nothing", "", "", "", ""},
      {"fv", "fv", "", "", ""},
      {"faktura vat", "faktura vat", "5250000009", "", ""},
      {"paragon fiskalny", "paragon fiskalny", "", "", ""},
      {"both words", "faktura paragon", "", "", ""},
      {"a letter taken apart", "faktu\u0301ra", "", "", ""},
      {"another word", "pilne", "5250000009", "", ""},
  };
  return words;
}

std::string wanted_kind(const DocumentWord& word, bool wants_invoice,
                        const harness::SwitchValues& switches) {
  const bool exact = value_of(switches, "ebiuro.doc_word_match") == "exact";
  const std::string kind(exact ? word.exact : word.trimmed);
  if (!kind.empty()) return kind;
  const std::string_view unknown = value_of(switches, "ebiuro.doc_word_unknown");
  if (unknown == "receipt") return "receipt";
  if (unknown == "by_want_invoice") return wants_invoice ? "invoice" : "receipt";
  return "";
}

bool made_by_the_move(const harness::SwitchValues& switches) {
  return value_of(switches, "ebiuro.document_trigger") == "automatic_on_status";
}

std::string order_with(std::string_view kind) {
  return kind.empty() ? "one order, no document" : "one order, " + std::string(kind);
}

}  // namespace atrapa::scenarios::ebiuro
