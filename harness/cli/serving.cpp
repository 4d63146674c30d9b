#include "harness/cli/serving.hpp"

#include <fmt/format.h>

#include <atomic>
#include <mutex>
#include <set>

#include "harness/cli/command.hpp"
#include "harness/world/world_form.hpp"
#include "mocks/kit/json_bounds.hpp"

namespace atrapa::harness::cli {

using mocks::kit::Duration;
using mocks::kit::Instant;
using mocks::kit::Request;
using mocks::kit::Response;

/// The machine's clock, or one that stands still until it is told otherwise. Shared between
/// threads.
class Serving::ServedClock final : public mocks::kit::Clock {
 public:
  ServedClock(const Machine& machine, bool is_virtual, Instant start)
      : machine_(machine), virtual_(is_virtual), since_epoch_(start.time_since_epoch().count()) {}

  Instant now() const override {
    return virtual_ ? Instant(Duration(since_epoch_.load())) : machine_.now();
  }
  bool is_virtual() const { return virtual_; }
  void advance(Duration by) { since_epoch_ += by.count(); }

 private:
  const Machine& machine_;
  bool virtual_;
  std::atomic<Duration::rep> since_epoch_;
};

/// One line for each target of webhooks that something was not delivered to.
class Serving::Complaints {
 public:
  explicit Complaints(std::function<void(const std::string&)> warn) : warn_(std::move(warn)) {}

  void hear(const mocks::kit::Delivery& delivery) {
    if (delivery.outcome.starts_with("delivered")) return;
    // Without what the platform put behind the address: ids, and secrets.
    const std::string target = delivery.url.substr(0, delivery.url.find_first_of("?#"));
    const std::lock_guard lock(mutex_);
    if (told_.size() >= kMostTargets || !told_.insert(target).second) return;
    warn_(fmt::format(
        "{} of {} was not delivered to '{}': {}. This is said once for each address; "
        "all: GET /_atrapa/{}/deliveries",
        delivery.event, delivery.platform, target, reason_of(delivery), delivery.platform));
  }

 private:
  static constexpr std::size_t kMostTargets = 1000;

  static std::string reason_of(const mocks::kit::Delivery& delivery) {
    if (delivery.outcome == "no answer") return "no answer; is your program listening there?";
    return delivery.outcome;
  }

