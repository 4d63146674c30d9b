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
#include "tests/bench/goal.hpp"

namespace atrapa::bench {

namespace {

constexpr std::string_view kUsage =
    "usage: bench [--rounds N] [--seconds N] [--calls N] [--products N] [NAME...]\n"
    "  runs what begins with a NAME, or all\n";

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

bool set(Effort& effort, std::string_view option, int value) {
  if (option == "--rounds") {
    effort.rounds = value;
  } else if (option == "--seconds") {
    effort.round = std::chrono::seconds{value};
  } else if (option == "--calls") {
    effort.calls = static_cast<std::uint64_t>(value);
  } else if (option == "--products") {
    effort.products = value;
  } else {
    return false;
  }
  return true;
}

std::optional<Arguments> read(const std::vector<std::string_view>& words) {
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with("--")) {
      arguments.names.push_back(words[i]);
      continue;
    }
    const std::optional<int> value = i + 1 < words.size() ? number(words[i + 1]) : std::nullopt;
    if (!value || !set(arguments.effort, words[i], *value)) return std::nullopt;
    ++i;
  }
  return arguments;
}

std::vector<Bench> all_benches() {
  std::vector<Bench> all;
  for (const auto& benches : {server_benches(), base_benches(), program_benches(),
                              campaign_benches(), fork_benches(), sync_benches()}) {
    all.insert(all.end(), benches.begin(), benches.end());
  }
  return all;
}

void run(const Bench& bench, const Effort& effort) {
  for (const Row& row : bench.run(effort)) {
    fmt::print("{:<19} {:<52} {:>22} {}\n", bench.name, row.what, median_with_range(row.ratios),
               row.against);
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
    for (const Bench& bench : all_benches()) {
      const auto wanted = [&](std::string_view name) { return bench.name.starts_with(name); };
      if (arguments->names.empty() || std::ranges::any_of(arguments->names, wanted)) {
        run(bench, arguments->effort);
      }
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench: {}\n", error.what());
    return 2;
  }
  return 0;
}
