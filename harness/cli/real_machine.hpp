#pragma once

#include "harness/cli/machine.hpp"

namespace atrapa::harness::cli {

/// The process we are: standard streams, the system's clocks, POSIX signals. At most one at a time.
class RealMachine final : public Machine {
 public:
  std::ostream& out() override;
  std::ostream& err() override;
  report::Style style() const override;
  bool err_is_terminal() const override;
  std::size_t err_width() const override;

  mocks::kit::Instant now() const override;
  double seconds() const override;
  int cores() const override;

  void catch_end_signals() override;
  bool end_requested() const override;
  bool wait(std::optional<mocks::kit::Duration> limit) override;
};

}  // namespace atrapa::harness::cli
