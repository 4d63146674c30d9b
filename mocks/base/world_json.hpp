#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/base/given.hpp"
#include "mocks/base/rows.hpp"
#include "mocks/kit/decimal.hpp"
#include "mocks/kit/json.hpp"
#include "mocks/kit/world_error.hpp"

// Described rows as JSON and back, for worlds, snapshots and parameters. What equals its default is
// left out of a row and comes back by being left out.

namespace atrapa::mocks::base {

// One overload for each sort of value; all declared first, as they hold each other.
template <Described T>
kit::Json to_json(const T& row);
template <typename T>
kit::Json to_json(const std::vector<T>& list);
template <typename Key, typename T>
kit::Json to_json(const std::map<Key, T>& map);
template <typename T>
kit::Json to_json(const Rows<T>& rows);
inline kit::Json to_json(const std::string& text) { return text; }
inline kit::Json to_json(std::int64_t number) { return number; }
inline kit::Json to_json(bool flag) { return flag; }
inline kit::Json to_json(const kit::Decimal& number) { return number.text(); }

// Each throws kit::WorldError at `pointer` for a value that does not fit.
template <Described T>
void from_json(T& row, const kit::Json& json, const std::string& pointer);
template <typename T>
void from_json(std::vector<T>& list, const kit::Json& json, const std::string& pointer);
template <typename Key, typename T>
void from_json(std::map<Key, T>& map, const kit::Json& json, const std::string& pointer);
template <typename T>
void from_json(Rows<T>& rows, const kit::Json& json, const std::string& pointer);
void from_json(std::string& text, const kit::Json& json, const std::string& pointer);
void from_json(std::int64_t& number, const kit::Json& json, const std::string& pointer);
void from_json(bool& flag, const kit::Json& json, const std::string& pointer);
void from_json(kit::Decimal& number, const kit::Json& json, const std::string& pointer);

/// The key of a map in JSON.
inline std::string key_text(const std::string& key) { return key; }
inline std::string key_text(std::int64_t key) { return std::to_string(key); }
/// False where the text is no such key.
bool read_key(std::string& key, const std::string& text);
bool read_key(std::int64_t& key, const std::string& text);

// Whether two values say the same, so that one need not be written. Tables do where both are empty:
// what is left out comes back empty.

template <typename T>
bool says_the_same(const T& a, const T& b) {
  return a == b;
}
template <Described T>
bool says_the_same(const T& a, const T& b);
template <typename T>
bool says_the_same(const Rows<T>& a, const Rows<T>& b) {
  return a.size() == 0 && b.size() == 0 && a.next_id() == b.next_id();
}
template <Described T>
bool says_the_same(const T& a, const T& b) {
  return std::apply(
      [&](const auto&... field) {
        return (says_the_same(a.*field.member, b.*field.member) && ...);
      },
      T::fields());
}

template <Described T>
kit::Json to_json(const T& row) {
  [[maybe_unused]] static const T kDefaults{};
  kit::Json json = kit::Json::object();
  const auto write = [&](const auto& field) {
    const auto& value = row.*field.member;
    if (says_the_same(value, kDefaults.*field.member)) return;
    json[std::string(field.name)] = to_json(value);
  };
  std::apply([&](const auto&... field) { (write(field), ...); }, T::fields());
  return json;
}

template <typename T>
kit::Json to_json(const std::vector<T>& list) {
  kit::Json json = kit::Json::array();
  for (const T& one : list) json.push_back(to_json(one));
  return json;
}

template <typename Key, typename T>
kit::Json to_json(const std::map<Key, T>& map) {
  kit::Json json = kit::Json::object();
  for (const auto& [key, value] : map) json[key_text(key)] = to_json(value);
  return json;
}

/// A list of rows; {"next_id", "rows"} where ids have been given that no row has any more.
template <typename T>
kit::Json to_json(const Rows<T>& rows) {
  kit::Json list = kit::Json::array();
  std::int64_t next = 1;
  rows.each([&](const T& row) {
    list.push_back(to_json(row));
    next = row.id + 1;
    return true;
  });
  if (rows.next_id() == next) return list;
  return {{"next_id", rows.next_id()}, {"rows", std::move(list)}};
}

template <Described T>
void from_json(T& row, const kit::Json& json, const std::string& pointer) {
  if (!json.is_object()) throw kit::WorldError(pointer, "expected an object");
  for (const auto& [name, value] : json.items()) {
    bool known = false;
    each_field(row, [&, &wanted = name, &given = value](std::string_view field, auto& member) {
      if (field != wanted) return;
      known = true;
      from_json(member, given, fmt::format("{}/{}", pointer, wanted));
    });
    if (known) continue;
    std::string names;
    each_field(row, [&](std::string_view field, const auto&) {
      names += names.empty() ? std::string(field) : fmt::format(", {}", field);
    });
    throw kit::WorldError(fmt::format("{}/{}", pointer, name),
                          "no such member; there are: " + names);
  }
}

template <typename T>
void from_json(std::vector<T>& list, const kit::Json& json, const std::string& pointer) {
  if (!json.is_array()) throw kit::WorldError(pointer, "expected a list");
  list.clear();
  for (const kit::Json& one : json) {
    T value{};
    from_json(value, one, fmt::format("{}/{}", pointer, list.size()));
    list.push_back(std::move(value));
  }
}

template <typename Key, typename T>
void from_json(std::map<Key, T>& map, const kit::Json& json, const std::string& pointer) {
  if (!json.is_object() && !(json.is_array() && json.empty())) {
    throw kit::WorldError(pointer, "expected an object");
  }
  map.clear();
  for (const auto& [name, value] : json.items()) {
    Key key{};
    const std::string place = fmt::format("{}/{}", pointer, name);
    if (!read_key(key, name)) throw kit::WorldError(place, "expected a whole number for a key");
    from_json(map[key], value, place);
  }
}

template <typename T>
void from_json(Rows<T>& rows, const kit::Json& json, const std::string& pointer) {
  const bool counted = json.is_object();
  const kit::Json& list = counted && json.contains("rows") ? json["rows"] : json;
  const std::string place = counted ? pointer + "/rows" : pointer;
  if (!list.is_array()) throw kit::WorldError(place, "expected a list of rows");
  for (std::size_t index = 0; index < list.size(); ++index) {
    T row{};
    from_json(row, list[index], fmt::format("{}/{}", place, index));
    if (row.id == 0) {
      row.id = rows.next_id();
    } else if (rows.has(row.id)) {
      throw kit::WorldError(fmt::format("{}/{}", place, index),
                            fmt::format("the id {} is taken by another row", row.id));
    }
    rows.put(std::move(row));
  }
  if (counted && json.contains("next_id")) {
    std::int64_t next = 0;
    from_json(next, json["next_id"], pointer + "/next_id");
    rows.raise_next_id(next);
  }
}

/// Overwrites the described members that the parameters name, each of the kind that the contract
/// gives it; leaves the others alone. For partial edits.
template <Described T>
void set_given(T& row, const Given& given) {
  each_field(row, [&](std::string_view name, auto& member) {
    if (!given.has(name)) return;
    from_json(member, given.object().at(std::string(name)), std::string(name));
  });
}

}  // namespace atrapa::mocks::base
