#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <variant>

#include "core/shops/base/client.hpp"
#include "mocks/kit/host.hpp"

namespace atrapa::tests {

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

/// The reference sync's way straight into the Base fake; each exchange takes 40 ms of that time.
class BaseWire final : public core::Transport {
 public:
  BaseWire(mocks::kit::Host& host, mocks::kit::VirtualClock& clock) : host_(host), clock_(clock) {}

  std::variant<core::HttpResponse, core::NoAnswer> send(const core::HttpRequest& request) override {
    mocks::kit::Request sent{
        .method = request.method, .target = "/connector.php", .headers = {}, .body = request.body};
    for (const auto& [name, value] : request.headers) sent.headers.add(name, value);
    mocks::kit::Outcome outcome = host_.handle(sent);
    clock_.advance(std::chrono::milliseconds{40});
    ++calls;
    if (outcome.response.body.find("ERROR_BLOCKED_TOKEN") != std::string::npos) ++blocked;
    if (outcome.kind == mocks::kit::Outcome::Kind::Refused) return core::NoAnswer::NotSent;
    if (outcome.kind != mocks::kit::Outcome::Kind::Answered) return core::NoAnswer::Ambiguous;
    core::HttpResponse response{
        .status = outcome.response.status, .headers = {}, .body = std::move(outcome.response.body)};
    for (const auto& header : outcome.response.headers)
      response.headers.emplace_back(header.name, header.value);
    return response;
  }

  int calls = 0;
  int blocked = 0;

 private:
  mocks::kit::Host& host_;
  mocks::kit::VirtualClock& clock_;
};

}  // namespace atrapa::tests
