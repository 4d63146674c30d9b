#pragma once

#include <optional>
#include <vector>

#include "core/domain/product.hpp"
#include "core/policy/reason.hpp"

namespace atrapa::core {

// What the shop's own settings mean for a whole run. Nothing back means that nothing stands in the
// way.

/// Several warehouses are not supported: with that module on the run must not succeed
/// (SYSTIM-LIM-02).
std::optional<Objection> check_warehouses(const ShopSettings& settings);

/// Only a shop whose default language is Polish is supported (SYSTIM-LIM-01).
std::optional<Objection> check_language(const ShopSettings& settings);

/// Languages beside Polish that are switched on may break the sync: one warning for each
/// (SYSTIM-LIM-01).
std::vector<Objection> language_doubts(const ShopSettings& settings);

}  // namespace atrapa::core
