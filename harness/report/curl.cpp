#include "harness/report/curl.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <vector>

#include "harness/report/text.hpp"

namespace atrapa::harness::report {

namespace {

using mocks::kit::Exchange;

struct Secret {
  std::string_view name;      ///< Of a query parameter, a form field or a JSON member.
  std::string_view variable;  ///< What stands in its place.
};

constexpr std::array kSecrets{
    Secret{"client_id", "LOGIN"},    Secret{"client_secret", "PASSWORD"},
    Secret{"password", "PASSWORD"},  Secret{"refresh_token", "SECRET"},
    Secret{"access_token", "TOKEN"}, Secret{"code", "SECRET"},
    Secret{"token", "TOKEN"},        Secret{"secret", "SECRET"},
};

/// `code` and `token` are secrets where one signs in; elsewhere they are data (a product's code).
bool signs_in(const Exchange& exchange) {
  const std::string_view path =
      std::string_view(exchange.request.target).substr(0, exchange.request.target.find('?'));
  return path.find("/auth") != std::string_view::npos ||
         path.find("/oauth") != std::string_view::npos;
}

bool starts_with_no_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) ==
                  std::tolower(static_cast<unsigned char>(b));
         });
}

/// A part of a shell word: text to quote, or the name of a variable.
struct Piece {
  std::string text;
  bool variable = false;
};

/// `a=1&client_secret=x` with the values of secrets replaced by variables.
std::vector<Piece> masked_pairs(std::string_view pairs) {
  std::vector<Piece> pieces{{}};
  while (!pairs.empty()) {
    const std::size_t end = pairs.find('&');
    const std::string_view pair = pairs.substr(0, end);
    const std::string_view name = pair.substr(0, pair.find('='));
    const auto secret = std::find_if(kSecrets.begin(), kSecrets.end(),
                                     [&](const Secret& known) { return known.name == name; });
    if (secret != kSecrets.end() && pair.size() > name.size()) {
      pieces.back().text += fmt::format("{}=", name);
      pieces.push_back({std::string(secret->variable), true});
      pieces.emplace_back();
    } else {
      pieces.back().text += pair;
    }
    if (end == std::string_view::npos) break;
    pieces.back().text += '&';
    pairs.remove_prefix(end + 1);
  }
  return pieces;
}

std::string shell_quoted(std::string_view text) {
  const bool plain = printable(text) == text;
  std::string escaped;
  for (const char next : text) {
    if (next == '\'') {
      escaped += plain ? "'\\''" : "\\'";
    } else if (next == '\\' && !plain) {
      escaped += "\\\\";
    } else {
      escaped += next;
    }
  }
  // bash's $'...' takes the escapes that printable() writes, and no byte spoils the terminal.
  return plain ? fmt::format("'{}'", escaped) : fmt::format("$'{}'", printable(escaped));
}

std::string shell_word(const std::vector<Piece>& pieces) {
  std::string word;
  for (const Piece& piece : pieces) {
    if (piece.variable) {
      word += fmt::format("\"${}\"", piece.text);
    } else if (!piece.text.empty()) {
      word += shell_quoted(piece.text);
    }
  }
  return word.empty() ? "''" : word;
}

/// As curl's --data-urlencode writes it.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kUnreserved = "-._~";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        byte < 0x80 && (std::isalnum(byte) != 0 || kUnreserved.find(c) != kUnreserved.npos);
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

/// The address, and the parameters that --data-urlencode shows as they are meant: those with
/// escapes that come out as the same bytes again. They stand behind the others then.
struct Address {
  std::string target;
  std::vector<std::string> parameters;
};

