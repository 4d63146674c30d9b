#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/limits.hpp"
#include "mocks/kit/message.hpp"
#include "mocks/kit/platform.hpp"
#include "mocks/shoper/reply.hpp"
#include "mocks/shoper/state.hpp"

namespace atrapa::mocks::shoper {

/// Stands in a world's list of scopes for every scope of every resource, by name: what is kept for
/// selected applications too, and what the contract gets tomorrow. No scope of the real shop.
inline constexpr std::string_view kEveryScope = "*";

/// Who calls: whose bucket fills, and what the token may do (no list: everything that the panel
/// gives away, so nothing that is kept for selected applications).
struct Caller {
  std::string owner;
  std::optional<std::vector<std::string>> scopes;
};

/// State::movement for the time of a call, or of what somebody does in the shop. Administrators and
/// applications have the number of their place in the world's credentials [inferred: the SDK says
/// no more than "id"].
class Moving {
 public:
  /// `owner` as Caller has it; "" for the shop's own doing, such as a customer's order.
  Moving(State& state, std::string_view owner, kit::Instant now);
  ~Moving() { state_.movement.reset(); }
  Moving(const Moving&) = delete;
  Moving& operator=(const Moving&) = delete;

 private:
  State& state_;
};

/// The text behind "Bearer " of the Authorization header, or "".
std::string_view bearer_token(const kit::Request& request);

/// A login and password, or an application's id and secret.
struct Pair {
  std::string name;
  std::string secret;
};

/// The pair of HTTP Basic; nothing where there is none or it cannot be read.
std::optional<Pair> basic_pair(const kit::Request& request);

/// The pair that POST auth carries: HTTP Basic, or client_id and client_secret in the query or in a
/// form body [client: each of the three is in use].
std::optional<Pair> login_pair(const kit::Request& request, const kit::Target& target);

bool knows_user(const State& state, const Pair& pair);
/// Whether the code or the refresh token among the parameters is one that this shop gave.
bool holds_grant(const State& state, const std::string& application,
                 const std::vector<std::pair<std::string, std::string>>& parameters);
bool knows_application(const State& state, const Pair& pair);

/// Who owns that token of this shop; nothing for an unknown or expired one.
std::optional<Caller> caller_of(const State& state, std::string_view token, kit::Instant now);

/// A token for a panel user: 30 days, no refresh token [rec]. `login` must be a user's.
/// {"access_token","expires_in","token_type":"bearer"}
Reply issue_user_token(State& state, const std::string& login, kit::Context& context);

/// POST oauth/token of a known application: a code, or a refresh token, each used once, gives a new
/// pair; a refresh voids the pair before [client, citing docs].
Reply issue_application_token(State& state, const std::string& application,
                              const std::vector<std::pair<std::string, std::string>>& parameters,
                              Language language, kit::Context& context);

/// Fills the owner's bucket by a call. With the setting `throttle` off it is always admitted.
kit::Admission admit(State& state, const std::string& owner, std::int64_t cost, kit::Instant now);
/// Follows the settings `limit` and `bandwidth` when they were changed.
void resize_buckets(State& state);
/// The owner's counter without a call.
std::int64_t calls_of(const State& state, const std::string& owner, kit::Instant now);

/// The scope that a call needs and the token lacks, such as "orders_edit"; nothing where it may.
///
/// Names are RESOURCE_STEP with the steps read, create, edit, delete, each one holding those before
/// it [client, live]; customers appear both as users_* and clients_* [client]. That product-stocks
/// go with products, order-products with orders, the tree with categories and warehouse-* with
/// warehouses is [inferred]; their own names are accepted too.
std::optional<std::string> missing_scope(const Caller& caller, std::string_view resource,
                                         std::string_view verb);

/// Whether the token's list of scopes holds kEveryScope.
bool granted_all(const Caller& caller);

/// Whether a resource is kept for selected applications: order-transactions, order-refunds and
/// payment channels answer 403 to whoever was not granted them by name [client].
bool is_internal(std::string_view resource);

}  // namespace atrapa::mocks::shoper
