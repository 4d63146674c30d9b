#pragma once

#include <chrono>

namespace atrapa::core {

using Duration = std::chrono::milliseconds;

/// A moment in UTC, to the millisecond.
using Instant = std::chrono::sys_time<Duration>;

/// Where the sync gets the time from, and how it waits.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
  /// Waits that long. False when the wait was broken off because the program is to end.
  [[nodiscard]] virtual bool wait(Duration duration) = 0;
};

}  // namespace atrapa::core
