#include "mocks/base/image_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "mocks/base/product_texts.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kLargestImage = 2u << 20;
constexpr std::size_t kLongestImageAddress = 1000;

/// The six bits that a character of base64 stands for, or -1.
int sextet(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// Whole groups of four, padded; nothing where the text is no such base64.
std::optional<std::string> image_bytes(std::string_view base64) {
  if (base64.empty() || base64.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = base64.ends_with("==") ? 2 : base64.ends_with('=') ? 1 : 0;
  base64.remove_suffix(padding);
  std::string bytes;
  bytes.reserve(base64.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : base64) {
    const int value = sextet(c);
    if (value < 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>(bits >> held & 0xFFu);
  }
  return bytes;
}

std::string_view image_type(std::string_view bytes) {
  using namespace std::string_view_literals;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kBeginnings{
      {{"\xFF\xD8\xFF"sv, "jpg"},
       {"\x89PNG\r\n\x1A\n"sv, "png"},
       {"GIF8"sv, "gif"},
       {"BM"sv, "bmp"}}};
  for (const auto& [beginning, type] : kBeginnings) {
    if (bytes.starts_with(beginning)) return type;
  }
  return bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP") ? "webp" : "";
}

/// FNV-1a.
std::uint64_t digest_of(std::string_view bytes) {
  std::uint64_t digest = 0xCBF29CE484222325u;
  for (const char c : bytes) digest = (digest ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return digest;
}

TakenImage taken_file(std::string_view base64) {
  const auto bytes = image_bytes(base64);
  if (!bytes) return {{}, "the image is no base64"};
  if (bytes->size() > kLargestImage) return {{}, "the image is larger than 2 MB"};
  const std::string_view type = image_type(*bytes);
  if (type.empty()) return {{}, "the file is no image"};
  return {fmt::format("https://images.base.test/{:016x}.{}", digest_of(*bytes), type), {}};
}

TakenImage taken_address(std::string_view address) {
  if (!address.starts_with("http://") && !address.starts_with("https://")) {
    return {{}, "the image's address is none"};
  }
  const std::string whole(address);
  if (first_characters(whole, kLongestImageAddress) != whole) {
    return {{}, "the image's address is longer than 1000 characters"};
  }
  return {whole, {}};
}

}  // namespace

TakenImage take_image(std::string_view sent) {
  constexpr std::string_view kData = "data:";
  constexpr std::string_view kUrl = "url:";
  if (sent.starts_with(kData)) return taken_file(sent.substr(kData.size()));
  if (sent.starts_with(kUrl)) return taken_address(sent.substr(kUrl.size()));
  return {{}, "the image begins with neither data: nor url:"};
}

}  // namespace atrapa::mocks::base
