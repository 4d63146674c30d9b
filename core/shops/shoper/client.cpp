#include "core/shops/shoper/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_set>
#include <utility>

namespace atrapa::core::shoper {

namespace {

constexpr int kPageLimit = 50;  ///< The most a list gives at once [rec].
constexpr Duration kSecond{1000};
constexpr std::size_t kLongestQuote = 300;
constexpr std::int64_t kLongestToken = 400'000'000;  ///< Seconds; more than twelve years.

using Answer = std::variant<HttpResponse, NoAnswer>;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t j = 0; j < 3; ++j) {
      group = (group << 8) | (j < n ? static_cast<unsigned char>(bytes[i + j]) : 0u);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      out += j <= n ? kDigits[(group >> (18 - 6 * j)) & 63u] : '=';
    }
  }
  return out;
}

std::string base_of(std::string url) {
  while (!url.empty() && url.back() == '/') url.pop_back();
  return url.ends_with("/webapi/rest") ? url + "/" : url + "/webapi/rest/";
}

/// "400 invalid_request: ..." in the shop's words, bounded.
std::string shop_words(const HttpResponse& response) {
  static const Wanted kWords{"error", "error_description"};
  const auto body = parse_wanted(response.body, kWords);
  if (!body || !body->is_object()) return fmt::format("{}", response.status);
  const std::string code = text_or_empty(*body, "error");
  const std::string description =
      text_or_empty(*body, "error_description").substr(0, kLongestQuote);
  return fmt::format("{} {}{}{}", response.status, code, description.empty() ? "" : ": ",
                     description);
}

/// "GET orders" without its query.
std::string call_name(const std::string& method, const std::string& target) {
  return method + " " + target.substr(0, target.find('?'));
}

ShopError refusal(const std::string& name, const HttpResponse& response) {
  const bool denied = response.status == 401 || response.status == 403 || response.status == 402;
  const bool busy = response.status == 429 || (response.status >= 500 && response.status != 501);
  const auto kind = denied ? ShopError::Kind::AccessDenied
                    : busy ? ShopError::Kind::Unreachable
                           : ShopError::Kind::Refused;
  return {kind, response.status, fmt::format("{} answered {}", name, shop_words(response))};
}

ShopError no_answer(const std::string& name, NoAnswer why, int tries) {
  if (why == NoAnswer::NotSent) {
    return {ShopError::Kind::Unreachable, 0,
            fmt::format(
                "{}: no connection to the shop after {} tries; check the address and the network",
                name, tries)};
  }
  return {ShopError::Kind::Lost, 0,
          fmt::format("{}: no whole answer from the shop after {} tries", name, tries)};
}

ShopError interrupted() { return {ShopError::Kind::Interrupted, 0, "the program was told to end"}; }

/// The whole, readable answer of a call that went well.
std::optional<Json> json_of(const Answer& answer, const Wanted& wanted) {
  const auto* response = std::get_if<HttpResponse>(&answer);
  return response != nullptr && response->status == 200 ? parse_wanted(response->body, wanted)
                                                        : std::nullopt;
}

/// What went wrong this time. A 200 that cannot be read was cut on its way.
void note(Attempt& attempt, const Answer& answer) {
  attempt.status.reset();
  attempt.no_answer.reset();
  attempt.retry_after.reset();
  const auto* response = std::get_if<HttpResponse>(&answer);
  if (response == nullptr) {
    attempt.no_answer = std::get<NoAnswer>(answer);
  } else if (response->status == 200) {
    attempt.no_answer = NoAnswer::Ambiguous;
  } else {
    attempt.status = response->status;
    const auto seconds = whole_number(response->header("Retry-After"));
    if (seconds && *seconds >= 0) attempt.retry_after = kSecond * std::min(*seconds, kLongestToken);
  }
}

ShopError why(const std::string& name, const Attempt& attempt, const Answer& answer) {
  if (attempt.no_answer) return no_answer(name, *attempt.no_answer, attempt.number);
  return refusal(name, std::get<HttpResponse>(answer));
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= 'a' && byte <= 'z') || c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", byte);
    }
  }
  return out;
}

Client::Client(Access access, Transport& transport, Clock& clock, ClientPolicies policies)
    : access_(std::move(access)),
      base_(base_of(access_.url)),
      transport_(transport),
      clock_(clock),
      policies_(std::move(policies)),
      token_(access_.token) {
  if (access_.keeper == nullptr) return;
  const ShopKeys keys = access_.keeper->keys();
  token_ = keys.access_token;
  token_ends_ = keys.access_ends;
}

