#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/base/numbering.hpp"
#include "mocks/base/rows.hpp"
#include "mocks/kit/decimal.hpp"

namespace atrapa::mocks::base {

struct PurchaseSeries {
  std::int64_t id = 0;
  std::string name;
  std::int64_t warehouse_id = 0;  ///< 0: of any.
  std::string format = "PO/%N/%M/%Y";
  LastNumbers last;

  /// Indexes.
  enum By { WarehouseId };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("series_id", &PurchaseSeries::id), as("name", &PurchaseSeries::name),
                      as("warehouse_id", &PurchaseSeries::warehouse_id),
                      as("format", &PurchaseSeries::format), as("last", &PurchaseSeries::last)};
  }
  bool operator==(const PurchaseSeries&) const = default;
};

struct PurchaseItem {
  std::int64_t id = 0;
  std::int64_t product_id = 0;
  std::string product_name;
  std::string product_sku;
  std::string product_ean;
  std::string supplier_code;
  std::int64_t quantity = 0;
  std::int64_t completed_quantity = 0;  ///< Received so far.
  kit::Decimal item_cost;
  std::string location;
  std::string expiry_date;
  std::string batch;
  std::string serial_no;
  std::string comments;

  static constexpr auto fields() {
    return std::tuple{as("item_id", &PurchaseItem::id),
                      as("product_id", &PurchaseItem::product_id),
                      as("product_name", &PurchaseItem::product_name),
                      as("product_sku", &PurchaseItem::product_sku),
                      as("product_ean", &PurchaseItem::product_ean),
                      as("supplier_code", &PurchaseItem::supplier_code),
                      as("quantity", &PurchaseItem::quantity),
                      as("completed_quantity", &PurchaseItem::completed_quantity),
                      as("item_cost", &PurchaseItem::item_cost),
                      as("location", &PurchaseItem::location),
                      as("expiry_date", &PurchaseItem::expiry_date),
                      as("batch", &PurchaseItem::batch),
                      as("serial_no", &PurchaseItem::serial_no),
                      as("comments", &PurchaseItem::comments)};
  }
  bool operator==(const PurchaseItem&) const = default;
};

struct AdditionalCost {
  std::string name;
  kit::Decimal cost;

  static constexpr auto fields() {
    return std::tuple{as("name", &AdditionalCost::name), as("cost", &AdditionalCost::cost)};
  }
  bool operator==(const AdditionalCost&) const = default;
};

/// By setInventoryPurchaseOrderStatus' numbers [doc].
enum class PurchaseStatus {
  Draft = 0,
  Sent = 1,
  Received = 2,
  Completed = 3,
  PartlyCompleted = 4,
  Cancelled = 5,
};

struct PurchaseOrder {
  std::int64_t id = 0;
  std::string name;
  std::int64_t series_id = 0;
  std::string document_number;
  std::int64_t sub_id = 0;
  std::int64_t month = 0;
  std::int64_t year = 0;
  std::string period;
  std::int64_t date_created = 0;
  std::int64_t date_sent = 0;
  std::int64_t date_received = 0;
  std::int64_t date_completed = 0;
  std::int64_t date_expected_delivery = 0;
  std::int64_t warehouse_id = 0;
  std::int64_t supplier_id = 0;
  std::int64_t payer_id = 0;
  std::string currency;
  std::string invoice_no;
  std::string cost_invoice_file;
  std::string notes;
  std::int64_t status = 0;
  std::vector<AdditionalCost> additional_cost;
  std::vector<PurchaseItem> items;

  /// Whether the supplier still owes what has not come in: it was sent and is not closed
  /// [inferred].
  bool awaits_goods() const;

  /// Indexes. Number is by place_key(); Awaited by number_key(), a product that has not all come
  /// in.
  enum By { Number, Awaited };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("id", &PurchaseOrder::id),
                      as("name", &PurchaseOrder::name),
                      as("series_id", &PurchaseOrder::series_id),
                      as("document_number", &PurchaseOrder::document_number),
                      as("sub_id", &PurchaseOrder::sub_id),
                      as("month", &PurchaseOrder::month),
                      as("year", &PurchaseOrder::year),
                      as("period", &PurchaseOrder::period),
                      as("date_created", &PurchaseOrder::date_created),
                      as("date_sent", &PurchaseOrder::date_sent),
                      as("date_received", &PurchaseOrder::date_received),
                      as("date_completed", &PurchaseOrder::date_completed),
                      as("date_expected_delivery", &PurchaseOrder::date_expected_delivery),
                      as("warehouse_id", &PurchaseOrder::warehouse_id),
                      as("supplier_id", &PurchaseOrder::supplier_id),
                      as("payer_id", &PurchaseOrder::payer_id),
                      as("currency", &PurchaseOrder::currency),
                      as("invoice_no", &PurchaseOrder::invoice_no),
                      as("cost_invoice_file", &PurchaseOrder::cost_invoice_file),
                      as("notes", &PurchaseOrder::notes),
                      as("status", &PurchaseOrder::status),
                      as("additional_cost", &PurchaseOrder::additional_cost),
                      as("items", &PurchaseOrder::items)};
  }
  bool operator==(const PurchaseOrder&) const = default;
};

/// What the account orders from its suppliers.
struct Purchasing {
  Rows<PurchaseSeries> series;
  Rows<PurchaseOrder> orders;
  std::int64_t next_item_id = 1;

  static constexpr auto fields() {
    return std::tuple{as("purchase_series", &Purchasing::series),
                      as("purchase_orders", &Purchasing::orders),
                      as("next_purchase_item_id", &Purchasing::next_item_id)};
  }
};

}  // namespace atrapa::mocks::base
