#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/domain/log_entry.hpp"
#include "core/ledger/ledger.hpp"
#include "core/sync/parts.hpp"

namespace atrapa::core {

/// One figure to be set, and whose it is.
struct PlannedWrite {
  StockWrite write;
  Link link;
  std::string code;  ///< For reports.
};

/// What the stock sync is to do. Every product of either side is written, unchanged, or left alone
/// with an entry.
struct StockPlan {
  std::vector<PlannedWrite> writes;  ///< Only figures that differ.
  std::vector<Link> in_sync;         ///< Eligible pairs whose figures are equal already.
  std::vector<LogEntry> entries;
  std::int64_t paired = 0;
  std::int64_t left_alone =
      0;  ///< Products of the ERP and items of the shop that are not synchronised.
};

struct StockPlanInput {
  std::span<const ErpProduct> erp;
  const ShopCatalogue& shop;
  const SystimSwitches& switches;
  StockFormula formula = StockFormula::OnHand;
  /// Ledger::links(): pairs that an earlier run synchronised.
  const std::unordered_set<std::string>& links;
  /// Items whose write by an interrupted run was found done.
  const std::unordered_set<std::string>& found_done;
};

/// From two snapshots to a list of actions. Pure; linear in the number of products.
StockPlan plan_stock(const StockPlanInput& input, const Parts& parts);

}  // namespace atrapa::core
