#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mocks/base/catalogue.hpp"
#include "mocks/base/connect.hpp"
#include "mocks/base/crm.hpp"
#include "mocks/base/external.hpp"
#include "mocks/base/fulfilment.hpp"
#include "mocks/base/invoices.hpp"
#include "mocks/base/orders.hpp"
#include "mocks/base/pick_pack.hpp"
#include "mocks/base/purchases.hpp"
#include "mocks/base/returns.hpp"
#include "mocks/base/rows.hpp"
#include "mocks/base/shipments.hpp"
#include "mocks/base/space.hpp"
#include "mocks/base/stock_documents.hpp"

// By which keys rows are found.

namespace atrapa::mocks::base {

std::string number_key(std::int64_t number) {
  constexpr std::size_t kWidth = 19;
  char digits[20];
  const auto written = std::to_chars(digits, digits + sizeof digits, number);
  std::string_view rest(digits, static_cast<std::size_t>(written.ptr - digits));
  std::string key;
  if (number < 0) {
    key += '-';
    rest.remove_prefix(1);
  }
  if (key.size() + rest.size() < kWidth) key.append(kWidth - key.size() - rest.size(), '0');
  return key.append(rest);
}

void RowIndex::change(std::vector<Place> before, std::vector<Place> after) {
  std::sort(before.begin(), before.end());
  std::sort(after.begin(), after.end());
  for (const Place& place : before) {
    if (!std::binary_search(after.begin(), after.end(), place)) places_.erase(place);
  }
  for (const Place& place : after) {
    if (!std::binary_search(before.begin(), before.end(), place)) places_.put(place, {});
  }
}

void Product::keys(Keys& keys) const {
  if (!sku.empty()) keys.add(Sku, sku);
  if (!ean.empty()) keys.add(Ean, ean);
  for (const AdditionalEan& further : ean_additional) keys.add(Ean, further.ean);
  if (parent_id != 0) keys.add(Parent, number_key(parent_id));
  keys.add(CategoryId, number_key(category_id));
  keys.add(InventoryId, number_key(inventory_id));
  if (manufacturer_id != 0) keys.add(ManufacturerId, number_key(manufacturer_id));
  for (const std::string& tag : tags) keys.add(Tag, tag);
  for (const auto& [part, pieces] : bundle_products) keys.add(BundlePart, number_key(part));
}

void Category::keys(Keys& keys) const {
  keys.add(Parent, number_key(parent_id));
  keys.add(InventoryId, number_key(inventory_id));
}

void ProductLog::keys(Keys& keys) const { keys.add(ProductId, number_key(product_id)); }

void ProductTag::keys(Keys& keys) const { keys.add(Name, name); }

void ExternalCategory::keys(Keys& keys) const { keys.add(StorageId, storage_id); }

void ExternalProduct::keys(Keys& keys) const { keys.add(Place, place_key(storage_id, product_id)); }

void Location::keys(Keys& keys) const {
  keys.add(Place, place_key(fmt::format("{}_{}", warehouse_type, warehouse_id), name));
  keys.add(Type, number_key(location_type_id));
  keys.add(Zone, number_key(zone_id));
  keys.add(Rack, number_key(rack_id));
}

void Rack::keys(Keys& keys) const { keys.add(ZoneId, number_key(zone_id)); }

void Order::keys(Keys& keys) const {
  keys.add(DateConfirmed, number_key(date_confirmed));
  keys.add(DateAdd, number_key(date_add));
  if (!email.empty()) keys.add(Email, email);
  if (!phone.empty()) keys.add(Phone, phone);
  keys.add(Status, number_key(order_status_id));
  keys.add(StatusDate, number_key(order_status_id) + number_key(date_confirmed));
  if (!external_order_id.empty()) keys.add(ExternalId, external_order_id);
  if (shop_order_id != 0) keys.add(ShopId, number_key(shop_order_id));
  if (crm_client_id != 0) keys.add(CrmClientId, number_key(crm_client_id));
  for (const OrderLine& line : products) {
    if (const std::int64_t product = line.catalogue_product()) {
      keys.add(ProductId, number_key(product));
    }
  }
}

std::int64_t OrderLine::catalogue_product() const {
  if (storage != "db") return 0;
  const std::string& text = variant_id.empty() || variant_id == "0" ? product_id : variant_id;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0 ? number : 0;
}

void OrderStatus::keys(Keys& keys) const { keys.add(GroupId, number_key(group_id)); }

kit::Decimal Order::value() const {
  kit::Decimal sum = delivery_price;
  for (const OrderLine& line : products) {
    sum = sum + line.price_brutto * kit::Decimal(line.quantity);
  }
  return sum.rounded(2);
}

void OrderEvent::keys(Keys& keys) const {
  keys.add(OrderId, number_key(order_id));
  keys.add(Date, number_key(date));
}

void Cart::keys(Keys& keys) const {
  for (const std::int64_t order_id : orders) keys.add(OrderId, number_key(order_id));
}

void PickPackEntry::keys(Keys& keys) const { keys.add(OrderId, number_key(order_id)); }

void OrderReturn::keys(Keys& keys) const {
  keys.add(OrderId, number_key(order_id));
  keys.add(DateAdd, number_key(date_add));
  keys.add(Status, number_key(status_id));
}

kit::Decimal OrderReturn::value() const {
  kit::Decimal sum = delivery_price;
  for (const ReturnLine& one : products) {
    sum = sum + one.line.price_brutto * kit::Decimal(one.line.quantity);
  }
  return sum.rounded(2);
}

void ReturnEvent::keys(Keys& keys) const {
  keys.add(ReturnId, number_key(return_id));
  keys.add(Date, number_key(date));
}

void CrmClient::keys(Keys& keys) const { keys.add(Status, number_key(status_id)); }
void ConnectContractor::keys(Keys& keys) const {
  keys.add(IntegrationId, number_key(integration_id));
}
void CreditEntry::keys(Keys& keys) const { keys.add(ContractorId, number_key(contractor_id)); }

void Invoice::keys(Keys& keys) const {
  keys.add(OrderId, number_key(order_id));
  keys.add(DateAdd, number_key(date_add));
  keys.add(Number, place_key(series_id, period, year, month, sub_id));
  if (correcting_to_invoice_id != 0) keys.add(CorrectionOf, number_key(correcting_to_invoice_id));
}

void Receipt::keys(Keys& keys) const {
  keys.add(OrderId, number_key(order_id));
  if (waiting) keys.add(Waiting, number_key(id));
  keys.add(DateAdd, number_key(date_add));
  keys.add(Number, place_key(series_id, period, year, month, sub_id));
}

void Courier::keys(Keys& keys) const { keys.add(Code, code); }

void Shipment::keys(Keys& keys) const {
  keys.add(OrderId, number_key(order_id));
  keys.add(Number, number);
}

std::string DocumentSeries::use(std::int64_t type, std::int64_t warehouse_id) {
  return fmt::format("{} {}", type, warehouse_id);
}

void DocumentSeries::keys(Keys& keys) const { keys.add(Use, use(document_type, warehouse_id)); }

std::string StockDocument::source(std::int64_t type, std::int64_t id) {
  return fmt::format("{} {}", type, id);
}

void StockDocument::keys(Keys& keys) const {
  keys.add(Number, place_key(document_series_id, period, year, month, sub_id));
  if (source_object_type != 0) keys.add(Source, source(source_object_type, source_object_id));
}

void PurchaseSeries::keys(Keys& keys) const { keys.add(WarehouseId, number_key(warehouse_id)); }

void PurchaseOrder::keys(Keys& keys) const {
  keys.add(Number, place_key(series_id, period, year, month, sub_id));
  if (!awaits_goods()) return;
  for (const PurchaseItem& one : items) {
    if (one.quantity > one.completed_quantity) keys.add(Awaited, number_key(one.product_id));
  }
}

void FulfilmentDelivery::keys(Keys& keys) const {
  keys.add(Number, place_key(0, period, year, month, sub_id));
}

}  // namespace atrapa::mocks::base
