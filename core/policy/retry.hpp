#pragma once

#include <optional>

#include "core/ports/clock.hpp"
#include "core/ports/transport.hpp"

namespace atrapa::core {

/// An exchange that did not go well.
struct Attempt {
  int number = 1;  ///< 1 for the first try of this request.
  bool write = false;
  bool repeatable = true;          ///< A second time would change nothing that the first did.
  std::optional<int> status = {};  ///< Nothing when no whole, readable answer came.
  std::optional<NoAnswer> no_answer = {};  ///< Why there was none.
  std::optional<Duration> retry_after = {};
};

struct RetryDecision {
  bool again = false;
  Duration wait{0};
};

inline constexpr int kMaxTries = 6;

/// 429: after Retry-After (1 s x 2^n without one). 500, 502, 503, 504: after 1 s x 2^n. No answer:
/// the same. Other answers: never. At most kMaxTries tries in all. A write of an absolute value is
/// repeatable, so that lost answers to it are retried like those to reads; one that makes something
/// new is not: where it may have been carried out, its caller looks first.
RetryDecision retry(const Attempt& attempt);

}  // namespace atrapa::core
