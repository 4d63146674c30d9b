#include "mocks/base/stock_documents.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/files.hpp"
#include "mocks/base/world_json.hpp"
#include "mocks/kit/dates.hpp"

namespace atrapa::mocks::base {
namespace {

bool sane_time(std::int64_t when) { return when >= 0 && when <= kLastSecond; }

Reply no_document(Call& call) {
  return call.refuse(fmt::format("document {} is not there", call.given().integer("document_id")));
}

const StockDocument* document_of(Call& call) {
  return call.state.stock_keeping.documents.find(call.given().integer("document_id"));
}

/// Opens a draft in a warehouse of the account's own; a transfer needs another one to go to.
Reply add_inventory_document(Call& call) {
  const Given given = call.given();
  StockDocument document;
  document.date_created = given.integer("date_add", call.now());
  set_given(document, given);  // type, warehouses, date_execute, contractor, invoice_no, notes
  if (!sane_time(document.date_created) || !sane_time(document.date_execute)) {
    return call.refuse("date_add, date_execute: no such time");
  }
  if (own_warehouse(call.state, document.warehouse_id) == nullptr) {
    return call.refuse("warehouse_id: expected a warehouse of type bl");
  }
  const bool transfer = document.type() == StockDocumentType::Transfer;
  if (transfer && (own_warehouse(call.state, document.target_warehouse_id) == nullptr ||
                   document.target_warehouse_id == document.warehouse_id)) {
    return call.refuse("target_warehouse_id: expected another warehouse of type bl");
  }
  if (!transfer) document.target_warehouse_id = 0;  // Only of transfers [doc].
  const std::int64_t id = add_document(call.state, std::move(document));
  Answer answer = call.answer();
  answer.put("document_id", id);
  answer.put("document_number", call.state.stock_keeping.documents.find(id)->full_number);
  return call.done(std::move(answer));
}

/// Why a line cannot be taken, or "".
std::string misfit_of_item(const StockItem& item) {
  if (item.quantity <= 0 || item.quantity > kMostPiecesOfLine) return "quantity: no such quantity";
  if (!price_of_line_fits(item.price)) return "price: no such price";
  if (!item.expiry_date.empty() && !kit::is_date(item.expiry_date)) {
    return "expiry_date: expected YYYY-MM-DD";
  }
  return {};
}

/// Adds lines to a draft, all or none [inferred].
Reply add_inventory_document_items(Call& call) {
  const StockDocument* before = document_of(call);
  if (before == nullptr) return no_document(call);
  if (before->confirmed) return call.refuse("the document is confirmed: no items can be added");
  const Warehouse* here = own_warehouse(call.state, before->warehouse_id);
  const Warehouse* there = own_warehouse(call.state, before->target_warehouse_id);
  if (here == nullptr) return call.refuse("the document's warehouse is not there");
  std::vector<StockItem> items;
  for (const kit::Json& row : call.given().list("items")) {
    StockItem item;
    set_given(item, Given(row));
    std::string problem = misfit_of_item(item);
    if (problem.empty()) problem = cannot_hold(call.state, item.product_id, *here);
    if (problem.empty() && there != nullptr) {
      problem = cannot_hold(call.state, item.product_id, *there);
    }
    if (!problem.empty()) return call.refuse(fmt::format("items[{}]: {}", items.size(), problem));
    const Product* product = call.state.catalogue.products.find(item.product_id);
    item.id = call.state.stock_keeping.next_item_id + static_cast<std::int64_t>(items.size());
    item.product_name = name_on_document(*product);
    item.product_ean = product->ean;
    item.product_sku = product->sku;
    item.inventory_id = product->inventory_id;
    items.push_back(std::move(item));
  }
  if (items.empty()) return call.refuse("items: expected at least one");
  call.state.stock_keeping.next_item_id += static_cast<std::int64_t>(items.size());
  Answer answer = call.answer();
  {
    const auto list = answer.open("items");
    for (const StockItem& one : items) {
      const auto item = answer.item();
      answer.put("item_id", one.id);
    }
  }
  call.state.stock_keeping.documents.edit(before->id, [&](StockDocument& document) {
    document.items.insert(document.items.end(), std::make_move_iterator(items.begin()),
                          std::make_move_iterator(items.end()));
  });
  return call.done(std::move(answer));
}

/// The moment at which stock moves [doc]; a second time is refused.
Reply set_inventory_document_status_confirmed(Call& call) {
  std::string problem =
      confirm_document(call.state, call.given().integer("document_id"), call.now());
  return problem.empty() ? call.done() : call.refuse(problem);
}

Reply add_inventory_document_file(Call& call) {
  const Given given = call.given();
  const StockDocument* document = document_of(call);
  if (document == nullptr) return no_document(call);
  const auto bytes = sent_file(given.text("file"));
  if (!bytes) return call.refuse("file: expected data: and base64");
  call.state.stock_keeping.documents.edit(document->id, [&](StockDocument& changed) {
    changed.file = in_base64(*bytes);
    changed.external_document_number = given.text("external_document_number");
  });
  return call.done();
}

std::vector<std::string> printed_document(const StockDocument& document) {
  std::vector<std::string> lines{document.full_number,
                                 fmt::format("Magazyn {}", document.warehouse_id)};
  for (const StockItem& item : document.items) {
    lines.push_back(
        fmt::format("{} x {} ({})", item.quantity, item.product_name, item.product_sku));
  }
  return lines;
}

/// With get_external the file and number of the outside system where there are any [doc].
Reply get_inventory_document_file(Call& call) {
  const StockDocument* document = document_of(call);
  if (document == nullptr) return no_document(call);
  const bool external = call.given().flag("get_external") && !document->file.empty();
  Answer answer = call.answer();
  answer.put("file", "data:" + (external ? document->file
                                         : in_base64(small_pdf(printed_document(*document)))));
  answer.put("document_number",
             external ? document->external_document_number : document->full_number);
  return call.done(std::move(answer));
}

constexpr std::array kStockDocumentMethods{
    Handled{"addInventoryDocument", add_inventory_document},
    Handled{"addInventoryDocumentItems", add_inventory_document_items},
    Handled{"setInventoryDocumentStatusConfirmed", set_inventory_document_status_confirmed},
    Handled{"addInventoryDocumentFile", add_inventory_document_file},
    Handled{"getInventoryDocumentFile", get_inventory_document_file},
};

}  // namespace

std::span<const Handled> stock_document_methods() { return kStockDocumentMethods; }

}  // namespace atrapa::mocks::base
