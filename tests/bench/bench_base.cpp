#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/shops/base/orders.hpp"
#include "mocks/kit/host.hpp"
#include "tests/bench/base_account.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/goal.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/reference.hpp"
#include "tests/bench/served.hpp"
#include "tests/harness/base_wire.hpp"

namespace atrapa::bench {

namespace {

constexpr int kSmall = 100;
constexpr int kLarge = 100'000;
constexpr int kBacklog = 10'000;
constexpr int kPagesPerRound = 50;

mocks::kit::Instant instant_of(std::int64_t seconds) {
  return mocks::kit::Instant{std::chrono::seconds{seconds}};
}

void expect_success(std::string_view body) {
  if (body.find(R"("status":"SUCCESS")") == std::string_view::npos) {
    throw std::runtime_error(fmt::format("Base refuses: {}", body.substr(0, 200)));
  }
}

/// One method, by load on the fake and the references in turn, all answering the fake's bytes.
std::vector<Row> over_http(const Effort& effort, const Served& fake, std::string_view method,
                           std::string_view parameters) {
  const std::string request = base_bytes(method, parameters);
  const std::string body = Caller(fake.port()).ask(request);
  expect_success(body);
  const auto against = references(body);
  const auto rate = [&](int port) { return Load(port, request).per_second(effort.round); };

  std::vector<Row> rows;
  for (const auto& reference : against) {
    const bool nginx = reference->name() == "nginx";  // The goal is defined by it.
    rows.push_back(
        {fmt::format("{} of {} bytes, 16 connections", method, body.size()),
         {},
         fmt::format("of {}{}", reference->name(), nginx ? "; floor 0.20, target 0.30" : "")});
  }
  for (int i = 0; i < effort.rounds; ++i) {
    const double before = rate(fake.port());
    std::vector<double> rates;
    for (const auto& reference : against) rates.push_back(rate(reference->port()));
    const double mean = (before + rate(fake.port())) / 2;
    for (std::size_t at = 0; at < rows.size(); ++at) rows[at].ratios.push_back(mean / rates[at]);
  }
  return rows;
}

/// After writes: an order paid and moved on, stock of the whole catalogue overwritten.
std::vector<Row> base_call(const Effort& effort) {
  const Served fake(base_of(kBacklog, /*limited=*/false), instant_of(kBaseNow), "/base");
  std::string levels;
  for (int i = 0; i < kCatalogue; ++i) {
    levels += fmt::format(R"({}"{}":{{"bl_206":{}}})", i == 0 ? "" : ",", kFirstProduct + i, 2 * i);
  }
  const std::string order = fmt::format(R"("order_id":{})", kFirstOrder + kBacklog / 2);
  Caller writer(fake.port());
  const auto write = [&](std::string_view method, const std::string& parameters) {
    expect_success(writer.ask(base_bytes(method, parameters)));
  };
  write("setOrderStatus", fmt::format(R"({{{},"status_id":2}})", order));
  write("setOrderPayment",
        fmt::format(R"({{{},"payment_done":95,"payment_date":{},"payment_comment":"x"}})", order,
                    kBaseNow));
  write("updateInventoryProductsStock",
        fmt::format(R"({{"inventory_id":{},"products":{{{}}}}})", kInventory, levels));

  std::vector<Row> rows = over_http(effort, fake, "getOrders", fmt::format("{{{}}}", order));
  const std::vector<Row> stock =
      over_http(effort, fake, "getInventoryProductsStock",
                fmt::format(R"({{"inventory_id":{},"page":1}})", kInventory));
  rows.insert(rows.end(), stock.begin(), stock.end());
  return rows;
}

/// The account in this process, asked for the same page over and over.
class Pages {
 public:
  explicit Pages(int orders)
      : orders_(orders),
        clock_(instant_of(kBaseNow)),
        host_(base_of(orders, /*limited=*/false), clock_, 1, /*journal_bytes=*/0) {}

  /// In milliseconds, of the page with that many orders before it.
  double by_moment(int before) {
    return page(
        fmt::format(R"({{"date_confirmed_from":{}}})", first_confirmed(orders_) + before / 3));
  }
  double by_id(int before) {
    return page(fmt::format(R"({{"id_from":{}}})", kFirstOrder + before));
  }
  double by_status(int before) {
    return page(fmt::format(R"({{"status_id":2,"date_confirmed_from":{}}})",
                            first_confirmed(orders_) + before / 3));
  }

