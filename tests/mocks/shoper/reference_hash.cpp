#include "reference_hash.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <array>

namespace atrapa::tests {
namespace {

template <std::size_t Size>
std::string hex_text(const std::array<unsigned char, Size>& bytes) {
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

std::array<unsigned char, SHA512_DIGEST_LENGTH> sha512(const std::string& text) {
  std::array<unsigned char, SHA512_DIGEST_LENGTH> digest{};
  SHA512(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest;
}

template <std::size_t Size>
std::string raw_text(const std::array<unsigned char, Size>& bytes) {
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace

std::string reference_sha1(std::string_view text) {
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return hex_text(digest);
}

std::string reference_hmac_sha512(std::string_view key, std::string_view text) {
  constexpr std::size_t kBlock = 128;
  std::string padded(key);
  if (padded.size() > kBlock) padded = raw_text(sha512(padded));
  padded.resize(kBlock, '\0');
  std::string inner = padded;
  std::string outer = padded;
  for (char& c : inner) c = static_cast<char>(c ^ 0x36);
  for (char& c : outer) c = static_cast<char>(c ^ 0x5c);
  return hex_text(sha512(outer + raw_text(sha512(inner + std::string(text)))));
}

}  // namespace atrapa::tests
