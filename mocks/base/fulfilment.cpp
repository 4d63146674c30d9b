#include "mocks/base/fulfilment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/files.hpp"
#include "mocks/base/paging.hpp"
#include "mocks/base/stock_documents.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::string_view kDeliveryFormat = "FD/%N/%M/%Y";  ///< [inferred]: no source shows one.
constexpr std::int64_t kDraftDelivery = 0;
constexpr std::int64_t kMostBoxes = 10'000;
constexpr std::int64_t kDeliveriesPerPage = 100;

const FulfilmentDelivery* delivery_of(Call& call) {
  return call.state.fulfilment.deliveries.find(call.given().integer("delivery_id"));
}

Reply no_delivery(Call& call) {
  return call.refuse(fmt::format("delivery {} is not there", call.given().integer("delivery_id")));
}

Reply add_inventory_fulfillment_delivery(Call& call) {
  const Given given = call.given();
  FulfilmentDelivery delivery;
  set_given(delivery, given);
  delivery.date_created = call.now();
  if (own_warehouse(call.state, delivery.warehouse_id) == nullptr) {
    return call.refuse("warehouse_id: expected a warehouse of type bl");
  }
  const Warehouse* target = call.state.catalogue.warehouses.find(delivery.fulfillment_warehouse_id);
  if (target == nullptr || target->type != "fulfillment") {
    return call.refuse("fulfillment_warehouse_id: expected a warehouse of type fulfillment");
  }
  Fulfilment& family = call.state.fulfilment;
  const SeriesNumber number =
      next_number(kDeliveryFormat, family.last, delivery.date_created, *call.state.settings,
                  [&](const std::string& period, std::int64_t sub_id) {
                    const std::string key = place_key(0, period, 0, 0, sub_id);
                    return !family.deliveries.look_up(FulfilmentDelivery::Number, key).empty();
                  });
  delivery.document_number = number.text;
  delivery.sub_id = number.sub_id;
  delivery.month = number.month;
  delivery.year = number.year;
  delivery.period = number.period;
  Answer answer = call.answer();
  answer.put("delivery_id", family.deliveries.add(std::move(delivery)));
  answer.put("document_number", number.text);
  return call.done(std::move(answer));
}

/// Adds items to a draft, all or none [inferred].
Reply add_inventory_fulfillment_delivery_items(Call& call) {
  const FulfilmentDelivery* before = delivery_of(call);
  if (before == nullptr) return no_delivery(call);
  if (before->status != kDraftDelivery) return call.refuse("items can be added to a draft only");
  const Warehouse* warehouse = own_warehouse(call.state, before->warehouse_id);
  if (warehouse == nullptr) return call.refuse("the delivery's warehouse is not there");
  std::vector<FulfilmentItem> items;
  for (const kit::Json& row : call.given().list("items")) {
    FulfilmentItem item;
    set_given(item, Given(row));
    std::string problem = cannot_hold(call.state, item.product_id, *warehouse);
    if (item.quantity <= 0 || item.quantity > kMostPiecesOfLine) problem = "no such quantity";
    if (!problem.empty()) return call.refuse(fmt::format("items[{}]: {}", items.size(), problem));
    const Product* product = call.state.catalogue.products.find(item.product_id);
    item.id = call.state.fulfilment.next_item_id + static_cast<std::int64_t>(items.size());
    item.product_name = name_on_document(*product);
    item.product_ean = product->ean;
    item.product_sku = product->sku;
    items.push_back(std::move(item));
  }
  if (items.empty()) return call.refuse("items: expected at least one");
  call.state.fulfilment.next_item_id += static_cast<std::int64_t>(items.size());
  Answer answer = call.answer();
  {
    const auto list = answer.open("items");
    for (const FulfilmentItem& one : items) {
      const auto item = answer.item();
      answer.put("item_id", one.id);
      answer.put("product_id", one.product_id);
      answer.put("product_sku", one.product_sku);
      answer.put("quantity", one.quantity);
    }
  }
  call.state.fulfilment.deliveries.edit(before->id, [&](FulfilmentDelivery& delivery) {
    delivery.items.insert(delivery.items.end(), std::make_move_iterator(items.begin()),
                          std::make_move_iterator(items.end()));
  });
  return call.done(std::move(answer));
}

bool delivery_wanted(const Given& given, const FulfilmentDelivery& one) {
  const auto is = [&](std::string_view filter, std::int64_t value) {
    return !given.has(filter) || given.integer(filter) == value;
  };
  return is("fulfillment_warehouse_id", one.fulfillment_warehouse_id) &&
         is("warehouse_id", one.warehouse_id) && is("status", one.status) &&
         one.date_created >= given.integer("date_from", INT64_MIN) &&
         one.date_created <= given.integer("date_to", INT64_MAX) &&
         one.document_number.find(given.text("filter_document_number")) != std::string::npos;
}

