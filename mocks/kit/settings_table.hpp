#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "mocks/kit/json.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::mocks::kit {

/// A choice of two words; `on` is the one that makes the member true.
template <typename Settings>
struct SettingWords {
  bool Settings::*member;
  std::string_view off;
  std::string_view on;
};

/// A platform's setting: its name in a world, where it is kept, and what it does, with its mark.
/// Whole numbers are at least `least`.
template <typename Settings>
struct Setting {
  using Member = std::variant<bool Settings::*, std::int64_t Settings::*, std::string Settings::*,
                              SettingWords<Settings>>;

  std::string_view name;
  Member member;
  std::string_view about;
  std::int64_t least = 0;

  Json get(const Settings& settings) const {
    return std::visit(
        [&](const auto& one) -> Json {
          if constexpr (requires { one.member; }) {
            return settings.*one.member ? one.on : one.off;
          } else {
            return settings.*one;
          }
        },
        member);
  }

  /// False where the value does not fit.
  bool put(Settings& settings, const Json& value) const {
    if (const auto* flag = std::get_if<bool Settings::*>(&member)) {
      if (!value.is_boolean()) return false;
      settings.** flag = value.template get<bool>();
    } else if (const auto* number = std::get_if<std::int64_t Settings::*>(&member)) {
      if (!value.is_number_integer() || value.template get<std::int64_t>() < least) return false;
      settings.** number = value.template get<std::int64_t>();
    } else if (const auto* text = std::get_if<std::string Settings::*>(&member)) {
      if (!value.is_string()) return false;
      settings.** text = value.template get<std::string>();
    } else {
      const auto& words = std::get<SettingWords<Settings>>(member);
      if (value != words.on && value != words.off) return false;
      settings.*words.member = value == words.on;
    }
    return true;
  }

  std::string expected() const {
    if (std::holds_alternative<bool Settings::*>(member)) return "true or false";
    if (std::holds_alternative<std::string Settings::*>(member)) return "a text";
    if (const auto* words = std::get_if<SettingWords<Settings>>(&member)) {
      return fmt::format("\"{}\" or \"{}\"", words->off, words->on);
    }
    return fmt::format("a whole number of at least {}", least);
  }
};

/// One line for each setting: name, values with the default, meaning, mark.
template <typename Settings, typename Table>
std::string describe(const Table& table) {
  const Settings defaults;
  std::string text;
  for (const Setting<Settings>& one : table) {
    text += fmt::format("  {} ({}, default {}): {}\n", one.name, one.expected(),
                        one.get(defaults).dump(), one.about);
  }
  return text;
}

/// Overwrites what the object names. Throws WorldError at `pointer` + "/NAME" for a setting that
/// does not exist or a value that it does not take.
template <typename Settings, typename Table>
void read_settings(const Table& table, Settings& settings, const Json& object,
                   const std::string& pointer) {
  if (!object.is_object()) throw WorldError(pointer, "expected an object of settings");
  for (const auto& [name, value] : object.items()) {
    const Setting<Settings>* found = nullptr;
    for (const Setting<Settings>& one : table) {
      if (one.name == name) found = &one;
    }
    const std::string place = pointer + "/" + name;
    if (found == nullptr) {
      throw WorldError(place, "no such setting; there are:\n" + describe<Settings>(table));
    }
    if (!found->put(settings, value)) throw WorldError(place, "expected " + found->expected());
  }
}

/// Only what differs from the defaults, in the order of the table.
template <typename Settings, typename Table>
Json write_settings(const Table& table, const Settings& settings) {
  const Settings defaults;
  Json object = Json::object();
  for (const Setting<Settings>& one : table) {
    Json value = one.get(settings);
    if (value != one.get(defaults)) object[std::string(one.name)] = std::move(value);
  }
  return object;
}

}  // namespace atrapa::mocks::kit
