#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/world/world.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::harness::cli {

/// What came of something that somebody wanted done: the answer, or {"error","where","expected",
/// "next"}.
struct Deed {
  bool done = false;
  Json answer;
};

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
  /// What people do there, for the control interface: [{"operation","about","example"}].
  Json (*deeds)();
  /// curl lines that do one of them at once, below that address.
  std::vector<std::string> (*first_deeds)(const std::string& url, const Json& account);
  /// Does one of them; a body may name its "account".
  Deed (*act)(mocks::kit::Platform& platform, const std::string& operation, const Json& body,
              mocks::kit::Context& context);
  /// What its documentation leaves open: a line for each setting of an account, for people.
  std::string (*settings)();
};

// One file each.
PlatformEntry shoper_platform();
PlatformEntry base_platform();

/// All of them, in the order in which they are listed and get their ports.
const std::vector<PlatformEntry>& platforms();

/// Those of the names, all without a name. Throws Failure with the nearest names.
std::vector<const PlatformEntry*> select_platforms(const std::vector<std::string>& names);

}  // namespace atrapa::harness::cli
