#pragma once

#include <optional>
#include <ostream>

#include "harness/report/text.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::harness::cli {

/// What the command line needs of the machine it runs on. main hands in the real one; everything
/// else in this house works without a clock, a terminal or a signal of its own.
class Machine {
 public:
  virtual ~Machine() = default;

  virtual std::ostream& out() = 0;           ///< What was asked for; other programs read it.
  virtual std::ostream& err() = 0;           ///< Progress and complaints.
  virtual report::Style style() const = 0;   ///< Of out().
  virtual bool err_is_terminal() const = 0;  ///< A line there may be overwritten.
  virtual std::size_t err_width() const = 0;

  virtual mocks::kit::Instant now() const = 0;  ///< The time of day.
  virtual double seconds() const = 0;           ///< A stopwatch that no one sets.
  virtual int cores() const = 0;

  /// From here on SIGINT and SIGTERM do not end the process but wake wait(); a second one ends it.
  virtual void catch_end_signals() = 0;
  virtual bool end_requested() const = 0;
  /// Waits that long, or without a limit; true as soon as the end was requested. Any thread.
  virtual bool wait(std::optional<mocks::kit::Duration> limit) = 0;
};

}  // namespace atrapa::harness::cli
