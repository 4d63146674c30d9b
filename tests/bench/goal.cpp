#include "tests/bench/goal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace atrapa::bench {

namespace {

std::string digits(double value) {
  if (value < 0.001) return "<0.001";
  return value < 0.1 ? fmt::format("{:.2g}", value) : fmt::format("{:.2f}", value);
}

}  // namespace

Row part_of(const Goal& goal, std::string what, std::vector<double> costs) {
  for (double& cost : costs) cost /= goal.floor;
  return {std::move(what), std::move(costs),
          fmt::format("of the floor {} {}; target {}", goal.floor, goal.unit,
                      digits(goal.target / goal.floor))};
}

double median(std::vector<double> values) {
  if (values.empty()) throw std::invalid_argument("the median of nothing");
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string median_with_range(const std::vector<double>& values) {
  const std::string middle = digits(median(values));
  if (values.size() == 1) return middle;
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return fmt::format("{} ({} to {})", middle, digits(*least), digits(*most));
}

}  // namespace atrapa::bench
