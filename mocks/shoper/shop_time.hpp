#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mocks/kit/time.hpp"
#include "mocks/shoper/state.hpp"

// The shop's clock read backwards: rows hold local texts, a few answers hold unix seconds.

namespace atrapa::mocks::shoper {

/// "2026-03-02 09:00:00" in the shop's zone (locale_timezone) as a moment; nothing for "never" and
/// for what is no such text. A local time that comes twice means one of the two.
std::optional<kit::Instant> instant_of(const State& state, std::string_view local);

/// "2026-02-24": the local day so many days before the moment's own.
std::string local_day(const State& state, kit::Instant moment, int days_before);

/// Whole seconds since 1970.
std::int64_t unix_seconds(kit::Instant moment);

}  // namespace atrapa::mocks::shoper
