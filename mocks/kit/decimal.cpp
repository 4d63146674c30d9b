#include "mocks/kit/decimal.hpp"

#include <algorithm>
#include <stdexcept>

namespace atrapa::mocks::kit {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Decimal::Wide Decimal::power_of_ten(int exponent) {
  if (exponent > 37) throw std::logic_error("decimal: more than 37 places");
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

Decimal::Wide Decimal::scaled(Wide units, int by) {
  Wide result = 0;
  if (__builtin_mul_overflow(units, power_of_ten(by), &result)) {
    throw std::logic_error("decimal: overflow");
  }
  return result;
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  Wide units = 0;
  int digits = 0;
  int scale = 0;
  bool point = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.') {
      if (point || i == 0 || i + 1 == text.size()) return std::nullopt;
      point = true;
      continue;
    }
    if (!is_digit(c)) return std::nullopt;
    if (++digits > kMaxDigits) return std::nullopt;
    units = units * 10 + (c - '0');
    if (point) ++scale;
  }
  if (digits == 0) return std::nullopt;
  return Decimal(negative ? -units : units, scale);
}

std::strong_ordering operator<=>(const Decimal& left, const Decimal& right) {
  // Whole parts first: the rest is below 10^scale and can be brought to one scale without overflow.
  const auto left_power = Decimal::power_of_ten(left.scale_);
  const auto right_power = Decimal::power_of_ten(right.scale_);
  const auto left_whole = left.units_ / left_power;
  const auto right_whole = right.units_ / right_power;
  if (left_whole != right_whole) return left_whole <=> right_whole;
  const int scale = std::max(left.scale_, right.scale_);
  const auto left_rest = Decimal::scaled(left.units_ % left_power, scale - left.scale_);
  const auto right_rest = Decimal::scaled(right.units_ % right_power, scale - right.scale_);
  return left_rest <=> right_rest;
}

Decimal operator+(const Decimal& left, const Decimal& right) {
  const int scale = std::max(left.scale_, right.scale_);
  const auto a = Decimal::scaled(left.units_, scale - left.scale_);
  const auto b = Decimal::scaled(right.units_, scale - right.scale_);
  Decimal::Wide sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) throw std::logic_error("decimal: overflow");
  return Decimal(sum, scale);
}

Decimal operator-(const Decimal& left, const Decimal& right) {
  return left + Decimal(-right.units_, right.scale_);
}

Decimal operator*(const Decimal& left, const Decimal& right) {
  Decimal::Wide product = 0;
  if (__builtin_mul_overflow(left.units_, right.units_, &product)) {
    throw std::logic_error("decimal: overflow");
  }
  return Decimal(product, left.scale_ + right.scale_);
}

Decimal Decimal::rounded(int places) const {
  if (scale_ <= places) return *this;
  const Wide power = power_of_ten(scale_ - places);
  Wide quotient = units_ / power;
  const Wide rest = units_ % power;
  if (rest >= power - power / 2) ++quotient;
  if (-rest >= power - power / 2) --quotient;
  return Decimal(quotient, places);
}

Decimal Decimal::divided(const Decimal& by, int places) const {
  if (by.units_ == 0) throw std::logic_error("decimal: division by zero");
  // The one digit more than asked for decides the rounding; what is cut behind it cannot.
  const int shift = places + 1 + by.scale_ - scale_;
  const Wide numerator = shift > 0 ? scaled(units_, shift) : units_ / power_of_ten(-shift);
  return Decimal(numerator / by.units_, places + 1).rounded(places);
}

std::string Decimal::text() const {
  std::string text = fixed(scale_);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string Decimal::fixed(int places) const {
  const Decimal value = rounded(places);
  Wide units = scaled(value.units_, places - value.scale_);
  const bool negative = units < 0;
  if (negative) units = -units;
  std::string digits;
  do {
    digits.push_back(static_cast<char>('0' + static_cast<int>(units % 10)));
    units /= 10;
  } while (units != 0 || static_cast<int>(digits.size()) <= places);
  if (places > 0) digits.insert(static_cast<std::size_t>(places), 1, '.');
  if (negative) digits.push_back('-');
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace atrapa::mocks::kit
