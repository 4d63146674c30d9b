#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace atrapa::core {

using Json = nlohmann::json;

/// The names of the members that are kept, at whatever depth. Members whose name is a whole number
/// are always kept: PHP's answers key their rows by number.
using Wanted = std::unordered_set<std::string>;

/// Reads a JSON text and keeps only what is wanted: a product row is mostly what a sync never looks
/// at. Members named in `whole` are kept with everything below them, which is how a map whose keys
/// nobody can foretell is read. Numbers are kept as the very text they came as, in JSON strings, so
/// that 19.99 stays 19.99. Nothing when the text is no JSON, holds half of a surrogate pair, or is
/// nested deeper than 64.
std::optional<Json> parse_wanted(const std::string& text, const Wanted& wanted,
                                 const Wanted& whole = {});

/// A scalar member as text: strings as they are, true and false as "1" and "". Nothing for null,
/// objects, arrays and members that are not there.
std::optional<std::string> text_member(const Json& object, const char* name);
std::string text_or_empty(const Json& object, const char* name);
/// "1", "true", a JSON true. Shops send flags as any of them.
bool flag_member(const Json& object, const char* name);
/// As text_member, and nothing for "", "0" and "null": an unset foreign key.
std::optional<std::string> key_member(const Json& object, const char* name);

}  // namespace atrapa::core
