#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace atrapa::mocks::kit {

/// An absolute http address taken apart.
struct Url {
  std::string scheme;  ///< "http" or "https"
  std::string host;    ///< As written, an IPv6 literal without its brackets.
  int port = 80;
  std::string target = "/";  ///< Path and query; a fragment is left out.

  /// "http://host:port" without a path.
  std::string origin() const;
};

/// Nothing for another scheme, user names (`http://a@b/`), spaces, control bytes, a broken port.
std::optional<Url> parse_url(std::string_view text);

/// Only the literals 127.0.0.0/8 (four decimal numbers), ::1 and the name "localhost": names are
/// never looked up, and other spellings of an address are no loopback addresses.
bool is_loopback(std::string_view host);

}  // namespace atrapa::mocks::kit
