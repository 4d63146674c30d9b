#include "mocks/base/world_json.hpp"

#include <charconv>

namespace atrapa::mocks::base {

void from_json(std::string& text, const kit::Json& json, const std::string& pointer) {
  if (!json.is_string()) throw kit::WorldError(pointer, "expected a text");
  text = json.get<std::string>();
}

void from_json(std::int64_t& number, const kit::Json& json, const std::string& pointer) {
  const auto read = json.is_boolean() ? std::nullopt : integer_in(json);
  if (!read) throw kit::WorldError(pointer, "expected a whole number");
  number = *read;
}

void from_json(bool& flag, const kit::Json& json, const std::string& pointer) {
  if (!json.is_boolean()) throw kit::WorldError(pointer, "expected true or false");
  flag = json.get<bool>();
}

void from_json(kit::Decimal& number, const kit::Json& json, const std::string& pointer) {
  const auto read = json.is_boolean() ? std::nullopt : number_in(json);
  if (!read) throw kit::WorldError(pointer, "expected a number");
  number = *read;
}

bool read_key(std::string& key, const std::string& text) {
  key = text;
  return true;
}

bool read_key(std::int64_t& key, const std::string& text) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), key);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace atrapa::mocks::base
