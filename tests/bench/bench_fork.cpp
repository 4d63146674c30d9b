#include <memory>
#include <vector>

#include "mocks/shoper/backdoor.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/goal.hpp"
#include "tests/bench/served.hpp"

namespace atrapa::bench {

namespace {

constexpr int kRecords = 10'000;
const Goal kGoal{1, 0.05, "ms"};

/// Copy on write moves work from the fork to the first write, so that is shown as well.
std::vector<Row> fork(const Effort& effort) {
  const harness::World world = harness::generate_world(/*seed=*/1, kRecords, kRecords);
  const auto platform = shoper_of(world);
  const std::string account = world.shoper.at(0).at("account").get<std::string>();
  const auto stock = mocks::shoper::Backdoor(*platform, account).ids("product-stocks").front();

  Watch forked;
  Watch written;
  for (int i = 0; i < effort.rounds * 20; ++i) {
    forked.start();
    const auto copy = platform->fork();
    forked.stop();

    written.start();
    mocks::shoper::Backdoor(*copy, account).edit("product-stocks", stock, {{"stock", i}});
    written.stop();
  }
  return {part_of(kGoal, "fork of 10,000 products and 10,000 orders", forked.took()),
          part_of(kGoal, "the first write of a stock after it", written.took())};
}

}  // namespace

std::vector<Bench> fork_benches() { return {{"account.fork", fork}}; }

}  // namespace atrapa::bench
