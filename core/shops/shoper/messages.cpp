#include "core/shops/shoper/messages.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <nlohmann/json.hpp>

namespace atrapa::core::shoper {

namespace {

constexpr std::size_t kMostFields = 64;

std::string hex(const unsigned char* bytes, std::size_t size) {
  std::string text;
  text.reserve(2 * size);
  for (std::size_t i = 0; i < size; ++i) text += fmt::format("{:02x}", bytes[i]);
  return text;
}

std::string digest(const EVP_MD* kind, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), bytes.data(), &size, kind, nullptr);
  return hex(bytes.data(), size);
}

std::string hmac_sha512(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  HMAC(EVP_sha512(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data(), &size);
  return hex(bytes.data(), size);
}

/// Takes as long for a near miss as for a far one.
bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> form_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

}  // namespace

const std::string& AppStoreMessage::field(const std::string& name) const {
  static const std::string nothing;
  const auto found = fields.find(name);
  return found == fields.end() ? nothing : found->second;
}

std::optional<AppStoreMessage> read_appstore_message(std::string_view form) {
  AppStoreMessage message;
  while (!form.empty()) {
    const std::string_view pair = form.substr(0, form.find('&'));
    form.remove_prefix(std::min(form.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = form_decoded(pair.substr(0, equals));
    auto value = form_decoded(pair.substr(std::min(pair.size(), equals + 1)));
    if (!name || !value || message.fields.size() == kMostFields) return std::nullopt;
    if (!message.fields.emplace(*std::move(name), *std::move(value)).second) return std::nullopt;
  }
  return message;
}

bool genuine_message(const AppStoreMessage& message, std::string_view appstore_secret) {
  if (appstore_secret.empty()) return false;
  std::string signed_text;
  for (const auto& [name, value] : message.fields) {  // A map: sorted by name.
    if (name == "hash") continue;
    signed_text += fmt::format("{}{}={}", signed_text.empty() ? "" : "&", name, value);
  }
  return same_secret(message.field("hash"), hmac_sha512(appstore_secret, signed_text));
}

bool genuine_webhook(const WebhookMessage& message, const WebhookSecrets& secrets) {
  if (secrets.webhook.empty()) return false;
  const auto signed_with = [&](std::string_view key) {
    return same_secret(message.signature,
                       digest(EVP_sha1(), fmt::format("{}:{}:{}", message.id, key, message.body)));
  };
  if (signed_with(secrets.webhook)) return true;
  return !secrets.appstore.empty() &&
         signed_with(
             hmac_sha512(secrets.appstore, fmt::format("{}:{}", message.license, secrets.webhook)));
}

std::optional<std::string> announced_order(const WebhookMessage& message) {
  const auto body = nlohmann::json::parse(message.body, nullptr, false);
  if (!body.is_object()) return std::nullopt;
  const auto id = body.find("order_id");
  if (id == body.end()) return std::nullopt;
  std::string text = id->is_string() ? id->get<std::string>() : id->dump();
  if (text.empty() || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  return text;
}

std::string digest_of(std::string_view secret) { return digest(EVP_sha256(), secret); }

}  // namespace atrapa::core::shoper
