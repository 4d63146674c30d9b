#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/ledger/ledger.hpp"
#include "core/policy/pairing.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/shop.hpp"
#include "core/sync/parts.hpp"
#include "core/sync/run_report.hpp"

namespace atrapa::core {

/// What the flows of one run share.
struct Flow {
  Shop& shop;
  Ledger& ledger;
  Clock& clock;
  const Parts& parts;
  const SystimSwitches& switches;
  const ErpIndex& products;
  const std::string& integration;
  const OnProgress& progress;
  RunReport& report;
  std::int64_t run = 0;
  StockFormula formula = StockFormula::OnHand;
  bool automatic = false;  ///< Not started by hand.
  Instant configured_at;
  ErpKey erp = {};  ///< What the connector opens the books with.
};

/// Whether the books still open to the connector: asked before each page of orders and before the
/// stock, so that a key that was regenerated in the meantime ends the run.
ShopResult<Done> still_let_in(const Flow& flow);

/// Puts entries into ledger and report.
void record(Flow& flow, std::vector<LogEntry> entries);
/// Into the report alone, for what stands in the ledger already.
void report_only(Flow& flow, std::vector<LogEntry> entries);
void tell(const Flow& flow, std::string_view stage, std::int64_t done,
          std::optional<std::int64_t> total);

/// Reads the orders since the configuration and saves those that belong to the shop, each in one
/// transaction; then those that were waiting. Killed at any instant and started again, it goes on
/// where it was.
ShopResult<Done> fetch_orders(Flow& flow, const ShopSettings& settings);

/// Everything of the shop that plans look at; the parents of categories only when asked for.
ShopResult<ShopCatalogue> read_catalogue(Flow& flow, const ShopSettings& settings,
                                         bool with_category_tree);

/// Adds to the shop what plan_products() finds missing, one call each: an intent before, the new id
/// as receipt after. A call in doubt is followed by a look at the shop, never by a second call
/// without one. Answers the catalogue where it is still true: where nothing was added.
ShopResult<std::optional<ShopCatalogue>> send_products(Flow& flow, const ShopSettings& settings);

/// Reads both sides, plans, and writes what differs in batches: intents before each, receipts
/// after. `read` is the catalogue where this run has read it already, categories with parents.
ShopResult<Done> push_stock(Flow& flow, const ShopSettings& settings,
                            std::optional<ShopCatalogue> read = {});

}  // namespace atrapa::core
