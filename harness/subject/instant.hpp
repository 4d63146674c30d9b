#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mocks/kit/time.hpp"

namespace atrapa::harness {

/// "2026-03-02T08:00:00Z", with milliseconds only where there are some.
std::string instant_text(mocks::kit::Instant instant);
/// The reverse, also with an offset such as "+01:00" as HAR files have; nothing where it does not
/// fit.
std::optional<mocks::kit::Instant> read_instant(std::string_view text);

}  // namespace atrapa::harness
