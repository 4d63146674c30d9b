#pragma once

#include "mocks/kit/record.hpp"
#include "mocks/shoper/state.hpp"

namespace atrapa::mocks::shoper {

/// Country and code of an address tell each other. What is sent as `country` may be a name, a code
/// or the id of a row of geolocation-countries, and `country_code` wins over it [client]. Names are
/// Polish; a country of which none is known goes by its code [inferred]. What is no country that
/// the shop knows stays as it came.
void complete_country(const State& state, kit::RecordWriter& address);

}  // namespace atrapa::mocks::shoper
