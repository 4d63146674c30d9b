#pragma once

#include <span>
#include <string>
#include <string_view>

namespace atrapa::harness {

/// The known name that was most likely meant, or "" where none is near: at most a third of its
/// letters may differ.
std::string_view nearest(std::string_view name, std::span<const std::string_view> known);

/// "unknown key 'taxs'; did you mean 'taxes'?" or, with no name near, the list of what is known.
std::string unknown_key(std::string_view name, std::span<const std::string_view> known);

/// `key` as one step of a JSON pointer: `~` and `/` escaped.
std::string pointer_step(std::string_view key);

}  // namespace atrapa::harness
