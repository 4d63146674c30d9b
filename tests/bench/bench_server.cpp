#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/bench/bench.hpp"
#include "tests/bench/goal.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/reference.hpp"
#include "tests/bench/served.hpp"
#include "tests/bench/shelf.hpp"

namespace atrapa::bench {

namespace {

/// The Shoper fake, the bare kit and the references, all answering the fake's bytes. The references
/// stand between two looks at the subjects, so that a machine that grows slower does not favour
/// either side.
std::vector<Row> get_one(const Effort& effort) {
  const harness::World world = demo_world();
  const std::string request = get_first_product(world);
  Served fake(shoper_of(world), world.now);
  const std::string body = Caller(fake.port()).ask(request);
  Served kit_alone(shelf(token_of(world), body));
  const auto against = references(body);
  const auto rate = [&](int port) { return Load(port, request).per_second(effort.round); };

  std::vector<Row> of_fake;
  std::vector<Row> of_kit;
  for (const auto& reference : against) {
    const std::string of = "of " + reference->name();
    // The goal is defined by nginx.
    const std::string goal = of == "of nginx" ? "; floor 0.35, target 0.45" : "";
    of_fake.push_back(
        {fmt::format("GET of a product of {} bytes, 16 connections", body.size()), {}, of + goal});
    of_kit.push_back({"the same by a bare platform of the kit", {}, of});
  }
  for (int i = 0; i < effort.rounds; ++i) {
    const double fake_before = rate(fake.port());
    const double kit_before = rate(kit_alone.port());
    std::vector<double> rates;
    for (const auto& reference : against) rates.push_back(rate(reference->port()));
    const double kit_rate = (kit_before + rate(kit_alone.port())) / 2;
    const double fake_rate = (fake_before + rate(fake.port())) / 2;
    for (std::size_t at = 0; at < against.size(); ++at) {
      of_fake[at].ratios.push_back(fake_rate / rates[at]);
      of_kit[at].ratios.push_back(kit_rate / rates[at]);
    }
  }
  of_fake.insert(of_fake.end(), of_kit.begin(), of_kit.end());
  return of_fake;
}

/// What an embedder's test pays: the world is read each time anew.
std::vector<Row> up_and_down(const Effort& effort) {
  const std::string request = get_first_product(demo_world());
  Watch up;
  Watch down;
  for (int i = 0; i < effort.rounds * 5; ++i) {
    up.start();
    const harness::World world = demo_world();
    Served shop(shoper_of(world), world.now);
    Caller client(shop.port());
    client.ask(request);
    up.stop();

    down.start();
    shop.stop();
    down.stop();
  }
  return {part_of({10, 2, "ms"}, "in process: world read, bound, first 200", up.took()),
          part_of({100, 20, "ms"}, "in process: stopped with an idle client", down.took())};
}

}  // namespace

std::vector<Bench> server_benches() {
  return {{"server.get_one", get_one}, {"server.up_and_down", up_and_down}};
}

}  // namespace atrapa::bench
