#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/decimal.hpp"
#include "mocks/kit/json.hpp"

// JSON text that we wrote ourselves, looked into without building a tree. Such text is always well
// formed and has no blanks; foreign bytes never come here (they go through a parser first).

namespace atrapa::mocks::kit {

/// Appends a JSON string as PHP's json_encode writes it by default: everything beyond ASCII as
/// \uXXXX, the solidus as \/ [rec: Shoper's recorded answers]. Text that is not UTF-8 gets U+FFFD
/// in its place.
void append_quoted(std::string& out, std::string_view text);
std::string json_string(std::string_view text);
void append_number(std::string& out, std::int64_t value);
/// Appends a tree in the same spelling, without blanks.
void append_json(std::string& out, const Json& json);
std::string json_text(const Json& json);

/// The text of a JSON string; `raw` begins with a quote.
std::string unquoted(std::string_view raw);
/// A scalar as text: a string's content, a number or boolean as written, "" for null and for
/// nothing.
std::string scalar_text(std::string_view raw);
/// A scalar as a number: digits with or without quotes, true as 1, false as 0; else nothing.
std::optional<Decimal> scalar_number(std::string_view raw);
std::optional<std::int64_t> scalar_id(std::string_view raw);

using MemberVisitor = std::function<void(std::string_view key, std::string_view raw)>;
/// Each member of an object in order. Keys are as written (ours have no escapes but may hold \u).
void each_member(std::string_view object, const MemberVisitor& visit);
/// Each element of an array in order.
std::vector<std::string_view> elements(std::string_view array);
/// The member of that name, or "" where there is none or `object` is not an object.
std::string_view member(std::string_view object, std::string_view name);

}  // namespace atrapa::mocks::kit
