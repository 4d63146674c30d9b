#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "core/ports/clock.hpp"
#include "core/ports/transport.hpp"
#include "mocks/kit/host.hpp"

// The reference sync at work on the fake of Base: two programs that share nothing.
namespace atrapa::tests {

/// An account as it is opened, the token "made-up": the catalogue 307 with the price group 105 and
/// the warehouse bl_206, statuses 401 to 403, a series of invoices and one of receipts.
std::unique_ptr<mocks::kit::Platform> base_account();

/// Time that only waiting and calls move on.
class PassingClock final : public core::Clock {
 public:
  explicit PassingClock(mocks::kit::VirtualClock& clock) : clock_(clock) {}
  core::Instant now() override { return clock_.now(); }
  bool wait(core::Duration duration) override {
    clock_.advance(duration);
    return true;
  }

 private:
  mocks::kit::VirtualClock& clock_;
};

/// Straight into the fake; each exchange takes 40 ms.
class BaseWire final : public core::Transport {
 public:
  BaseWire(mocks::kit::Host& host, mocks::kit::VirtualClock& clock) : host_(host), clock_(clock) {}

  std::variant<core::HttpResponse, core::NoAnswer> send(const core::HttpRequest& request) override;

  int calls = 0;
  int blocked = 0;
  std::function<void()> before_send = [] {};

 private:
  mocks::kit::Host& host_;
  mocks::kit::VirtualClock& clock_;
};

}  // namespace atrapa::tests
