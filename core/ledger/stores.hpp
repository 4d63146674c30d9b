#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/product.hpp"
#include "core/ledger/ledger.hpp"

/// Warehouses, groups, and which record of the ERP is which of a platform's.
namespace atrapa::core {

void put_warehouse(Ledger& ledger, const ErpWarehouse& warehouse);  ///< Adds or renames by id.
std::vector<ErpWarehouse> warehouses(const Ledger& ledger);
void put_price_group(Ledger& ledger, const ErpPriceGroup& group);
std::vector<ErpPriceGroup> price_groups(const Ledger& ledger);
void put_product_group(Ledger& ledger, const ErpProductGroup& group);
void drop_product_group(Ledger& ledger, std::string_view id);
std::vector<ErpProductGroup> product_groups(const Ledger& ledger);

/// Pieces by warehouse id.
using Stocks = std::map<std::string, Quantity>;
Stocks stocks_of(const Ledger& ledger, std::string_view product);
/// By product id, of one warehouse.
std::map<std::string, Quantity> stocks_in(const Ledger& ledger, std::string_view warehouse);
void set_stock(Ledger& ledger, std::string_view product, std::string_view warehouse,
               Quantity quantity);
/// Adds to it, or takes off it where the change is negative; a stock may fall below 0, for the
/// goods are sold already.
void move_stock(Ledger& ledger, std::string_view product, std::string_view warehouse,
                Quantity change);

/// A record of the ERP and the one of a platform that it belongs to, for one integration.
struct RecordLink {
  enum class By { Created, Code, Name, Manual };

  std::string kind;  ///< "product", "warehouse"
  std::string erp_id, external_id;
  By by = By::Created;
  /// What was last written there, so that a run without changes writes nothing; the flow's own
  /// text.
  std::string sent = {};
};

std::string_view to_string(RecordLink::By by);  ///< "created", "code", "name", "manual"

/// Adds it, or replaces the one of that external id.
void put_link(Ledger& ledger, std::string_view integration, const RecordLink& link, Instant at);
void drop_link(Ledger& ledger, std::string_view integration, std::string_view kind,
               std::string_view external_id);
/// All of a kind, by external id.
std::vector<RecordLink> links_of(const Ledger& ledger, std::string_view integration,
                                 std::string_view kind);
std::optional<RecordLink> link_to(const Ledger& ledger, std::string_view integration,
                                  std::string_view kind, std::string_view external_id);
/// A record of the ERP may belong to several, as one warehouse to two of the platform.
std::vector<RecordLink> links_from(const Ledger& ledger, std::string_view integration,
                                   std::string_view kind, std::string_view erp_id);

}  // namespace atrapa::core
