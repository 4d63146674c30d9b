#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "core/domain/money.hpp"

namespace atrapa::core {

/// A tax code. 0, zw, np and oo all give no tax and are different codes (PL-VAT-02): nothing here
/// merges them.
struct VatCode {
  enum class Kind {
    Rate23,
    Rate22,
    Rate8,
    Rate7,
    Rate5,
    Rate4,
    Rate3,
    Zero,           ///< 0 % without its kind, which is all that a shop knows.
    ZeroDomestic,   ///< 0 KR
    ZeroIntraEu,    ///< 0 WDT
    ZeroExport,     ///< 0 EX
    Exempt,         ///< zw
    ReverseCharge,  ///< oo
    OutOfScope,     ///< np without its kind
    OutOfScopeI,    ///< np I
    OutOfScopeII,   ///< np II
    Foreign,        ///< Any other rate, such as 19 % of another country.
  };

  Kind kind = Kind::Zero;
  Percent percent = {};      ///< Of Foreign only.
  std::string country = {};  ///< ISO 2 of Foreign; "" where the text named none.

  bool operator==(const VatCode&) const = default;
};

/// The code behind a label, in any of the usual spellings: "23", "23%", "23.00", "zw", "zw.", "ZW",
/// "np.", "np I", "oo", "0 WDT", "0_KR", "19% DE". Case, spaces around, a final dot and a percent
/// sign do not matter. Nothing for what is no code, "0.23" included: 23 % or a quarter of a percent
/// is not ours to guess.
std::optional<VatCode> parse_vat(std::string_view label);

/// The code of a shop's tax: its name, else its class, else its value where that is above 0 (Shoper
/// gives "0%", "zw." and "np." the same value "0" [rec], so a value of 0 says nothing). Nothing
/// when name and value contradict each other, as a rate called "23%" of the value 8.
std::optional<VatCode> shop_vat(std::string_view name, std::string_view tax_class,
                                std::string_view value);

/// What two systems can be compared by: {23,22,8,7,5,4,3,0,zw,np,oo} and foreign rates. The kinds
/// of 0 become 0 and the kinds of np become np, because shops do not know them; nothing else
/// changes [inferred].
VatCode comparable(VatCode code);

/// The rate that is charged: 23 for Rate23, 0 for zw.
Percent rate_of(const VatCode& code);

std::string to_text(const VatCode& code);  ///< "23", "0", "0 WDT", "zw", "np I", "19 DE"
std::ostream& operator<<(std::ostream& out, const VatCode& code);

}  // namespace atrapa::core
