#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace atrapa::core {

/// Reads `[-]digits[.digits]` exactly, as a whole number of 10^-decimals. "0.10", "-3", "290.00".
///
/// Refused with a message: an empty text, spaces, a plus sign, a decimal comma, an exponent, no
/// digit before or after the point, a digit other than 0 beyond `decimals` places, a value beyond
/// kMaxDecimalWhole before the point. Trailing zeros beyond `decimals` change nothing and are
/// accepted.
Result<std::int64_t> parse_decimal(std::string_view text, int decimals);

/// The largest whole part that parse_decimal takes (10^12 - 1): far above any price or stock, and
/// low enough that a price times a quantity fits 128 bits.
inline constexpr std::int64_t kMaxDecimalWhole = 999'999'999'999;

/// Writes a whole number of 10^-decimals with at least `least` and at most `decimals` places:
/// format_decimal(15000, 4, 2) is "1.50", format_decimal(15001, 4, 2) is "1.5001".
std::string format_decimal(std::int64_t value, int decimals, int least);

}  // namespace atrapa::core