 private:
  double page(const std::string& parameters) {
    const mocks::kit::Request request = base_request("getOrders", parameters);
    expect_success(host_.handle(request).response.body);
    Watch watch;
    watch.start();
    for (int i = 0; i < kPagesPerRound; ++i) host_.handle(request);
    watch.stop();
    return watch.took().front();
  }

  int orders_;
  mocks::kit::VirtualClock clock_;
  mocks::kit::Host host_;
};

std::vector<Row> base_pages(const Effort& effort) {
  Pages small(kSmall);
  Pages large(kLarge);
  const std::string against = fmt::format("of that with {}; floor 1.50, target 1.10", kSmall);
  const std::string whose = fmt::format("of {} orders", kLarge);
  std::vector<Row> rows{{"the first page by moment " + whose, {}, against},
                        {"a page by moment in the middle " + whose, {}, against},
                        {"a page by id in the middle " + whose, {}, against},
                        {"a page by status in the middle " + whose,
                         {},
                         fmt::format("of that with {}, for each order", kSmall)}};
  for (int i = 0; i < effort.rounds; ++i) {
    const double first = small.by_moment(0);
    const double by_id = small.by_id(0);
    rows[0].ratios.push_back(large.by_moment(0) / first);
    rows[1].ratios.push_back(large.by_moment(kLarge / 2) / first);
    rows[2].ratios.push_back(large.by_id(kLarge / 2) / by_id);
    rows[3].ratios.push_back(large.by_status(kLarge / 2) / 4 / small.by_status(0));
  }
  return rows;
}

/// Copy on write moves work from the fork to the first write, so that is shown as well.
std::vector<Row> base_fork(const Effort& effort) {
  const Goal goal{1, 0.05, "ms"};
  const auto platform = base_of(kLarge, /*limited=*/false);
  const mocks::kit::VirtualClock clock(instant_of(kBaseNow));
  Watch forked;
  Watch written;
  for (int i = 0; i < effort.rounds * 20; ++i) {
    forked.start();
    auto copy = platform->fork();
    forked.stop();

    mocks::kit::Host host(std::move(copy), clock, 1, /*journal_bytes=*/0);
    const auto request = base_request(
        "setOrderStatus", fmt::format(R"({{"order_id":{},"status_id":3}})", kFirstOrder + i));
    written.start();
    const mocks::kit::Outcome outcome = host.handle(request);
    written.stop();
    expect_success(outcome.response.body);
  }
  return {part_of(goal, fmt::format("fork of {} orders", kLarge), forked.took()),
          part_of(goal, "the first write of an order after it", written.took())};
}

/// The reference sync's adapter reads all orders, keeping to the documented limit of calls.
std::vector<Row> base_backlog(const Effort& effort) {
  const auto platform = base_of(kBacklog, /*limited=*/true);
  std::vector<double> ratios;
  for (int i = 0; i < effort.few_rounds(); ++i) {
    mocks::kit::VirtualClock time(instant_of(kBaseNow));
    mocks::kit::Host host(platform->fork(), time, 1, /*journal_bytes=*/0);
    tests::PassingClock clock(time);
    tests::BaseWire wire(host, time);
    core::base::Budget budget;
    core::base::Client client({.url = "http://127.0.0.1:9", .token = "made-up"}, wire, clock,
                              budget);
    std::size_t fetched = 0;
    Watch watch;
    watch.start();
    const auto done = core::base::read_confirmed_orders(client, core::base::UnixTime{}, {},
                                                        [&](const core::base::OrderPage& page) {
                                                          fetched += page.orders.size();
                                                          return true;
                                                        });
    watch.stop();
    if (!done || fetched != std::size_t{kBacklog} || wire.blocked > 0) {
      throw std::runtime_error("the backlog to be measured was not fetched whole");
    }
    const std::chrono::duration<double, std::milli> passed = time.now() - instant_of(kBaseNow);
    ratios.push_back(watch.took().front() / passed.count());
  }
  return {{fmt::format("a backlog of {} orders, wall time", kBacklog), ratios,
           "of the time that the limit makes it take"}};
}

}  // namespace

std::vector<Bench> base_benches() {
  return {{"base.call", base_call},
          {"base.pages", base_pages},
          {"base.fork", base_fork},
          {"base.backlog", base_backlog}};
}

}  // namespace atrapa::bench
