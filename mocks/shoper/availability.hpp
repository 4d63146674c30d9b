#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "mocks/kit/record.hpp"
#include "mocks/shoper/state.hpp"

namespace atrapa::mocks::shoper {

/// The id that a stock's `calculated_availability_id` shows: its own `availability_id`, else the
/// availability with `ranges` whose `from` is the highest that the level reaches, else 0. Nothing
/// in a shop without availabilities.
///   [rec] the fields and that `from` is the lower bound of a range; [inferred] the choice
std::optional<std::string> calculated_availability(const State& state, const kit::Record& stock);

/// Computes it anew for every stock.
void renew_availabilities(State& state);

}  // namespace atrapa::mocks::shoper
