#pragma once

#include <cstdint>
#include <string_view>

#include "mocks/kit/record.hpp"
#include "mocks/kit/time.hpp"
#include "mocks/shoper/state.hpp"

// What special offers do to prices. Offers run by the shop's time; prices are not computed while
// reading, so the first call at or after an offer's start or end renews them.

namespace atrapa::mocks::shoper {

/// Renews the prices of the stocks whose offers have begun or ended since the last call. Costs
/// nothing in a shop without offers, and a comparison of texts between two such moments.
void settle_offers(State& state, kit::Instant now);

/// Sets `special_offer` and the comp_promo_* prices of a stock whose comp_* prices are set: those
/// of the offer in force, or the plain ones. Of several offers in force the newest counts
/// [inferred].
///   [doc] discount_type 1 and 2 take off an amount, 3 a percentage; [inferred] rounded half up to
///   the grosz, never below 0; discount_wholesale and discount_special likewise for their levels
void apply_offer(const State& state, kit::RecordWriter& stock);

/// Renews the prices of a product's stocks and its `special_offer` and `promo_price`.
void reprice_product(State& state, std::int64_t product_id);

/// Takes the offer's start and end into account for the next settling.
void note_offer(State& state, const kit::Record& offer);

}  // namespace atrapa::mocks::shoper
