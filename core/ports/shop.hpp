#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/domain/order.hpp"
#include "core/domain/product.hpp"
#include "core/policy/new_product.hpp"
#include "core/result.hpp"

namespace atrapa::core {

/// Why the shop did not do what it was asked, after all tries.
struct ShopError {
  enum class Kind {
    Unreachable,   ///< No connection, or no end of "busy" and "server error".
    Lost,          ///< The answer never came whole; the request may have been carried out.
    AccessDenied,  ///< Wrong login, password or token, or a missing permission.
    Refused,       ///< Any other refusal in the shop's own words.
    Unreadable,    ///< A whole answer that is not what the contract says.
    Interrupted,   ///< The program is to end.
    ErpDenied,     ///< Not the shop's doing: the ERP no longer lets the connector in.
  };

  Kind kind = Kind::Unreachable;
  int status = 0;    ///< 0 where there was no answer.
  std::string text;  ///< For people; holds no secret.
};

template <typename T>
using ShopResult = Result<T, ShopError>;

/// A stock figure to be set.
struct StockWrite {
  std::string stock_id;
  Quantity value;
  /// Into that warehouse of the shop alone; nothing for the stock as a whole.
  std::optional<std::string> warehouse = {};
};

/// What became of one of them.
struct StockWriteOutcome {
  enum class State { Done, Refused, Unknown };
  State state = State::Unknown;
  std::string text;  ///< The shop's words where it refused.
};

/// Which products to look for after an answer was lost.
struct ProductQuery {
  std::string code;  ///< Those that bear it; with "" those of a higher id:
  std::int64_t after_id = 0;
};

/// Which orders to read.
struct OrderQuery {
  std::int64_t after_id = 0;
  std::string from_date;  ///< "2026-03-02 09:00:00" in the shop's zone; "" for no bound.
};

/// Called with each page as it arrives, rows new and in order; `expected` is what the shop says
/// there is in all. False breaks the reading off.
template <typename T>
using PageSink = std::function<bool(std::vector<T> rows, std::optional<std::int64_t> expected)>;

/// A shop as the sync needs it. Calls may take long: they wait and retry inside. What is thrown by
/// a Transport passes through.
class Shop {
 public:
  virtual ~Shop() = default;

  virtual ShopResult<ShopSettings> settings() = 0;
  /// Taxes, units and categories; the parents of categories only when asked for. Items are left
  /// empty.
  virtual ShopResult<ShopCatalogue> reference_data(bool with_category_tree) = 0;
  /// Base stocks and variants of every product.
  virtual ShopResult<Done> items(const PageSink<ShopItem>& sink) = 0;

  /// Ascending by id.
  virtual ShopResult<Done> orders(const OrderQuery& query, const PageSink<ShopOrder>& sink) = 0;
  /// Those of the ids that still exist.
  virtual ShopResult<std::vector<ShopOrder>> orders_by_id(std::span<const std::string> ids) = 0;
  /// Lines by order id; an order without lines has no entry.
  virtual ShopResult<std::unordered_map<std::string, std::vector<ShopLine>>> lines(
      std::span<const std::string> order_ids) = 0;

  /// How many figures one write_stock takes.
  virtual std::size_t stock_batch() const = 0;
  /// Sets absolute figures; one outcome for each, in order.
  virtual ShopResult<std::vector<StockWriteOutcome>> write_stock(
      std::span<const StockWrite> writes) = 0;

  /// Adds a product with its base stock; its id. Never sent again where it may have been carried
  /// out: then the error is Lost, or one of the shop's own (status 500 and above), and the caller
  /// looks first.
  virtual ShopResult<std::string> add_product(const NewProduct& product) = 0;
  /// Products without their variants; what the shop calls equal may be more than was asked for.
  virtual ShopResult<std::vector<ShopItem>> find_products(const ProductQuery& query) = 0;

  /// Moves an order to another status. Systim's sync never does so (SYSTIM-ORD-04).
  virtual ShopResult<Done> set_order_status(const std::string& order_id,
                                            const std::string& status_id) = 0;
};

}  // namespace atrapa::core
