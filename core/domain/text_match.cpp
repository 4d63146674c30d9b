#include "core/domain/text_match.hpp"

#include <utf8proc.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace atrapa::core {

namespace {

/// The code point at `at` and how many bytes it takes; a length below 1 where the bytes are not
/// UTF-8.
struct Point {
  utf8proc_int32_t value = 0;
  std::ptrdiff_t length = 0;
};

Point point_at(std::string_view text, std::size_t at) {
  Point point;
  point.length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                  static_cast<utf8proc_ssize_t>(text.size() - at), &point.value);
  return point;
}

/// Unicode's White_Space property.
bool is_space(utf8proc_int32_t point) {
  if ((point >= 0x09 && point <= 0x0D) || point == 0x85) return true;
  const auto category = utf8proc_category(point);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

std::string mapped(std::string_view text, utf8proc_option_t options) {
  utf8proc_uint8_t* out = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &out, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(out, &std::free);
  if (length < 0) return std::string(text);
  return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(length)};
}

std::string trimmed(std::string_view text) {
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Point point = point_at(text, at);
    if (point.length < 1) return std::string(text);
    const auto next = at + static_cast<std::size_t>(point.length);
    if (!is_space(point.value)) {
      if (begin == text.size()) begin = at;
      end = next;
    }
    at = next;
  }
  return begin < end ? std::string(text.substr(begin, end - begin)) : std::string();
}

}  // namespace

std::string match_key(std::string_view text, TextMatch match) {
  switch (match) {
    case TextMatch::Codepoint: return std::string(text);
    case TextMatch::Nfc:
      return mapped(text, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    case TextMatch::Trim: return trimmed(text);
    case TextMatch::Casefold:
      return mapped(text, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                                         UTF8PROC_CASEFOLD));
  }
  return std::string(text);
}

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Point point = point_at(text, at);
    if (point.length < 1 || !is_space(point.value)) return false;
    at += static_cast<std::size_t>(point.length);
  }
  return true;
}

bool is_utf8(std::string_view text) {
  constexpr std::uint64_t kBeyondAscii = 0x8080808080808080;
  for (std::size_t at = 0; at < text.size();) {
    // Eight bytes at a time where all are ASCII, as most of a shop's answer is.
    std::uint64_t eight = kBeyondAscii;
    if (text.size() - at >= sizeof eight) std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & kBeyondAscii) == 0) {
      at += sizeof eight;
      continue;
    }
    const Point point = point_at(text, at);
    if (point.length < 1) return false;
    at += static_cast<std::size_t>(point.length);
  }
  return true;
}

}  // namespace atrapa::core
