#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/kit/decimal.hpp"

// What a marketplace tells of a sale, beside the order itself.

namespace atrapa::mocks::base {

struct TransactionTax {
  std::string code;
  kit::Decimal value;
  kit::Decimal rate;  ///< 0.05 for five percent [doc sample].

  static constexpr auto fields() {
    return std::tuple{as("code", &TransactionTax::code), as("value", &TransactionTax::value),
                      as("rate", &TransactionTax::rate)};
  }
  bool operator==(const TransactionTax&) const = default;
};

/// The taxes of one thing sold, and of its shipping.
struct TransactionItem {
  std::string item_id;  ///< SKU, or another id.
  kit::Decimal shipping_net;
  kit::Decimal shipping_tax;
  kit::Decimal shipping_gross;
  std::vector<TransactionTax> shipping_taxes;
  std::vector<TransactionTax> taxes;

  static constexpr auto fields() {
    return std::tuple{as("item_id", &TransactionItem::item_id),
                      as("shipping_net", &TransactionItem::shipping_net),
                      as("shipping_tax", &TransactionItem::shipping_tax),
                      as("shipping_gross", &TransactionItem::shipping_gross),
                      as("shipping_taxes", &TransactionItem::shipping_taxes),
                      as("taxes", &TransactionItem::taxes)};
  }
  bool operator==(const TransactionItem&) const = default;
};

/// A parcel that Amazon sends.
struct FulfillmentShipment {
  std::string product_sku;
  std::string product_name;
  std::int64_t quantity = 0;
  bool fba = false;

  static constexpr auto fields() {
    return std::tuple{as("product_sku", &FulfillmentShipment::product_sku),
                      as("product_name", &FulfillmentShipment::product_name),
                      as("quantity", &FulfillmentShipment::quantity),
                      as("fba", &FulfillmentShipment::fba)};
  }
  bool operator==(const FulfillmentShipment&) const = default;
};

/// Dates in unix seconds; 0: not known.
struct TransactionData {
  std::vector<FulfillmentShipment> fulfillment_shipments;
  std::string fulfillment_center_id;
  std::int64_t ship_date_from = 0;
  std::int64_t ship_date_to = 0;
  std::int64_t delivery_date_from = 0;
  std::int64_t delivery_date_to = 0;
  std::string marketplace_transaction_id;
  std::int64_t account_id = 0;
  std::int64_t transaction_date = 0;
  std::vector<TransactionItem> order_items;

  static constexpr auto fields() {
    return std::tuple{
        as("fulfillment_shipments", &TransactionData::fulfillment_shipments),
        as("fulfillment_center_id", &TransactionData::fulfillment_center_id),
        as("ship_date_from", &TransactionData::ship_date_from),
        as("ship_date_to", &TransactionData::ship_date_to),
        as("delivery_date_from", &TransactionData::delivery_date_from),
        as("delivery_date_to", &TransactionData::delivery_date_to),
        as("marketplace_transaction_id", &TransactionData::marketplace_transaction_id),
        as("account_id", &TransactionData::account_id),
        as("transaction_date", &TransactionData::transaction_date),
        as("order_items", &TransactionData::order_items)};
  }
  bool operator==(const TransactionData&) const = default;
};

}  // namespace atrapa::mocks::base
