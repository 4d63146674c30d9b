#include "harness/cli/platforms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/command.hpp"
#include "harness/cli/names.hpp"

namespace atrapa::harness::cli {

const std::vector<PlatformEntry>& platforms() {
  static const std::vector<PlatformEntry> all{shoper_platform(), base_platform()};
  return all;
}

std::vector<const PlatformEntry*> select_platforms(const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const PlatformEntry& platform : platforms()) known.push_back(platform.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw Failure(fmt::format("there is no platform '{}'.{} There are: {}", name,
                              did_you_mean(name, known), fmt::join(known, ", ")));
  }
  std::vector<const PlatformEntry*> selected;
  for (const PlatformEntry& platform : platforms()) {
    const bool wanted = std::find(names.begin(), names.end(), platform.name) != names.end();
    if (names.empty() || wanted) selected.push_back(&platform);
  }
  return selected;
}

}  // namespace atrapa::harness::cli
