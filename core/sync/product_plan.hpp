#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/domain/log_entry.hpp"
#include "core/sync/parts.hpp"

namespace atrapa::core {

/// One product to be added, and whose it is.
struct PlannedProduct {
  NewProduct product;
  std::string erp_id;
  std::string record;  ///< For reports: its code, or its id in the ERP where it has none.
};

/// What the product sync is to do. Every product of the ERP is added, there already, or left alone
/// with an entry.
struct ProductPlan {
  std::vector<PlannedProduct> additions;
  std::vector<LogEntry> entries;
  std::int64_t there = 0;       ///< The shop has their code.
  std::int64_t left_alone = 0;  ///< Of the ERP's.
};

struct ProductPlanInput {
  std::span<const ErpProduct> erp;
  const ShopCatalogue& shop;
  const SystimSwitches& switches;
  StockFormula formula = StockFormula::OnHand;
  /// Ledger::added_products(): ids in the shop by ids in the ERP.
  const std::unordered_map<std::string, std::string>& added_before;
};

/// From two snapshots to a list of products to add. Adds only (SYSTIM-PROD-01, -02): whatever code
/// the shop has, on a variant too, is never added again (PROD-03), and products whose code is not
/// unique in the ERP are left alone. Pure; linear in the number of products.
ProductPlan plan_products(const ProductPlanInput& input, const Parts& parts);

}  // namespace atrapa::core
