#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mocks/base/state.hpp"
#include "mocks/kit/json.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::base {

/// One account's state reached around the API: what tests plant before a case and look at after it.
/// Nothing is refused here that a real account could hold. A handle to one account of a platform
/// made by make_base(); both must outlive it.
class Backdoor {
 public:
  /// "" for the only account. Throws kit::WorldError where there is no such account.
  Backdoor(kit::Platform& base, std::string account = "");

  const State& look() const;
  /// To write to. What is changed here has no consequences: no journal, no automatic action.
  State& change();

  /// Adds a row of "products", "orders", "suppliers", ... as a world holds it, with the next id
  /// where it has none; answers the id. Throws kit::WorldError for a member that does not exist.
  std::int64_t plant(std::string_view table, const kit::Json& row);
  /// Overwrites settings of the fake itself; a world's `settings`. Limits begin afresh.
  void set(const kit::Json& settings);

 private:
  kit::Platform& base_;
  std::string account_;
};

}  // namespace atrapa::mocks::base
