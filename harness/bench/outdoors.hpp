#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "harness/bench/carrier.hpp"
#include "harness/bench/gate.hpp"
#include "mocks/kit/server.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::harness {

/// The way to the fakes of a subject outside this process: a server for the host on a free port of
/// 127.0.0.1, the clock that the subject may ask, and the hand that ends its process in the middle
/// of an exchange. Between begin() and end() the subject's requests pass; before and after they are
/// refused, so that the bench has the host to itself.
class Outdoors final : public Carrier, public Outside {
 public:
  Outdoors(mocks::kit::Host& host, Gate& gate, mocks::kit::VirtualClock& clock, OutsideClock kind);
  ~Outdoors() override;

  std::variant<mocks::kit::Response, NoAnswer> carry(const mocks::kit::Request& request) override;
  void arm(mocks::kit::FaultPlan plan) override;
  std::string url() const override { return url_; }
  void begin() override;
  void end() override;

  std::string clock_url() override;
  mocks::kit::Instant now() override;
  void end_process_by(std::function<void()> end) override;
  bool ended_by_case() override;
  std::string last_request() override;

 private:
  /// What else is asked of the bench than the platforms: the clock, commits.
  mocks::kit::Response control(const mocks::kit::Request& request);
  /// A real clock has gone on meanwhile.
  void catch_up();
  void end_process() const;

  mocks::kit::Host& host_;
  Gate& gate_;
  mocks::kit::VirtualClock& clock_;
  OutsideClock kind_;
  std::chrono::steady_clock::time_point last_look_;
  std::function<void()> end_process_;
  bool dead_before_ = false;          ///< When the present call began.
  std::uint64_t accidents_from_ = 0;  ///< Exchanges before the command.
  mocks::kit::Server server_;
  std::string url_;
};

}  // namespace atrapa::harness
