#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/domain/money.hpp"

namespace atrapa::core {

/// A value as it was received: the text itself, and what it says where it can be read. A text that
/// cannot be read is kept, so that one bad record is reported and the others go on.
template <typename T>
struct Reading {
  std::string text;
  std::optional<T> value;

  bool operator==(const Reading&) const = default;
};

inline Reading<Price> read_price(std::string_view text) {
  auto price = parse_price(text);
  return {std::string(text), price ? std::optional(*price) : std::nullopt};
}
inline Reading<Quantity> read_quantity(std::string_view text) {
  auto quantity = parse_quantity(text);
  return {std::string(text), quantity ? std::optional(*quantity) : std::nullopt};
}

}  // namespace atrapa::core
