#include "core/domain/money.hpp"

#include <limits>
#include <optional>
#include <ostream>
#include <stdexcept>

#include "core/domain/decimal.hpp"

namespace atrapa::core {

namespace {

__extension__ using Wide = __int128;

/// Half and above goes away from 0. `divisor` is above 0.
Wide divide_half_up(Wide value, Wide divisor) {
  const Wide magnitude = value < 0 ? -value : value;
  const Wide rounded = (magnitude + divisor / 2) / divisor;
  return value < 0 ? -rounded : rounded;
}

std::optional<std::int64_t> narrow(Wide value) {
  if (value > std::numeric_limits<std::int64_t>::max() ||
      value < std::numeric_limits<std::int64_t>::min()) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(value);
}

template <typename T>
Result<T> parse_as(std::string_view text, int decimals) {
  const auto value = parse_decimal(text, decimals);
  if (!value) return fail(value.error());
  return T{*value};
}

}  // namespace

Money Money::operator+(Money other) const {
  std::int64_t result = 0;
  if (__builtin_add_overflow(grosze, other.grosze, &result)) {
    throw std::overflow_error("Money: a sum beyond 64 bits");
  }
  return {result};
}

Money Money::operator-(Money other) const {
  std::int64_t result = 0;
  if (__builtin_sub_overflow(grosze, other.grosze, &result)) {
    throw std::overflow_error("Money: a difference beyond 64 bits");
  }
  return {result};
}

Result<Money> parse_money(std::string_view text) { return parse_as<Money>(text, 2); }
Result<Price> parse_price(std::string_view text) { return parse_as<Price>(text, 4); }
Result<Quantity> parse_quantity(std::string_view text) { return parse_as<Quantity>(text, 6); }
Result<Percent> parse_percent(std::string_view text) { return parse_as<Percent>(text, 4); }

std::string to_text(Money money) { return format_decimal(money.grosze, 2, 2); }
std::string to_text(Price price) { return format_decimal(price.units, 4, 2); }
std::string to_text(Quantity quantity) { return format_decimal(quantity.millionths, 6, 0); }
std::string to_text(Percent percent) { return format_decimal(percent.units, 4, 0); }

Money round_half_up(Price price) {
  return {static_cast<std::int64_t>(divide_half_up(price.units, 100))};
}

Result<Money> line_value(Price unit_price, Quantity quantity, Percent discount) {
  if (discount < Percent{} || discount > kWhole) {
    return fail("a discount of " + to_text(discount) + " %, expected 0 to 100");
  }
  // 10^-4 PLN x 10^-6 pieces x 10^-6 of the whole, in grosz. The first product has at most 34
  // digits.
  const Wide full = Wide{unit_price.units} * quantity.millionths;
  Wide exact = 0;
  if (__builtin_mul_overflow(full, Wide{kWhole.units - discount.units}, &exact)) {
    return fail("a line value beyond what can be kept");
  }
  const Wide divisor = Wide{100'000'000'000'000};
  const auto grosze = narrow(divide_half_up(exact, divisor));
  if (!grosze) return fail("a line value beyond what can be kept");
  return Money{*grosze};
}

Result<Money> sum(std::span<const Money> amounts) {
  std::int64_t total = 0;
  for (const Money amount : amounts) {
    if (__builtin_add_overflow(total, amount.grosze, &total)) {
      return fail("a total beyond what can be kept");
    }
  }
  return Money{total};
}

Money vat_in_gross(Money gross, Percent rate) {
  const Wide tax = divide_half_up(Wide{gross.grosze} * rate.units, Wide{kWhole.units} + rate.units);
  return {static_cast<std::int64_t>(tax)};
}

Money vat_on_net(Money net, Percent rate) {
  const Wide tax = divide_half_up(Wide{net.grosze} * rate.units, Wide{kWhole.units});
  return {static_cast<std::int64_t>(tax)};
}

Money net_of(Price gross, Percent rate) {
  const Wide net = divide_half_up(Wide{gross.units} * kWhole.units,
                                  Wide{100} * (Wide{kWhole.units} + rate.units));
  return {static_cast<std::int64_t>(net)};
}

std::ostream& operator<<(std::ostream& out, Money money) { return out << to_text(money); }
std::ostream& operator<<(std::ostream& out, Price price) { return out << to_text(price); }
std::ostream& operator<<(std::ostream& out, Quantity quantity) { return out << to_text(quantity); }
std::ostream& operator<<(std::ostream& out, Percent percent) { return out << to_text(percent); }

}  // namespace atrapa::core
