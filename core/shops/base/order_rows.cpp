#include <nlohmann/json.hpp>

#include "core/shops/base/orders.hpp"

namespace atrapa::core::base {

namespace {

Address address_of(const Json& row, const std::string& part) {
  const auto field = [&](const char* name) { return text_or_empty(row, (part + name).c_str()); };
  return {.fullname = field("_fullname"),
          .company = field("_company"),
          .address = field("_address"),
          .postcode = field("_postcode"),
          .city = field("_city"),
          .state = field("_state"),
          .country = field("_country"),
          .country_code = field("_country_code")};
}

OrderLine read_order_line(const Json& row) {
  return {.order_product_id = text_or_empty(row, "order_product_id"),
          .storage = text_or_empty(row, "storage"),
          .storage_id = text_or_empty(row, "storage_id"),
          .product_id = text_or_empty(row, "product_id"),
          .variant_id = text_or_empty(row, "variant_id"),
          .warehouse_id = text_or_empty(row, "warehouse_id"),
          .name = text_or_empty(row, "name"),
          .attributes = text_or_empty(row, "attributes"),
          .sku = text_or_empty(row, "sku"),
          .ean = text_or_empty(row, "ean"),
          .location = text_or_empty(row, "location"),
          .auction_id = text_or_empty(row, "auction_id"),
          .price_gross = price_of(row, "price_brutto"),
          .tax_rate = text_or_empty(row, "tax_rate"),
          .quantity = quantity_of(row, "quantity"),
          .weight = text_or_empty(row, "weight"),
          .bundle_id = text_or_empty(row, "bundle_id")};
}

}  // namespace

Order read_order(const Json& row) {
  const auto text = [&](const char* name) { return text_or_empty(row, name); };
  Order order;
  order.id = text("order_id");
  order.shop_order_id = text("shop_order_id");
  order.external_order_id = text("external_order_id");
  order.source = text("order_source");
  order.source_id = text("order_source_id");
  order.source_info = text("order_source_info");
  order.status_id = text("order_status_id");
  order.added = time_of(row, "date_add");
  order.confirmed_at = time_of(row, "date_confirmed");
  order.in_status_since = time_of(row, "date_in_status");
  order.confirmed = flag_member(row, "confirmed");
  order.user_login = text("user_login");
  order.email = text("email");
  order.phone = text("phone");
  order.currency = text("currency");
  order.payment_method = text("payment_method");
  order.cash_on_delivery = flag_member(row, "payment_method_cod");
  order.paid = price_of(row, "payment_done");
  order.user_comments = text("user_comments");
  order.admin_comments = text("admin_comments");
  order.delivery_method_id = text("delivery_method_id");
  order.delivery_method = text("delivery_method");
  order.delivery_price = price_of(row, "delivery_price");
  order.package_module = text("delivery_package_module");
  order.package_number = text("delivery_package_nr");
  order.delivery = address_of(row, "delivery");
  order.delivery_point = {text("delivery_point_id"), text("delivery_point_name"),
                          text("delivery_point_address"), text("delivery_point_postcode"),
                          text("delivery_point_city")};
  order.invoice = address_of(row, "invoice");
  order.invoice_nip = text("invoice_nip");
  order.wants_invoice = flag_member(row, "want_invoice");
  order.extra_field_1 = text("extra_field_1");
  order.extra_field_2 = text("extra_field_2");
  order.extra_fields = texts_of(row, "custom_extra_fields");
  order.page = text("order_page");
  order.pick_state = text_of(row, {"pick_state", "pick_status"});
  order.pack_state = text_of(row, {"pack_state", "pack_status"});
  order.star = text("star");
  for (const auto& [place, line] : members_of(row, "products")) {
    order.lines.push_back(read_order_line(*line));
  }
  return order;
}

}  // namespace atrapa::core::base
