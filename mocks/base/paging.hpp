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

/// The parameter `page`, from 1; a page below counts as the first [inferred].
inline PageWindow page_given(const Given& given, std::int64_t size) {
  constexpr std::int64_t kLastPage = 1'000'000'000;
  const std::int64_t page = std::clamp<std::int64_t>(given.integer("page", 1), 1, kLastPage);
  return {(page - 1) * size, page * size};
}

/// Which rows of a walk are on the page that a call asks for: 100 a page [doc]. A page before the
/// first is the first [inferred].
class Page {
 public:
  Page(const Given& given, std::int64_t first)
      : skip_(std::clamp<std::int64_t>(given.integer("page", first), first, kLast) - first) {
    skip_ *= kRows;
  }

  /// Whether the next row is on it.
  bool takes_next() {
    if (skip_ > 0) {
      --skip_;
      return false;
    }
    return left_-- > 0;
  }
  bool full() const { return left_ <= 0; }

 private:
  static constexpr std::int64_t kRows = 100;
  static constexpr std::int64_t kLast = 1'000'000'000;

  std::int64_t skip_;
  std::int64_t left_ = kRows;
};

}  // namespace atrapa::mocks::base
