#pragma once

#include <cstdint>
#include <string_view>

#include "mocks/shoper/call.hpp"
#include "mocks/shoper/state.hpp"

// What ties a product to other rows: those that it names, and those that name it.

namespace atrapa::mocks::shoper {

/// Adds NotFound for each sent field of a product that names a row which does not exist: producer,
/// currency, gauge, tags, collections, related products, stock.availability_id, stock.delivery_id
/// and the keys of safety_information. 0 and null name none. A product related to itself (`own`) is
/// refused [inferred].
void check_links(const Call& call, kit::Written& written, std::int64_t own);

/// Merges the sent members of `safety_information` into those that `before` holds: a PUT is partial
/// [doc], also inside of it [inferred]. Members that no source names are passed over.
void write_safety(const kit::Written& written, std::string_view before, kit::RecordWriter& product);

/// There is one product of the day: no other is it any more [inferred from the name].
void keep_one_of_the_day(State& state, std::int64_t product_id);

/// Removes what belongs to a product that is gone (images, files, special offers, places in
/// collections) and its id from the related products of others.
void forget_product(State& state, std::int64_t product_id);

/// Whether some row names this one, of units, currencies, availabilities, deliveries, producers,
/// product-tags, collections, product-safety-*, zones and categories.
bool is_named(const State& state, Rows rows, std::int64_t id);
/// Makes what names that row name none, each field in the way that answers write none.
void detach(State& state, Rows rows, std::int64_t id);

}  // namespace atrapa::mocks::shoper
