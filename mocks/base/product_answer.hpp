#pragma once

#include <string>

#include "mocks/base/answer.hpp"
#include "mocks/base/state.hpp"

// What several methods answer of a product. All of the catalogue's warehouses and price groups
// appear, with 0 where a product has nothing there [inferred].

namespace atrapa::mocks::base {

/// `prices`: gross, by price group.
void put_prices(Answer& answer, const State& state, const Inventory& inventory,
                const Product& product);
/// `stock`: pieces, by warehouse.
void put_stock(Answer& answer, const State& state, const Inventory& inventory,
               const Product& product);
/// `reservations`: likewise; empty where the catalogue keeps none.
void put_reservations(Answer& answer, const State& state, const Inventory& inventory,
                      const Product& product);
/// The same as JSON texts, for maps that hold them by variant.
std::string prices_json(const State& state, const Inventory& inventory, const Product& product);
std::string stock_json(const State& state, const Inventory& inventory, const Product& product);

}  // namespace atrapa::mocks::base
