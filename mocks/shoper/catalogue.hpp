#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mocks/kit/decimal.hpp"
#include "mocks/kit/record.hpp"
#include "mocks/kit/validate.hpp"
#include "mocks/shoper/state.hpp"

// Products and their stocks. A product is a header; price, quantity and variants live in
// product-stocks. The base stock (extended "0") is embedded in the product's own answer, so each
// write of a stock renews the product's text [rec, doc].

namespace atrapa::mocks::shoper {

/// The product's base stock; null where it has none.
kit::RecordPtr base_stock(const State& state, std::int64_t product_id);

/// Gives a stock its derived columns: comp_* prices and weights, price_buying_net. Variants take
/// the base's price by price_type 0, their own by 1, base plus or minus their own by 2 and 3 [rec].
/// Promotional prices follow from the special offer in force (special_offers.hpp).
///   [inferred] that the types of wholesale and special prices work alike
void derive_prices(const State& state, kit::RecordWriter& stock);

/// Stores a stock's row, renews the product that embeds it (with `edited` as its edit_date) and,
/// behind a base stock, the derived columns of the variants.
void put_stock(State& state, const kit::RecordWriter& stock, std::int64_t stock_id,
               const std::optional<std::string>& edited = {});

/// Renews `stock` and `options` of a product from its stocks; `edited` becomes its edit_date.
void refresh_product(State& state, std::int64_t product_id,
                     const std::optional<std::string>& edited = {});

/// Fills what a new stock leaves out from application-config's product_defaults_* and the contract.
void complete_stock(const State& state, kit::RecordWriter& stock);

/// Likewise for a new product's header; its `categories` hold the main one. `made` is the shop's
/// time.
void complete_product(State& state, kit::RecordWriter& product, std::int64_t product_id,
                      const std::string& made);

/// Whether amounts of the product may have decimals: its unit's floating_point. Without a known
/// unit they may not.
bool fractions_allowed(const State& state, const kit::Record& product);

/// Adds `by` (may be negative) to a stock's level; nothing happens to a stock that is gone. With
/// the module of warehouses on, in the default one.
void move_stock(State& state, std::int64_t stock_id, const kit::Decimal& by);

/// Likewise in one warehouse of a shop with the module on; the level stays their sum.
void move_stock(State& state, std::int64_t stock_id, std::int64_t warehouse_id,
                const kit::Decimal& by);

/// Writes quantities by warehouse over a stock's `warehouses` and sets the level to their sum.
/// `quantities` is JSON text, {"1":"5"}.
void write_warehouses(kit::RecordWriter& stock, std::string_view quantities);

/// Logs what moved between two states of a stock, one row for each warehouse: `quantity` is what
/// came (or went: negative), `sum` what is there afterwards [inferred; the fields: doc via SDK].
/// `before` is null for a new stock. Nothing without State::movement, nor for a stock that the
/// switching on of the module has just divided.
void log_movements(State& state, const kit::Record* before, const kit::Record& after);

/// With the module on, a stock has a `warehouses` map: one that has none gets its level in the
/// default warehouse, which is made where there is none [inferred]. With it off no stock has one.
void align_stock(State& state, kit::RecordWriter& stock);
/// The same for all stocks, when the module was switched.
void align_warehouses(State& state);

/// Adds `by` to the number of products that the categories show.
void count_in_categories(State& state, std::string_view categories, int by);

/// The product's `categories` with its main one among them; `former_main` leaves the list.
std::string with_main_category(std::string_view categories, std::int64_t main,
                               std::int64_t former_main);

/// Removes a category with all below it. Its products leave it, but keep the main category they
/// name [inferred].
void remove_category(State& state, std::int64_t category_id);

/// Removes a product and its stocks; order lines keep pointing at it [doc].
void remove_product(State& state, std::int64_t product_id);

}  // namespace atrapa::mocks::shoper
