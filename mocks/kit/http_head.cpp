#include "mocks/kit/http_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "mocks/kit/ascii.hpp"

namespace atrapa::mocks::kit {

namespace {

constexpr std::size_t kNotThere = std::string_view::npos;

bool is_token_byte(char c) {
  return (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') ||
         (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != kNotThere);
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_byte);
}

bool is_text(std::string_view value) {
  return std::ranges::none_of(value, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7F;
  });
}

/// The next line without its end; `text` keeps what follows.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Refusal bad(std::string text) { return {400, std::move(text)}; }

std::optional<Refusal> read_request_line(std::string_view line, Head& head) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == kNotThere || first == last) {
    return bad("the request line is not 'METHOD target HTTP/1.1'");
  }
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(method)) return bad("the method is not a word of letters");
  const bool clean = is_text(target) && target.find_first_of(" \t") == kNotThere;
  if (!clean || target.empty() || (target.front() != '/' && target != "*")) {
    return bad("the target must be a path that begins with '/', spaces written as %20");
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return Refusal{505, "only HTTP/1.1 and HTTP/1.0 are spoken here"};
  }
  head.request.method = method;
  head.request.target = target;
  head.version = version;
  return std::nullopt;
}

std::optional<Refusal> read_field(std::string_view line, Head& head) {
  const std::size_t colon = line.find(':');
  if (colon == kNotThere || !is_token(line.substr(0, colon))) {
    return bad(fmt::format("header field {} is not 'Name: value' on one line",
                           head.request.headers.size() + 1));
  }
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (!is_text(value)) return bad(fmt::format("header {} holds a control byte", name));
  head.request.headers.add(std::string(name), std::string(value));
  return std::nullopt;
}

std::optional<Refusal> read_framing(const Header& field, std::optional<std::uint64_t>& length,
                                    Head& head) {
  if (equal_without_case(field.name, "Content-Length")) {
    std::uint64_t bytes = 0;
    const char* const end = field.value.data() + field.value.size();
    const auto [stopped, error] = std::from_chars(field.value.data(), end, bytes);
    if (error != std::errc{} || stopped != end)
      return bad("Content-Length is not a number of bytes");
    if (length && *length != bytes) return bad("there are two different Content-Length headers");
    length = bytes;
  } else if (equal_without_case(field.name, "Transfer-Encoding")) {
    if (!equal_without_case(field.value, "chunked") || head.body == Head::Body::Chunked) {
      return Refusal{501, "of the transfer encodings only 'chunked' is spoken here"};
    }
    head.body = Head::Body::Chunked;
  } else if (equal_without_case(field.name, "Expect")) {
    head.expects_continue = equal_without_case(field.value, "100-continue");
  }
  return std::nullopt;
}

/// How the body is framed, from all fields.
std::optional<Refusal> settle_body(Head& head) {
  std::optional<std::uint64_t> length;
  for (const Header& field : head.request.headers) {
    if (auto refusal = read_framing(field, length, head)) return refusal;
  }
  if (length && head.body == Head::Body::Chunked) {
    return bad("a body has either Content-Length or Transfer-Encoding, not both");
  }
  if (length.value_or(0) > 0) {
    head.body = Head::Body::Length;
    head.length = *length;
  }
  if (head.body != Head::Body::None && head.request.method == "HEAD") {
    return bad("a HEAD request has no body");
  }
  return std::nullopt;
}

}  // namespace

std::size_t head_length(std::string_view bytes, std::size_t from) {
  // A blank line's own bytes may have arrived in the earlier part.
  for (std::size_t at = from < 3 ? 0 : from - 3; at < bytes.size(); ++at) {
    at = bytes.find('\n', at);
    if (at == kNotThere) return kNotThere;
    const std::string_view rest = bytes.substr(at + 1);
    if (rest.starts_with('\n')) return at + 2;
    if (rest.starts_with("\r\n")) return at + 3;
  }
  return kNotThere;
}

std::variant<Head, Refusal> parse_head(std::string_view text, std::size_t max_fields) {
  Head head;
  if (auto refusal = read_request_line(take_line(text), head)) return *std::move(refusal);
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    if (head.request.headers.size() == max_fields) {
      return Refusal{431, fmt::format("more than {} header fields", max_fields)};
    }
    if (auto refusal = read_field(line, head)) return *std::move(refusal);
  }
  if (auto refusal = settle_body(head)) return *std::move(refusal);
  return head;
}

}  // namespace atrapa::mocks::kit
