#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "harness/bench/carrier.hpp"
#include "harness/bench/gate.hpp"
#include "harness/subject/core_subject.hpp"
#include "harness/world/world.hpp"
#include "mocks/kit/host.hpp"
#include "mocks/shoper/shoper.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/goal.hpp"

namespace atrapa::bench {

namespace {

constexpr int kFew = 100;
constexpr int kSmallSyncs = 50;

/// A shop and an ERP of so many products, and first stock syncs between them: half of the levels
/// differ. Limits as documented; waiting costs no time.
class Sides {
 public:
  explicit Sides(int products)
      : world_(harness::generate_world(/*seed=*/1, products, /*orders=*/0)),
        shoper_(mocks::shoper::make_shoper()) {
    shoper_->restore(world_.shoper);
    const harness::Json& user = world_.shoper.at(0).at("credentials").at("users").at(0);
    setup_ = {.integration = "systim-shoper",
              .shop = {.url = "http://" + world_.shoper.at(0).at("host").get<std::string>(),
                       .login = user.at("login").get<std::string>(),
                       .password = user.at("password").get<std::string>()},
              .switches = {},
              .products = std::move(world_.products)};
  }

  /// From the state before the first sync. In milliseconds for each product.
  double sync() const {
    mocks::kit::VirtualClock clock(world_.now);
    mocks::kit::Host host(shoper_->fork(), clock, 1);
    const auto carrier = harness::direct_carrier(host, setup_.shop.url);
    harness::Gate gate(*carrier, clock, std::numeric_limits<std::uint64_t>::max());
    const auto core = core_->make(gate, "systim-shoper");
    core->configure(setup_);

    Watch watch;
    watch.start();
    const harness::CommandResult result = core->run("stock");
    watch.stop();
    if (!result.ok) throw std::runtime_error("the sync to be measured failed: " + result.summary);
    return watch.took().front() / static_cast<double>(setup_.products.size());
  }

 private:
  harness::World world_;
  std::unique_ptr<mocks::kit::Platform> shoper_;
  harness::SubjectSetup setup_;
  std::shared_ptr<const harness::SubjectKind> core_ = harness::core_subject("core");
};

std::vector<Row> stock(const Effort& effort) {
  const Sides small(kFew);
  const Sides large(effort.products);
  std::vector<double> ratios;
  for (int i = 0; i < effort.few_rounds(); ++i) {
    std::vector<double> of_small;
    for (int k = 0; k < kSmallSyncs; ++k) of_small.push_back(small.sync());
    const double of_large = large.sync();
    for (int k = 0; k < kSmallSyncs; ++k) of_small.push_back(small.sync());
    ratios.push_back(of_large / median(of_small));
  }
  return {{fmt::format("stock sync of {} products, time for each", effort.products), ratios,
           fmt::format("of that with {}; floor 1.50, target 1.10", kFew)}};
}

}  // namespace

std::vector<Bench> sync_benches() { return {{"sync.stock", stock}}; }

}  // namespace atrapa::bench
