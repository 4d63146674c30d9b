#include "mocks/base/files.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace atrapa::mocks::base {
namespace {

/// What OpenSSL can count.
constexpr std::size_t kLargestFile = 512u << 20;

bool base64_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/';
}

}  // namespace

std::string in_base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::optional<std::string> out_of_base64(std::string_view text) {
  if (text.size() > kLargestFile) return std::nullopt;
  std::string digits(text);
  std::erase_if(digits, [](char c) { return c == '\r' || c == '\n'; });
  if (digits.empty() || digits.size() % 4 != 0) return std::nullopt;
  const std::size_t end = digits.find_last_not_of('=');
  if (end == std::string::npos) return std::nullopt;
  const std::size_t padding = digits.size() - 1 - end;
  const auto behind = digits.begin() + static_cast<std::ptrdiff_t>(end) + 1;
  if (padding > 2 || !std::all_of(digits.begin(), behind, base64_digit)) return std::nullopt;
  std::string bytes(digits.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                   reinterpret_cast<const unsigned char*>(digits.data()),
                                   static_cast<int>(digits.size()));
  if (size < 0) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(size) - padding);  // OpenSSL counts the padding as bytes.
  return bytes;
}

std::optional<std::string> sent_file(std::string_view text) {
  constexpr std::string_view kPrefix = "data:";
  constexpr std::string_view kMark = ";base64,";
  if (!text.starts_with(kPrefix)) return std::nullopt;
  text.remove_prefix(kPrefix.size());
  const std::size_t mark = text.substr(0, 128).find(kMark);
  if (mark != std::string_view::npos) text.remove_prefix(mark + kMark.size());
  return out_of_base64(text);
}

bool is_pdf(std::string_view bytes) { return bytes.starts_with("%PDF-"); }

bool is_xml(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && bytes.substr(first).starts_with('<') &&
         bytes.find('>') != std::string_view::npos;
}

}  // namespace atrapa::mocks::base
