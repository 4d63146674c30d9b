#pragma once

#include <string>
#include <string_view>

#include "mocks/kit/platform.hpp"
#include "mocks/kit/time.hpp"
#include "mocks/shoper/signature.hpp"
#include "mocks/shoper/state.hpp"

// What the AppStore's billing system and the shop's panel tell an application [client LEG, IDX].

namespace atrapa::mocks::shoper {

/// The application of that id; null where the shop knows none.
const Application* application_of(const State& state, std::string_view id);

/// A message of the billing system: a form posted to the application's address, which has to answer
/// 200. Fields: action, application_code (the application's id), shop (the license), shop_url,
/// timestamp, `more`, and their hash under the appstore secret, all sorted by name but for the
/// hash. The unit of `timestamp` is not confirmed: setting `appstore_timestamp`.
kit::Webhook appstore_message(const State& state, const Application& application,
                              std::string_view action, const Parameters& more, kit::Instant now);

/// Who looks at an application inside of the panel.
struct PanelVisit {
  std::string place;             ///< Where in the panel: "orders".
  std::string locale = "pl_PL";  ///< Stands outside of every hash.
  std::string admin_id;          ///< With a name since 5.8.14; empty: not told.
  std::string admin_name;
};

/// The address that the panel opens in its iframe: `base` with place, shop, timestamp, locale,
/// translations and hash, which covers the first three; with an administrator also admin-id,
/// admin-name and admin-hash over all five [client, citing docs].
std::string panel_url(const State& state, const Application& application, std::string_view base,
                      const PanelVisit& visit, kit::Instant now);

}  // namespace atrapa::mocks::shoper
