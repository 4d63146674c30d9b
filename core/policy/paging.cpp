#include "core/policy/paging.hpp"

namespace atrapa::core {

std::optional<int> next_page(const PageSeen& seen) {
  const bool rows_moved = seen.count && seen.previous_count && *seen.count < *seen.previous_count;
  if (rows_moved && seen.restarts < kMaxRestarts) return 1;
  if (seen.rows == 0 || (!seen.pages && seen.new_rows == 0)) return std::nullopt;
  if (seen.pages && seen.requested >= *seen.pages) return std::nullopt;
  return seen.requested + 1;
}

}  // namespace atrapa::core