  std::function<void(const std::string&)> warn_;
  std::mutex mutex_;
  std::set<std::string> told_;
};

namespace {

constexpr std::string_view kControl = "/_atrapa";
constexpr std::int64_t kMaxAdvance = 100LL * 365 * 24 * 3600 * 1000;  ///< A hundred years.

Response json_answer(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json; charset=utf-8"}}, body.dump() + "\n"};
}

Response refusal(int status, const std::string& text) {
  return json_answer(status, {{"error", text}});
}

}  // namespace

Serving::Serving(const World& world, const ServingOptions& options, const Machine& machine)
    : clock_(std::make_unique<ServedClock>(machine, options.virtual_clock, world.now)),
      platforms_(options.platforms),
      complaints_(std::make_unique<Complaints>(options.warn)),
      webhooks_(std::make_unique<mocks::kit::WebhookSender>(
          [poster = poster_](const std::string& url, const Request& request) {
            return poster(url, request);
          },
          mocks::kit::WebhookSenderOptions{
              .cancel = [poster = poster_] { poster.cancel(); },
              .told = [this](const auto& delivery) { complaints_->hear(delivery); }})) {
  for (const PlatformEntry* entry : options.platforms) {
    Json accounts = entry->accounts(world);
    if (!options.limits) {
      for (Json& account : accounts) entry->lift_limits(account);
    }
    auto platform = entry->make();
    platform->restore(accounts);
    hosts_.push_back(
        std::make_unique<mocks::kit::Host>(std::move(platform), *clock_, options.seed));
  }

  servers_.push_back(std::make_unique<mocks::kit::Server>(mocks::kit::ServerOptions{
      .address = options.address, .port = options.port, .token = options.token}));
  for (std::size_t at = 0; at < hosts_.size(); ++at) {
    servers_.front()->mount("/" + options.platforms[at]->name, *hosts_[at]);
  }
  servers_.front()->mount_control(std::string(kControl),
                                  [this](const Request& request) { return control(request); });
  gateway_ = start(*servers_.front(), options.address);

  for (std::size_t at = 0; at < hosts_.size(); ++at) {
    const int port = options.port == 0 ? 0 : options.port + 1 + static_cast<int>(at);
    servers_.push_back(std::make_unique<mocks::kit::Server>(mocks::kit::ServerOptions{
        .address = options.address, .port = port, .token = options.token}));
    servers_.back()->mount("", *hosts_[at]);
    places_.push_back({options.platforms[at], start(*servers_.back(), options.address)});
  }
}

Serving::~Serving() {
  for (const auto& server : servers_) server->stop();
}

std::string Serving::start(mocks::kit::Server& server, const std::string& address) {
  server.send_webhooks_by(*webhooks_);
  const int port = server.start();
  const bool six = address.find(':') != std::string::npos;
  return fmt::format("http://{}:{}", six ? "[" + address + "]" : address, port);
}

/// The gateway's own interface, described in serving.hpp.
Response Serving::control(const Request& request) {
  const auto target = mocks::kit::parse_target(request.target);
  std::vector<std::string> segments = target ? target->segments : std::vector<std::string>();
  if (!segments.empty() && segments.front() == kControl.substr(1)) segments.erase(segments.begin());
  if (segments.size() == 1 && segments.front() == "clock") return control_clock(request);
  std::string places = "/_atrapa/clock";
  for (std::size_t at = 0; at < platforms_.size(); ++at) {
    const std::string& name = platforms_[at]->name;
    if (!segments.empty() && segments.front() == name && segments.size() <= 2) {
      return control_platform(at, segments.size() == 2 ? segments.back() : "", request);
    }
    places += fmt::format(", /_atrapa/{}, /_atrapa/{}/OPERATION", name, name);
  }
  return refusal(404, "there is nothing here but " + places);
}

Response Serving::control_platform(std::size_t at, const std::string& operation,
                                   const Request& request) {
  const PlatformEntry& platform = *platforms_[at];
  if (operation.empty() && request.method == "GET") return json_answer(200, platform.deeds());
  if (operation == "deliveries" && request.method == "GET") return deliveries_of(*hosts_[at]);
  if (operation.empty() || request.method != "POST") {
    return refusal(405, fmt::format("expected GET /_atrapa/{0}, GET /_atrapa/{0}/deliveries or "
                                    "POST /_atrapa/{0}/OPERATION",
                                    platform.name));
  }
  if (!mocks::kit::json_depth_ok(request.body)) return refusal(400, "the body is nested too deep");
  const Json body = request.body.empty()
                        ? Json::object()
                        : Json::parse(request.body, nullptr, /*allow_exceptions=*/false);
  mocks::kit::Host& host = *hosts_[at];
  Deed deed;
  {
    const std::lock_guard lock(mutex_of(host));
    host.act([&](mocks::kit::Platform& fake, mocks::kit::Context& context) {
      deed = platform.act(fake, operation, body, context);
    });
  }
  servers_.front()->hand_on_webhooks(host);
  return json_answer(deed.done ? 200 : 400, deed.answer);
}

Response Serving::deliveries_of(mocks::kit::Host& host) const {
  const std::lock_guard lock(mutex_of(host));
  Json list = Json::array();
  for (const mocks::kit::Delivery& one : host.journal().deliveries()) {
    list.push_back({{"number", one.number},
                    {"at", instant_text(one.at)},
                    {"account", one.account},
                    {"event", one.event},
                    {"url", one.url},
                    {"status", one.status},
                    {"outcome", one.outcome}});
  }
  return json_answer(200, list);
}

Response Serving::control_clock(const Request& request) {
  if (request.method == "POST") {
    const Json body = Json::parse(request.body, nullptr, /*allow_exceptions=*/false);
    const auto by = body.is_object() ? body.find("advance_ms") : body.end();
    if (!body.is_object() || by == body.end() || !by->is_number_unsigned() ||
        by->get<std::uint64_t>() > kMaxAdvance) {
      return refusal(400, "expected {\"advance_ms\": N} with N from 0 to a hundred years");
    }
    if (!clock_->is_virtual()) {
      return refusal(409, "the clock is the machine's; start with --clock virtual to move it");
    }
    clock_->advance(Duration(by->get<std::int64_t>()));
  } else if (request.method != "GET") {
    return refusal(405, "expected GET, or POST {\"advance_ms\": N}");
  }
  return json_answer(200,
                     {{"now", instant_text(clock_->now())}, {"virtual", clock_->is_virtual()}});
}

}  // namespace atrapa::harness::cli
