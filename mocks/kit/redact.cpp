#include "mocks/kit/redact.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "mocks/kit/ascii.hpp"

namespace atrapa::mocks::kit {

namespace {

constexpr std::array<std::string_view, 8> kSecretNames{"client_secret", "password", "access_token",
                                                       "refresh_token", "secret",   "secretKey",
                                                       "token",         "bl_pass"};

bool is_secret_name(std::string_view name) {
  if (name.size() < 5 || name.size() > 13) return false;
  return std::ranges::any_of(
      kSecretNames, [&](std::string_view secret) { return equal_without_case(name, secret); });
}

// JSON

bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_json_space(text[at])) ++at;
  return at;
}

/// `at` stands on the opening quote; gives the place of the closing one, or the text's end.
std::size_t closing_quote(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at, text.size());
}

/// The place after the value that begins at `at`; the text's end where it is cut off.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      at = closing_quote(text, at);
      if (depth == 0) return std::min(at + 1, text.size());
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return at;
      if (--depth == 0) return at + 1;
    } else if (depth == 0 && (c == ',' || is_json_space(c))) {
      return at;
    }
  }
  return text.size();
}

/// The name of the member whose colon stands there, raw, or "" where the colon ends none.
std::string_view member_name(std::string_view text, std::size_t colon) {
  std::size_t close = colon;
  while (close > 0 && is_json_space(text[close - 1])) --close;
  if (close < 2 || text[close - 1] != '"') return {};
  const std::size_t open = text.rfind('"', close - 2);
  if (open == std::string_view::npos) return {};
  return text.substr(open + 1, close - open - 2);
}

/// The JSON with the values of secret members masked, or nothing when there is none. Goes from
/// colon to colon: that is several times cheaper than following every string.
std::optional<std::string> redacted_json(std::string_view text) {
  std::string result;
  std::size_t copied = 0;
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos;) {
    std::size_t next = colon + 1;
    if (is_secret_name(member_name(text, colon))) {
      const std::size_t value = skip_space(text, next);
      next = end_of_value(text, value);
      if (value < next && text.substr(value, next - value) != "null") {
        result.append(text, copied, value - copied);
        result.append("\"").append(kMasked).append("\"");
        copied = next;
      }
    }
    colon = text.find(':', next);
  }
  if (copied == 0) return std::nullopt;
  result.append(text, copied);
  return result;
}

bool looks_like_json(std::string_view text) {
  const std::size_t first = skip_space(text, 0);
  return first < text.size() && (text[first] == '{' || text[first] == '[');
}

// Parameters

/// As parse_form() decodes, but what cannot be decoded stays as it is: a mask must not miss it.
std::string decode_leniently(std::string_view text) {
  return percent_decoded(text, /*plus_is_blank=*/true).text;
}

std::string encode(std::string_view text) {
  constexpr std::string_view kEscapeDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       std::string_view("-._~*").find(c) != std::string_view::npos;
    if (plain) {
      encoded.push_back(c);
    } else {
      encoded.append({'%', kEscapeDigits[byte >> 4], kEscapeDigits[byte & 15]});
    }
  }
  return encoded;
}

bool is_secret_parameter(std::string_view raw_name) {
  if (raw_name.find_first_of("%+[") == std::string_view::npos) return is_secret_name(raw_name);
  const std::string decoded = decode_leniently(raw_name);
  std::string_view name = trimmed(decoded);
  while (name.ends_with("[]")) name.remove_suffix(2);
  if (name.ends_with(']')) {
    const std::size_t open = name.rfind('[');
    if (open != std::string_view::npos) name = name.substr(open + 1, name.size() - open - 2);
  }
  return is_secret_name(name);
}

/// The value as it may be kept, or nothing when it may stay.
std::optional<std::string> redacted_value(std::string_view raw_name, std::string_view raw_value) {
  if (raw_value.empty()) return std::nullopt;
  if (is_secret_parameter(raw_name)) return std::string(kMasked);
  if (raw_value.front() != '{' && raw_value.front() != '[' && raw_value.front() != '%') {
    return std::nullopt;
  }
  const std::string decoded = decode_leniently(raw_value);
  if (!looks_like_json(decoded)) return std::nullopt;
  const auto redacted = redacted_json(decoded);
  if (!redacted) return std::nullopt;
  return encode(*redacted);
}

/// `a=1&b=2` with its secrets masked; all other bytes stay as they were.
std::string redacted_form(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('&', at), text.size());
    const std::string_view part = text.substr(at, end - at);
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string_view value = part.substr(std::min(equals + 1, part.size()));
    if (const auto redacted = redacted_value(part.substr(0, equals), value)) {
      result.append(part, 0, equals + 1).append(*redacted);
    } else {
      result.append(part);
    }
    if (end < text.size()) result.push_back('&');
    at = end + 1;
  }
  return result;
}

