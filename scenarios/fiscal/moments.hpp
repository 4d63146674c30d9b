#pragma once

#include <span>
#include <string>
#include <string_view>

#include "harness/bench/bench.hpp"

namespace atrapa::scenarios::fiscal {

/// A moment that rules go to, written in UTC, and what the calendar in Warsaw shows then.
struct Moment {
  std::string_view what;
  std::string_view utc;
  std::string_view month, year;  ///< "03/2026", "2026"
  std::string_view date;         ///< "2026-03-02"
};

/// In the order of time: the last and the first second of months and of years in Warsaw.
std::span<const Moment> moments();

/// Lets time pass; a moment that has passed already is none.
void go_to(harness::Bench& bench, std::string_view utc);

}  // namespace atrapa::scenarios::fiscal
