#include <nlohmann/json.hpp>

#include "core/shops/base/orders.hpp"
#include "core/shops/base/settle.hpp"

namespace atrapa::core::base {

namespace {

const Shape kNewOrderShape{{"order_id"}};
const Shape kSettledOrderShape{{"orders", "order_id", "date_add", "email", "admin_comments",
                                "extra_field_1", "extra_field_2", "name"},
                               {"products"}};

void add_address(Parameters& parameters, const std::string& part, const Address& address) {
  parameters.text(part + "_fullname", address.fullname)
      .text(part + "_company", address.company)
      .text(part + "_address", address.address)
      .text(part + "_postcode", address.postcode)
      .text(part + "_city", address.city)
      .text(part + "_state", address.state)
      .text(part + "_country_code", address.country_code);
}

std::string order_lines(const std::vector<NewOrderLine>& lines) {
  ParameterList list;
  for (const NewOrderLine& line : lines) {
    Parameters row;
    row.text("storage", line.storage)
        .id("storage_id", line.storage_id)
        .text("product_id", line.product_id)
        .id("variant_id", line.variant_id)
        .text("name", line.name)
        .text("sku", line.sku)
        .text("ean", line.ean)
        .exact("price_brutto", to_text(line.price_gross))
        .exact("tax_rate", vat_rate(line.vat))
        .number("quantity", line.quantity);
    list.add(row.str());
  }
  return list.str();
}

bool is_that_order(const Json& row, const NewOrder& order) {
  return time_of(row, "date_add") == order.added && text_or_empty(row, "email") == order.email &&
         text_or_empty(row, "admin_comments") == order.admin_comments &&
         text_or_empty(row, "extra_field_1") == order.extra_field_1 &&
         text_or_empty(row, "extra_field_2") == order.extra_field_2 &&
         members_of(row, "products").size() == order.lines.size();
}

}  // namespace

BaseResult<Creation> add_order(Client& client, const NewOrder& order) {
  Parameters parameters;
  parameters.id("order_status_id", order.status_id);
  if (!order.custom_source_id.empty()) parameters.id("custom_source_id", order.custom_source_id);
  parameters.number("date_add", seconds_of(order.added))
      .text("currency", order.currency)
      .text("payment_method", order.payment_method)
      .flag("payment_method_cod", order.cash_on_delivery)
      .flag("paid", order.paid)
      .text("user_comments", order.user_comments)
      .text("admin_comments", order.admin_comments)
      .text("email", order.email)
      .text("phone", order.phone)
      .text("user_login", order.user_login)
      .text("delivery_method", order.delivery_method)
      .exact("delivery_price", to_text(order.delivery_price));
  add_address(parameters, "delivery", order.delivery);
  add_address(parameters, "invoice", order.invoice);
  parameters.text("invoice_nip", order.invoice_nip)
      .flag("want_invoice", order.wants_invoice)
      .text("extra_field_1", order.extra_field_1)
      .text("extra_field_2", order.extra_field_2)
      .json("products", order_lines(order.lines));
  return created(client.call("addOrder", parameters, kNewOrderShape, Repeat::Never), "addOrder",
                 "order_id");
}

BaseResult<Creation> settle_order(Client& client, const NewOrder& order,
                                  const std::vector<std::string>& known) {
  Parameters parameters;
  parameters.number("date_from", seconds_of(order.added)).flag("get_unconfirmed_orders", true);
  if (!order.email.empty()) parameters.text("filter_email", order.email);
  auto answer = client.call("getOrders", parameters, kSettledOrderShape);
  if (!answer) return fail(answer.error());
  const auto rows = rows_of(*answer, "orders");
  if (!rows) return fail(unreadable("getOrders", "expected orders"));
  std::vector<std::string> found;
  for (const Json* row : *rows) {
    if (is_that_order(*row, order)) found.push_back(text_or_empty(*row, "order_id"));
  }
  // A full page may hide it: 100 [doc].
  const bool whole = rows->size() < 100;
  return settled(std::move(found), known, whole);
}

}  // namespace atrapa::core::base
