#pragma once

#include <string>
#include <string_view>

#include "mocks/shoper/call.hpp"

namespace atrapa::mocks::shoper {

/// Adds a problem for a stock level that may not be written: below 0 (setting `negative_stock`) or
/// fractional where the unit has whole pieces only (setting `stock_write_checks_unit`) [inferred].
void check_level(const Call& call, kit::Written& written, const std::string& field,
                 std::string_view raw, bool fractions_allowed);

/// Adds a problem for a price below 0, or of 0 where shopping_products_allow_zero is off. Prices
/// are documented as always above 0 [doc]; the recorded shop has a setting that says otherwise
/// [rec].
void check_price(const Call& call, kit::Written& written, const std::string& field,
                 std::string_view raw);

/// Adds a problem for each warehouse of the map that does not exist, and for quantities that are no
/// level. `raw` is JSON text, {"1":"5"}.
void check_warehouses(const Call& call, kit::Written& written, const std::string& field,
                      std::string_view raw, bool fractions_allowed);

}  // namespace atrapa::mocks::shoper
