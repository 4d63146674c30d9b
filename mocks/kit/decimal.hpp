#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace atrapa::mocks::kit {

/// An exact decimal number. Values that came from parse() have at most 18 digits; sums and up to
/// two products of such values with bounded places never overflow. An overflow throws
/// std::logic_error.
class Decimal {
 public:
  static constexpr int kMaxDigits = 18;

  Decimal() = default;
  Decimal(std::int64_t whole) : units_(whole) {}  // NOLINT: a whole number is a decimal.

  /// `-12`, `12.50`; no plus, blank, exponent or bare point. Nothing when the text is not such a
  /// number or has more than kMaxDigits digits.
  static std::optional<Decimal> parse(std::string_view text);

  friend std::strong_ordering operator<=>(const Decimal& left, const Decimal& right);
  friend bool operator==(const Decimal& left, const Decimal& right) {
    return (left <=> right) == std::strong_ordering::equal;
  }
  friend Decimal operator+(const Decimal& left, const Decimal& right);
  friend Decimal operator-(const Decimal& left, const Decimal& right);
  friend Decimal operator*(const Decimal& left, const Decimal& right);
  Decimal operator-() const { return Decimal{} - *this; }

  /// Half away from zero, as a DECIMAL column of MySQL rounds.
  Decimal rounded(int places) const;
  /// This over `by` (not zero), rounded likewise.
  Decimal divided(const Decimal& by, int places) const;
  bool is_whole() const { return rounded(0) == *this; }

  /// Without trailing zeros: "2", "1.5", "-0.25".
  std::string text() const;
  /// Rounded to exactly so many places: "290.00".
  std::string fixed(int places) const;

 private:
  __extension__ typedef __int128 Wide;

  Decimal(Wide units, int scale) : units_(units), scale_(scale) {}
  static Wide power_of_ten(int exponent);
  static Wide scaled(Wide units, int by);

  Wide units_ = 0;
  int scale_ = 0;  ///< Digits after the point.
};

}  // namespace atrapa::mocks::kit
