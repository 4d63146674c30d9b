#include "harness/bench/shop_messages.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace atrapa::harness {
namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string hex_text(const Digest& bytes, unsigned int size) {
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", bytes[i]);
  return text;
}

std::string form_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += std::isalnum(byte) != 0 ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

}  // namespace

mocks::kit::Request appstore_message(std::string_view action, const ShopIdentity& shop,
                                     const std::string& url, const std::string& auth_code,
                                     mocks::kit::Instant at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  std::vector<std::pair<std::string, std::string>> fields{{"action", std::string(action)},
                                                          {"application_code", shop.application},
                                                          {"shop", shop.license},
                                                          {"shop_url", url},
                                                          {"timestamp", std::to_string(seconds)}};
  if (action != "uninstall") fields.emplace_back("application_version", "1");
  if (action == "install") fields.emplace_back("auth_code", auth_code);
  std::sort(fields.begin(), fields.end());
  std::string plain;
  std::string form;
  for (const auto& [name, value] : fields) {
    plain += fmt::format("{}{}={}", plain.empty() ? "" : "&", name, value);
    form += fmt::format("{}={}&", name, form_escaped(value));
  }
  Digest bytes{};
  unsigned int size = 0;
  HMAC(EVP_sha512(), shop.application_secret.data(),
       static_cast<int>(shop.application_secret.size()),
       reinterpret_cast<const unsigned char*>(plain.data()), plain.size(), bytes.data(), &size);
  return {.method = "POST",
          .target = "/appstore",
          .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
          .body = form + "hash=" + hex_text(bytes, size)};
}

mocks::kit::Request order_webhook(const ShopIdentity& shop, std::string_view secret,
                                  const std::string& order_body) {
  constexpr std::string_view kWebhookId = "1";
  const std::string text = fmt::format("{}:{}:{}", kWebhookId, secret, order_body);
  Digest bytes{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), bytes.data(), &size, EVP_sha1(), nullptr);
  const std::size_t scheme = shop.url.find("://");
  return {.method = "POST",
          .target = "/webhook",
          .headers = {{"Content-Type", "application/json; charset=utf-8"},
                      {"User-Agent", "Shop Webhook Sender 1.0"},
                      {"X-Webhook-Id", std::string(kWebhookId)},
                      {"X-Webhook-Name", "order.create"},
                      {"X-Webhook-SHA1", hex_text(bytes, size)},
                      {"X-Shop-License", shop.license},
                      {"X-Shop-Domain", shop.url.substr(scheme + 3)}},
          .body = order_body};
}

}  // namespace atrapa::harness
