#include "core/sync/connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

#include "core/shops/shoper/messages.hpp"

namespace atrapa::core {

namespace {

/// Settings of the account as a whole.
constexpr const char* kAccount = "systim";
constexpr const char* kConnectedShop = "connected_shop";
constexpr const char* kAutomaticOption = "automatic";
constexpr std::size_t kUncovered = 4;

bool is_secret(std::string_view name) { return name != "address" && name != "licence"; }

}  // namespace

std::optional<Objection> erp_access(const Ledger& ledger, const ErpKey& key) {
  if (!ledger.has_api_keys()) return std::nullopt;
  if (key.login.empty() || key.key.empty()) {
    return Objection{Reason::ErpAccessDenied,
                     "the configuration has no API key of a Systim user: generate one under "
                     "Settings > Users > Options and save it in the form"};
  }
  const auto digest = ledger.api_key_digest(key.login);
  if (digest && *digest == shoper::digest_of(key.key)) return std::nullopt;
  return Objection{Reason::ErpAccessDenied,
                   fmt::format("Systim does not accept the API key of the user '{}': save the form "
                               "with a key that is in force",
                               key.login)};
}

std::string integration_of_url(const std::string& url) {
  const std::size_t scheme = url.find("://");
  std::string rest = scheme == url.npos ? url : url.substr(scheme + 3);
  while (!rest.empty() && rest.back() == '/') rest.pop_back();
  constexpr std::string_view kRest = "/webapi/rest";
  if (rest.ends_with(kRest)) rest.resize(rest.size() - kRest.size());
  while (!rest.empty() && rest.back() == '/') rest.pop_back();
  const std::size_t path = std::min(rest.find('/'), rest.size());
  std::transform(
      rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(path), rest.begin(),
      [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  return "systim-shoper@" + rest;
}

std::string integration_name(const Installation& installation) {
  return installation.shop.starts_with("systim-shoper@") ? installation.shop
                                                         : "systim-shoper@" + installation.shop;
}

void put_in(Ledger& ledger, const Installation& installation, Instant now) {
  ledger.put_installation(installation, now);
}

void take_out(Ledger& ledger, const std::string& shop, Instant now) {
  Ledger::Transaction transaction(ledger);
  auto installation = ledger.installation(shop);
  if (!installation) return;
  installation->state = Installation::State::Uninstalled;
  installation->keys = {};
  ledger.put_installation(*installation, now);
  const std::string name = integration_name(*installation);
  for (const char* secret : {"erp_key", "webhook_secret"}) {
    if (ledger.setting(name, secret)) ledger.set_setting(name, secret, "");
  }
  if (ledger.setting(kAccount, kConnectedShop) == shop) {
    ledger.set_setting(kAccount, kConnectedShop, "");
  }
  transaction.commit();
}

void connect_shop(Ledger& ledger, const std::string& shop, Instant now) {
  Ledger::Transaction transaction(ledger);
  if (const auto former = connected_shop(ledger); former && former->shop != shop) {
    const std::string name = integration_name(*former);
    if (ledger.setting(name, kAutomaticOption) == "1") ledger.note_automatic(name, false, now);
    ledger.set_setting(name, kAutomaticOption, "0");
  }
  ledger.set_setting(kAccount, kConnectedShop, shop);
  transaction.commit();
}

std::optional<Installation> connected_shop(const Ledger& ledger) {
  const auto shop = ledger.setting(kAccount, kConnectedShop);
  if (!shop || shop->empty()) return std::nullopt;
  auto installation = ledger.installation(*shop);
  if (!installation || installation->state == Installation::State::Uninstalled) return std::nullopt;
  return installation;
}

std::vector<ShownKey> show_keys(Ledger&, const Installation& installation) {
  const ShopKeys& keys = installation.keys;
  std::vector<ShownKey> shown{{"address", installation.url}, {"licence", installation.shop}};
  for (const auto& [name, value] :
       {std::pair{"auth_code", &keys.auth_code}, std::pair{"access_token", &keys.access_token},
        std::pair{"refresh_token", &keys.refresh_token}, std::pair{"login", &keys.login},
        std::pair{"password", &keys.password}, std::pair{"token", &keys.token}}) {
    if (!value->empty()) shown.push_back({name, *value});
  }
  return shown;
}

std::vector<ShownKey> covered(std::vector<ShownKey> keys) {
  for (ShownKey& key : keys) {
    if (!is_secret(key.name)) continue;
    // A short secret would be half shown by its end.
    const std::size_t open = key.value.size() > 4 * kUncovered ? kUncovered : 0;
    key.value = std::string(8, '*') + key.value.substr(key.value.size() - open);
  }
  return keys;
}

}  // namespace atrapa::core
