#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>

#include "mocks/kit/json.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::mocks::kit {

/// What a limit says to one call.
struct Admission {
  bool admitted = true;
  std::int64_t wait_seconds =
      0;                   ///< Whole seconds, rounded up, until a call gets in; 0 when admitted.
  std::int64_t calls = 0;  ///< The counter after this call; refused calls do not count.
  std::optional<Instant> blocked_until;  ///< Where the refusal is a block: its end.
};

// All limits are plain values: copying one forks it. They see time only through the passed-in
// moment; one that lies before the last moment seen counts as that last moment. `snapshot()` holds
// the state, not the settings; `restore()` throws WorldError with `pointer` where the JSON does not
// fit.

/// A bucket that each call fills by its cost and that leaks steadily; a call that would overfill it
/// is refused. Shoper's X-SHOP-API-LIMIT and -BANDWIDTH, 10 and 2 by default.
///   [doc] capacity, leak, refusal of the call that would pass; [inferred] that it leaks steadily
///   rather than at the stroke of each second, and that the counter shown is rounded up.
class LeakyBucket {
 public:
  /// Both in calls, above 0; else std::logic_error.
  LeakyBucket(std::int64_t capacity, std::int64_t leak_per_second);

  /// A cost above the capacity never gets in by waiting: `wait_seconds` is then what empties the
  /// bucket.
  Admission take(Instant now, std::int64_t cost = 1);
  /// The counter at that moment, without a call.
  std::int64_t calls(Instant now) const;

  std::int64_t capacity() const { return capacity_; }
  std::int64_t leak_per_second() const { return leak_per_second_; }

  /// The bucket at other settings: it holds what it held, or is full where that is more [inferred].
  LeakyBucket resized(std::int64_t capacity, std::int64_t leak_per_second) const;

  Json snapshot() const;
  void restore(const Json& state, std::string_view pointer);

 private:
  std::int64_t level_at(Instant now) const;

  std::int64_t capacity_;
  std::int64_t leak_per_second_;
  std::int64_t millicalls_ =
      0;  ///< Thousandths of a call: a leak of n a second is n a millisecond.
  Instant seen_{};
};

/// The settings of a window: so many calls in so long, and for how long it is closed once passed.
struct WindowSettings {
  std::int64_t limit = 100;                 ///< Calls; above 0.
  Duration size = std::chrono::minutes{1};  ///< Above 0.
  /// 0: refused calls are let in again as soon as the window allows. Else everything is refused
  /// from the call that passed the limit on, for this long; then counting starts afresh.
  Duration block = Duration::zero();
};

/// Counts from its first call on; `size` later the next call opens a new window. Base's 100 a
/// minute, with a block. [doc] 100 a minute; [inferred] that the window is fixed and starts with a
/// call.
class FixedWindow {
 public:
  explicit FixedWindow(const WindowSettings& settings);

  Admission take(Instant now);
  const WindowSettings& settings() const { return settings_; }

  Json snapshot() const;
  void restore(const Json& state, std::string_view pointer);

 private:
  WindowSettings settings_;
  std::int64_t calls_ = 0;
  std::optional<Instant> opened_;
  std::optional<Instant> blocked_until_;
  Instant seen_{};
};

/// Counts the calls admitted within the last `size`: a call leaves the window exactly `size` after
/// it.
class SlidingWindow {
 public:
  explicit SlidingWindow(const WindowSettings& settings);

  Admission take(Instant now);
  const WindowSettings& settings() const { return settings_; }

  Json snapshot() const;
  void restore(const Json& state, std::string_view pointer);

 private:
  WindowSettings settings_;
  std::deque<Instant> admitted_;
  std::optional<Instant> blocked_until_;
  Instant seen_{};
};

}  // namespace atrapa::mocks::kit
