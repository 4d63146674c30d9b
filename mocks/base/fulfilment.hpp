#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/base/numbering.hpp"
#include "mocks/base/rows.hpp"

namespace atrapa::mocks::base {

struct FulfilmentItem {
  std::int64_t id = 0;
  std::int64_t product_id = 0;
  std::string product_name;
  std::string product_ean;
  std::string product_sku;
  std::int64_t quantity = 0;
  std::int64_t received_quantity = -1;  ///< -1: not known yet.
  std::int64_t box = 1;                 ///< Which box it lies in.

  static constexpr auto fields() {
    return std::tuple{as("item_id", &FulfilmentItem::id),
                      as("product_id", &FulfilmentItem::product_id),
                      as("product_name", &FulfilmentItem::product_name),
                      as("product_ean", &FulfilmentItem::product_ean),
                      as("product_sku", &FulfilmentItem::product_sku),
                      as("quantity", &FulfilmentItem::quantity),
                      as("received_quantity", &FulfilmentItem::received_quantity),
                      as("box", &FulfilmentItem::box)};
  }
  bool operator==(const FulfilmentItem&) const = default;
};

/// Goods on their way to a fulfilment warehouse. No method moves it on: its status is the
/// warehouse's, and stands as the world has it.
struct FulfilmentDelivery {
  std::int64_t id = 0;
  std::string name;
  std::string document_number;
  std::int64_t sub_id = 0;
  std::int64_t month = 0;
  std::int64_t year = 0;
  std::string period;
  std::int64_t date_created = 0;
  std::int64_t warehouse_id = 0;
  std::int64_t fulfillment_warehouse_id = 0;
  std::int64_t status = 0;  ///< 0 draft, 1 packing, 2 registered, 3 in transit, 4 unpacking,
                            ///< 5 completed, 6 cancelled [doc].
  std::int64_t boxes = 1;
  std::vector<FulfilmentItem> items;

  /// Indexes. By place_key().
  enum By { Number };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("delivery_id", &FulfilmentDelivery::id),
                      as("name", &FulfilmentDelivery::name),
                      as("document_number", &FulfilmentDelivery::document_number),
                      as("sub_id", &FulfilmentDelivery::sub_id),
                      as("month", &FulfilmentDelivery::month),
                      as("year", &FulfilmentDelivery::year),
                      as("period", &FulfilmentDelivery::period),
                      as("date_created", &FulfilmentDelivery::date_created),
                      as("warehouse_id", &FulfilmentDelivery::warehouse_id),
                      as("fulfillment_warehouse_id", &FulfilmentDelivery::fulfillment_warehouse_id),
                      as("status", &FulfilmentDelivery::status),
                      as("boxes", &FulfilmentDelivery::boxes),
                      as("items", &FulfilmentDelivery::items)};
  }
  bool operator==(const FulfilmentDelivery&) const = default;
};

struct Fulfilment {
  Rows<FulfilmentDelivery> deliveries;
  std::int64_t next_item_id = 1;
  LastNumbers last;

  static constexpr auto fields() {
    return std::tuple{as("fulfilment_deliveries", &Fulfilment::deliveries),
                      as("next_fulfilment_item_id", &Fulfilment::next_item_id),
                      as("fulfilment_numbers", &Fulfilment::last)};
  }
};

}  // namespace atrapa::mocks::base
