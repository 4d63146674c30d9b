#pragma once

#include <cstdint>

#include "mocks/kit/record.hpp"
#include "mocks/kit/validate.hpp"
#include "mocks/shoper/call.hpp"

// Writes of a resource that is its contract with a little on top.

namespace atrapa::mocks::shoper {

/// What a resource adds to its contract; each step may be left out. `before` is the row that is
/// changed, null where one is made.
struct RowRules {
  /// Adds to written.problems what the contract cannot know. May add nothing but problems.
  void (*check)(Call&, kit::Written&, const kit::Record* before) = nullptr;
  /// Fills or follows fields once the sent ones are in and before the initial ones are.
  void (*complete)(Call&, const kit::Written&, kit::RecordWriter&,
                   const kit::Record* before) = nullptr;
  /// What follows elsewhere. `after` is null where the row was removed.
  void (*settle)(Call&, const kit::Record* before, const kit::Record* after) = nullptr;
};

/// Makes a row of the sent fields and the contract's initial values. Answers the bare id.
Reply create_row(Call& call, const RowRules& rules = {});
/// Changes the sent fields only. Answers 1; 404 where there is no such row.
Reply update_row(Call& call, const RowRules& rules = {});
/// Answers 1; a second time 404 [live].
Reply delete_row(Call& call, const RowRules& rules = {});

}  // namespace atrapa::mocks::shoper
