#pragma once

#include <memory>
#include <string>

#include "harness/bench/base_access.hpp"
#include "harness/bench/shop_messages.hpp"
#include "harness/subject/subject.hpp"
#include "mocks/kit/platform.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::harness {

/// The world "empty", read and loaded into a fake: what every bench forks.
struct Prepared {
  mocks::kit::Instant now;
  std::string account;
  ShopAccess access;  ///< `url` names the account's host.
  ShopIdentity own;
  ShopIdentity other;  ///< A second shop, like the first but for its name and its keys.
  std::unique_ptr<mocks::kit::Platform> shoper;
  BaseAccess base_own, base_other;  ///< Two accounts, alike but for their names and tokens.
  std::unique_ptr<mocks::kit::Platform> base;
};

/// Loaded once for each thread, so that forks on different threads share nothing. Throws
/// std::runtime_error where the world lacks what a bench needs.
const Prepared& prepared();

}  // namespace atrapa::harness
