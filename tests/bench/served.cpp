#include "tests/bench/served.hpp"

#include <fmt/format.h>

#include <utility>

#include "harness/cli/platforms.hpp"

namespace atrapa::bench {

namespace {

const harness::cli::PlatformEntry& shoper() {
  return *harness::cli::select_platforms({"shoper"}).front();
}

}  // namespace

Served::Served(std::unique_ptr<mocks::kit::Platform> platform, mocks::kit::Instant now,
               const std::string& below)
    : clock_(now), host_(std::move(platform), clock_, 1) {
  server_.mount(below, host_);
  server_.start();
}

harness::World demo_world() {
  return harness::parse_world(harness::embedded_world("demo"), "the world \"demo\"");
}

std::unique_ptr<mocks::kit::Platform> shoper_of(const harness::World& world) {
  harness::Json accounts = shoper().accounts(world);
  for (harness::Json& account : accounts) shoper().lift_limits(account);
  auto platform = shoper().make();
  platform->restore(accounts);
  return platform;
}

std::string token_of(const harness::World& world) {
  return shoper().credentials(shoper().accounts(world).at(0)).at("token").get<std::string>();
}

std::string get_first_product(const harness::World& world) {
  const harness::Json& product = world.shoper.at(0).at("resources").at("products").at(0);
  return fmt::format(
      "GET /shoper/webapi/rest/products/{} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
      "Authorization: Bearer {}\r\nAccept: application/json\r\nUser-Agent: bench\r\n\r\n",
      product.at("product_id").get<std::string>(), token_of(world));
}

}  // namespace atrapa::bench
