#include <fmt/format.h>

#include <array>
#include <set>
#include <utility>

#include "mocks/base/call.hpp"
#include "mocks/base/paging.hpp"
#include "mocks/base/stock_documents.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::int64_t kRowsPerPage = 100;

bool document_wanted(const Given& given, const StockDocument& one) {
  const auto is = [&](std::string_view filter, std::int64_t value) {
    return !given.has(filter) || given.integer(filter) == value;
  };
  return is("filter_source_object_type", one.source_object_type) &&
         is("filter_source_object_id", one.source_object_id) && is("filter_document_id", one.id) &&
         is("filter_document_type", one.document_type) &&
         is("filter_document_status", one.confirmed ? 1 : 0) &&
         is("filter_warehouse_id", one.warehouse_id) &&
         one.date_created >= given.integer("filter_date_from", INT64_MIN) &&
         one.date_created <= given.integer("filter_date_to", INT64_MAX);
}

void put_document(Answer& answer, const StockDocument& one) {
  const bool out = one.type() == StockDocumentType::GoodsIssue ||
                   one.type() == StockDocumentType::InternalIssue ||
                   one.type() == StockDocumentType::Transfer;  // [inferred] for transfers
  std::set<std::int64_t> products;
  std::int64_t quantity = 0;
  kit::Decimal price;
  for (const StockItem& item : one.items) {
    products.insert(item.product_id);
    quantity += item.quantity;
    price = price + item.price * kit::Decimal(item.quantity);
  }
  answer.put("document_id", one.id);
  answer.put("document_type", one.document_type);
  answer.put("document_status", one.confirmed ? 1 : 0);
  answer.put("direction", out ? 1 : 0);
  answer.put("document_series_id", one.document_series_id);
  answer.put("full_number", one.full_number);
  answer.put("date_created", one.date_created);
  answer.put("date_confirmed", one.date_confirmed);
  answer.put("warehouse_id", one.warehouse_id);
  answer.put("warehouse_id2", one.target_warehouse_id);
  answer.put("items_count", static_cast<std::int64_t>(products.size()));
  answer.put("total_quantity", quantity);
  answer.put("total_price", price);
  answer.put("connection_type", one.source_object_type);
  answer.put("connection_id", one.source_object_id);
  answer.put("notes", one.notes);
  answer.put("source_object_type", one.source_object_type);
  answer.put("source_object_id", one.source_object_id);
}

/// By id, 100 a page from 1 [doc].
Reply get_inventory_documents(Call& call) {
  const Given given = call.given();
  const Rows<StockDocument>& documents = call.state.stock_keeping.documents;
  const PageWindow page = page_given(given, kRowsPerPage);
  std::int64_t index = 0;
  Answer answer = call.answer();
  {
    const auto list = answer.open("documents");
    const auto visit = [&](const StockDocument& one) {
      if (document_wanted(given, one) && page.has(index++)) {
        const auto item = answer.item();
        put_document(answer, one);
      }
      return index < page.end;
    };
    if (given.has("filter_document_id")) {
      const StockDocument* one = documents.find(given.integer("filter_document_id"));
      if (one != nullptr) visit(*one);
    } else if (given.has("filter_source_object_type") && given.has("filter_source_object_id")) {
      const std::string source = StockDocument::source(given.integer("filter_source_object_type"),
                                                       given.integer("filter_source_object_id"));
      for (const StockDocument* one : documents.look_up(StockDocument::Source, source)) {
        if (!visit(*one)) break;
      }
    } else {
      documents.each(visit);
    }
  }
  return call.done(std::move(answer));
}

void put_item(Answer& answer, const StockDocument& document, const StockItem& one,
              std::int64_t position) {
  answer.put("document_id", document.id);
  answer.put("item_id", one.id);
  answer.put("position", position);
  answer.put("product_id", one.product_id);
  answer.put("product_name", one.product_name);
  answer.put("product_ean", one.product_ean);
  answer.put("product_sku", one.product_sku);
  answer.put("quantity", one.quantity);
  answer.put("price", one.price);
  answer.put("total_price", one.price * kit::Decimal(one.quantity));
  answer.put("inventory_id", one.inventory_id);
  answer.put("location_name", one.location_name);
  answer.put("expiry_date", one.expiry_date);
  answer.put("batch", one.batch);
  answer.put("serial_no", one.serial_no);
  answer.put("comments", one.comments);
  answer.put("target_location_name", one.target_location_name);
}

Reply get_inventory_document_items(Call& call) {
  const Given given = call.given();
  const StockDocument* document =
      call.state.stock_keeping.documents.find(given.integer("document_id"));
  if (document == nullptr) {
    return call.refuse(fmt::format("document {} is not there", given.integer("document_id")));
  }
  const PageWindow page = page_given(given, kRowsPerPage);
  Answer answer = call.answer();
  {
    const auto items = answer.open("items");
    std::int64_t position = 0;
    for (const StockItem& one : document->items) {
      if (!page.has(position++)) continue;
      const auto item = answer.item();
      put_item(answer, *document, one, position);
    }
  }
  return call.done(std::move(answer));
}

Reply get_inventory_document_series(Call& call) {
  Answer answer = call.answer();
  {
    const auto list = answer.open("document_series");
    call.state.stock_keeping.document_series.each([&](const DocumentSeries& one) {
      const auto item = answer.item();
      answer.put("document_series_id", one.id);
      answer.put("name", one.name);
      answer.put("document_type", one.document_type);
      answer.put("warehouse_id", one.warehouse_id);
      answer.put("format", one.format);
      return true;
    });
  }
  return call.done(std::move(answer));
}

constexpr std::array kStockDocumentListMethods{
    Handled{"getInventoryDocuments", get_inventory_documents},
    Handled{"getInventoryDocumentItems", get_inventory_document_items},
    Handled{"getInventoryDocumentSeries", get_inventory_document_series},
};

}  // namespace

std::span<const Handled> stock_document_list_methods() { return kStockDocumentListMethods; }

}  // namespace atrapa::mocks::base
