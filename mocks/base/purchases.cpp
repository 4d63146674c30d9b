#include "mocks/base/purchases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/products.hpp"
#include "mocks/base/stock_documents.hpp"
#include "mocks/base/world_json.hpp"
#include "mocks/kit/dates.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::int64_t kFromPurchaseOrder = 2;  ///< source_object_type [doc]

Reply no_purchase(Call& call) {
  return call.refuse(
      fmt::format("purchase order {} is not there", call.given().integer("order_id")));
}

const PurchaseOrder* purchase_of(Call& call) {
  return call.state.purchasing.orders.find(call.given().integer("order_id"));
}

/// The series asked for, else the warehouse's, else one of any, else a new one [inferred]; 0 where
/// the one asked for is not there or another warehouse's.
std::int64_t purchase_series(State& state, const Given& given, std::int64_t warehouse_id) {
  Rows<PurchaseSeries>& all = state.purchasing.series;
  if (given.has("series_id")) {
    const PurchaseSeries* asked = all.find(given.integer("series_id"));
    const bool fits =
        asked != nullptr && (asked->warehouse_id == 0 || asked->warehouse_id == warehouse_id);
    return fits ? asked->id : 0;
  }
  for (const std::int64_t of : {warehouse_id, std::int64_t{0}}) {
    const auto found = all.look_up(PurchaseSeries::WarehouseId, number_key(of));
    if (!found.empty()) return found.front()->id;
  }
  PurchaseSeries series;
  series.name = "PO";
  series.warehouse_id = warehouse_id;
  return all.add(std::move(series));
}

void number_purchase(State& state, PurchaseOrder& order) {
  PurchaseSeries series = *state.purchasing.series.find(order.series_id);
  const Rows<PurchaseOrder>& orders = state.purchasing.orders;
  const SeriesNumber number =
      next_number(series.format, series.last, order.date_created, *state.settings,
                  [&](const std::string& period, std::int64_t sub_id) {
                    const std::string key = place_key(series.id, period, 0, 0, sub_id);
                    return !orders.look_up(PurchaseOrder::Number, key).empty();
                  });
  order.document_number = number.text;
  order.sub_id = number.sub_id;
  order.month = number.month;
  order.year = number.year;
  order.period = number.period;
  state.purchasing.series.put(std::move(series));
}

Reply add_inventory_purchase_order(Call& call) {
  const Given given = call.given();
  PurchaseOrder order;
  order.date_created = call.now();
  set_given(order, given);
  order.date_expected_delivery = given.integer("date_delivery_expected");
  const bool sane = order.date_created >= 0 && order.date_created <= kLastSecond &&
                    order.date_expected_delivery >= 0 &&
                    order.date_expected_delivery <= kLastSecond;
  if (!sane) return call.refuse("date_created, date_delivery_expected: no such time");
  if (own_warehouse(call.state, order.warehouse_id) == nullptr) {
    return call.refuse("warehouse_id: expected a warehouse of type bl");
  }
  if (!call.state.partners.suppliers.has(order.supplier_id)) {
    return call.refuse(fmt::format("supplier {} is not there", order.supplier_id));
  }
  if (!call.state.partners.payers.has(order.payer_id)) {
    return call.refuse(fmt::format("payer {} is not there", order.payer_id));
  }
  order.series_id = purchase_series(call.state, given, order.warehouse_id);
  if (order.series_id == 0) return call.refuse("series_id: the warehouse has no such series");
  number_purchase(call.state, order);
  const std::string number = order.document_number;
  Answer answer = call.answer();
  answer.put("order_id", call.state.purchasing.orders.add(std::move(order)));
  answer.put("document_number", number);
  return call.done(std::move(answer));
}

/// Why a line cannot be taken, or "".
std::string misfit_of_purchase_item(const PurchaseItem& item) {
  if (item.quantity <= 0 || item.quantity > kMostPiecesOfLine) return "quantity: no such quantity";
  if (!price_of_line_fits(item.item_cost)) return "item_cost: no such cost";
  if (!item.expiry_date.empty() && !kit::is_date(item.expiry_date)) {
    return "expiry_date: expected YYYY-MM-DD";
  }
  return {};
}

