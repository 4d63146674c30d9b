#include "mocks/kit/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mocks/kit/ascii.hpp"

namespace atrapa::mocks::kit {

namespace {

/// The whole text as a decimal number in [0, max] of at most five digits.
std::optional<int> decimal(std::string_view text, int max) {
  if (text.empty() || text.size() > 5) return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (value < 0 || value > max || text.front() == '-') return std::nullopt;
  return value;
}

bool is_host_byte(char c) {
  return (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c == '.' ||
         c == '-' || c == '_' || c == ':';
}

}  // namespace

std::string Url::origin() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}", scheme, ipv6 ? "[" : "", host, ipv6 ? "]" : "", port);
}

std::optional<Url> parse_url(std::string_view text) {
  if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) <= ' '; })) {
    return std::nullopt;
  }
  const std::size_t separator = text.find("://");
  if (separator == std::string_view::npos) return std::nullopt;
  Url url;
  const std::string_view scheme = text.substr(0, separator);
  if (equal_without_case(scheme, "http")) {
    url.scheme = "http";
  } else if (equal_without_case(scheme, "https")) {
    url.scheme = "https";
    url.port = 443;
  } else {
    return std::nullopt;
  }

  std::string_view rest = text.substr(separator + 3);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t path = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view authority = rest.substr(0, path);
  const std::string_view target = rest.substr(path);
  url.target.clear();
  if (!target.starts_with('/')) url.target.push_back('/');
  url.target += target;

  const bool bracketed = authority.starts_with('[');
  const std::size_t host_end =
      bracketed ? authority.find(']') : std::min(authority.find(':'), authority.size());
  if (host_end == std::string_view::npos) return std::nullopt;
  url.host = authority.substr(bracketed ? 1 : 0, host_end - (bracketed ? 1 : 0));
  if (url.host.empty() || !std::ranges::all_of(url.host, is_host_byte)) return std::nullopt;

  authority.remove_prefix(host_end + (bracketed ? 1 : 0));
  if (authority.empty()) return url;
  const std::optional<int> port =
      authority.front() == ':' ? decimal(authority.substr(1), 65535) : std::nullopt;
  if (!port || *port == 0) return std::nullopt;
  url.port = *port;
  return url;
}

bool is_loopback(std::string_view host) {
  if (host == "::1" || equal_without_case(host, "localhost")) return true;
  if (!host.starts_with("127.")) return false;
  int numbers = 0;
  while (true) {
    const std::size_t dot = host.find('.');
    const std::string_view number = host.substr(0, dot);
    // A leading zero reads as octal to some resolvers.
    if (!decimal(number, 255) || (number.size() > 1 && number.front() == '0')) return false;
    ++numbers;
    if (dot == std::string_view::npos) return numbers == 4;
    host.remove_prefix(dot + 1);
  }
}

}  // namespace atrapa::mocks::kit
