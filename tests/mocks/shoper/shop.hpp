#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/json.hpp"
#include "mocks/kit/platform.hpp"
#include "mocks/kit/random.hpp"
#include "mocks/kit/time.hpp"
#include "mocks/shoper/backdoor.hpp"
#include "mocks/shoper/shoper.hpp"

namespace atrapa::tests {

using mocks::kit::Json;
using mocks::kit::Request;
using mocks::kit::Response;

/// 2026-03-02 08:00:00 UTC, 09:00:00 in Warsaw.
mocks::kit::Instant monday();
/// "2026-07-01T22:30:00" in UTC.
mocks::kit::Instant utc(const std::string& text);

/// A small shop: languages pl_PL and en_US; the six recorded taxes; units szt. (1), kg (2), zestaw
/// (3); categories Obuwie (1) above Buty (2), and Herbata (3); the option group Kolory (1) with one
/// option (1) of the values 1 and 2; payments cash (1) and cod (2); shippings Kurier (1, 15.00, cod
/// costs 5 more) and Odbiór (2, 0.00); statuses 1 new, 2 open, 3 closed, 4 not completed; the
/// customer Anna (1, registered) and the guest Jan (2); the checkbox Faktura (additional field 5)
/// of orders. Login "erp", password "tajne", the token "all-rights"; no throttling.
Json small_account(std::string name = "test");

/// One shop in this process, with the clock standing still.
class Shop {
 public:
  Shop() : Shop(small_account()) {}
  explicit Shop(const Json& account);
  /// A fork of the platform, as a shop of its own.
  Shop(std::unique_ptr<mocks::kit::Platform> platform, mocks::kit::Instant now);

  /// Sends it with the token "all-rights" unless the headers bring their own Authorization.
  Response send(std::string_view verb, std::string_view path, std::string body = {},
                mocks::kit::Headers headers = {});
  Response get(std::string_view path) { return send("GET", path); }
  Response post(std::string_view path, const Json& body) { return send("POST", path, body.dump()); }
  Response put(std::string_view path, const Json& body) { return send("PUT", path, body.dump()); }
  Response remove(std::string_view path) { return send("DELETE", path); }

  /// The answer's body; the call must have ended well.
  Json read(std::string_view path);
  /// All rows of a list with that filter, in one page.
  Json rows(std::string_view resource, const Json& filters);
  std::int64_t create(std::string_view resource, const Json& body);

  std::int64_t plant(std::string_view resource, const Json& row) {
    return door.plant(resource, row, clock.now());
  }
  /// A product of one piece unit with that code and stock; answers its id.
  std::int64_t plant_product(std::string_view code, std::string_view stock,
                             std::string_view price = "100.00", int unit = 1);
  std::int64_t plant_order();
  /// The base stock of a product.
  std::int64_t stock_of(std::int64_t product);
  std::string level(std::int64_t stock) { return door.text("product-stocks", stock, "stock"); }

  mocks::kit::VirtualClock clock;
  mocks::kit::Random random{42};
  std::vector<mocks::kit::Webhook> webhooks;
  std::unique_ptr<mocks::kit::Platform> platform;
  mocks::shoper::Backdoor door;
  std::string note;  ///< What the last call left for the journal.
};

Json body_of(const Response& response);
/// The fields that an answer of 400 names, sorted.
std::vector<std::string> bad_fields(const Response& response);
/// "/webapi/rest/RESOURCE/ID"
std::string row_path(std::string_view resource, std::int64_t id);
/// A query value, escaped.
std::string escape(std::string_view text);
/// "/webapi/rest/RESOURCE?filters=..."
std::string filtered(std::string_view resource, const Json& filters);
/// The least that POST orders takes.
Json least_order();
/// The least that POST products takes.
Json least_product(std::string_view code);

}  // namespace atrapa::tests
