#pragma once

#include <chrono>

namespace atrapa::mocks::kit {

using Duration = std::chrono::milliseconds;

/// A moment in UTC, to the millisecond.
using Instant = std::chrono::sys_time<Duration>;

/// Where a fake gets the time from. Nothing in `mocks/` reads the machine's clock.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// A clock that stands still until it is told otherwise.
class VirtualClock final : public Clock {
 public:
  explicit VirtualClock(Instant start) : now_(start) {}

  Instant now() const override { return now_; }
  void advance(Duration by) { now_ += by; }
  void set(Instant to) { now_ = to; }

 private:
  Instant now_;
};

}  // namespace atrapa::mocks::kit
