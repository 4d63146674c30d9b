#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/money.hpp"
#include "core/shops/base/client.hpp"

/// Absolute figures for many products: at most 1000 a call [doc].
namespace atrapa::core::base {

/// Pieces by warehouse key; warehouses left out stay [doc]. A variant goes by its own id [doc].
struct StockChange {
  std::string product_id;
  std::map<std::string, Quantity> stock;  ///< By "bl_206".
};

/// Gross prices by price group id; groups left out stay [doc].
struct PriceChange {
  std::string product_id;
  std::map<std::string, Money> prices;
};

struct BulkOutcome {
  enum class State {
    Done,
    Refused,  ///< Base warned of this product, or refused the call it was in.
    /// May be written or not: every answer was lost, or a warning does not say whom it is about.
    /// Writing again does no harm.
    Unknown,
    NotTried,
  };
  State state = State::NotTried;
  std::string text;  ///< Base's words.
};

struct BulkReport {
  std::vector<BulkOutcome> outcomes;  ///< One for each change, in order.
  /// Warnings about nothing that was sent.
  std::vector<std::string> other_warnings;
  /// What broke the rest off; what was refused by itself does not.
  std::optional<Error> stopped;
};

/// Chunk after chunk. An answer that is lost, cut or a web page is asked for again: the figures are
/// absolute. A product whose figure cannot travel (a part of a piece, or nothing to set) is refused
/// here and not sent. A product that stands twice is written twice, in order. `status` is SUCCESS
/// with a warning for each product that failed [doc]; `counter` is not looked at, since nobody says
/// what it counts.
BulkReport write_stock(Client& client, const std::string& inventory_id,
                       const std::vector<StockChange>& changes);
BulkReport write_prices(Client& client, const std::string& inventory_id,
                        const std::vector<PriceChange>& changes);

inline constexpr std::size_t kProductsPerWrite = 1000;

}  // namespace atrapa::core::base
