#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// How a shop signs what it sends out: webhooks and the messages of the AppStore. All of it lower
// case hex.

namespace atrapa::mocks::shoper {

/// sha1(id:key:body), the header X-Webhook-SHA1 [doc; five clients agree].
std::string webhook_signature(std::int64_t webhook_id, std::string_view key, std::string_view body);

/// The key of a webhook that an AppStore application made: HMAC-SHA512 of "LICENSE:SECRET" under
/// the appstore secret [client]. One made by a panel user is signed with its secret itself.
std::string application_key(std::string_view appstore_secret, std::string_view license,
                            std::string_view webhook_secret);

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// HMAC-SHA512 under the appstore secret of all parameters but `hash`, sorted by name, as `k=v`
/// joined by `&`, values as they are and not URL-encoded [client; doc at second hand].
std::string appstore_hash(Parameters parameters, std::string_view appstore_secret);

}  // namespace atrapa::mocks::shoper
