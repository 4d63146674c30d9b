#pragma once

#include <string>
#include <string_view>

namespace atrapa::core {

/// Named ways of calling two texts equal. Texts themselves are kept byte for byte.
enum class TextMatch {
  Codepoint,  ///< The same bytes; UTF-8 makes that the same code points.
  Nfc,        ///< The same after Unicode NFC.
  Trim,       ///< The same without white space (Unicode's, NBSP included) at both ends.
  Casefold,   ///< The same after Unicode case folding.
};

/// The key under which equal texts meet: key(a) == key(b) exactly when a matches b, so that hash
/// maps do the pairing. A text that is not UTF-8 is its own key.
std::string match_key(std::string_view text, TextMatch match);

/// Empty, or white space only (Unicode's): nobody set such a text.
bool is_blank(std::string_view text);

bool is_utf8(std::string_view text);

}  // namespace atrapa::core
