#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mocks/kit/message.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::harness {

/// One shop of the world, and the application that its owner may install.
struct ShopIdentity {
  std::string account;  ///< In the fake.
  std::string license;  ///< 40 hex digits.
  std::string url;      ///< "http://demo.shop.example"
  std::string application, application_secret;
};

// What a shop and the appstore send to a connector's own address, signed as the real ones are, and
// written here without the connector's code.

/// "install" with `auth_code`, "uninstall", "upgrade", form-encoded and with its hash. `url` is the
/// shop's address as the appstore writes it.
mocks::kit::Request appstore_message(std::string_view action, const ShopIdentity& shop,
                                     const std::string& url, const std::string& auth_code,
                                     mocks::kit::Instant at);

/// order.create of a webhook that a panel user made, with the order as its body.
mocks::kit::Request order_webhook(const ShopIdentity& shop, std::string_view secret,
                                  const std::string& order_body);

}  // namespace atrapa::harness
