#pragma once

#include <compare>
#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace atrapa::core {

/// An amount in grosz. One currency (PLN) in the integrations of today.
struct Money {
  std::int64_t grosze = 0;

  auto operator<=>(const Money&) const = default;
  /// Throws std::overflow_error beyond 64 bits; sums of foreign amounts go through sum().
  Money operator+(Money other) const;
  Money operator-(Money other) const;
};

/// A unit price in 1/10,000 PLN: four decimals.
struct Price {
  std::int64_t units = 0;

  auto operator<=>(const Price&) const = default;
};

/// An amount of goods in millionths of a unit: six decimals.
struct Quantity {
  std::int64_t millionths = 0;

  auto operator<=>(const Quantity&) const = default;
  bool is_whole() const { return millionths % 1'000'000 == 0; }
};
inline constexpr Quantity kOnePiece{1'000'000};

/// A percentage in 1/10,000 of a percent: "23", "12.5000".
struct Percent {
  std::int64_t units = 0;

  auto operator<=>(const Percent&) const = default;
};
inline constexpr Percent kWhole{1'000'000};  ///< 100 %

/// Exact, as parse_decimal says; two, four, six and four decimals. The error names what was wrong.
Result<Money> parse_money(std::string_view text);
Result<Price> parse_price(std::string_view text);
Result<Quantity> parse_quantity(std::string_view text);
Result<Percent> parse_percent(std::string_view text);

std::string to_text(Money money);        ///< "12.30"
std::string to_text(Price price);        ///< "12.30", "0.0049"
std::string to_text(Quantity quantity);  ///< "2", "1.5"
std::string to_text(Percent percent);    ///< "23", "12.5"

/// Rounds to the grosz: below half down, half and above up (PL-ROUND-01 [doc]). A negative amount
/// mirrors the positive one, so that a correction takes back exactly what was charged [inferred].
Money round_half_up(Price price);

/// Unit price times quantity, less the discount, rounded half up to the grosz once, at the end.
/// Refused when the result does not fit 64 bits or the discount is not within 0..100 %.
Result<Money> line_value(Price unit_price, Quantity quantity, Percent discount = {});

/// The sum, or a refusal when it leaves 64 bits.
Result<Money> sum(std::span<const Money> amounts);

/// The tax inside a gross amount: gross x rate / (100 + rate), rounded half up (PL-ROUND-03
/// [inferred]).
Money vat_in_gross(Money gross, Percent rate);
/// The tax on top of a net amount, rounded half up.
Money vat_on_net(Money net, Percent rate);
/// A gross price without its tax, rounded half up to the grosz once.
Money net_of(Price gross, Percent rate);

std::ostream& operator<<(std::ostream& out, Money money);
std::ostream& operator<<(std::ostream& out, Price price);
std::ostream& operator<<(std::ostream& out, Quantity quantity);
std::ostream& operator<<(std::ostream& out, Percent percent);

}  // namespace atrapa::core