ShopResult<Done> Client::pause(Duration duration) {
  if (duration > Duration{0} && !clock_.wait(duration)) return fail(interrupted());
  return Done{};
}

void Client::note_pace(const HttpResponse& response) {
  const auto limit = whole_number(response.header("X-SHOP-API-LIMIT"));
  const auto calls = whole_number(response.header("X-SHOP-API-CALLS"));
  const auto bandwidth = whole_number(response.header("X-SHOP-API-BANDWIDTH"));
  if (limit && calls && bandwidth && *limit > 0 && *bandwidth > 0) {
    pace_ = Pace{*limit, *calls, *bandwidth, clock_.now()};
  }
}

ShopResult<Done> Client::keep_pace() {
  if (!pace_ || pace_->calls < pace_->limit) return Done{};
  // The bucket is emptied by the second, so that part of one does not count.
  const std::int64_t excess = pace_->calls - pace_->limit + 1;
  const Duration needed = kSecond * ((excess + pace_->bandwidth - 1) / pace_->bandwidth);
  const Duration passed = clock_.now() - pace_->at;
  pace_.reset();
  return pause(needed - std::clamp(passed, Duration{0}, needed));
}

std::variant<HttpResponse, NoAnswer> Client::exchange(const std::string& method,
                                                      const std::string& target,
                                                      const std::string& body,
                                                      const std::string& authorization) {
  HttpRequest request;
  request.method = method;
  request.url = base_ + target;
  request.headers = {{"Accept", "application/json"},
                     {"Accept-Language", "en_US;q=0.8"},
                     {"Authorization", authorization}};
  if (!body.empty()) {
    const bool form = authorization.starts_with("Basic ");
    request.headers.emplace_back("Content-Type",
                                 form ? "application/x-www-form-urlencoded" : "application/json");
  }
  request.body = body;
  auto answer = transport_.send(request);
  if (const auto* response = std::get_if<HttpResponse>(&answer)) note_pace(*response);
  return answer;
}

ShopResult<Done> Client::fetch_application_token() {
  static const Wanted kTokens{"access_token", "refresh_token", "expires_in"};
  constexpr const char* kHowTo = "install the application in the shop again";
  for (Attempt attempt{.number = 1, .write = true};; ++attempt.number) {
    ShopKeys keys = access_.keeper->keys();
    std::string form;
    if (!keys.refresh_token.empty()) {
      form = "grant_type=refresh_token&refresh_token=" + percent_encoded(keys.refresh_token);
    } else if (!keys.auth_code.empty()) {
      form = "grant_type=authorization_code&code=" + percent_encoded(keys.auth_code);
    } else {
      return fail(ShopError{ShopError::Kind::AccessDenied, 0,
                            fmt::format("the shop's keys are missing; {}", kHowTo)});
    }
    if (auto paced = keep_pace(); !paced) return paced;
    const Answer answer =
        exchange("POST", "oauth/token", form,
                 "Basic " + base64(access_.application + ":" + access_.application_secret));
    const auto json = json_of(answer, kTokens);
    const auto token = json ? text_member(*json, "access_token") : std::nullopt;
    if (token && !token->empty()) {
      keys.access_token = *token;
      keys.refresh_token = text_or_empty(*json, "refresh_token");
      keys.auth_code.clear();
      keys.access_ends.reset();
      if (const auto seconds = whole_number(text_or_empty(*json, "expires_in"))) {
        keys.access_ends =
            clock_.now() + kSecond * std::clamp<std::int64_t>(*seconds, 0, kLongestToken);
      }
      access_.keeper->keep(keys);
      token_ = keys.access_token;
      token_ends_ = keys.access_ends;
      return Done{};
    }
    note(attempt, answer);
    const RetryDecision decision = policies_.retry(attempt);
    if (!decision.again) {
      ShopError error = why("POST oauth/token", attempt, answer);
      if (error.kind == ShopError::Kind::Refused) error.kind = ShopError::Kind::AccessDenied;
      if (error.kind == ShopError::Kind::AccessDenied) {
        error.text += fmt::format(": the shop does not accept the keys any more; {}", kHowTo);
      }
      return fail(std::move(error));
    }
    if (auto waited = pause(decision.wait); !waited) return waited;
  }
}

