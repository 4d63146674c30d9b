#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace atrapa::bench {

/// How long to look.
struct Effort {
  int rounds = 5;                                             ///< Repetitions of what is short.
  std::chrono::milliseconds round = std::chrono::seconds{1};  ///< Of load on one server.
  std::uint64_t calls = 1'000'000;                            ///< Before the memory is looked at.
  /// In the large stock sync. The goal says 100,000, which takes minutes for now.
  int products = 100'000;

  /// For what takes seconds each time.
  int few_rounds() const { return rounds < 3 ? rounds : 3; }
};

/// One line of the report.
struct Row {
  std::string what;
  std::vector<double> ratios;  ///< One a round; the report gives their median and range.
  std::string against;         ///< What 1.00 is, and the goal: "of nginx; floor 0.35, target 0.45"
};

struct Bench {
  std::string name;  ///< "server.get_one"
  std::function<std::vector<Row>(const Effort&)> run;
};

// One function a file.
std::vector<Bench> base_benches();
std::vector<Bench> campaign_benches();
std::vector<Bench> fork_benches();
std::vector<Bench> program_benches();
std::vector<Bench> server_benches();
std::vector<Bench> sync_benches();

}  // namespace atrapa::bench
