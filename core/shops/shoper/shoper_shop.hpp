#pragma once

#include <memory>

#include "core/ports/shop.hpp"
#include "core/shops/shoper/client.hpp"

namespace atrapa::core::shoper {

/// A Shoper shop behind webapi/rest.
class ShoperShop final : public Shop {
 public:
  ShoperShop(Access access, Transport& transport, Clock& clock, ClientPolicies policies = {});

  /// application-config and languages: two calls.
  ShopResult<ShopSettings> settings() override;
  ShopResult<ShopCatalogue> reference_data(bool with_category_tree) override;
  /// Variants first, then products with their embedded base stock: (variants + products) / 50
  /// calls.
  ShopResult<Done> items(const PageSink<ShopItem>& sink) override;
  ShopResult<Done> orders(const OrderQuery& query, const PageSink<ShopOrder>& sink) override;
  ShopResult<std::vector<ShopOrder>> orders_by_id(std::span<const std::string> ids) override;
  /// 50 orders a call by the IN operator; a shop that refuses it is asked order by order.
  ShopResult<std::unordered_map<std::string, std::vector<ShopLine>>> lines(
      std::span<const std::string> order_ids) override;

  std::size_t stock_batch() const override { return 25; }  ///< The bulk's limit [doc].
  /// One figure by PUT, more by bulk. A write whose answer was lost is sent again: the figure is
  /// absolute, so that the second time changes nothing that the first did.
  ShopResult<std::vector<StockWriteOutcome>> write_stock(
      std::span<const StockWrite> writes) override;
  ShopResult<std::string> add_product(const NewProduct& product) override;
  ShopResult<std::vector<ShopItem>> find_products(const ProductQuery& query) override;
  ShopResult<Done> set_order_status(const std::string& order_id,
                                    const std::string& status_id) override;

  /// Whether one row of that resource can be read: what a test of the connection asks for.
  ShopResult<Done> probe(const std::string& resource);

 private:
  ShopResult<std::vector<StockWriteOutcome>> write_one(const StockWrite& write);

  Client client_;
};

}  // namespace atrapa::core::shoper
