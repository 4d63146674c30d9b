#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/shops/http_transport.hpp"
#include "harness/bench/carrier.hpp"
#include "mocks/kit/server.hpp"

namespace atrapa::harness {
namespace {

using mocks::kit::FaultKind;
using mocks::kit::Request;
using mocks::kit::Response;

core::HttpRequest to_core(const Request& request, const std::string& base) {
  core::HttpRequest sent{
      .method = request.method, .url = base + request.target, .headers = {}, .body = request.body};
  for (const auto& [name, value] : request.headers) {
    if (name != "Host") sent.headers.emplace_back(name, value);  // The client writes its own.
  }
  return sent;
}

Response from_core(core::HttpResponse response) {
  Response got{.status = response.status, .headers = {}, .body = std::move(response.body)};
  for (auto& [name, value] : response.headers) got.headers.add(std::move(name), std::move(value));
  return got;
}

class SocketCarrier final : public Carrier {
 public:
  explicit SocketCarrier(mocks::kit::Host& host) : host_(host) {
    server_.mount("", host_);
    url_ = fmt::format("http://127.0.0.1:{}", server_.start());
  }

  std::variant<Response, NoAnswer> carry(const Request& request) override {
    if (next_is_refused()) {
      // A refused connection is one that no byte enters; the host only notes that it happened.
      const std::lock_guard lock(mutex_of(host_));
      static_cast<void>(host_.handle(request));
      return NoAnswer::Refused;
    }
    auto answer = client_.send(to_core(request, url_));
    raise_accident();
    if (const auto* none = std::get_if<core::NoAnswer>(&answer)) {
      return *none == core::NoAnswer::NotSent ? NoAnswer::Refused : NoAnswer::Lost;
    }
    return from_core(std::get<core::HttpResponse>(std::move(answer)));
  }

  void arm(mocks::kit::FaultPlan plan) override {
    refused_.clear();
    for (const mocks::kit::Fault& fault : plan) {
      if (fault.kind == FaultKind::RefusedBeforeSend) refused_.push_back(fault.exchange);
    }
    const std::lock_guard lock(mutex_of(host_));
    host_.arm(std::move(plan));
  }

  std::string url() const override { return url_; }

 private:
  bool next_is_refused() const {
    const std::lock_guard lock(mutex_of(host_));
    return std::find(refused_.begin(), refused_.end(), host_.exchanges_since_armed()) !=
           refused_.end();
  }

  /// The server turns an exception in a fake into a 500; here it is an accident of ours, as it is
  /// in process.
  void raise_accident() const {
    const std::lock_guard lock(mutex_of(host_));
    const auto& exchanges = host_.journal().exchanges();
    if (!exchanges.empty() && exchanges.back().response.status == 0 && !exchanges.back().fault) {
      throw std::runtime_error(exchanges.back().note);
    }
  }

  mocks::kit::Host& host_;
  mocks::kit::Server server_;
  core::HttpTransport client_;
  std::vector<std::uint64_t> refused_;
  std::string url_;
};

}  // namespace

std::unique_ptr<Carrier> socket_carrier(mocks::kit::Host& host) {
  return std::make_unique<SocketCarrier>(host);
}

}  // namespace atrapa::harness
