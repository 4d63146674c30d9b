#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "mocks/base/rows.hpp"

namespace atrapa::mocks::base {

/// What a method that creates or edits begins with: a new row for the id 0, the row of another id,
/// nothing where there is none.
template <typename T>
std::optional<T> row_to_save(const Rows<T>& rows, std::int64_t id) {
  if (id == 0) return T{};
  const T* found = rows.find(id);
  return found != nullptr ? std::optional<T>(*found) : std::nullopt;
}

/// Adds a row without id, puts one with an id in its place; answers the id.
template <typename T>
std::int64_t put_row(Rows<T>& rows, T row) {
  if (row.id == 0) return rows.add(std::move(row));
  const std::int64_t id = row.id;
  rows.put(std::move(row));
  return id;
}

}  // namespace atrapa::mocks::base
