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

std::vector<Piece> masked_target(const Exchange& exchange) {
  const std::string& target = exchange.request.target;
  const std::size_t query = target.find('?');
  if (query == std::string::npos || !signs_in(exchange)) return {{target, false}};
  std::vector<Piece> pieces = masked_pairs(std::string_view(target).substr(query + 1));
  pieces.front().text.insert(0, target.substr(0, query + 1));
  return pieces;
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
  std::string line = "curl -s";
  if (request.method == "HEAD") {
    line += " -I";
  } else if (request.method != "GET" && !(request.method == "POST" && !request.body.empty())) {
    line += " -X " + request.method;
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
    } else if (starts_with_no_case(header.name, "content-type") ||
               starts_with_no_case(header.name, "accept-language")) {
      line += " -H " + shell_quoted(fmt::format("{}: {}", header.name, header.value));
    }
  }
  std::string comment;
  if (request.body.size() > max_body) {
    line += " --data-binary @body.json";
    comment = fmt::format("  # a body of {} bytes: {}", request.body.size(),
                          printable(without_tokens(request.body.substr(0, 60))));
  } else if (!request.body.empty()) {
    line += " --data-binary " + shell_word(masked_body(exchange));
  }
  return fmt::format("{} \"$SHOP\"{}{}", line, shell_word(masked_target(exchange)), comment);
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
