#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/installation.hpp"
#include "core/policy/paging.hpp"
#include "core/policy/retry.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/shop.hpp"
#include "core/ports/transport.hpp"
#include "core/shops/shoper/json.hpp"

namespace atrapa::core::shoper {

/// Where an application's tokens outlive the process. A refresh token is used up by its use, so
/// that what a shop gives has to be kept before it is used.
class TokenKeeper {
 public:
  virtual ~TokenKeeper() = default;
  virtual ShopKeys keys() = 0;
  virtual void keep(const ShopKeys& keys) = 0;
};

/// Where the shop is and how to get in. Secrets never leave this struct but in headers.
struct Access {
  std::string url;              ///< "https://shop.example", or with /webapi/rest behind it.
  std::string login, password;  ///< A panel user's, exchanged for a token (HTTP Basic [client]);
  std::string token;            ///< or a token made in the panel;
  /// or an application of the appstore, whose code and tokens the keeper has. It must outlive the
  /// client.
  std::string application = {}, application_secret = {};
  TokenKeeper* keeper = nullptr;
};

/// The policies that a client asks.
struct ClientPolicies {
  std::function<RetryDecision(const Attempt&)> retry = core::retry;
  std::function<std::optional<int>(const PageSeen&)> next_page = core::next_page;
};

/// One GET of a list: `filters` is a JSON object or nothing.
struct ListQuery {
  std::string resource;  ///< "order-products"
  std::string id_field;  ///< "id": the rows' own key; they are asked for in its order.
  std::optional<Json> filters;
};

/// Whether a call may be sent again when its answer never came.
enum class Repeat { Allowed, Never };

/// webapi/rest: token, pacing, retries, paging. One exchange after the other.
///
/// A token is fetched when it is needed and renewed once when a call answers 401; an application's
/// by its code at first and by its refresh token later. Calls keep to the
/// bucket that the headers X-SHOP-API-LIMIT, -CALLS and -BANDWIDTH describe [doc]. What becomes of
/// a call that went wrong is the retry policy's to say; all waiting goes through the clock.
class Client {
 public:
  Client(Access access, Transport& transport, Clock& clock, ClientPolicies policies);

  /// A call whose answer is JSON. A 200 whose body is no JSON counts as an answer that was lost on
  /// its way.
  ShopResult<Json> call(const std::string& method, const std::string& target,
                        const std::string& body, const Wanted& wanted,
                        Repeat repeat = Repeat::Allowed);

  /// Every row once, page by page; see next_page(). `sink` gets the new rows of each page; false
  /// ends the reading.
  ShopResult<Done> list(const ListQuery& query, const Wanted& wanted, const PageSink<Json>& sink);

  Clock& clock() { return clock_; }
  RetryDecision ask_retry(const Attempt& attempt) const { return policies_.retry(attempt); }
  /// Waits, or says that the program is to end.
  ShopResult<Done> pause(Duration duration);

 private:
  ShopResult<Done> keep_pace();
  void note_pace(const HttpResponse& response);
  ShopResult<Done> fetch_token();
  ShopResult<Done> fetch_application_token();
  std::variant<HttpResponse, NoAnswer> exchange(const std::string& method,
                                                const std::string& target, const std::string& body,
                                                const std::string& authorization);

  Access access_;
  std::string base_;
  Transport& transport_;
  Clock& clock_;
  ClientPolicies policies_;

  std::string token_;
  std::optional<Instant> token_ends_;

  /// The bucket as the last answer described it.
  struct Pace {
    std::int64_t limit = 0, calls = 0, bandwidth = 0;
    Instant at;
  };
  std::optional<Pace> pace_;
};

std::string percent_encoded(std::string_view text);

}  // namespace atrapa::core::shoper
