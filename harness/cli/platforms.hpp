#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/world/world.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::harness::cli {

/// A platform that we imitate, and where a world keeps its accounts.
struct PlatformEntry {
  std::string name;
  std::unique_ptr<mocks::kit::Platform> (*make)();
  Json (*accounts)(const World&);
  /// The same account without request limits.
  void (*lift_limits)(Json& account);
  /// How to get in, flat, as `up --json` prints it: {"login","password","token"}.
  Json (*credentials)(const Json& account);
  /// curl lines that work at once at that address, for somebody who sees the platform first.
  std::vector<std::string> (*first_calls)(const std::string& url, const Json& account);
};

/// All of them, in the order in which they are listed and get their ports.
const std::vector<PlatformEntry>& platforms();

/// Those of the names, all without a name. Throws Failure with the nearest names.
std::vector<const PlatformEntry*> select_platforms(const std::vector<std::string>& names);

}  // namespace atrapa::harness::cli
