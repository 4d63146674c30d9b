#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/policy/switches.hpp"

// Private to core/policy: how a group of switches is read and set by name.
namespace atrapa::core {

/// A switch of the group S and the way to its member. The position of a value is its enumerator.
template <typename S>
struct SwitchEntry {
  SwitchName name;
  void (*set)(S&, std::size_t);
  std::size_t (*get)(const S&);
};

template <typename S, auto Member>
SwitchEntry<S> switch_entry(std::string_view name, std::vector<std::string_view> values) {
  using Value = std::remove_reference_t<decltype(std::declval<S&>().*Member)>;
  return {{name, std::move(values)},
          [](S& s, std::size_t i) { s.*Member = static_cast<Value>(i); },
          [](const S& s) { return static_cast<std::size_t>(s.*Member); }};
}

template <typename S>
std::vector<SwitchName> names_in(const std::vector<SwitchEntry<S>>& entries) {
  std::vector<SwitchName> names;
  for (const SwitchEntry<S>& entry : entries) names.push_back(entry.name);
  return names;
}

template <typename S>
const SwitchEntry<S>* find_in(const std::vector<SwitchEntry<S>>& entries, std::string_view name) {
  for (const SwitchEntry<S>& entry : entries) {
    if (entry.name.name == name) return &entry;
  }
  return nullptr;
}

template <typename S>
Result<Done> set_in(const std::vector<SwitchEntry<S>>& entries, S& switches, std::string_view name,
                    std::string_view value) {
  const SwitchEntry<S>* entry = find_in(entries, name);
  if (entry == nullptr) {
    std::vector<std::string_view> known;
    for (const SwitchEntry<S>& each : entries) known.push_back(each.name.name);
    return fail(fmt::format("there is no switch '{}'; there are {}", name, fmt::join(known, ", ")));
  }
  const auto& values = entry->name.values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != value) continue;
    entry->set(switches, i);
    return Done{};
  }
  return fail(fmt::format("{} cannot be '{}'; expected {}", name, value, fmt::join(values, ", ")));
}

template <typename S>
std::string_view value_in(const std::vector<SwitchEntry<S>>& entries, const S& switches,
                          std::string_view name) {
  const SwitchEntry<S>* entry = find_in(entries, name);
  if (entry == nullptr) throw std::logic_error(fmt::format("there is no switch '{}'", name));
  return entry->name.values.at(entry->get(switches));
}

}  // namespace atrapa::core
