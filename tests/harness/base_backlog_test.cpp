#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <set>

#include "core/shops/base/orders.hpp"
#include "mocks/base/backdoor.hpp"
#include "mocks/base/base.hpp"
#include "mocks/kit/host.hpp"

// The adapter of the reference sync at work on the fake: two programs that share nothing.

using namespace atrapa;

namespace {

constexpr std::int64_t kNow = 1'772'438'400;  // 2026-03-02 08:00:00 UTC

/// Time that only waiting and calls move on.
class PassingClock final : public core::Clock {
 public:
  explicit PassingClock(mocks::kit::VirtualClock& clock) : clock_(clock) {}
  core::Instant now() override { return clock_.now(); }
  bool wait(core::Duration duration) override {
    clock_.advance(duration);
    waited += duration;
    return true;
  }
  core::Duration waited{0};

 private:
  mocks::kit::VirtualClock& clock_;
};

/// Straight into the fake; each exchange takes 40 ms.
class Wire final : public core::Transport {
 public:
  Wire(mocks::kit::Host& host, mocks::kit::VirtualClock& clock) : host_(host), clock_(clock) {}

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

/// An account with a backlog: `count` orders, several a second and 250 of them in one.
std::unique_ptr<mocks::kit::Platform> backlog(int count) {
  auto base = mocks::base::make_base();
  base->restore(
      mocks::kit::Json::parse(R"([{"account": "demo", "tokens": [{"token": "made-up"}]}])"));
  mocks::base::State& state = mocks::base::Backdoor(*base).change();
  for (int index = 0; index < count; ++index) {
    const bool crowd = index >= count / 2 && index < count / 2 + 250;
    const std::int64_t confirmed = kNow - 86'400 + (crowd ? count / 2 : index) / 3;
    mocks::base::Order order;
    order.id = 40'000'000 + index;
    order.order_status_id = 1;
    order.date_add = confirmed - 60;
    order.date_confirmed = order.date_in_status = confirmed;
    order.currency = "PLN";
    mocks::base::OrderLine line;
    line.id = index + 1;
    line.name = "Kubek";
    line.price_brutto = 20;
    line.quantity = 1;
    order.products.push_back(std::move(line));
    state.sales.orders.put(std::move(order));
  }
  return base;
}

}  // namespace

TEST_CASE("A backlog of 10,000 orders is fetched under the documented limit without a block",
          "[base][backlog]") {
  mocks::kit::VirtualClock time{mocks::kit::Instant{std::chrono::seconds{kNow}}};
  mocks::kit::Host host(backlog(10'000), time, 1, 0);
  PassingClock clock(time);
  Wire wire(host, time);
  core::base::Budget budget;
  core::base::Client client({.url = "http://127.0.0.1:9", .token = "made-up"}, wire, clock, budget);

  std::multiset<std::string> fetched;
  const auto done = core::base::read_confirmed_orders(
      client, core::base::UnixTime{}, {}, [&](const core::base::OrderPage& page) {
        for (const core::base::Order& order : page.orders) fetched.insert(order.id);
        return true;
      });
  REQUIRE(static_cast<bool>(done));
  CHECK(wire.blocked == 0);
  CHECK(fetched.size() == 10'000);
  CHECK(std::set<std::string>(fetched.begin(), fetched.end()).size() == 10'000);
  CHECK(wire.calls >= 100);  // More than one minute's worth, so that pacing was needed.
}
