#pragma once

#include <span>
#include <string>
#include <string_view>

#include "harness/run/rule.hpp"

namespace atrapa::scenarios::systim {

/// The integration all of these belong to, as `atrapa sync` calls it.
inline constexpr std::string_view kIntegration = "systim-shoper";

/// The page all of these stand on.
inline constexpr std::string_view kDocument =
    "https://systim.pl/q510-Jak-zintegrować-pobieranie-zamówień-z-platformy-Shoper-z-Systim";

/// One sentence of the Systim help page, in our words. Ids are permanent.
struct Sentence {
  std::string_view id;
  harness::Level level;
  harness::Provenance provenance;
  std::string_view section;  ///< The page's own heading.
  std::string_view says;
};

/// All 55, in the order of the page: configuration, commands, stock, orders, documents, limits,
/// products.
std::span<const Sentence> sentences();

/// The sentence of that id; throws std::logic_error where there is none.
const Sentence& sentence(std::string_view id);

}  // namespace atrapa::scenarios::systim
