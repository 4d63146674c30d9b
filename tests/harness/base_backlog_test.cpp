#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <set>

#include "core/shops/base/orders.hpp"
#include "mocks/base/backdoor.hpp"
#include "mocks/base/base.hpp"
#include "mocks/kit/host.hpp"
#include "tests/harness/base_wire.hpp"

using namespace atrapa;

namespace {

constexpr std::int64_t kNow = 1'772'438'400;  // 2026-03-02 08:00:00 UTC

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
  tests::PassingClock clock(time);
  tests::BaseWire wire(host, time);
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
