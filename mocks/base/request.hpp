#pragma once

#include <optional>
#include <string>

#include "mocks/base/call.hpp"
#include "mocks/base/state.hpp"
#include "mocks/kit/message.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::base {

/// A call as the form held it.
struct SentCall {
  std::string method;
  std::string parameters;  ///< JSON text; "" where there was none.
  std::string token;       ///< Of X-BLToken, else of the deprecated field `token`.
};

/// Takes a POST to connector.php apart; nothing for another path. What looks like base64 whose
/// literal `+` the form has turned into spaces is noted for the journal.
///   [doc] form, header, deprecated field; [inferred] the header goes before the field, and what is
///   no form or no POST is read as a call without fields
std::optional<SentCall> read_request(const kit::Request& request, kit::Context& context);

/// Plain 404: only connector.php is there [inferred].
kit::Response not_found();

/// Counts the call against the token's limit; the refusal of a blocked token.
///   [doc] 100 a minute; [client] all programs of a token share it, all calls fail until the moment
///   that the message names, HTTP stays 200; [inferred] window kind, length and zone (settings)
std::optional<Reply> admit(State& state, const std::string& token, kit::Instant now);

/// ERROR_BLOCKED_TOKEN, with the end of the block in the message [client].
Reply blocked_token(const Settings& settings, kit::Instant until);

}  // namespace atrapa::mocks::base
