#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace atrapa::core::shoper {

// What a shop sends by itself: the appstore's messages and webhooks. Nothing in them is believed
// before its signature was checked.

/// A form-encoded message of the appstore, decoded. `action` is "install", "upgrade", "uninstall",
/// "billing_install" or "billing_subscription"; `shop` is the licence, 40 hex digits [client].
struct AppStoreMessage {
  std::map<std::string, std::string> fields;

  /// "" where it is missing.
  const std::string& field(const std::string& name) const;
};

/// Nothing when an escape is broken, a name comes twice or there are more than 64 fields.
std::optional<AppStoreMessage> read_appstore_message(std::string_view form);

/// Whether `hash` is the HMAC-SHA512 under the appstore secret of the other fields, sorted by name,
/// as `k=v` joined by `&` [client]. An empty secret signs nothing.
bool genuine_message(const AppStoreMessage& message, std::string_view appstore_secret);

/// A webhook as it arrived.
struct WebhookMessage {
  std::string id;         ///< X-Webhook-Id
  std::string event;      ///< X-Webhook-Name: "order.create"
  std::string signature;  ///< X-Webhook-SHA1
  std::string license;    ///< X-Shop-License
  std::string body;       ///< The very bytes.
};

/// The keys that a webhook may be signed with: its secret where a person made it in the panel, and
/// the HMAC-SHA512 of "LICENCE:SECRET" under the appstore secret where an application did [client].
struct WebhookSecrets {
  std::string webhook;
  std::string appstore;  ///< "" where the connector is no application.
};

/// Whether the signature is sha1(id:key:body) [doc; client]. Without a secret nothing is genuine.
bool genuine_webhook(const WebhookMessage& message, const WebhookSecrets& secrets);

/// The id of the order that the body of an order webhook holds: "order_id" as text or number.
std::optional<std::string> announced_order(const WebhookMessage& message);

/// SHA-256 in hex: how an API key is kept in the books.
std::string digest_of(std::string_view secret);

}  // namespace atrapa::core::shoper