/// By id, 100 a page from 0 [doc].
Reply get_inventory_fulfillment_deliveries(Call& call) {
  const Given given = call.given();
  const PageWindow page = page_given(given, kDeliveriesPerPage, /*first_page=*/0);
  std::int64_t index = 0;
  Answer answer = call.answer();
  {
    const auto list = answer.open("deliveries");
    call.state.fulfilment.deliveries.each([&](const FulfilmentDelivery& one) {
      if (!delivery_wanted(given, one) || !page.has(index++)) return index < page.end;
      std::set<std::int64_t> sent;
      std::set<std::int64_t> received;
      bool known = false;
      for (const FulfilmentItem& item : one.items) {
        sent.insert(item.product_id);
        if (item.received_quantity > 0) received.insert(item.product_id);
        known = known || item.received_quantity >= 0;
      }
      const auto item = answer.item();
      answer.put("delivery_id", one.id);
      answer.put("name", one.name);
      answer.put("document_number", one.document_number);
      answer.put("date_created", one.date_created);
      answer.put("items_count", static_cast<std::int64_t>(sent.size()));
      if (known) {
        answer.put("received_items", static_cast<std::int64_t>(received.size()));
      } else {
        answer.put_null("received_items");
      }
      answer.put("status", one.status);
      return index < page.end;
    });
  }
  return call.done(std::move(answer));
}

Reply get_inventory_fulfillment_delivery_items(Call& call) {
  const FulfilmentDelivery* delivery = delivery_of(call);
  if (delivery == nullptr) return no_delivery(call);
  const PageWindow page = page_given(call.given(), kDeliveriesPerPage, /*first_page=*/0);
  Answer answer = call.answer();
  {
    const auto items = answer.open("items");
    std::int64_t position = 0;
    for (const FulfilmentItem& one : delivery->items) {
      if (!page.has(position++)) continue;
      const auto item = answer.item();
      answer.put("item_id", one.id);
      answer.put("position", position);
      answer.put("product_id", one.product_id);
      answer.put("product_name", one.product_name);
      answer.put("product_ean", one.product_ean);
      answer.put("product_sku", one.product_sku);
      answer.put("quantity", one.quantity);
      if (one.received_quantity >= 0) {
        answer.put("received_quantity", one.received_quantity);
      } else {
        answer.put_null("received_quantity");
      }
    }
  }
  return call.done(std::move(answer));
}

void put_label(Answer& answer, std::string_view type, std::int64_t position, std::int64_t box,
               const std::vector<std::string>& lines) {
  const auto item = answer.item();
  answer.put("type", type);
  answer.put("position", position);
  answer.put("box_position", box);
  answer.put("extension", "pdf");
  answer.put("label", in_base64(small_pdf(lines)));
}

/// One label for the delivery, for each of its boxes, or for each of its items [inferred].
Reply get_inventory_fulfillment_delivery_labels(Call& call) {
  const FulfilmentDelivery* delivery = delivery_of(call);
  if (delivery == nullptr) return no_delivery(call);
  const std::string type = call.given().text("type");
  Answer answer = call.answer();
  {
    const auto labels = answer.open("labels");
    if (type == "delivery") put_label(answer, type, 1, 0, {delivery->document_number});
    const std::int64_t boxes = std::min(delivery->boxes, kMostBoxes);
    for (std::int64_t box = 1; type == "box" && box <= boxes; ++box) {
      put_label(answer, type, box, box,
                {delivery->document_number, fmt::format("{} / {}", box, delivery->boxes)});
    }
    std::int64_t position = 0;
    for (const FulfilmentItem& one : delivery->items) {
      if (type != "item") break;
      put_label(answer, type, ++position, one.box, {one.product_sku, one.product_name});
    }
  }
  return call.done(std::move(answer));
}

constexpr std::array kFulfilmentMethods{
    Handled{"addInventoryFulfillmentDelivery", add_inventory_fulfillment_delivery},
    Handled{"addInventoryFulfillmentDeliveryItems", add_inventory_fulfillment_delivery_items},
    Handled{"getInventoryFulfillmentDeliveries", get_inventory_fulfillment_deliveries},
    Handled{"getInventoryFulfillmentDeliveryItems", get_inventory_fulfillment_delivery_items},
    Handled{"getInventoryFulfillmentDeliveryLabels", get_inventory_fulfillment_delivery_labels},
};

}  // namespace

std::span<const Handled> fulfilment_methods() { return kFulfilmentMethods; }

}  // namespace atrapa::mocks::base
