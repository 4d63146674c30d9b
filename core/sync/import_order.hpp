#pragma once

#include <optional>
#include <vector>

#include "core/sync/parts.hpp"

namespace atrapa::core {

/// What is to become of one order. Pure: nothing was read or written for it.
struct OrderPlan {
  std::optional<ErpOrder> order;  ///< Nothing: no order is made now, and it waits for another try.
  std::optional<Reason> waits_for;  ///< Why it waits.
  std::vector<LogEntry> entries;
};

/// Matches the lines, leaves out the unknown ones as `unknown_line` and `all_lines_unknown` say,
/// and adds up what was kept (SYSTIM-ORD-05 to -08).
OrderPlan plan_order(const ImportInput& input, const ErpIndex& products, const Parts& parts,
                     const SystimSwitches& switches, const std::string& integration, Instant now);

/// Plans the order and saves it with its lines, its omitted lines, its log entries and its
/// idempotency key in one transaction: killed at any instant, it is there whole or not at all, and
/// a second try finds it.
ShopResult<ImportOutcome> import_order(ImportContext& context, const ImportInput& input);

}  // namespace atrapa::core
