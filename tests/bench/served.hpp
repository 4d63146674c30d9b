#pragma once

#include <memory>
#include <string>

#include "harness/world/world.hpp"
#include "mocks/kit/host.hpp"
#include "mocks/kit/server.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::bench {

/// A platform behind the real server, on any free port, until the object ends.
class Served {
 public:
  explicit Served(std::unique_ptr<mocks::kit::Platform> platform, mocks::kit::Instant now = {},
                  const std::string& below = "/shoper");

  int port() const { return server_.port(); }
  void stop() { server_.stop(); }

 private:
  mocks::kit::VirtualClock clock_;
  mocks::kit::Host host_;
  mocks::kit::Server server_;
};

harness::World demo_world();

/// The Shoper fake with the accounts of that world, as `atrapa up shoper --limits off` has it.
std::unique_ptr<mocks::kit::Platform> shoper_of(const harness::World& world);

/// The token that `atrapa up` prints for the first account.
std::string token_of(const harness::World& world);

/// GET of that world's first product, by that token.
std::string get_first_product(const harness::World& world);

}  // namespace atrapa::bench
