#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/base/state.hpp"
#include "mocks/kit/decimal.hpp"
#include "mocks/kit/platform.hpp"

// What the families do with products. Times are unix seconds, stock is in pieces, prices are gross.

namespace atrapa::mocks::base {

/// Overwrites the stock of a product or variant in a warehouse ("bl_206"), and logs it. Without
/// effect on a product that is not there and on a bundle, whose stock is that of its parts.
void set_stock(State& state, std::int64_t product_id, const std::string& warehouse_key,
               std::int64_t pieces, std::int64_t now);

/// A bundle's is the smallest whole number of sets that its parts make up. In a warehouse that
/// mirrors a connected shop it is what the linked product has there. [inferred]
std::int64_t stock_of(const State& state, const Product& product, const std::string& warehouse_key);

/// Pieces in open order lines: of orders that are neither merged away nor shipped nor in one of the
/// catalogue's closing statuses. 0 where the catalogue keeps no reservations [doc]; what is open is
/// [inferred].
std::int64_t reserved_of(const State& state, const Product& product,
                         const std::string& warehouse_key);

/// Pieces on order, by warehouse [doc]: what the world tells of it, and what purchase orders that
/// were sent to their suppliers still wait for [inferred].
std::map<std::string, std::int64_t> incoming_of(const State& state, const Product& product);

/// 0 where it has none. A dependent group's price is source * multiplier + addition, a bundle's the
/// sum of its parts where the group says so [client]; to the grosz [inferred].
kit::Decimal price_of(const State& state, const Product& product, std::int64_t price_group_id);

/// The name in the catalogue's default language.
const std::string& product_name(const Product& product);

/// Puts the product in the place of the one of its id, or adds it (id 0), and logs what has
/// changed. Answers its id.
std::int64_t save_product(State& state, Product product, std::int64_t now);
/// The product goes, its variants with it [inferred]; logged, and answered by automatic actions.
/// False where there is no such product.
bool delete_product(State& state, kit::Context& context, std::int64_t product_id, std::int64_t now);

/// 206 of "bl_206"; 0 for what is no warehouse's key.
std::int64_t number_of_key(std::string_view warehouse_key);
/// Whether stock can be written there: one of the catalogue's, and no mirror [doc].
bool is_own_warehouse(const Inventory& inventory, const std::string& warehouse_key);
/// Those of the world, and the mirrors of connected shops that came into being by themselves [doc].
std::vector<Warehouse> all_warehouses(const State& state);
/// By key: "bl_206".
std::optional<Warehouse> find_warehouse(const State& state, std::string_view warehouse_key);

}  // namespace atrapa::mocks::base