/// Adds lines, all or none, as long as nothing was received [inferred].
Reply add_inventory_purchase_order_items(Call& call) {
  const PurchaseOrder* before = purchase_of(call);
  if (before == nullptr) return no_purchase(call);
  if (static_cast<PurchaseStatus>(before->status) > PurchaseStatus::Sent) {
    return call.refuse("items can be added to a draft or a sent order only");
  }
  const Warehouse* warehouse = own_warehouse(call.state, before->warehouse_id);
  if (warehouse == nullptr) return call.refuse("the order's warehouse is not there");
  std::vector<PurchaseItem> items;
  for (const kit::Json& row : call.given().list("items")) {
    PurchaseItem item;
    set_given(item, Given(row));
    std::string problem = misfit_of_purchase_item(item);
    if (problem.empty()) problem = cannot_hold(call.state, item.product_id, *warehouse);
    if (!problem.empty()) return call.refuse(fmt::format("items[{}]: {}", items.size(), problem));
    const Product* product = call.state.catalogue.products.find(item.product_id);
    item.id = call.state.purchasing.next_item_id + static_cast<std::int64_t>(items.size());
    item.product_name = name_on_document(*product);
    item.product_ean = product->ean;
    item.product_sku = product->sku;
    items.push_back(std::move(item));
  }
  if (items.empty()) return call.refuse("items: expected at least one");
  call.state.purchasing.next_item_id += static_cast<std::int64_t>(items.size());
  Answer answer = call.answer();
  {
    const auto list = answer.open("items");
    auto position = static_cast<std::int64_t>(before->items.size());
    for (const PurchaseItem& one : items) {
      const auto item = answer.item();
      answer.put("item_id", one.id);
      answer.put("position", ++position);
    }
  }
  call.state.purchasing.orders.edit(before->id, [&](PurchaseOrder& order) {
    order.items.insert(order.items.end(), std::make_move_iterator(items.begin()),
                       std::make_move_iterator(items.end()));
  });
  return call.done(std::move(answer));
}

bool takes_goods(PurchaseStatus status) {
  return status == PurchaseStatus::Received || status == PurchaseStatus::Completed ||
         status == PurchaseStatus::PartlyCompleted;
}

/// Notes what has come in by now: the quantities given; without any, all that was ordered, but for
/// a partly completed order. Answers why it cannot be, or "".
std::string note_received(PurchaseOrder& order, PurchaseStatus to, const kit::Json& given) {
  for (const kit::Json& row : given) {
    const Given received(row);
    const auto item = std::find_if(
        order.items.begin(), order.items.end(),
        [&](const PurchaseItem& one) { return one.id == received.integer("item_id"); });
    if (item == order.items.end()) {
      return fmt::format("item {} is not in the order", received.integer("item_id"));
    }
    const std::int64_t pieces = received.integer("completed_quantity");
    if (pieces < item->completed_quantity || pieces > kMostPiecesOfLine) {
      return fmt::format("item {}: completed_quantity cannot go from {} to {}", item->id,
                         item->completed_quantity, pieces);
    }
    item->completed_quantity = pieces;
  }
  if (!given.empty() || to == PurchaseStatus::PartlyCompleted) return {};
  for (PurchaseItem& one : order.items) {
    one.completed_quantity = std::max(one.completed_quantity, one.quantity);
  }
  return {};
}

/// A goods-received document for what has come in since.
StockDocument received_since(const PurchaseOrder& before, const PurchaseOrder& after,
                             const State& state, std::int64_t now) {
  StockDocument document;
  document.date_created = now;
  document.warehouse_id = after.warehouse_id;
  document.invoice_no = after.invoice_no;
  document.source_object_type = kFromPurchaseOrder;
  document.source_object_id = after.id;
  for (std::size_t index = 0; index < after.items.size(); ++index) {
    const PurchaseItem& one = after.items[index];
    const std::int64_t pieces = one.completed_quantity - before.items[index].completed_quantity;
    if (pieces == 0) continue;
    StockItem item;
    item.product_id = one.product_id;
    item.product_name = one.product_name;
    item.product_ean = one.product_ean;
    item.product_sku = one.product_sku;
    item.quantity = pieces;
    item.price = one.item_cost;
    item.location_name = one.location;
    item.expiry_date = one.expiry_date;
    item.batch = one.batch;
    item.serial_no = one.serial_no;
    item.comments = one.comments;
    if (const Product* product = state.catalogue.products.find(one.product_id)) {
      item.inventory_id = product->inventory_id;
    }
    document.items.push_back(std::move(item));
  }
  return document;
}

