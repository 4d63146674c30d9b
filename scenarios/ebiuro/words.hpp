#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/run/rule.hpp"

namespace atrapa::scenarios::ebiuro {

/// What may stand in extra field 1 (the edge set @DOCTYPE), and the document it means: "invoice",
/// "receipt", "" for neither, "?" where nobody says.
struct DocumentWord {
  std::string_view what;
  std::string word;
  std::string_view nip;
  std::string_view trimmed;  ///< Compared without white space around, whatever the case.
  std::string_view exact;
};

const std::vector<DocumentWord>& document_words();  ///< Those that are the word in some reading.
const std::vector<DocumentWord>& unknown_words();

/// The kind in the reading of these switches, whatever makes the document: also "" and "?".
std::string wanted_kind(const DocumentWord& word, bool wants_invoice,
                        const harness::SwitchValues& switches);

/// Whether the move to the status makes the document.
bool made_by_the_move(const harness::SwitchValues& switches);

/// "one order, invoice"; "one order, no document" for "".
std::string order_with(std::string_view kind);

}  // namespace atrapa::scenarios::ebiuro
