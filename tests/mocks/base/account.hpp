#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/base/backdoor.hpp"
#include "mocks/base/base.hpp"
#include "mocks/kit/json.hpp"
#include "mocks/kit/platform.hpp"
#include "mocks/kit/random.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::tests::base {

using mocks::kit::Json;

/// 2026-03-02 08:00:00 UTC, 09:00:00 in Warsaw; 1772438400 in unix seconds.
mocks::kit::Instant monday();

/// A small account: the token "test-token"; the catalogue Sklep (307) of the languages pl and en,
/// price groups 105 (PLN, default) and 106 (EUR), warehouses bl_206 (default), bl_207 and the
/// mirror shop_2445; the category Herbata (11); the statuses Nowe (1), Gotowe (2) and Anulowane
/// (3). No request limit.
Json small_account(std::string name = "test");

/// One account in this process, with the clock standing still. Every answer is held against the
/// contract: one that does not fit throws std::runtime_error.
class Account {
 public:
  Account() : Account(small_account()) {}
  explicit Account(const Json& account);
  /// A fork of the platform, as one of its own.
  Account(std::unique_ptr<mocks::kit::Platform> platform, mocks::kit::Instant now);

  /// Sends it with the token "test-token" unless another is given, and answers the body.
  Json call(std::string_view method, const Json& parameters = Json::object(),
            std::string_view token = "test-token");
  /// The same; it must succeed.
  Json good(std::string_view method, const Json& parameters = Json::object());
  /// The error_code that it is refused with; "" where it succeeds.
  std::string refused(std::string_view method, const Json& parameters = Json::object());
  mocks::kit::Response send(mocks::kit::Request request);

  /// Unix seconds.
  std::int64_t now() const;
  const mocks::base::State& state() const { return door.look(); }

  mocks::kit::VirtualClock clock;
  mocks::kit::Random random{42};
  std::vector<mocks::kit::Webhook> webhooks;
  std::unique_ptr<mocks::kit::Platform> platform;
  mocks::base::Backdoor door;
  std::string note;  ///< What the last call left for the journal.
};

/// A form body of those fields, escaped.
std::string form(const std::vector<std::pair<std::string, std::string>>& fields);
/// A POST to connector.php.
mocks::kit::Request post(std::string_view method, std::string_view parameters,
                         std::string_view token = "test-token");

}  // namespace atrapa::tests::base