std::string refused_status(const PurchaseOrder& order, PurchaseStatus to, const kit::Json& items) {
  const auto from = static_cast<PurchaseStatus>(order.status);
  const bool closed = from == PurchaseStatus::Completed || from == PurchaseStatus::Cancelled;
  if (closed && to != from) return "the order is closed";
  if (closed && !items.empty()) return "the order is closed";
  if (takes_goods(to)) return {};
  if (!items.empty()) return "completed_items: only with a status of received goods";
  const bool has_goods = std::any_of(order.items.begin(), order.items.end(),
                                     [](const auto& one) { return one.completed_quantity > 0; });
  return has_goods ? "goods have been received: the order cannot go back" : "";
}

/// Goods received raise stock through a goods-received document, confirmed at once; told again,
/// nothing comes in twice. Closed orders stay closed, and nothing that was received is taken back.
/// [inferred]
Reply set_inventory_purchase_order_status(Call& call) {
  const Given given = call.given();
  const PurchaseOrder* found = purchase_of(call);
  if (found == nullptr) return no_purchase(call);
  const auto to = static_cast<PurchaseStatus>(given.integer("status"));
  const kit::Json& items = given.list("completed_items");
  std::string problem = refused_status(*found, to, items);
  if (!problem.empty()) return call.refuse(problem);
  const PurchaseOrder before = *found;
  PurchaseOrder after = before;
  after.status = given.integer("status");
  const auto stamp = [&](std::int64_t& date) {
    if (date == 0) date = call.now();
  };
  if (to == PurchaseStatus::Sent) stamp(after.date_sent);
  if (to == PurchaseStatus::Completed) stamp(after.date_completed);
  if (takes_goods(to) && before.status != static_cast<std::int64_t>(PurchaseStatus::Completed)) {
    stamp(after.date_received);
    problem = note_received(after, to, items);
    if (!problem.empty()) return call.refuse(problem);
    StockDocument document = received_since(before, after, call.state, call.now());
    problem = cannot_move(call.state, document);
    if (!problem.empty()) return call.refuse(problem);
    if (!document.items.empty()) {
      const std::int64_t id = add_document(call.state, std::move(document));
      problem = confirm_document(call.state, id, call.now());
      if (!problem.empty()) return call.refuse(problem);
    }
  }
  call.state.purchasing.orders.put(std::move(after));
  return call.done();
}

constexpr std::array kPurchaseMethods{
    Handled{"addInventoryPurchaseOrder", add_inventory_purchase_order},
    Handled{"addInventoryPurchaseOrderItems", add_inventory_purchase_order_items},
    Handled{"setInventoryPurchaseOrderStatus", set_inventory_purchase_order_status},
};

}  // namespace

bool PurchaseOrder::awaits_goods() const {
  switch (static_cast<PurchaseStatus>(status)) {
    case PurchaseStatus::Sent:
    case PurchaseStatus::Received:
    case PurchaseStatus::PartlyCompleted: return true;
    case PurchaseStatus::Draft:
    case PurchaseStatus::Completed:
    case PurchaseStatus::Cancelled: return false;
  }
  return true;  // 6 of one page [doc]: received, not started.
}

std::map<std::string, std::int64_t> incoming_of(const State& state, const Product& product) {
  std::map<std::string, std::int64_t> incoming = product.incoming;
  const auto orders =
      state.purchasing.orders.look_up(PurchaseOrder::Awaited, number_key(product.id));
  for (const PurchaseOrder* order : orders) {
    for (const PurchaseItem& one : order->items) {
      const std::int64_t awaited = one.quantity - one.completed_quantity;
      if (one.product_id != product.id || awaited <= 0) continue;
      incoming[fmt::format("bl_{}", order->warehouse_id)] += awaited;
    }
  }
  return incoming;
}

std::span<const Handled> purchase_methods() { return kPurchaseMethods; }

}  // namespace atrapa::mocks::base
