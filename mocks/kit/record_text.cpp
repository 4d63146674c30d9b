#include "mocks/kit/record_text.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace atrapa::mocks::kit {
namespace {

constexpr char kHex[] = "0123456789abcdef";
constexpr std::uint32_t kReplacement = 0xFFFD;

/// Which bytes stand for themselves inside a JSON string.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 0x80; ++byte) {
    plain[byte] = byte != '"' && byte != '\\' && byte != '/';
  }
  return plain;
}();

void append_unit(std::string& out, std::uint32_t unit) {
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHex[(unit >> shift) & 0xF];
}

void append_escaped(std::string& out, std::uint32_t point) {
  if (point < 0x10000) return append_unit(out, point);
  point -= 0x10000;
  append_unit(out, 0xD800 + (point >> 10));
  append_unit(out, 0xDC00 + (point & 0x3FF));
}

/// Reads one code point at `at` and moves behind it; a broken sequence gives kReplacement.
std::uint32_t read_utf8(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at++);
  int more = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
  if (more == 0 || lead >= 0xF5) return kReplacement;
  std::uint32_t point = lead & (0x3Fu >> more);
  const std::uint32_t least = more == 3 ? 0x10000u : more == 2 ? 0x800u : 0x80u;
  for (; more > 0; --more) {
    if (at >= text.size() || (byte(at) & 0xC0) != 0x80) return kReplacement;
    point = (point << 6) | (byte(at++) & 0x3Fu);
  }
  const bool surrogate = point >= 0xD800 && point < 0xE000;
  return point < least || point > 0x10FFFF || surrogate ? kReplacement : point;
}

void append_utf8(std::string& out, std::uint32_t point) {
  const auto push = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) return push(point);
  if (point < 0x800) {
    push(0xC0 | (point >> 6));
  } else if (point < 0x10000) {
    push(0xE0 | (point >> 12));
    push(0x80 | ((point >> 6) & 0x3F));
  } else {
    push(0xF0 | (point >> 18));
    push(0x80 | ((point >> 12) & 0x3F));
    push(0x80 | ((point >> 6) & 0x3F));
  }
  push(0x80 | (point & 0x3F));
}

std::uint32_t read_unit(std::string_view text, std::size_t at) {
  std::uint32_t unit = 0;
  std::from_chars(text.data() + at, text.data() + at + 4, unit, 16);
  return unit;
}

/// The place behind the value that begins at `at`.
std::size_t skip_value(std::string_view text, std::size_t at) {
  int depth = 0;
  bool in_string = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\') {
        ++at;
      } else if (c == '"') {
        in_string = false;
        if (depth == 0) return at + 1;
      }
      continue;
    }
    if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return at;  // The end of the container around a bare number.
      if (--depth == 0) return at + 1;
    } else if (c == ',' && depth == 0) {
      return at;
    }
  }
  return at;
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out.push_back('"');
  for (std::size_t at = 0; at < text.size();) {
    std::size_t plain = at;
    while (plain < text.size() && kPlain[static_cast<unsigned char>(text[plain])]) ++plain;
    out.append(text, at, plain - at);
    if (plain == text.size()) break;
    at = plain;
    const char c = text[at];
    if (static_cast<unsigned char>(c) >= 0x80) {
      append_escaped(out, read_utf8(text, at));
      continue;
    }
    ++at;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '/': out += "\\/"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: append_unit(out, static_cast<unsigned char>(c));
    }
  }
  out.push_back('"');
}

void append_number(std::string& out, std::int64_t value) {
  char digits[20];
  const auto written = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, written.ptr);
}

std::string json_string(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  append_quoted(out, text);
  return out;
}