/// What a part of multipart/form-data is called; "" where its head does not say.
std::string_view part_name(std::string_view head) {
  std::size_t at = head.find("name=\"");
  if (at != std::string_view::npos && at >= 4 && head.substr(at - 4, 4) == "file") {
    at = head.find("name=\"", at + 1);
  }
  if (at == std::string_view::npos) return {};
  head.remove_prefix(at + 6);
  return head.substr(0, head.find('"'));
}

/// multipart/form-data with the values of secret parts masked, and the secrets of those that hold
/// JSON; all other bytes stay as they were.
std::string redacted_multipart(std::string_view body) {
  const std::string end_of_part = "\r\n" + std::string(body.substr(0, body.find("\r\n")));
  std::string result;
  while (!body.empty()) {
    const std::size_t head_end = body.find("\r\n\r\n");
    if (head_end == std::string_view::npos) break;
    const std::string_view head = body.substr(0, head_end + 4);
    body.remove_prefix(head.size());
    // A part that is cut off may still hold a whole secret.
    const std::string_view value = body.substr(0, body.find(end_of_part));
    body.remove_prefix(value.size());
    result.append(head);
    if (is_secret_parameter(part_name(head))) {
      result.append(kMasked);
    } else if (const auto redacted = looks_like_json(value) ? redacted_json(value) : std::nullopt) {
      result.append(*redacted);
    } else {
      result.append(value);
    }
  }
  return result.append(body);
}

void redact_body(std::string& body) {
  if (body.empty()) return;
  if (body.starts_with("--") && body.find("\r\n\r\n") != std::string::npos) {
    body = redacted_multipart(body);
  } else if (looks_like_json(body)) {
    if (auto redacted = redacted_json(body)) body = *std::move(redacted);
  } else if (body.find('=') != std::string::npos) {
    body = redacted_form(body);
  }
}

// Headers

std::string redacted_credentials(std::string_view value) {
  const std::size_t space = value.find(' ');
  if (space == std::string_view::npos) return std::string(kMasked);
  return std::string(value.substr(0, space + 1)).append(kMasked);
}

enum class HeaderSecret { None, Credentials, Whole };

HeaderSecret header_secret(std::string_view name) {
  // The lengths alone rule out nearly every field.
  switch (name.size()) {
    case 6: return equal_without_case(name, "Cookie") ? HeaderSecret::Whole : HeaderSecret::None;
    case 9: return equal_without_case(name, "X-BLToken") ? HeaderSecret::Whole : HeaderSecret::None;
    case 10:
      return equal_without_case(name, "Set-Cookie") ? HeaderSecret::Whole : HeaderSecret::None;
    case 13:
      return equal_without_case(name, "Authorization") ? HeaderSecret::Credentials
                                                       : HeaderSecret::None;
    case 14:
      return equal_without_case(name, "X-Atrapa-Token") ? HeaderSecret::Whole : HeaderSecret::None;
    case 19:
      return equal_without_case(name, "Proxy-Authorization") ? HeaderSecret::Credentials
                                                             : HeaderSecret::None;
    default: return HeaderSecret::None;
  }
}

void redact_headers(Headers& headers) {
  if (std::ranges::none_of(headers, [](const Header& field) {
        return header_secret(field.name) != HeaderSecret::None;
      })) {
    return;
  }
  Headers kept;
  for (const Header& field : headers) {
    switch (header_secret(field.name)) {
      case HeaderSecret::None: kept.add(field.name, field.value); break;
      case HeaderSecret::Credentials:
        kept.add(field.name, redacted_credentials(field.value));
        break;
      case HeaderSecret::Whole: kept.add(field.name, std::string(kMasked)); break;
    }
  }
  headers = std::move(kept);
}

}  // namespace

std::string redacted_target(std::string_view target) {
  const std::size_t question = target.find('?');
  if (question == std::string_view::npos) return std::string(target);
  const std::string_view query = target.substr(question + 1);
  return std::string(target.substr(0, question + 1)).append(redacted_form(query));
}

void redact(Request& request) {
  if (request.target.find('?') != std::string::npos) {
    request.target = redacted_target(request.target);
  }
  redact_headers(request.headers);
  redact_body(request.body);
}

void redact(Response& response) {
  redact_headers(response.headers);
  redact_body(response.body);
}

}  // namespace atrapa::mocks::kit
