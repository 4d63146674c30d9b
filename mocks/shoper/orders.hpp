#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mocks/kit/random.hpp"
#include "mocks/kit/record.hpp"
#include "mocks/shoper/state.hpp"

// What the shop fills in by itself for orders and their lines, whoever makes them.

namespace atrapa::mocks::shoper {

/// Fills what a new order leaves out: confirmation code, dates (`made` is the shop's time), the
/// customer's registration, the shipping tax's name and value, currency, language, addresses.
///   [rec] that the delivery address is the billing address itself, id included, when none was sent
///   [inferred] the shipping's cost as shipping_cost; for an address that was not sent the
///   customer's default ones, else empty texts
void complete_order(State& state, kit::RecordWriter& order, std::int64_t order_id,
                    const std::string& made, kit::Random& random);

/// `additional_fields` given as a map of field id to value, as the list that reads have [rec].
void spell_additional_fields(const State& state, kit::RecordWriter& row);

/// The first tax with that text in the column, "name" or "value"; null where there is none.
kit::RecordPtr tax_by(const State& state, std::string_view column, std::string_view text);

/// The product and stock that a line is about; null where it is about none, or they are gone.
struct Linked {
  kit::RecordPtr product;
  kit::RecordPtr stock;
};

/// `product_id` wins over `stock_id` and means the product's base stock [doc].
Linked linked_by(const State& state, std::int64_t product_id, std::int64_t stock_id);

/// Fills what a line leaves out from its product and stock: ids, name, code, price, tax, unit,
/// weight. A free line takes unit and tax by the ids, names or values that it has.
void complete_line(State& state, kit::RecordWriter& line, const Linked& linked);

/// Takes (`sign` -1) or returns (+1) the line's quantity from or to its stock, where
/// shopping_update_stock_on_buy is on; by warehouse where the line says which. The setting counts
/// as it is now: what a line took or did not take under another one is not kept [inferred].
void move_line(State& state, const kit::Record& line, int sign);

/// Removes an order with its lines and parcels; the stock is left alone.
void remove_order(State& state, std::int64_t order_id);

}  // namespace atrapa::mocks::shoper
