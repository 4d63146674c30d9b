#include "mocks/kit/host.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

namespace atrapa::mocks::kit {

namespace {

/// The answer as HEAD gives it: the head that GET would give, and nothing after it.
void drop_body(Response& response) {
  if (response.headers.find("Content-Length") == nullptr) {
    response.headers.add("Content-Length", std::to_string(response.body.size()));
  }
  response.body.clear();
}

}  // namespace

Host::Host(std::unique_ptr<Platform> platform, const Clock& clock, std::uint64_t seed,
           std::size_t journal_bytes)
    : platform_(std::move(platform)), clock_(clock), random_(seed), journal_(journal_bytes) {}

void Host::arm(FaultPlan plan) {
  plan_ = std::move(plan);
  since_armed_ = 0;
}

std::optional<FaultKind> Host::next_fault() {
  const std::uint64_t exchange = since_armed_++;
  const auto planned = std::ranges::find(plan_, exchange, &Fault::exchange);
  if (planned == plan_.end()) return std::nullopt;
  return planned->kind;
}

Response Host::carry_out(const Request& request, Context& context, std::optional<FaultKind> fault) {
  if (fault == FaultKind::TooManyRequests) return platform_->too_many_requests(request, context);
  if (fault == FaultKind::ServerError) return platform_->server_error(request, context);
  return platform_->serve(request, context);
}

void Host::record(const Request& request, const Response& response, const Context& context,
                  std::optional<FaultKind> fault) {
  if (journal_.max_bytes() == 0) {
    journal_.add(Exchange{});
    return;
  }
  journal_.add(Exchange{.number = 0,
                        .at = context.now,
                        .platform = std::string(platform_->name()),
                        .account = context.account,
                        .request = request,
                        .response = response,
                        .fault = fault,
                        .note = context.note});
}

Outcome Host::handle(const Request& request) {
  if (guard_.enter && !guard_.enter(request)) {
    return {.kind = Outcome::Kind::Refused, .response = {}, .bytes = 0};
  }
  Outcome outcome = handle_past_guard(request);
  if (guard_.leave) guard_.leave(request, outcome);
  return outcome;
}

Outcome Host::handle_past_guard(const Request& request) {
  const std::optional<FaultKind> fault = next_fault();
  Context context{
      .now = clock_.now(), .random = random_, .webhooks = webhooks_, .account = {}, .note = {}};

  if (fault == FaultKind::RefusedBeforeSend) {
    record(request, Response{.status = 0, .headers = {}, .body = {}}, context, fault);
    return {.kind = Outcome::Kind::Refused, .response = {}, .bytes = 0};
  }

  Outcome outcome;
  try {
    outcome.response = carry_out(request, context, fault);
  } catch (const std::exception& accident) {
    context.note = std::string("accident in the fake: ") + accident.what();
    record(request, Response{.status = 0, .headers = {}, .body = {}}, context, fault);
    throw;
  }
  if (request.method == "HEAD") drop_body(outcome.response);
  record(request, outcome.response, context, fault);

  if (fault == FaultKind::LostAfterCommit) {
    return {.kind = Outcome::Kind::Lost, .response = {}, .bytes = 0};
  }
  if (fault == FaultKind::TruncatedAnswer) {
    outcome.kind = Outcome::Kind::Truncated;
    outcome.bytes = outcome.response.body.size() / 2;
  }
  return outcome;
}

void Host::act(const std::function<void(Platform&, Context&)>& action) {
  Context context{
      .now = clock_.now(), .random = random_, .webhooks = webhooks_, .account = {}, .note = {}};
  action(*platform_, context);
}

std::vector<Webhook> Host::take_webhooks() { return std::exchange(webhooks_, {}); }

}  // namespace atrapa::mocks::kit
