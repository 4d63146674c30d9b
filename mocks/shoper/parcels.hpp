#pragma once

#include <cstdint>
#include <map>

#include "mocks/kit/decimal.hpp"
#include "mocks/shoper/state.hpp"

namespace atrapa::mocks::shoper {

/// How much of each line of the order lies in its parcels, by the line's id; a parcel of the id
/// `except` is left out.
std::map<std::int64_t, kit::Decimal> shipped_of(const State& state, std::int64_t order_id,
                                                std::int64_t except = 0);

/// Sets `total_parcels` of the order; nothing happens to one that is gone.
void count_parcels(State& state, std::int64_t order_id);

/// Removes the order's parcels with it.
void remove_parcels(State& state, std::int64_t order_id);

}  // namespace atrapa::mocks::shoper
