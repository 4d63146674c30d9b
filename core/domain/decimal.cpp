#include "core/domain/decimal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace atrapa::core {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A text for a message: bounded, and safe to print.
std::string shown(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 40)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02X}", byte);
    } else {
      out += c;
    }
  }
  if (text.size() > 40) out += "...";
  return out;
}

Failure<std::string> refuse(std::string_view text, std::string_view problem) {
  return fail(fmt::format("'{}' is not a decimal number: {}", shown(text), problem));
}

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

}  // namespace

Result<std::int64_t> parse_decimal(std::string_view text, int decimals) {
  if (decimals < 0 || decimals > 6) throw std::logic_error("parse_decimal: decimals out of range");
  if (text.empty()) return refuse(text, "it is empty");
  std::string_view rest = text;
  const bool negative = rest.front() == '-';
  if (negative) rest.remove_prefix(1);

  std::size_t whole_digits = 0;
  while (whole_digits < rest.size() && is_digit(rest[whole_digits])) ++whole_digits;
  const std::string_view whole = rest.substr(0, whole_digits);
  std::string_view fraction;
  if (whole_digits < rest.size()) {
    const char next = rest[whole_digits];
    if (next == ',') return refuse(text, "it has a decimal comma, expected a point");
    if (next != '.' || whole.empty()) return refuse(text, "expected digits, or digits.digits");
    fraction = rest.substr(whole_digits + 1);
    if (fraction.empty() || !std::all_of(fraction.begin(), fraction.end(), is_digit)) {
      return refuse(text, "expected only digits after the point");
    }
  }
  if (whole.empty()) return refuse(text, "expected digits, or digits.digits");

  std::int64_t value = 0;
  for (const char digit : whole) {
    value = value * 10 + (digit - '0');
    if (value > kMaxDecimalWhole) return refuse(text, "it is too large");
  }
  const auto places = static_cast<std::size_t>(decimals);
  for (std::size_t i = 0; i < places; ++i) {
    value = value * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  }
  if (fraction.size() > places && fraction.find_first_not_of('0', places) != fraction.npos) {
    return refuse(text, fmt::format("it has more than {} decimal places", decimals));
  }
  return negative ? -value : value;
}

std::string format_decimal(std::int64_t value, int decimals, int least) {
  const auto scale = static_cast<std::uint64_t>(power_of_ten(decimals));
  const std::uint64_t magnitude = value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                                            : static_cast<std::uint64_t>(value);
  std::string fraction = decimals == 0 ? "" : fmt::format("{:0{}}", magnitude % scale, decimals);
  while (fraction.size() > static_cast<std::size_t>(least) && fraction.back() == '0') {
    fraction.pop_back();
  }
  return fmt::format("{}{}{}{}", value < 0 ? "-" : "", magnitude / scale,
                     fraction.empty() ? "" : ".", fraction);
}

}  // namespace atrapa::core
