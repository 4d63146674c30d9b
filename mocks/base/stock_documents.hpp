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

struct Product;
struct State;
struct Warehouse;

/// By getInventoryDocuments' numbers [doc].
enum class StockDocumentType {
  GoodsReceived = 0,
  InternalReceipt = 1,
  GoodsIssue = 2,
  InternalIssue = 3,
  Transfer = 4,
  OpeningBalance = 5,
};

struct DocumentSeries {
  std::int64_t id = 0;
  std::string name;
  std::int64_t document_type = 0;
  std::int64_t warehouse_id = 0;
  std::string format;
  LastNumbers last;

  /// Indexes: "TYPE WAREHOUSE".
  enum By { Use };
  static std::string use(std::int64_t type, std::int64_t warehouse_id);
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("document_series_id", &DocumentSeries::id),
                      as("name", &DocumentSeries::name),
                      as("document_type", &DocumentSeries::document_type),
                      as("warehouse_id", &DocumentSeries::warehouse_id),
                      as("format", &DocumentSeries::format),
                      as("last", &DocumentSeries::last)};
  }
  bool operator==(const DocumentSeries&) const = default;
};

/// A product's name and codes as they were when a document took it up.
struct StockItem {
  std::int64_t id = 0;
  std::int64_t product_id = 0;
  std::string product_name;
  std::string product_ean;
  std::string product_sku;
  std::int64_t quantity = 0;
  kit::Decimal price;
  std::int64_t inventory_id = 0;
  std::string location_name;
  std::string target_location_name;
  std::string expiry_date;  ///< YYYY-MM-DD
  std::string batch;
  std::string serial_no;
  std::string comments;

  static constexpr auto fields() {
    return std::tuple{as("item_id", &StockItem::id),
                      as("product_id", &StockItem::product_id),
                      as("product_name", &StockItem::product_name),
                      as("product_ean", &StockItem::product_ean),
                      as("product_sku", &StockItem::product_sku),
                      as("quantity", &StockItem::quantity),
                      as("price", &StockItem::price),
                      as("inventory_id", &StockItem::inventory_id),
                      as("location_name", &StockItem::location_name),
                      as("target_location_name", &StockItem::target_location_name),
                      as("expiry_date", &StockItem::expiry_date),
                      as("batch", &StockItem::batch),
                      as("serial_no", &StockItem::serial_no),
                      as("comments", &StockItem::comments)};
  }
  bool operator==(const StockItem&) const = default;
};

struct StockDocument {
  std::int64_t id = 0;
  std::int64_t document_type = 0;
  bool confirmed = false;
  std::int64_t document_series_id = 0;
  std::string full_number;
  std::int64_t sub_id = 0;
  std::int64_t month = 0;
  std::int64_t year = 0;
  std::string period;
  std::int64_t date_created = 0;
  std::int64_t date_execute = 0;
  std::int64_t date_confirmed = 0;
  std::int64_t warehouse_id = 0;
  std::int64_t target_warehouse_id = 0;  ///< Of a transfer.
  std::string contractor;
  std::string invoice_no;
  std::string notes;
  std::int64_t source_object_type = 0;  ///< 1 order, 2 purchase order, ... [doc]; 0 for none.
  std::int64_t source_object_id = 0;
  std::string external_document_number;
  std::string file;  ///< That of the outside system, in base64; "" for none.
  std::vector<StockItem> items;

  StockDocumentType type() const { return static_cast<StockDocumentType>(document_type); }

  /// Indexes. Number is by place_key(), Source by "TYPE ID".
  enum By { Number, Source };
  static std::string source(std::int64_t type, std::int64_t id);
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("document_id", &StockDocument::id),
                      as("document_type", &StockDocument::document_type),
                      as("confirmed", &StockDocument::confirmed),
                      as("document_series_id", &StockDocument::document_series_id),
                      as("full_number", &StockDocument::full_number),
                      as("sub_id", &StockDocument::sub_id),
                      as("month", &StockDocument::month),
                      as("year", &StockDocument::year),
                      as("period", &StockDocument::period),
                      as("date_created", &StockDocument::date_created),
                      as("date_execute", &StockDocument::date_execute),
                      as("date_confirmed", &StockDocument::date_confirmed),
                      as("warehouse_id", &StockDocument::warehouse_id),
                      as("target_warehouse_id", &StockDocument::target_warehouse_id),
                      as("contractor", &StockDocument::contractor),
                      as("invoice_no", &StockDocument::invoice_no),
                      as("notes", &StockDocument::notes),
                      as("source_object_type", &StockDocument::source_object_type),
                      as("source_object_id", &StockDocument::source_object_id),
                      as("external_document_number", &StockDocument::external_document_number),
                      as("file", &StockDocument::file),
                      as("items", &StockDocument::items)};
  }
  bool operator==(const StockDocument&) const = default;
};

/// Documents that move stock.
struct StockKeeping {
  Rows<DocumentSeries> document_series;
  Rows<StockDocument> documents;
  std::int64_t next_item_id = 1;

  static constexpr auto fields() {
    return std::tuple{as("document_series", &StockKeeping::document_series),
                      as("stock_documents", &StockKeeping::documents),
                      as("next_stock_item_id", &StockKeeping::next_item_id)};
  }
};

/// Adds a draft with the next number of its warehouse's series; a series that the world does not
/// have is made [inferred]. Items without an id get one. Answers the document's id.
std::int64_t add_document(State& state, StockDocument document);
/// Confirms a draft: its stock moves, wholly or not at all. Answers why it cannot be, or "".
std::string confirm_document(State& state, std::int64_t document_id, std::int64_t now);
/// Why the document's stock cannot move, or "".
std::string cannot_move(const State& state, const StockDocument& document);

// Within the families of stock.

/// Highest number of pieces and price of a line.
constexpr std::int64_t kMostPiecesOfLine = 1'000'000'000;
bool price_of_line_fits(const kit::Decimal& price);
/// One of the account's own, of type `bl`: only there stock can be written [doc]. Null for others.
const Warehouse* own_warehouse(const State& state, std::int64_t warehouse_id);
/// A product's first name, in the default language.
std::string name_on_document(const Product& product);
/// Why lines of that product cannot be on a document of that warehouse, or "".
std::string cannot_hold(const State& state, std::int64_t product_id, const Warehouse& warehouse);

}  // namespace atrapa::mocks::base
