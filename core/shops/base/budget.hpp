#pragma once

#include <deque>
#include <optional>
#include <string_view>

#include "core/ports/clock.hpp"

namespace atrapa::core::base {

/// 100 calls a minute for a token [doc], shared by every program that uses it [client]: give a
/// program less than all of it where others use the token too.
struct BudgetLimit {
  int calls = 100;
  Duration window{60'000};
  /// Kept free behind a window, for a service that counts in whole seconds.
  Duration margin{1000};
};

/// What one token may still do. Clients of the same token share one; one thread at a time.
///
/// Whether the service's window is fixed or slides is not documented, so that no window of that
/// length, wherever it begins, sees more calls than the limit. A call counts from its start until
/// its answer has come, since nobody outside knows when the service counted it.
class Budget {
 public:
  explicit Budget(BudgetLimit limit = {});

  /// How long the next call has to wait; 0 when it may leave.
  Duration wait(Instant now) const;
  /// A call leaves at that moment; arrived() says when its answer came, or that none will.
  void left(Instant now);
  void arrived(Instant now);
  /// The token is blocked until then.
  void blocked(Instant until);

 private:
  BudgetLimit limit_;
  std::deque<Instant> calls_;  ///< When the last `limit_.calls` ended.
  std::optional<Instant> blocked_until_;
};

/// How long a block is believed.
struct BlockLimits {
  Duration longest{45 * 60'000};  ///< Of one wait; below the hour that divides the two zones.
  Duration unnamed{60'000};       ///< Where the message names no moment ahead.
  Duration margin{1000};
  int tries = 5;  ///< Waits for one call, before it fails as Blocked.
};

/// How long to wait before a call that was answered with ERROR_BLOCKED_TOKEN is sent again. The
/// message names the release as "YYYY-MM-DD HH:MM:SS" [client] in Europe/Warsaw or in UTC, without
/// saying which [inferred]: the later of the readings that lie ahead and within `longest` counts.
/// A release further ahead in both is waited for as long as `longest` allows and then tried; one
/// that is past in the other is tried soon.
Duration block_wait(std::string_view message, Instant now, const BlockLimits& limits);

}  // namespace atrapa::core::base
