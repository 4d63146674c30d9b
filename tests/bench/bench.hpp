#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace atrapa::bench {

/// How long to look.
struct Effort {
  int rounds = 5;                                             ///< Pairs of reference and subject.
  std::chrono::milliseconds round = std::chrono::seconds{1};  ///< Each side of a pair.
};

/// One line of the report.
struct Row {
  std::string what;
  std::string ratio;    ///< "0.52 (0.49 to 0.55)"
  std::string against;  ///< "of nginx", "of the goal 10 ms"
};

struct Bench {
  std::string name;  ///< "server.get_one"
  std::function<std::vector<Row>(const Effort&)> run;
};

/// The median with its range, for a line.
std::string median_with_range(std::vector<double> values);

// One function a file.
std::vector<Bench> server_benches();

}  // namespace atrapa::bench
