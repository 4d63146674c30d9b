#include "mocks/base/order_writing.hpp"

#include "mocks/base/order_edit.hpp"

namespace atrapa::mocks::base {
namespace {

void write_buyer(Answer& answer, const Order& order) {
  answer.put("user_login", order.user_login);
  answer.put("currency", order.currency);
  answer.put("payment_method", order.payment_method);
  answer.put("payment_method_cod", order.payment_method_cod);
  answer.put("payment_done", order.payment_done);
  answer.put("user_comments", order.user_comments);
  answer.put("admin_comments", order.admin_comments);
  answer.put("email", order.email);
  answer.put("phone", order.phone);
}

void write_delivery(Answer& answer, const Order& order) {
  answer.put("delivery_method_id", order.delivery_method_id);
  answer.put("delivery_method", order.delivery_method);
  answer.put("delivery_price", order.delivery_price);
  answer.put("delivery_package_module", order.delivery_package_module);
  answer.put("delivery_package_nr", order.delivery_package_nr);
  answer.put("delivery_fullname", order.delivery_fullname);
  answer.put("delivery_company", order.delivery_company);
  answer.put("delivery_address", order.delivery_address);
  answer.put("delivery_postcode", order.delivery_postcode);
  answer.put("delivery_city", order.delivery_city);
  answer.put("delivery_state", order.delivery_state);
  answer.put("delivery_country", country_name(order.delivery_country_code));
  answer.put("delivery_country_code", order.delivery_country_code);
  answer.put("delivery_point_id", order.delivery_point_id);
  answer.put("delivery_point_name", order.delivery_point_name);
  answer.put("delivery_point_address", order.delivery_point_address);
  answer.put("delivery_point_postcode", order.delivery_point_postcode);
  answer.put("delivery_point_city", order.delivery_point_city);
}

void write_invoice(Answer& answer, const Order& order) {
  answer.put("invoice_fullname", order.invoice_fullname);
  answer.put("invoice_company", order.invoice_company);
  answer.put("invoice_nip", order.invoice_nip);
  answer.put("invoice_address", order.invoice_address);
  answer.put("invoice_postcode", order.invoice_postcode);
  answer.put("invoice_city", order.invoice_city);
  answer.put("invoice_state", order.invoice_state);
  answer.put("invoice_country", country_name(order.invoice_country_code));
  answer.put("invoice_country_code", order.invoice_country_code);
  answer.put("want_invoice", order.want_invoice);
}

void write_commissions(Answer& answer, const Order& order) {
  const auto commissions = answer.open("commissions");
  for (const Commission& one : order.commissions) {
    const auto item = answer.item();
    answer.put("commission_name", one.name);
    answer.put("commission_type", one.type);
    answer.put("cost_netto", one.cost_netto);
    answer.put("cost_brutto", one.cost_brutto);
    answer.put("cost_currency", one.cost_currency);
  }
}

/// The warehouse that a line comes from is named where it has one; only lines out of Base's own
/// catalogs do [doc: field table of getOrders; its sample, of a shop's product, leaves it out].
void write_lines(Answer& answer, const Order& order) {
  const auto products = answer.open("products");
  for (const OrderLine& line : order.products) {
    const auto item = answer.item();
    answer.put("storage", line.storage);
    answer.put("storage_id", line.storage_id);
    answer.put("order_product_id", line.id);
    answer.put("product_id", line.product_id);
    put_variant_id(answer, line.variant_id);
    answer.put("name", line.name);
    answer.put("attributes", line.attributes);
    answer.put("sku", line.sku);
    answer.put("ean", line.ean);
    answer.put("location", line.location);
    if (line.warehouse_id != 0 && line.storage == "db") {
      answer.put("warehouse_id", line.warehouse_id);
    }
    answer.put("auction_id", line.auction_id);
    answer.put("price_brutto", line.price_brutto);
    answer.put("tax_rate", line.tax_rate);
    answer.put("quantity", line.quantity);
    answer.put("weight", line.weight);
    answer.put("bundle_id", line.bundle_id);
  }
}

}  // namespace

void write_connect_data(Answer& answer, const ConnectSale& sale) {
  const auto data = answer.open("connect_data");
  answer.put("connect_integration_id", sale.integration_id);
  answer.put("connect_contractor_id", sale.contractor_id);
  answer.put("connect_sale_id", sale.sale_id);
}

void write_order(Answer& answer, const Order& order, const OrderParts& parts,
                 const Rows<ExtraField>& fields) {
  answer.put("order_id", order.id);
  answer.put("shop_order_id", order.shop_order_id);
  answer.put("external_order_id", order.external_order_id);
  answer.put("order_source", order.order_source);
  answer.put("order_source_id", order.order_source_id);
  answer.put("order_source_info", order.order_source_info);
  answer.put("order_status_id", order.order_status_id);
  answer.put("date_add", order.date_add);
  answer.put("date_confirmed", order.date_confirmed);
  answer.put("date_in_status", order.date_in_status);
  answer.put("confirmed", order.confirmed());
  write_buyer(answer, order);
  write_delivery(answer, order);
  write_invoice(answer, order);
  answer.put("extra_field_1", order.extra_field_1);
  answer.put("extra_field_2", order.extra_field_2);
  if (parts.custom_fields) write_custom_fields(answer, order.custom_extra_fields, fields);
  answer.put("order_page", order.order_page);
  answer.put("pick_state", order.pick_state);
  answer.put("pack_state", order.pack_state);
  answer.put("star", order.star);
  answer.put("crm_client_id", order.crm_client_id);
  if (parts.commissions) write_commissions(answer, order);
  if (parts.connect_data) write_connect_data(answer, order.connect_data);
  write_lines(answer, order);
}

}  // namespace atrapa::mocks::base
