#include "core/shops/base/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

namespace atrapa::core::base {

namespace {

constexpr int kHttpOk = 200;
constexpr int kTooManyRequests = 429;
constexpr std::size_t kLongestQuote = 300;
constexpr std::string_view kHidden = "[token]";      ///< In a token's place.
constexpr std::int64_t kLongestRetryAfter = 86'400;  ///< Seconds.

/// The first is what clients saw; the others they defend against, and nobody saw [client].
constexpr std::array<std::string_view, 4> kBlockCodes{"ERROR_BLOCKED_TOKEN", "ERROR_RATE_LIMIT",
                                                      "ERROR_TOO_MANY_REQUESTS",
                                                      "ERROR_REQUESTS_LIMIT_EXCEEDED"};
/// The first is what clients saw; the real code of a wrong token was not seen [client].
constexpr std::array<std::string_view, 4> kAccessCodes{
    "ERROR_USER_ACCOUNT_BLOCKED", "ERROR_BAD_TOKEN", "ERROR_AUTH_TOKEN", "ERROR_NO_TOKEN"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string connector_of(std::string url) {
  while (!url.empty() && url.back() == '/') url.pop_back();
  return url.ends_with("/connector.php") ? url : url + "/connector.php";
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string trimmed(std::string text) {
  while (!text.empty() && is_blank(text.back())) text.pop_back();
  text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), is_blank));
  return text;
}

/// Nothing but visible ASCII: anything else would end the header or be refused with it.
bool is_token(const std::string& token) {
  return !token.empty() &&
         std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool is_web_page(const std::string& body) {
  const auto first = std::find_if_not(body.begin(), body.end(), is_blank);
  return first != body.end() && *first == '<';
}

std::optional<Duration> retry_after(const HttpResponse& response) {
  const std::string_view text = response.header("Retry-After");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || seconds < 0) return std::nullopt;
  return Duration{1000} * std::min(seconds, kLongestRetryAfter);
}

/// What an exchange came to that did not go well.
struct Trouble {
  Error error;
  bool again = false;    ///< The retry policy is to be asked.
  bool blocked = false;  ///< The token is blocked; `error.text` is Base's message.
};

Trouble no_answer_trouble(NoAnswer why) {
  if (why == NoAnswer::NotSent) {
    return {{.kind = Error::Kind::Unreachable, .text = "no connection"}, true};
  }
  return {{.kind = Error::Kind::Lost, .text = "the answer never came", .may_have_happened = true},
          true};
}

Trouble http_trouble(int status) {
  Error error{.kind = Error::Kind::Refused,
              .text = fmt::format("answered HTTP {}", status),
              .status = status};
  if (status >= 500) {
    error.kind = Error::Kind::ServerError;
    error.may_have_happened = true;
    return {error, true};
  }
  // Base is not known to answer 429 [client]; a proxy before it may.
  if (status == kTooManyRequests) return {error, true};
  if (status == 401 || status == 403) error.kind = Error::Kind::AccessDenied;
  return {error};
}

/// A 200 that is no JSON, or no envelope.
Trouble unreadable_trouble(const HttpResponse& response, bool json) {
  Error error{.kind = Error::Kind::Unreadable,
              .text = json ? "answered JSON without a status" : "the answer was cut off",
              .status = response.status,
              .may_have_happened = true};
  if (!json && is_web_page(response.body)) {
    error.kind = Error::Kind::Maintenance;
    error.text = "answered a web page instead of JSON";
  }
  return {error, !json};
}

Trouble refusal_trouble(const Json& envelope) {
  Error error{.kind = Error::Kind::Refused,
              .code = text_or_empty(envelope, "error_code"),
              .text = text_or_empty(envelope, "error_message"),
              .status = kHttpOk};
  if (is_one_of(kBlockCodes, error.code)) {
    error.kind = Error::Kind::Blocked;
    return {error, false, true};
  }
  if (is_one_of(kAccessCodes, error.code)) error.kind = Error::Kind::AccessDenied;
  return {error};
}

std::variant<Json, Trouble> outcome_of(const std::variant<HttpResponse, NoAnswer>& answer,
                                       const Shape& shape) {
  const auto* response = std::get_if<HttpResponse>(&answer);
  if (response == nullptr) return no_answer_trouble(std::get<NoAnswer>(answer));
  if (response->status != kHttpOk) return http_trouble(response->status);
  auto json = parse_wanted(response->body, shape.names, shape.whole);
  if (!json) return unreadable_trouble(*response, false);
  const std::string status = text_or_empty(*json, "status");
  if (status == "SUCCESS") return *std::move(json);
  if (status == "ERROR") return refusal_trouble(*json);
  return unreadable_trouble(*response, true);
}

/// The accident as the retry policy knows it. A page or a cut answer leaves as much in the dark as
/// one that never came.
void note_attempt(Attempt& attempt, const Error& error,
                  const std::variant<HttpResponse, NoAnswer>& answer) {
  attempt.status.reset();
  attempt.no_answer.reset();
  attempt.retry_after.reset();
  const auto* response = std::get_if<HttpResponse>(&answer);
  if (response == nullptr) {
    attempt.no_answer = std::get<NoAnswer>(answer);
  } else if (response->status == kHttpOk) {
    attempt.no_answer = NoAnswer::Ambiguous;
  } else {
    attempt.status = error.status;
    attempt.retry_after = retry_after(*response);
  }
}

Error interrupted() {
  return {.kind = Error::Kind::Interrupted, .text = "the program was told to end"};
}

Shape with_envelope(Shape shape) {
  for (const char* name : {"status", "error_code", "error_message"}) shape.names.insert(name);
  return shape;
}

}  // namespace

