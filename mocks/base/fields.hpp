#pragma once

#include <string_view>
#include <tuple>
#include <utility>

namespace atrapa::mocks::base {

/// A member of a row type under the name that worlds, snapshots and calls' parameters use for it.
///
///   struct Payer {
///     std::int64_t id = 0;
///     std::string name;
///     static constexpr auto fields() {
///       return std::tuple{as("payer_id", &Payer::id), as("name", &Payer::name)};
///     }
///   };
template <typename Row, typename Value>
struct Field {
  std::string_view name;
  Value Row::*member;
};

template <typename Row, typename Value>
constexpr Field<Row, Value> as(std::string_view name, Value Row::*member) {
  return {name, member};
}

template <typename T>
concept Described = requires {
  T::fields();
};

/// Calls `visit(name, value)` for each described member of the row, in order.
template <typename Row, typename Visit>
constexpr void each_field(Row&& row, Visit&& visit) {
  std::apply([&](const auto&... field) { (visit(field.name, row.*field.member), ...); },
             std::decay_t<Row>::fields());
}

}  // namespace atrapa::mocks::base
