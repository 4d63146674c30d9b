#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/bench.hpp"

namespace atrapa::bench {

std::string median_with_range(std::vector<double> values) {
  std::ranges::sort(values);
  return fmt::format("{:.2f} ({:.2f} to {:.2f})", values[values.size() / 2], values.front(),
                     values.back());
}

namespace {

constexpr std::string_view kUsage =
    "usage: bench [--rounds N] [--seconds N] [NAME...]   runs what begins with a NAME, or all\n";

struct Arguments {
  Effort effort;
  std::vector<std::string_view> names;
};

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1) return std::nullopt;
  return value;
}

std::optional<Arguments> read(const std::vector<std::string_view>& words) {
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with("--")) {
      arguments.names.push_back(words[i]);
      continue;
    }
    const std::optional<int> value = i + 1 < words.size() ? number(words[i + 1]) : std::nullopt;
    if (!value) return std::nullopt;
    if (words[i] == "--rounds") {
      arguments.effort.rounds = *value;
    } else if (words[i] == "--seconds") {
      arguments.effort.round = std::chrono::seconds{*value};
    } else {
      return std::nullopt;
    }
    ++i;
  }
  return arguments;
}

void run(const Bench& bench, const Effort& effort) {
  for (const Row& row : bench.run(effort)) {
    fmt::print("{:<24} {:<48} {:>22} {}\n", bench.name, row.what, row.ratio, row.against);
    std::fflush(stdout);
  }
}

}  // namespace

}  // namespace atrapa::bench

int main(int count, char** words) {
  using namespace atrapa::bench;
  const std::optional<Arguments> arguments = read({words + 1, words + count});
  if (!arguments) {
    fmt::print(stderr, "{}", kUsage);
    return 2;
  }
  try {
    for (const auto& benches : {server_benches()}) {
      for (const Bench& bench : benches) {
        const auto wanted = [&](std::string_view name) { return bench.name.starts_with(name); };
        if (arguments->names.empty() || std::ranges::any_of(arguments->names, wanted)) {
          run(bench, arguments->effort);
        }
      }
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench: {}\n", error.what());
    return 2;
  }
  return 0;
}
