#pragma once

#include <string_view>

#include "scenarios/common/sentence.hpp"

namespace atrapa::scenarios::systim {

/// The integration all of these belong to, as `atrapa sync` calls it.
inline constexpr std::string_view kIntegration = "systim-shoper";

/// The page all of these stand on.
inline constexpr std::string_view kDocument =
    "https://systim.pl/q510-Jak-zintegrować-pobieranie-zamówień-z-platformy-Shoper-z-Systim";

/// Its 55 sentences, in the order of the page: configuration, commands, stock, orders, documents,
/// limits, products.
const Page& page();

}  // namespace atrapa::scenarios::systim
