#include "core/shops/base/parameters.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace atrapa::core::base {

namespace {

constexpr std::size_t kLongestId = 18;  ///< Digits that fit 64 bits.

std::string json_string(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_id(std::string_view value) {
  const bool number =
      !value.empty() && value.size() <= kLongestId && (value == "0" || value.front() != '0') &&
      std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  return number ? std::string(value) : json_string(value);
}

bool is_plain(unsigned char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '_' || byte == '.' || byte == '~';
}

void append_escaped(std::string& out, std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain(byte)) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
}

}  // namespace

Parameters& Parameters::json(std::string_view name, std::string_view value) {
  if (!members_.empty()) members_ += ',';
  members_ += json_string(name);
  members_ += ':';
  members_ += value;
  return *this;
}

Parameters& Parameters::text(std::string_view name, std::string_view value) {
  return json(name, json_string(value));
}
Parameters& Parameters::number(std::string_view name, std::int64_t value) {
  return json(name, std::to_string(value));
}
Parameters& Parameters::exact(std::string_view name, std::string_view digits) {
  return json(name, digits);
}
Parameters& Parameters::flag(std::string_view name, bool value) {
  return json(name, value ? "true" : "false");
}
Parameters& Parameters::id(std::string_view name, std::string_view value) {
  return json(name, json_id(value));
}
Parameters& Parameters::object(std::string_view name, const Parameters& value) {
  return json(name, value.str());
}

ParameterList& ParameterList::add(std::string_view json) {
  if (!items_.empty()) items_ += ',';
  items_ += json;
  return *this;
}
ParameterList& ParameterList::add_id(std::string_view value) { return add(json_id(value)); }

std::string form_body(std::string_view method, std::string_view parameters) {
  std::string out = "method=";
  out.reserve(parameters.size() + parameters.size() / 4 + 64);
  append_escaped(out, method);
  out += "&parameters=";
  append_escaped(out, parameters);
  return out;
}

}  // namespace atrapa::core::base
