#pragma once

#include <algorithm>
#include <cstdint>

#include "mocks/base/given.hpp"

namespace atrapa::mocks::base {

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
