#pragma once

#include <algorithm>
#include <cstdint>

#include "mocks/base/given.hpp"

namespace atrapa::mocks::base {

/// A window on rows that are counted while they are visited.
struct PageWindow {
  std::int64_t first = 0;
  std::int64_t end = INT64_MAX;  ///< Behind the last one.

  bool has(std::int64_t index) const { return index >= first && index < end; }
};

/// The parameter `page`, from 1 or from 0; a page below counts as the first [inferred].
inline PageWindow page_given(const Given& given, std::int64_t size, std::int64_t first_page = 1) {
  constexpr std::int64_t kLastPage = 1'000'000'000;
  const std::int64_t page =
      std::clamp<std::int64_t>(given.integer("page", first_page), first_page, kLastPage) -
      first_page;
  return {page * size, (page + 1) * size};
}

}  // namespace atrapa::mocks::base
