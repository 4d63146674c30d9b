#include <utility>

#include "harness/bench/carrier.hpp"

namespace atrapa::harness {
namespace {

using mocks::kit::Outcome;

class DirectCarrier final : public Carrier {
 public:
  DirectCarrier(mocks::kit::Host& host, std::string url) : host_(host), url_(std::move(url)) {}

  std::variant<mocks::kit::Response, NoAnswer> carry(const mocks::kit::Request& request) override {
    Outcome outcome = host_.handle(request);
    switch (outcome.kind) {
      case Outcome::Kind::Answered: return std::move(outcome.response);
      case Outcome::Kind::Refused: return NoAnswer::Refused;
      case Outcome::Kind::Lost: return NoAnswer::Lost;
      case Outcome::Kind::Truncated:
        // The head announced more than arrives; an HTTP client reports a broken read.
        if (outcome.bytes < outcome.response.body.size()) return NoAnswer::Lost;
        return std::move(outcome.response);
    }
    return NoAnswer::Lost;
  }

  void arm(mocks::kit::FaultPlan plan) override { host_.arm(std::move(plan)); }

  std::string url() const override { return url_; }

 private:
  mocks::kit::Host& host_;
  std::string url_;
};

}  // namespace

std::unique_ptr<Carrier> direct_carrier(mocks::kit::Host& host, std::string url) {
  return std::make_unique<DirectCarrier>(host, std::move(url));
}

}  // namespace atrapa::harness
