#pragma once

#include <vector>

#include "harness/world/world.hpp"

namespace atrapa::harness {

/// Reads a world from JSON that is sound as such. Whatever does not fit is added to `problems`, in
/// the order of the text; the world holds what did fit.
World read_form(const Json& json, std::vector<WorldProblem>& problems);

/// "2026-03-02T08:00:00Z", with milliseconds only where there are some.
std::string instant_text(mocks::kit::Instant instant);
/// The reverse, also with an offset such as "+01:00" as HAR files have; nothing where it does not
/// fit.
std::optional<mocks::kit::Instant> read_instant(std::string_view text);

}  // namespace atrapa::harness
