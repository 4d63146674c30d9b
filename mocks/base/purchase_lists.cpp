#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "mocks/base/call.hpp"
#include "mocks/base/paging.hpp"
#include "mocks/base/purchases.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::int64_t kPurchasesPerPage = 100;

bool purchase_wanted(const Given& given, const PurchaseOrder& one) {
  const auto is = [&](std::string_view filter, std::int64_t value) {
    return !given.has(filter) || given.integer(filter) == value;
  };
  const auto has_product = [&](const PurchaseItem& item) {
    return item.product_id == given.integer("filter_product_id");
  };
  return is("warehouse_id", one.warehouse_id) && is("supplier_id", one.supplier_id) &&
         is("series_id", one.series_id) &&
         one.date_created >= given.integer("date_from", INT64_MIN) &&
         one.date_created <= given.integer("date_to", INT64_MAX) &&
         one.document_number.find(given.text("filter_document_number")) != std::string::npos &&
         (!given.has("filter_product_id") ||
          std::any_of(one.items.begin(), one.items.end(), has_product));
}

/// What an order comes to, as ordered and as received.
struct PurchaseSum {
  std::int64_t pieces = 0;
  kit::Decimal cost;
  std::set<std::int64_t> products;

  void add(const PurchaseItem& item, std::int64_t quantity) {
    if (quantity == 0) return;
    pieces += quantity;
    cost = cost + item.item_cost * kit::Decimal(quantity);
    products.insert(item.product_id);
  }
};

void put_purchase(Answer& answer, const PurchaseOrder& one) {
  PurchaseSum ordered;
  PurchaseSum received;
  for (const PurchaseItem& item : one.items) {
    ordered.add(item, item.quantity);
    received.add(item, item.completed_quantity);
  }
  answer.put("id", one.id);
  answer.put("name", one.name);
  answer.put("series_id", one.series_id);
  answer.put("document_number", one.document_number);
  answer.put("date_created", one.date_created);
  answer.put("date_sent", one.date_sent);
  answer.put("date_received", one.date_received);
  answer.put("date_completed", one.date_completed);
  answer.put("date_expected_delivery", one.date_expected_delivery);
  answer.put("warehouse_id", one.warehouse_id);
  answer.put("supplier_id", one.supplier_id);
  answer.put("payer_id", one.payer_id);
  answer.put("currency", one.currency);
  answer.put("total_quantity", ordered.pieces);
  answer.put("completed_total_quantity", received.pieces);
  answer.put("total_cost", ordered.cost);
  {
    const auto costs = answer.open("additional_cost");
    for (const AdditionalCost& cost : one.additional_cost) {
      const auto item = answer.item();
      answer.put("name", cost.name);
      answer.put("cost", cost.cost);
    }
  }
  answer.put("completed_total_cost", received.cost);
  answer.put("items_count", static_cast<std::int64_t>(ordered.products.size()));
  answer.put("completed_items_count", static_cast<std::int64_t>(received.products.size()));
  answer.put("cost_invoice_no", one.invoice_no);
  answer.put("cost_invoice_file", one.cost_invoice_file);
  answer.put("notes", one.notes);
  answer.put("status", one.status);
}

/// By id, 100 a page from 1 [doc]; a part of the number is enough for its filter [doc].
Reply get_inventory_purchase_orders(Call& call) {
  const Given given = call.given();
  const PageWindow page = page_given(given, kPurchasesPerPage);
  std::int64_t index = 0;
  Answer answer = call.answer();
  {
    const auto list = answer.open("purchase_orders");
    call.state.purchasing.orders.each([&](const PurchaseOrder& one) {
      if (purchase_wanted(given, one) && page.has(index++)) {
        const auto item = answer.item();
        put_purchase(answer, one);
      }
      return index < page.end;
    });
  }
  return call.done(std::move(answer));
}

void put_purchase_item(Answer& answer, const PurchaseItem& one, std::int64_t position) {
  answer.put("item_id", one.id);
  answer.put("product_id", one.product_id);
  answer.put("position", position);
  answer.put("product_name", one.product_name);
  answer.put("product_sku", one.product_sku);
  answer.put("product_ean", one.product_ean);
  answer.put("supplier_code", one.supplier_code);
  answer.put("quantity", one.quantity);
  answer.put("completed_quantity", one.completed_quantity);
  answer.put("item_cost", one.item_cost);
  answer.put("location", one.location);
  answer.put("expiry_date", one.expiry_date);
  answer.put("batch", one.batch);
  answer.put("serial_no", one.serial_no);
  answer.put("comments", one.comments);
}

Reply get_inventory_purchase_order_items(Call& call) {
  const Given given = call.given();
  const PurchaseOrder* order = call.state.purchasing.orders.find(given.integer("order_id"));
  if (order == nullptr) {
    return call.refuse(fmt::format("purchase order {} is not there", given.integer("order_id")));
  }
  const PageWindow page = page_given(given, kPurchasesPerPage);
  Answer answer = call.answer();
  {
    const auto items = answer.open("items");
    std::int64_t position = 0;
    for (const PurchaseItem& one : order->items) {
      if (!page.has(position++)) continue;
      const auto item = answer.item();
      put_purchase_item(answer, one, position);
    }
  }
  return call.done(std::move(answer));
}

Reply get_inventory_purchase_order_series(Call& call) {
  const Given given = call.given();
  Answer answer = call.answer();
  {
    const auto list = answer.open("series");
    call.state.purchasing.series.each([&](const PurchaseSeries& one) {
      const std::int64_t wanted = given.integer("warehouse_id", one.warehouse_id);
      if (one.warehouse_id != 0 && one.warehouse_id != wanted) return true;
      const auto item = answer.item();
      answer.put("series_id", one.id);
      answer.put("name", one.name);
      answer.put("warehouse_id", one.warehouse_id);
      answer.put("format", one.format);
      return true;
    });
  }
  return call.done(std::move(answer));
}

constexpr std::array kPurchaseListMethods{
    Handled{"getInventoryPurchaseOrders", get_inventory_purchase_orders},
    Handled{"getInventoryPurchaseOrderItems", get_inventory_purchase_order_items},
    Handled{"getInventoryPurchaseOrderSeries", get_inventory_purchase_order_series},
};

}  // namespace

std::span<const Handled> purchase_list_methods() { return kPurchaseListMethods; }

}  // namespace atrapa::mocks::base
