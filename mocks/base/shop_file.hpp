#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "mocks/kit/json.hpp"
#include "mocks/kit/message.hpp"

namespace atrapa::mocks::base {

/// Why a shop's integration file could not be used.
struct ShopFileError {
  std::string code;  ///< The file's `error_code`; "" where no answer of the protocol came.
  std::string text;  ///< What the file said, or what was wrong with its answer.
};

/// An action of the protocol as the file gets it; `url` is the file's address.
///   [doc developers.baselinker.com/shops_api]
kit::Request shop_file_request(const std::string& url, std::string_view password,
                               std::string_view action,
                               const std::vector<std::pair<std::string, std::string>>& fields);

template <typename T>
using FromShop = std::variant<T, ShopFileError>;

/// Base as the client of a shop's integration file: the other protocol of that name, in which Base
/// asks and a file in the shop answers. POST with a form of `bl_pass`, `action` and one field per
/// parameter; complex ones are JSON texts. Errors are {"error": true, "error_code", "error_text"},
/// with HTTP 200 in the official file and with 401 or 422 in others; both are understood.
///   [doc developers.baselinker.com/shops_api] actions and parameters; [client] errors, one-element
///   lists for maps that hold the key 0 only
class ShopFile {
 public:
  /// Takes a request to its receiver; nothing where no answer came.
  using Send =
      std::function<std::optional<kit::Response>(const std::string& url, const kit::Request&)>;
  using Fields = std::vector<std::pair<std::string, std::string>>;

  /// `url` is the address that the shop gave to Base.
  ShopFile(std::string url, std::string password, Send send);

  /// Any action; the answer's JSON.
  FromShop<kit::Json> call(std::string_view action, const Fields& fields = {});

  /// Asks for SupportedMethods once; an action that is not in it is not called by the functions
  /// below, which then answer `unsupported_action`.
  FromShop<std::vector<std::string>> supported();

  /// "Parent/Child" by id.
  FromShop<std::map<std::string, std::string>> categories();
  /// All pages, by product id: {name, quantity, price, ean, sku}.
  FromShop<std::map<std::string, kit::Json>> products(const Fields& filters = {});
  /// By product id, asked for in pieces of 100.
  FromShop<std::map<std::string, kit::Json>> products_data(const std::vector<std::string>& ids);
  /// All pages of ProductsQuantity or ProductsPrices: by product, then variant ("0": the main one).
  FromShop<std::map<std::string, std::map<std::string, std::string>>> quantities();
  FromShop<std::map<std::string, std::map<std::string, std::string>>> prices();

  struct Quantity {
    std::string product_id;
    std::string variant_id = "0";
    bool change = false;  ///< A delta; else the absolute quantity.
    std::int64_t quantity = 0;
  };
  using Quantities = std::vector<Quantity>;
  /// The parameter `products` of ProductsQuantityUpdate.
  static kit::Json quantity_rows(Quantities::const_iterator from, Quantities::const_iterator to);
  /// In pieces of 1,000; how many rows the shop counted.
  FromShop<std::int64_t> update_quantities(const Quantities& rows);

  /// `fields` as OrderAdd takes them; `products` JSON. A `previous_order_id` replaces that order.
  /// Answers the shop's id.
  FromShop<std::string> add_order(const Fields& fields, const kit::Json& products);
  /// `update_type` is status, paid or delivery_number. How many orders the shop counted.
  FromShop<std::int64_t> update_orders(const std::vector<std::string>& ids,
                                       std::string_view update_type, std::string_view value);
  /// Orders later than both, by id, all pages. The official file compares strictly.
  FromShop<std::map<std::string, kit::Json>> orders(std::int64_t time_from,
                                                    std::string_view id_from = "");

 private:
  /// Every page of an action whose answer is a map with "pages" beside its rows.
  FromShop<std::map<std::string, kit::Json>> all_pages(std::string_view action, Fields fields);
  FromShop<std::map<std::string, std::map<std::string, std::string>>> by_variant(
      std::string_view action);

  std::string url_;
  std::string password_;
  Send send_;
  std::optional<std::vector<std::string>> supported_;
};

}  // namespace atrapa::mocks::base