Client::Client(Access access, Transport& transport, Clock& clock, Budget& budget,
               ClientPolicies policies)
    : access_{connector_of(std::move(access.url)), trimmed(std::move(access.token))},
      transport_(transport),
      clock_(clock),
      budget_(budget),
      policies_(std::move(policies)) {}

BaseResult<Done> Client::pause(Duration duration) {
  if (duration > Duration{0} && !clock_.wait(duration)) return fail(interrupted());
  return Done{};
}

BaseResult<Done> Client::wait_for_budget() {
  // Anew after each wait: a clock may wake too early.
  for (Duration needed = budget_.wait(clock_.now()); needed > Duration{0};
       needed = budget_.wait(clock_.now())) {
    if (auto waited = pause(needed); !waited) return waited;
  }
  return Done{};
}

Client::Answer Client::exchange(const std::string& body) {
  HttpRequest request;
  request.method = "POST";
  request.url = access_.url;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                     {"X-BLToken", access_.token}};
  request.body = body;
  budget_.left(clock_.now());
  auto answer = transport_.send(request);
  budget_.arrived(clock_.now());
  return answer;
}

std::string Client::quoted(std::string_view text) const {
  std::string out(text);
  for (std::size_t at = 0; (at = out.find(access_.token, at)) != out.npos; at += kHidden.size()) {
    out.replace(at, access_.token.size(), kHidden);  // Which may hold a short token itself.
  }
  if (out.size() <= kLongestQuote) return out;
  std::size_t end = kLongestQuote;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
  return out.substr(0, end);
}

BaseResult<Json> Client::call(std::string_view method, const Parameters& parameters,
                              const Shape& shape, Repeat repeat) {
  if (!is_token(access_.token)) {
    return fail(Error{.kind = Error::Kind::AccessDenied,
                      .text = fmt::format("{}: the token is empty, or holds what no token has; "
                                          "copy it from Base again",
                                          method)});
  }
  const std::string body = form_body(method, parameters.str());
  const Shape wanted = with_envelope(shape);
  bool may_have_happened = false;
  int blocks = 0;
  for (Attempt attempt{
           .number = 1, .write = repeat == Repeat::Never, .repeatable = repeat == Repeat::Allowed};
       ;) {
    if (auto ready = wait_for_budget(); !ready) {
      Error error = ready.error();
      error.may_have_happened = may_have_happened;
      return fail(std::move(error));
    }
    const Answer answer = exchange(body);
    auto outcome = outcome_of(answer, wanted);
    if (auto* json = std::get_if<Json>(&outcome)) return std::move(*json);

    Trouble& trouble = std::get<Trouble>(outcome);
    may_have_happened = may_have_happened || trouble.error.may_have_happened;
    const std::string words = quoted(trouble.error.text);
    if (trouble.blocked) {
      const Instant now = clock_.now();
      budget_.blocked(now + block_wait(trouble.error.text, now, policies_.block));
      if (++blocks <= policies_.block.tries) continue;
    } else if (trouble.again) {
      note_attempt(attempt, trouble.error, answer);
      const RetryDecision decision = policies_.retry(attempt);
      ++attempt.number;
      if (decision.again) {
        if (auto waited = pause(decision.wait); !waited) {
          Error error = waited.error();
          error.may_have_happened = may_have_happened;
          return fail(std::move(error));
        }
        continue;
      }
    }
    trouble.error.may_have_happened = may_have_happened;
    trouble.error.code = quoted(trouble.error.code);
    trouble.error.text = fmt::format("{}: {}{}{}", method, trouble.error.code,
                                     trouble.error.code.empty() ? "" : ": ", words);
    return fail(std::move(trouble.error));
  }
}

BaseResult<Done> Client::command(std::string_view method, const Parameters& parameters,
                                 Repeat repeat) {
  static const Shape kEnvelope{};
  auto answer = call(method, parameters, kEnvelope, repeat);
  if (!answer) return fail(answer.error());
  return Done{};
}

}  // namespace atrapa::core::base
