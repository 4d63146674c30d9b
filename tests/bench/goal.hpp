#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tests/bench/bench.hpp"

namespace atrapa::bench {

/// What a piece of work may cost, in some unit: the floor is what it must not pass, the target what
/// it should reach.
struct Goal {
  double floor = 0;
  double target = 0;
  std::string unit;
};

/// The costs as parts of the floor, beside the goal.
Row part_of(const Goal& goal, std::string what, std::vector<double> costs);

/// A stopwatch for one goal in milliseconds.
class Watch {
 public:
  void start() { start_ = Clock::now(); }
  void stop() {
    const std::chrono::duration<double, std::milli> took = Clock::now() - start_;
    took_.push_back(took.count());
  }
  /// In milliseconds, one for each start and stop.
  const std::vector<double>& took() const { return took_; }

 private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point start_;
  std::vector<double> took_;
};

/// The middle one. Throws std::invalid_argument where there is none.
double median(std::vector<double> values);

/// "0.52 (0.49 to 0.55)"; one value alone has no range. Small values keep two digits that say
/// something, down to "<0.001".
std::string median_with_range(const std::vector<double>& values);

}  // namespace atrapa::bench
