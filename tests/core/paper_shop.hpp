#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/transport.hpp"

namespace atrapa::core::test {

using Json = nlohmann::json;

/// A clock that stands still until somebody waits.
class TestClock final : public Clock {
 public:
  Instant now() override { return now_; }
  bool wait(Duration duration) override {
    if (waits_left == 0) return false;
    --waits_left;
    waited.push_back(duration);
    now_ += duration;
    return true;
  }
  void advance(Duration by) { now_ += by; }

  std::vector<Duration> waited;
  int waits_left = 1'000'000;

 private:
  /// 2026-03-02 08:00:00 UTC, 09:00 in Warsaw.
  Instant now_{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours{8}};
};

/// The process dies here.
struct ProcessKilled {};

enum class Fault {
  None,
  Refused,
  Lost,
  TooManyRequests,
  ServerError,
  Truncated,
  KillBefore,
  KillAfter
};

/// A shop on paper: just enough of webapi/rest to run the core against, written for these tests
/// alone and knowing nothing of `mocks/`.
class PaperShop final : public Transport {
 public:
  PaperShop();

  std::variant<HttpResponse, NoAnswer> send(const HttpRequest& request) override;

  /// A product with its base stock; the stock's id is the product's plus 1000.
  void add_product(int id, const std::string& code, const std::string& price,
                   const std::string& stock);
  void add_variant(int stock_id, int product_id, const std::string& code, const std::string& price,
                   const std::string& price_type, const std::string& stock);
  void add_order(int id, const std::string& date, int origin, const std::string& sum,
                 const std::string& shipping_cost = "0.00");
  void add_line(int id, int order_id, const std::string& code, const std::string& price,
                const std::string& quantity, const std::string& tax = "23%");
  std::string stock_of(const std::string& code) const;
  Json& row(const std::string& resource, int id);

  std::map<std::string, std::map<int, Json>> tables;  ///< By resource and id.
  Json config;
  Json tree = Json::array();
  std::function<Fault(int exchange, const HttpRequest&)> fault;
  std::function<void(const HttpRequest&)> after_exchange;
  int exchanges = 0;
  int stock_writes = 0;    ///< Figures set, bulk counted by its parts.
  int other_writes = 0;    ///< Anything else that changes the shop.
  int products_added = 0;  ///< By POST products; not among the other writes.
  int auths = 0;
  int last_product_id = 0;
  std::set<std::string> refused_codes;  ///< Products that the shop refuses to take.
  bool in_operator = true;              ///< Whether filters know IN.
  std::vector<HttpRequest> requests;

 private:
  HttpResponse serve(const HttpRequest& request);
  HttpResponse list(const std::string& resource, const std::string& query);
  HttpResponse post_product(const Json& body);
  HttpResponse put_stock(int id, const Json& body);
};

/// What a query parameter says, decoded.
std::string query_parameter(const std::string& url, const std::string& name);

}  // namespace atrapa::core::test
