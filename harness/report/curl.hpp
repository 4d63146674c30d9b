#pragma once

#include <cstddef>
#include <string>

#include "mocks/kit/journal.hpp"

namespace atrapa::harness::report {

/// The request of an exchange as a line for a shell: the shop's address is "$SHOP", a bearer token
/// "$TOKEN", login and password "$LOGIN" and "$PASSWORD", any other secret "$SECRET". No secret of
/// the exchange is left in it. Of the headers only those that decide something are shown;
/// parameters full of escapes are shown as they are meant, behind the others, where curl makes the
/// same bytes of them. A body above `max_body` bytes is named, not shown.
std::string curl_line(const mocks::kit::Exchange& exchange, std::size_t max_body = 2000);

/// What came back, in one line of at most `width` columns: status, fault, body. Tokens are masked.
std::string answer_line(const mocks::kit::Exchange& exchange, std::size_t width);

/// The text with the values of "access_token", "refresh_token" and the like masked.
std::string without_tokens(std::string text);

}  // namespace atrapa::harness::report
