#include <fmt/format.h>

#include <string>
#include <vector>

#include "harness/subject/erp.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/goal.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/process.hpp"
#include "tests/bench/served.hpp"

namespace atrapa::bench {

namespace {

constexpr double kMegabyte = 1'000'000;

/// `atrapa up shoper` with the demo world.
class Program {
 public:
  Program()
      : process_({ATRAPA_PROGRAM, "up", "shoper", "--json", "--port", "0", "--limits", "off"}) {}

  /// The port of the gateway, as soon as the program prints it.
  int port() {
    const harness::Json printed = harness::Json::parse(process_.read_line());
    const std::string gateway = printed.at("gateway").get<std::string>();
    return std::stoi(gateway.substr(gateway.rfind(':') + 1));
  }
  double resident_megabytes() const {
    return static_cast<double>(process_.resident_bytes()) / kMegabyte;
  }

 private:
  Process process_;
};

std::vector<Row> start(const Effort& effort) {
  const std::string request = get_first_product(demo_world());
  Watch watch;
  std::vector<double> megabytes;
  for (int i = 0; i < effort.rounds * 3; ++i) {
    watch.start();
    Program program;
    Caller client(program.port());
    client.ask(request);
    watch.stop();
    megabytes.push_back(program.resident_megabytes());
  }
  return {part_of({50, 15, "ms"}, "atrapa up shoper: from start to the first 200", watch.took()),
          part_of({20, 12, "MB"}, "atrapa up shoper: resident memory, idle", megabytes)};
}

std::vector<Row> memory(const Effort& effort) {
  Program program;
  Load(program.port(), get_first_product(demo_world())).calls(effort.calls);
  return {part_of({64, 32, "MB"},
                  fmt::format("atrapa up shoper: the same after {} calls", effort.calls),
                  {program.resident_megabytes()})};
}

}  // namespace

std::vector<Bench> program_benches() {
  return {{"program.start", start}, {"program.memory", memory}};
}

}  // namespace atrapa::bench
