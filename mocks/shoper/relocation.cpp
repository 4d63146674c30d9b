#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>

#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/row_calls.hpp"
#include "mocks/shoper/rows.hpp"
#include "mocks/shoper/stock_checks.hpp"

// warehouse-relocations: pieces of a stock that went from one warehouse to another. The official
// SDK lists, reads and makes them, and has no call that changes or removes one [doc via SDK]; see
// the setting `relocations_change`.

namespace atrapa::mocks::shoper {
namespace {

using kit::Decimal;
using kit::FieldFault;
using kit::RecordPtr;

constexpr Rows kRelocations = Rows::WarehouseRelocations;

const kit::Schema& relocations() { return schema_of(kRelocations); }

/// What a relocation says.
struct Move {
  std::int64_t stock = 0;
  std::int64_t from = 0;
  std::int64_t to = 0;
  Decimal quantity;
};

Move move_of(const kit::Record& row) {
  return {.stock = id_of(kRelocations, row, "stock_id"),
          .from = id_of(kRelocations, row, "warehouse_from_id"),
          .to = id_of(kRelocations, row, "warehouse_to_id"),
          .quantity = number_of(kRelocations, row, "quantity")};
}

/// The sent fields over those of the row that is changed.
Move move_of(const kit::Written& written, const kit::Record* before) {
  Move move = before == nullptr ? Move{} : move_of(*before);
  const auto read_id = [&](std::string_view field, std::int64_t& id) {
    const std::string_view raw = written.raw(relocations(), field);
    if (!raw.empty()) id = kit::scalar_id(raw).value_or(0);
  };
  read_id("stock_id", move.stock);
  read_id("warehouse_from_id", move.from);
  read_id("warehouse_to_id", move.to);
  const std::string_view quantity = written.raw(relocations(), "quantity");
  if (!quantity.empty()) move.quantity = kit::scalar_number(quantity).value_or(Decimal{});
  return move;
}

/// What changes by stock and warehouse.
using Shift = std::map<std::pair<std::int64_t, std::int64_t>, Decimal>;

void add_move(Shift& shift, const Move& move, int sign) {
  const Decimal quantity = move.quantity * Decimal(sign);
  Decimal& from = shift[{move.stock, move.from}];
  from = from - quantity;
  Decimal& to = shift[{move.stock, move.to}];
  to = to + quantity;
}

Shift shift_of(const Move* before, const Move* after) {
  Shift shift;
  if (before != nullptr) add_move(shift, *before, -1);
  if (after != nullptr) add_move(shift, *after, +1);
  return shift;
}

Decimal level_at(const State& state, std::int64_t stock_id, std::int64_t warehouse) {
  const RecordPtr stock = state.find(Rows::ProductStocks, stock_id);
  if (stock == nullptr) return {};
  const std::string_view raw =
      kit::member(raw_of(Rows::ProductStocks, *stock, "warehouses"), std::to_string(warehouse));
  return kit::scalar_number(raw).value_or(Decimal{});
}

/// What stands against the shift: a warehouse that gains pieces must be there, one that loses some
/// must hold them. A stock that is gone has nothing to lose. `asked` is the relocation's quantity.
std::optional<kit::Problem> obstacle(const State& state, const Shift& shift, const Decimal& asked) {
  for (const auto& [place, change] : shift) {
    const auto& [stock, warehouse] = place;
    if (change == Decimal(0) || !state.has(Rows::ProductStocks, stock)) continue;
    if (change > Decimal(0)) {
      if (state.has(Rows::Warehouses, warehouse)) continue;
      return kit::Problem{"warehouse_from_id", FieldFault::NotFound, {}};
    }
    const Decimal left = level_at(state, stock, warehouse) + change;
    if (left >= Decimal(0)) continue;
    return kit::Problem{"quantity", FieldFault::OutOfRange,
                        fmt::format("<= {}", (asked + left).text())};
  }
  return std::nullopt;
}

void carry_out(State& state, const Shift& shift) {
  for (const auto& [place, change] : shift) {
    if (change != Decimal(0)) move_stock(state, place.first, place.second, change);
  }
}

/// Above 0, whole where the unit is, between two warehouses, and no more than the first one holds:
/// what is there bounds a relocation whatever the shop sells beyond its stock [inferred].
void check_relocation(Call& call, kit::Written& written, const kit::Record* before) {
  const auto add = [&](std::string_view field, FieldFault fault, std::string detail = {}) {
    written.problems.push_back({std::string(field), fault, std::move(detail)});
  };
  const Move after = move_of(written, before);
  const std::string_view quantity = written.raw(relocations(), "quantity");
  if (!quantity.empty()) {
    if (after.quantity <= Decimal(0)) add("quantity", FieldFault::OutOfRange, "> 0");
    const RecordPtr stock = call.state.find(Rows::ProductStocks, after.stock);
    const RecordPtr product =
        stock ? call.state.find(Rows::Products, id_of(Rows::ProductStocks, *stock, "product_id"))
              : nullptr;
    const bool fractions = product && fractions_allowed(call.state, *product);
    if (after.quantity > Decimal(0)) {
      check_level(call, written, "quantity", quantity, fractions);
    }
  }
  if (after.from != 0 && after.from == after.to) {
    add("warehouse_to_id", FieldFault::BadValue, "another than warehouse_from_id");
  }
  if (!written.problems.empty()) return;
  const std::optional<Move> former = before ? std::optional(move_of(*before)) : std::nullopt;
  const Shift shift = shift_of(former ? &*former : nullptr, &after);
  if (auto problem = obstacle(call.state, shift, after.quantity)) {
    written.problems.push_back(std::move(*problem));
  }
}

void settle_relocation(Call& call, const kit::Record* before, const kit::Record* after) {
  const std::optional<Move> former = before ? std::optional(move_of(*before)) : std::nullopt;
  const std::optional<Move> latter = after ? std::optional(move_of(*after)) : std::nullopt;
  if (call.state.movement) call.state.movement->relocation_id = (after ? after : before)->id();
  carry_out(call.state, shift_of(former ? &*former : nullptr, latter ? &*latter : nullptr));
}

constexpr RowRules kRelocationRules{.check = check_relocation, .settle = settle_relocation};

Reply list_relocations(Call& call) { return list_rows(call); }

/// Moves `quantity` of a stock from one warehouse to another; the stock's sum stays [doc via SDK;
/// what it does: inferred]. Answers the bare id.
Reply create_relocation(Call& call) { return create_row(call, kRelocationRules); }

/// With `relocations_change` on: takes back what the relocation moved and carries out what it says
/// now. Else 405.
Reply update_relocation(Call& call) {
  if (!call.settings().relocations_change) return wrong_method(call.language);
  return update_row(call, kRelocationRules);
}

/// With `relocations_change` on: takes back what the relocation moved; 400 where that is no longer
/// there. Else 405.
Reply remove_relocation(Call& call) {
  if (!call.settings().relocations_change) return wrong_method(call.language);
  const RecordPtr row = call.state.find(kRelocations, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  const Move former = move_of(*row);
  if (auto problem = obstacle(call.state, shift_of(&former, nullptr), former.quantity)) {
    return invalid_fields(call.language, {std::move(*problem)});
  }
  return delete_row(call, kRelocationRules);
}

constexpr std::array kRelocationCalls{
    Handled{"GET /webapi/rest/warehouse-relocations", list_relocations},
    Handled{"GET /webapi/rest/warehouse-relocations/{id}", get_row},
    Handled{"POST /webapi/rest/warehouse-relocations", create_relocation},
    Handled{"PUT /webapi/rest/warehouse-relocations/{id}", update_relocation},
    Handled{"DELETE /webapi/rest/warehouse-relocations/{id}", remove_relocation},
};

}  // namespace

std::span<const Handled> relocation_calls() { return kRelocationCalls; }

}  // namespace atrapa::mocks::shoper