void append_json(std::string& out, const Json& json) {
  if (json.is_string()) return append_quoted(out, json.get_ref<const std::string&>());
  if (json.is_object()) {
    out.push_back('{');
    bool first = true;
    for (const auto& [key, value] : json.items()) {
      if (!std::exchange(first, false)) out.push_back(',');
      append_quoted(out, key);
      out.push_back(':');
      append_json(out, value);
    }
    out.push_back('}');
    return;
  }
  if (json.is_array()) {
    out.push_back('[');
    bool first = true;
    for (const Json& value : json) {
      if (!std::exchange(first, false)) out.push_back(',');
      append_json(out, value);
    }
    out.push_back(']');
    return;
  }
  out += json.dump();
}

std::string json_text(const Json& json) {
  std::string out;
  append_json(out, json);
  return out;
}

std::string unquoted(std::string_view raw) {
  raw = raw.substr(1, raw.size() - 2);
  std::size_t escape = raw.find('\\');
  if (escape == std::string_view::npos) return std::string(raw);
  std::string out;
  out.reserve(raw.size());
  std::size_t at = 0;
  while (escape != std::string_view::npos) {
    out.append(raw, at, escape - at);
    const char c = raw[escape + 1];
    at = escape + 2;
    switch (c) {
      case 'b': out.push_back('\b'); break;
      case 'f': out.push_back('\f'); break;
      case 'n': out.push_back('\n'); break;
      case 'r': out.push_back('\r'); break;
      case 't': out.push_back('\t'); break;
      case 'u': {
        std::uint32_t point = read_unit(raw, at);
        at += 4;
        if (point >= 0xD800 && point < 0xDC00 && raw.substr(at, 2) == "\\u") {
          point = 0x10000 + ((point - 0xD800) << 10) + (read_unit(raw, at + 2) - 0xDC00);
          at += 6;
        }
        append_utf8(out, point);
        break;
      }
      default: out.push_back(c);
    }
    escape = raw.find('\\', at);
  }
  out.append(raw, at, raw.size() - at);
  return out;
}

std::string scalar_text(std::string_view raw) {
  if (raw.empty() || raw == "null") return {};
  return raw.front() == '"' ? unquoted(raw) : std::string(raw);
}

std::optional<Decimal> scalar_number(std::string_view raw) {
  if (raw == "true") return Decimal(1);
  if (raw == "false") return Decimal(0);
  if (raw.size() >= 2 && raw.front() == '"') raw = raw.substr(1, raw.size() - 2);
  return Decimal::parse(raw);
}

std::optional<std::int64_t> scalar_id(std::string_view raw) {
  if (raw.size() >= 2 && raw.front() == '"') raw = raw.substr(1, raw.size() - 2);
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), id);
  if (raw.empty() || error != std::errc{} || end != raw.data() + raw.size()) return std::nullopt;
  return id;
}

void each_member(std::string_view object, const MemberVisitor& visit) {
  if (object.size() < 2 || object.front() != '{') return;
  for (std::size_t at = 1; at < object.size() && object[at] == '"';) {
    const std::size_t colon = skip_value(object, at);
    const std::size_t end = skip_value(object, colon + 1);
    visit(object.substr(at + 1, colon - at - 2), object.substr(colon + 1, end - colon - 1));
    at = end + 1;
  }
}

std::vector<std::string_view> elements(std::string_view array) {
  std::vector<std::string_view> found;
  if (array.size() <= 2 || array.front() != '[') return found;
  for (std::size_t at = 1; at < array.size();) {
    const std::size_t end = skip_value(array, at);
    found.push_back(array.substr(at, end - at));
    at = end + 1;
  }
  return found;
}

std::string_view member(std::string_view object, std::string_view name) {
  if (object.size() < 2 || object.front() != '{') return {};
  for (std::size_t at = 1; at < object.size() && object[at] == '"';) {
    const std::size_t colon = skip_value(object, at);
    const std::size_t end = skip_value(object, colon + 1);
    if (object.substr(at + 1, colon - at - 2) == name) {
      return object.substr(colon + 1, end - colon - 1);
    }
    at = end + 1;
  }
  return {};
}

}  // namespace atrapa::mocks::kit
