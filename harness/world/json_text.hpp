#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "harness/subject/erp.hpp"

namespace atrapa::harness {

/// Where a text stops being the JSON we take, and why.
struct JsonTextError {
  std::size_t line = 1;  ///< 1 for the first.
  std::size_t column = 1;
  std::string problem;
};

/// Reads a text written by people or by foreign programs: no exception, no key twice in one object,
/// no deeper nesting than `max_depth`.
std::variant<Json, JsonTextError> read_json_text(std::string_view text, std::size_t max_depth = 64);

/// Takes the member or item at that JSON pointer out of the document; false where there is none,
/// and for the document itself.
bool erase_at(Json& document, const std::string& pointer);

}  // namespace atrapa::harness
