#include "core/policy/retry.hpp"

#include <algorithm>

namespace atrapa::core {

namespace {

constexpr Duration kFirstWait{1000};
constexpr Duration kLongestWait{60'000};
constexpr Duration kLongestRetryAfter{600'000};

Duration growing_wait(int number) {
  return std::min(kLongestWait, kFirstWait * (1 << (number - 1)));
}

bool is_busy(int status) {
  return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

/// The request may have been carried out for all that is known.
bool maybe_carried_out(const Attempt& attempt) {
  return attempt.no_answer == NoAnswer::Ambiguous || (attempt.status && *attempt.status >= 500);
}

}  // namespace

RetryDecision retry(const Attempt& attempt) {
  if (attempt.number >= kMaxTries) return {};
  if (attempt.status && !is_busy(*attempt.status)) return {};
  if (!attempt.repeatable && maybe_carried_out(attempt)) return {};
  if (attempt.retry_after) {
    return {.again = true, .wait = std::min(*attempt.retry_after, kLongestRetryAfter)};
  }
  return {.again = true, .wait = growing_wait(attempt.number)};
}

}  // namespace atrapa::core
