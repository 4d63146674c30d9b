#include "mocks/shoper/signature.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace atrapa::mocks::shoper {
namespace {

std::string hex_of(const unsigned char* bytes, unsigned int size) {
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", bytes[i]);
  return text;
}

std::string sha1_hex(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1) {
    throw std::logic_error("shoper: OpenSSL gives no SHA-1");
  }
  return hex_of(digest.data(), size);
}

std::string hmac_sha512_hex(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (HMAC(EVP_sha512(), key.data(), static_cast<int>(key.size()), bytes, text.size(),
           digest.data(), &size) == nullptr) {
    throw std::logic_error("shoper: OpenSSL gives no HMAC-SHA512");
  }
  return hex_of(digest.data(), size);
}

}  // namespace

std::string webhook_signature(std::int64_t webhook_id, std::string_view key,
                              std::string_view body) {
  return sha1_hex(fmt::format("{}:{}:{}", webhook_id, key, body));
}

std::string application_key(std::string_view appstore_secret, std::string_view license,
                            std::string_view webhook_secret) {
  return hmac_sha512_hex(appstore_secret, fmt::format("{}:{}", license, webhook_secret));
}

std::string appstore_hash(Parameters parameters, std::string_view appstore_secret) {
  std::erase_if(parameters, [](const auto& one) { return one.first == "hash"; });
  std::sort(parameters.begin(), parameters.end());
  std::string text;
  for (const auto& [name, value] : parameters) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, value);
  }
  return hmac_sha512_hex(appstore_secret, text);
}

}  // namespace atrapa::mocks::shoper
