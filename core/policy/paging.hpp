#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace atrapa::core {

/// One page of a list as it came: what was asked for and what the envelope says.
struct PageSeen {
  int requested = 1;
  int limit = 50;
  std::size_t rows = 0;      ///< In this page.
  std::size_t new_rows = 0;  ///< Of them, with an id that no earlier page had.
  /// Of the envelope; nothing where it was unreadable. `page` is set back past the end [rec].
  std::optional<std::int64_t> page, pages, count;
  std::optional<std::int64_t> previous_count;  ///< The count of the page before.
  int restarts = 0;                            ///< How often this reading began again at page 1.
};

/// How often a list is begun again because rows moved.
inline constexpr int kMaxRestarts = 3;

/// The page to ask for next; nothing at the end. Goes by what was asked for, never by the
/// envelope's `page`. An empty page ends the list, as does one without a new row where `pages` is
/// unreadable. A count that shrank means that rows moved to earlier pages: the list is read again
/// from page 1, a few times at most (rows are told apart by id).
std::optional<int> next_page(const PageSeen& seen);

}  // namespace atrapa::core
