#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "mocks/base/state.hpp"

namespace atrapa::mocks::base {

/// The keys of text_fields that a catalogue takes, with their labels: `field`, `field|lang`,
/// `field|lang|source_account` [doc]; account 0 stands for all of an integration [doc sample].
std::map<std::string, std::string> text_field_keys(const State& state, const Inventory& inventory);

/// The key as it is kept, or nothing where the catalogue takes no such key. A text in the default
/// language is kept without its language [inferred].
std::optional<std::string> text_field_key(const State& state, const Inventory& inventory,
                                          std::string_view key);

/// The first `count` characters of UTF-8 text.
std::string first_characters(const std::string& text, std::size_t count);

/// How many characters the field of that key takes; 0 for any number.
std::size_t longest_text(const State& state, std::string_view key);

}  // namespace atrapa::mocks::base