Address readable_address(const Exchange& exchange) {
  Address address{exchange.request.target, {}};
  const std::size_t query = address.target.find('?');
  if (query == std::string::npos || exchange.request.method != "GET") return address;
  std::string_view pairs = std::string_view(exchange.request.target).substr(query + 1);
  std::string kept;
  while (!pairs.empty()) {
    const std::string_view pair = pairs.substr(0, pairs.find('&'));
    pairs.remove_prefix(std::min(pairs.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    const auto decoded = mocks::kit::parse_form(pair);
    const bool escaped =
        equals != std::string_view::npos && pair.find('%') != std::string_view::npos;
    if (escaped && decoded && decoded->size() == 1 &&
        percent_encoded(decoded->front().second) == pair.substr(equals + 1) &&
        decoded->front().first == pair.substr(0, equals)) {
      address.parameters.push_back(
          fmt::format("{}={}", decoded->front().first, decoded->front().second));
    } else {
      kept += fmt::format("{}{}", kept.empty() ? "?" : "&", pair);
    }
  }
  address.target = address.target.substr(0, query) + kept;
  return address;
}

/// "$SHOP/webapi/rest/taxes?page=1" in double quotes, which the shell replaces variables in.
std::string shop_address(const Exchange& exchange, const std::string& target) {
  const bool plain =
      printable(target) == target && target.find_first_of("\"\\$`!") == std::string::npos;
  const std::size_t query = target.find('?');
  std::vector<Piece> pieces{{target, false}};
  if (signs_in(exchange) && query != std::string::npos) {
    pieces = masked_pairs(std::string_view(target).substr(query + 1));
    pieces.front().text.insert(0, target.substr(0, query + 1));
  }
  if (!plain) return "\"$SHOP\"" + shell_word(pieces);
  std::string word = "\"$SHOP";
  for (const Piece& piece : pieces) word += piece.variable ? "$" + piece.text : piece.text;
  return word + "\"";
}

std::vector<Piece> masked_body(const Exchange& exchange) {
  const std::string& body = exchange.request.body;
  if (!signs_in(exchange)) return {{body, false}};
  const bool json = !body.empty() && (body.front() == '{' || body.front() == '[');
  if (json) return {{without_tokens(body), false}};
  return masked_pairs(body);
}

}  // namespace

std::string without_tokens(std::string text) {
  for (const Secret& secret : kSecrets) {
    if (secret.name == "code" || secret.name == "client_id") continue;
    const std::string key = fmt::format("\"{}\"", secret.name);
    for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at)) {
      at += key.size();
      const std::size_t open = text.find_first_not_of(": ", at);
      if (open == std::string::npos || text[open] != '"') continue;
      const std::size_t close = text.find('"', open + 1);
      // An answer that was cut in two may end inside the token.
      const std::size_t length = (close == std::string::npos ? text.size() : close) - open - 1;
      const std::string variable = fmt::format("${}", secret.variable);
      text.replace(open + 1, length, variable);
      at = open + 1 + variable.size();
    }
  }
  return text;
}

std::string curl_line(const Exchange& exchange, std::size_t max_body) {
  const mocks::kit::Request& request = exchange.request;
  const Address address = readable_address(exchange);
  std::string line = "curl -s " + shop_address(exchange, address.target);
  if (request.method == "HEAD") {
    line += " -I";
  } else if (request.method != "GET" && !(request.method == "POST" && !request.body.empty())) {
    line += " -X " + request.method;
  }
  if (!address.parameters.empty()) line += " -G";
  for (const std::string& parameter : address.parameters) {
    line += " --data-urlencode " + shell_quoted(parameter);
  }
  for (const mocks::kit::Header& header : request.headers) {
    if (starts_with_no_case(header.name, "authorization")) {
      if (starts_with_no_case(header.value, "basic ")) {
        line += " -u \"$LOGIN:$PASSWORD\"";
      } else if (starts_with_no_case(header.value, "bearer ")) {
        line += " -H \"Authorization: Bearer $TOKEN\"";
      } else {
        line += " -H \"Authorization: $SECRET\"";
      }
    } else if (starts_with_no_case(header.name, "x-bltoken")) {
      line += fmt::format(" -H \"{}: $TOKEN\"", printable(header.name));
    } else if (starts_with_no_case(header.name, "content-type")) {
      line += " -H " + shell_quoted(fmt::format("{}: {}", header.name, header.value));
    }
  }
  if (request.body.size() > max_body) {
    return fmt::format("{} --data-binary @body.json  # a body of {} bytes: {}", line,
                       request.body.size(), printable(without_tokens(request.body.substr(0, 60))));
  }
  if (!request.body.empty()) line += " --data-binary " + shell_word(masked_body(exchange));
  return line;
}

std::string answer_line(const Exchange& exchange, std::size_t width) {
  std::string text;
  if (exchange.fault) {
    text = fmt::format("[fault: {}] ", mocks::kit::to_string(*exchange.fault));
  }
  text += exchange.response.status == 0 ? "no answer" : std::to_string(exchange.response.status);
  if (!exchange.response.body.empty()) {
    text += " " + printable(without_tokens(exchange.response.body.substr(0, 4000)));
  }
  if (!exchange.note.empty()) text += fmt::format(" ({})", printable(exchange.note));
  return shorten(text, width);
}

}  // namespace atrapa::harness::report
