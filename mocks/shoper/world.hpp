#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "mocks/kit/json.hpp"
#include "mocks/kit/validate.hpp"
#include "mocks/shoper/state.hpp"

// Rows and configuration as worlds hold them: nothing is refused that a shop could hold.

namespace atrapa::mocks::shoper {

/// What is left to do once all rows of a world are in.
struct Planting {
  /// Fields that the rows of orders gave; what they gave is not computed.
  std::map<std::int64_t, std::set<std::string, std::less<>>> orders;
  std::set<std::int64_t> counted_categories;  ///< Those whose rows gave `items`.
  bool whole_world = false;  ///< Categories count their products at the end, not one by one.
};

/// Where in the row: "/translations/pl_PL/name".
std::string place_in(const kit::Json& row, const kit::Problem& problem);
/// "products have no such field", "expected a whole number"
std::string in_words(const kit::Problem& problem, std::string_view resource);

/// Adds a row in wire shape; missing fields get the shop's defaults, a missing id the next one,
/// missing dates `made`. Throws kit::WorldError at `pointer` for unknown fields, values that cannot
/// be stored and ids that are taken. No stock is deducted.
std::int64_t plant_row(State& state, Rows rows, const kit::Json& row, const std::string& pointer,
                       const std::string& made, Planting& planting);
/// Computes what the planted rows left open: sums and flags of orders, products by category.
void finish_planting(State& state, const Planting& planting);

/// Overwrites the named fields, read-only ones included, and what follows from them.
void edit_row(State& state, Rows rows, std::int64_t id, const kit::Json& fields,
              const std::string& pointer);
/// False where there is no such row.
bool remove_row(State& state, Rows rows, std::int64_t id);

/// Overwrites keys of application-config; behind warehouses_enabled the caller aligns the stocks.
void write_config(State& state, const kit::Json& config, const std::string& pointer);
/// The keys that differ from those of a new shop of that host.
kit::Json changed_config(const State& state);

/// One account as harness/world/world.hpp describes it, and what the shop has done since: counters,
/// issued tokens, buckets.
State read_account(const kit::Json& account, const std::string& pointer);
kit::Json write_account(const State& state);

}  // namespace atrapa::mocks::shoper