ShopResult<Done> Client::fetch_token() {
  if (access_.keeper != nullptr) return fetch_application_token();
  static const Wanted kToken{"access_token", "expires_in"};
  for (Attempt attempt;; ++attempt.number) {
    if (auto paced = keep_pace(); !paced) return paced;
    const Answer answer =
        exchange("POST", "auth", "", "Basic " + base64(access_.login + ":" + access_.password));
    const auto json = json_of(answer, kToken);
    const auto token = json ? text_member(*json, "access_token") : std::nullopt;
    if (token && !token->empty()) {
      token_ = *token;
      token_ends_.reset();
      if (const auto seconds = whole_number(text_or_empty(*json, "expires_in"))) {
        token_ends_ = clock_.now() + kSecond * std::clamp<std::int64_t>(*seconds, 0, kLongestToken);
      }
      return Done{};
    }
    // A second token costs nothing, so that this call may always be repeated.
    note(attempt, answer);
    const RetryDecision decision = policies_.retry(attempt);
    if (!decision.again) {
      ShopError error = why("POST auth", attempt, answer);
      if (error.kind == ShopError::Kind::Refused) error.kind = ShopError::Kind::AccessDenied;
      return fail(std::move(error));
    }
    if (auto waited = pause(decision.wait); !waited) return waited;
  }
}

ShopResult<Json> Client::call(const std::string& method, const std::string& target,
                              const std::string& body, const Wanted& wanted, Repeat repeat) {
  const bool own_token = access_.token.empty();
  bool renewed = false;
  for (Attempt attempt{
           .number = 1, .write = method != "GET", .repeatable = repeat == Repeat::Allowed};
       ; ++attempt.number) {
    const bool expired = token_ends_ && clock_.now() >= *token_ends_;
    if (own_token && (token_.empty() || expired)) {
      if (auto fetched = fetch_token(); !fetched) return fail(fetched.error());
    }
    if (auto paced = keep_pace(); !paced) return fail(paced.error());
    const Answer answer = exchange(method, target, body, "Bearer " + token_);
    if (auto json = json_of(answer, wanted)) return *std::move(json);
    note(attempt, answer);
    if (attempt.status == 401 && own_token && !renewed) {
      renewed = true;
      token_.clear();
      continue;
    }
    const RetryDecision decision = policies_.retry(attempt);
    if (!decision.again) return fail(why(call_name(method, target), attempt, answer));
    if (auto waited = pause(decision.wait); !waited) return fail(waited.error());
  }
}

ShopResult<Done> Client::list(const ListQuery& query, const Wanted& wanted,
                              const PageSink<Json>& sink) {
  std::string target = fmt::format("{}?limit={}&order={}", query.resource, kPageLimit,
                                   percent_encoded(query.id_field + " asc"));
  if (query.filters) target += "&filters=" + percent_encoded(query.filters->dump());
  std::unordered_set<std::string> seen_ids;
  PageSeen seen;
  seen.limit = kPageLimit;
  for (std::optional<int> page = 1; page;) {
    seen.requested = *page;
    auto envelope = call("GET", fmt::format("{}&page={}", target, *page), "", wanted);
    if (!envelope) return fail(envelope.error());
    if (!envelope->is_object() || !envelope->contains("list") ||
        !(*envelope)["list"].is_structured()) {
      return fail(ShopError{ShopError::Kind::Unreadable, 200,
                            fmt::format("GET {}: expected a list in an envelope", query.resource)});
    }
    Json& list = (*envelope)["list"];
    std::vector<Json> rows;
    seen.rows = list.size();
    for (Json& row : list) {  // An array, or in old answers an object keyed by number.
      const auto id = text_member(row, query.id_field.c_str());
      if (!id) {
        return fail(
            ShopError{ShopError::Kind::Unreadable, 200,
                      fmt::format("GET {}: a row without {}", query.resource, query.id_field)});
      }
      if (seen_ids.insert(*id).second) rows.push_back(std::move(row));
    }
    seen.new_rows = rows.size();
    seen.previous_count = seen.count;
    seen.count = whole_number(text_or_empty(*envelope, "count"));
    seen.pages = whole_number(text_or_empty(*envelope, "pages"));
    seen.page = whole_number(text_or_empty(*envelope, "page"));
    if (!sink(std::move(rows), seen.count)) return Done{};
    page = policies_.next_page(seen);
    if (page && *page <= seen.requested) ++seen.restarts;
  }
  return Done{};
}

}  // namespace atrapa::core::shoper
