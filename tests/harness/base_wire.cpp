#include "tests/harness/base_wire.hpp"

#include <chrono>

namespace atrapa::tests {

std::variant<core::HttpResponse, core::NoAnswer> BaseWire::send(const core::HttpRequest& request) {
  using Kind = mocks::kit::Outcome::Kind;
  before_send();
  mocks::kit::Request sent{
      .method = request.method, .target = "/connector.php", .headers = {}, .body = request.body};
  for (const auto& [name, value] : request.headers) sent.headers.add(name, value);
  mocks::kit::Outcome outcome = host_.handle(sent);
  clock_.advance(std::chrono::milliseconds{40});
  ++calls;
  if (outcome.response.body.find("ERROR_BLOCKED_TOKEN") != std::string::npos) ++blocked;
  if (outcome.kind == Kind::Refused) return core::NoAnswer::NotSent;
  if (outcome.kind != Kind::Answered) return core::NoAnswer::Ambiguous;
  core::HttpResponse response{
      .status = outcome.response.status, .headers = {}, .body = std::move(outcome.response.body)};
  for (const auto& header : outcome.response.headers) {
    response.headers.emplace_back(header.name, header.value);
  }
  return response;
}

}  // namespace atrapa::tests
