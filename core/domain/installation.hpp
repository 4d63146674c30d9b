#pragma once

#include <optional>
#include <string>

#include "core/ports/clock.hpp"

namespace atrapa::core {

/// What a shop gave the connector to get in with. Secrets: shown only on request, never logged.
struct ShopKeys {
  std::string auth_code;  ///< Of the appstore's message, until it is used.
  std::string access_token, refresh_token;
  std::optional<Instant> access_ends;
  std::string login, password;  ///< Typed in by hand: of a panel user,
  std::string token;            ///< or a token made in the panel.

  bool operator==(const ShopKeys&) const = default;
};

/// The connector in one shop.
struct Installation {
  enum class State { Installed, Uninstalled };

  std::string shop;  ///< Its licence; its address where it was installed by hand.
  std::string url;
  State state = State::Installed;
  ShopKeys keys;
};

}  // namespace atrapa::core
