#pragma once

#include <string>
#include <string_view>

#include "mocks/kit/message.hpp"

namespace atrapa::mocks::kit {

/// What stands in the journal in the place of a secret. Legal in a target, a form and a JSON
/// string.
inline constexpr std::string_view kMasked = "***";

// Credentials are masked in what is kept, never in what a client sees. Secret are the values of
// - the headers Authorization and Proxy-Authorization (their scheme stays), X-BLToken,
//   X-Atrapa-Token, Cookie and Set-Cookie;
// - the parameters, parts of multipart/form-data and JSON members client_secret, password,
//   access_token, refresh_token, secret, secretKey, token and bl_pass, whatever their case, also as
//   the last key of `user[password]`, and inside JSON that is sent as a parameter or part. JSON member names
//   written with \u escapes are not recognised.
// Bodies are scanned, not parsed; which form a body has is told by its first byte, as clients err
// about Content-Type.

void redact(Request& request);
void redact(Response& response);

/// The target with its secret parameters masked.
std::string redacted_target(std::string_view target);

}  // namespace atrapa::mocks::kit
