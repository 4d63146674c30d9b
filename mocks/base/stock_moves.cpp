#include <fmt/format.h>

#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "mocks/base/catalogue.hpp"
#include "mocks/base/products.hpp"
#include "mocks/base/state.hpp"
#include "mocks/base/stock_documents.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::array<std::string_view, 6> kTypeLetters{"GR", "IGR", "GI", "IGI", "IT", "OB"};

/// Pieces by product and warehouse key.
using StockMoves = std::map<std::pair<std::int64_t, std::string>, std::int64_t>;

std::string key_of_warehouse(const State& state, std::int64_t warehouse_id) {
  const Warehouse* warehouse = own_warehouse(state, warehouse_id);
  return warehouse != nullptr ? warehouse->key() : std::string();
}

StockMoves moves_of(const State& state, const StockDocument& document) {
  const std::string here = key_of_warehouse(state, document.warehouse_id);
  const std::string there = key_of_warehouse(state, document.target_warehouse_id);
  StockMoves moves;
  for (const StockItem& item : document.items) {
    std::int64_t& at_home = moves[{item.product_id, here}];
    switch (document.type()) {
      case StockDocumentType::GoodsReceived:
      case StockDocumentType::InternalReceipt:
      case StockDocumentType::OpeningBalance: at_home += item.quantity; break;
      case StockDocumentType::GoodsIssue:
      case StockDocumentType::InternalIssue: at_home -= item.quantity; break;
      case StockDocumentType::Transfer:
        at_home -= item.quantity;
        moves[{item.product_id, there}] += item.quantity;
        break;
    }
  }
  return moves;
}

std::int64_t pieces_at(const Product& product, const std::string& key) {
  const auto found = product.stock.find(key);
  return found != product.stock.end() ? found->second : 0;
}

/// The only place of these families that writes stock; logged as any change of it.
void move_stock(State& state, std::int64_t product_id, const std::string& key, std::int64_t pieces,
                std::int64_t now) {
  Product product = *state.catalogue.products.find(product_id);
  product.stock[key] += pieces;
  save_product(state, std::move(product), now);
}

std::int64_t series_of(State& state, std::int64_t type, std::int64_t warehouse_id) {
  Rows<DocumentSeries>& all = state.stock_keeping.document_series;
  for (const std::int64_t of : {warehouse_id, std::int64_t{0}}) {
    const auto found = all.look_up(DocumentSeries::Use, DocumentSeries::use(type, of));
    if (!found.empty()) return found.front()->id;
  }
  const std::string_view letters = kTypeLetters.at(static_cast<std::size_t>(type));
  DocumentSeries series;
  series.name = letters;
  series.document_type = type;
  series.warehouse_id = warehouse_id;
  series.format = fmt::format("{}/%N/%M/%Y", letters);
  return all.add(std::move(series));
}

}  // namespace

std::string cannot_move(const State& state, const StockDocument& document) {
  for (const auto& [place, pieces] : moves_of(state, document)) {
    const auto& [product_id, key] = place;
    const Product* product = state.catalogue.products.find(product_id);
    if (product == nullptr) return fmt::format("product {} is not there", product_id);
    if (key.empty()) return "the warehouse is not there";
    std::int64_t after = 0;
    if (__builtin_add_overflow(pieces_at(*product, key), pieces, &after)) {
      return fmt::format("product {}: more stock than can be counted", product_id);
    }
    if (pieces < 0 && after < 0 && !state.settings->stock_below_zero) {
      return fmt::format("product {}: {} has {} pieces only", product_id, key,
                         pieces_at(*product, key));
    }
  }
  return {};
}

std::int64_t add_document(State& state, StockDocument document) {
  const std::int64_t series_id = series_of(state, document.document_type, document.warehouse_id);
  DocumentSeries series = *state.stock_keeping.document_series.find(series_id);
  const Rows<StockDocument>& documents = state.stock_keeping.documents;
  const SeriesNumber number =
      next_number(series.format, series.last, document.date_created, *state.settings,
                  [&](const std::string& period, std::int64_t sub_id) {
                    const std::string key = place_key(series_id, period, 0, 0, sub_id);
                    return !documents.look_up(StockDocument::Number, key).empty();
                  });
  document.document_series_id = series_id;
  document.full_number = number.text;
  document.sub_id = number.sub_id;
  document.month = number.month;
  document.year = number.year;
  document.period = number.period;
  document.confirmed = false;
  for (StockItem& item : document.items) {
    if (item.id == 0) item.id = state.stock_keeping.next_item_id++;
  }
  state.stock_keeping.document_series.put(std::move(series));
  return state.stock_keeping.documents.add(std::move(document));
}

std::string confirm_document(State& state, std::int64_t document_id, std::int64_t now) {
  const StockDocument* found = state.stock_keeping.documents.find(document_id);
  if (found == nullptr) return fmt::format("document {} is not there", document_id);
  if (found->confirmed) return fmt::format("document {} is confirmed already", document_id);
  if (found->items.empty()) return fmt::format("document {} has no items", document_id);
  std::string problem = cannot_move(state, *found);
  if (!problem.empty()) return problem;
  for (const auto& [place, pieces] : moves_of(state, *found)) {
    move_stock(state, place.first, place.second, pieces, now);
  }
  state.stock_keeping.documents.edit(document_id, [&](StockDocument& document) {
    document.confirmed = true;
    document.date_confirmed = now;
  });
  return {};
}

bool price_of_line_fits(const kit::Decimal& price) {  // decimal(10,2) [doc]
  return kit::Decimal(0) <= price && price < kit::Decimal(100'000'000) && price.rounded(2) == price;
}

const Warehouse* own_warehouse(const State& state, std::int64_t warehouse_id) {
  const Warehouse* warehouse = state.catalogue.warehouses.find(warehouse_id);
  return warehouse != nullptr && warehouse->type == "bl" ? warehouse : nullptr;
}

std::string name_on_document(const Product& product) {
  const auto name = product.text_fields.find("name");
  return name != product.text_fields.end() ? name->second : std::string();
}

/// A bundle has no stock of its own, and a catalogue keeps stock in its own warehouses [inferred].
std::string cannot_hold(const State& state, std::int64_t product_id, const Warehouse& warehouse) {
  const Product* product = state.catalogue.products.find(product_id);
  if (product == nullptr) return fmt::format("product {} is not there", product_id);
  if (product->is_bundle) return fmt::format("product {} is a bundle", product_id);
  const Inventory* inventory = state.catalogue.inventories.find(product->inventory_id);
  if (inventory == nullptr) return {};
  for (const std::string& key : inventory->warehouses) {
    if (key == warehouse.key()) return {};
  }
  return fmt::format("product {}: its catalogue has no warehouse {}", product_id, warehouse.key());
}

}  // namespace atrapa::mocks::base
