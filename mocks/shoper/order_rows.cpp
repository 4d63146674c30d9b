#include <fmt/format.h>

#include <vector>

#include "mocks/shoper/additional_fields.hpp"
#include "mocks/shoper/addresses.hpp"
#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/countries.hpp"
#include "mocks/shoper/orders.hpp"
#include "mocks/shoper/parcels.hpp"
#include "mocks/shoper/rows.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::Decimal;
using kit::RecordPtr;
using kit::RecordWriter;

constexpr std::string_view kAddresses = "addresses";

std::string hex(kit::Random& random, int digits) {
  std::string text;
  for (int i = 0; i < digits; ++i) text += "0123456789abcdef"[random.below(16)];
  return text;
}

/// The id of the first row for which the test holds, else of the first row, else 0.
template <typename Test>
std::string first_id(const State& state, Rows rows, Test&& test) {
  std::int64_t first = 0;
  std::int64_t chosen = 0;
  state.table(rows).each([&](const RecordPtr& row) {
    if (first == 0) first = row->id();
    if (!test(*row)) return true;
    chosen = row->id();
    return false;
  });
  return std::to_string(chosen != 0 ? chosen : first);
}

void set_if_absent(RecordWriter& writer, std::string_view field, std::string_view text) {
  if (!writer.has(field)) writer.set_text(field, text);
}

/// `type` is what a newly made address gets: 1 billing, 2 delivery [rec].
std::string complete_address(State& state, const kit::Schema& schema, std::string_view raw,
                             std::int64_t order_id, std::string_view type) {
  RecordWriter address(schema, raw);
  address.fill();
  const std::int64_t given = kit::scalar_id(address.raw("address_id")).value_or(0);
  if (given == 0) {
    address.set_text("address_id", std::to_string(state.count_up(kAddresses)));
    address.set_text("type", type);
  } else {
    state.count_past(kAddresses, given);
  }
  address.set_text("order_id", std::to_string(order_id));
  complete_country(state, address);
  return address.object();
}

/// Where no address was sent, the customer's default ones stand in, if there are any.
void take_default_addresses(const State& state, RecordWriter& order) {
  if (order.has("billing_address")) return;
  const std::int64_t user = kit::scalar_id(order.raw("user_id")).value_or(0);
  const auto take = [&](std::string_view flag, std::string_view field) {
    const RecordPtr entry = default_address(state, user, flag);
    if (entry == nullptr || order.has(field)) return;
    RecordWriter address(*order.schema()[order.schema().at(field)].children);
    copy_address(*entry, address);
    order.set(field, address.object());
  };
  take("default", "billing_address");
  take("shipping_default", "delivery_address");
}

void complete_addresses(State& state, RecordWriter& order, std::int64_t order_id) {
  take_default_addresses(state, order);
  const kit::Schema& schema = schema_of(Rows::Orders);
  const std::size_t billing = schema.at("billing_address");
  const std::size_t delivery = schema.at("delivery_address");
  const std::string text =
      complete_address(state, *schema[billing].children, order.raw(billing), order_id, "1");
  order.set(billing, text);
  if (!order.has(delivery)) {
    order.set(delivery, text);
  } else {
    order.set(delivery, complete_address(state, *schema[delivery].children, order.raw(delivery),
                                         order_id, "2"));
  }
}

void complete_customer(const State& state, RecordWriter& order) {
  const RecordPtr user = state.find(Rows::Users, kit::scalar_id(order.raw("user_id")).value_or(0));
  const std::string registered = user ? text_of(Rows::Users, *user, "registered") : "0";
  set_if_absent(order, "registered", registered);
  set_if_absent(order, "user_order", registered);
  if (user) set_if_absent(order, "email", text_of(Rows::Users, *user, "email"));
}

void complete_shipping(const State& state, RecordWriter& order) {
  const RecordPtr shipping =
      state.find(Rows::Shippings, kit::scalar_id(order.raw("shipping_id")).value_or(0));
  if (shipping) set_if_absent(order, "shipping_cost", text_of(Rows::Shippings, *shipping, "cost"));
  const RecordPtr tax =
      state.find(Rows::Taxes, kit::scalar_id(order.raw("shipping_tax_id")).value_or(0));
  if (tax == nullptr) return;
  set_if_absent(order, "shipping_tax_name", text_of(Rows::Taxes, *tax, "name"));
  set_if_absent(order, "shipping_tax_value", text_of(Rows::Taxes, *tax, "value"));
}

void complete_unit(const State& state, RecordWriter& line, std::int64_t unit_id) {
  const RecordPtr unit = state.find(Rows::Units, unit_id);
  if (unit == nullptr) return;
  set_if_absent(line, "unit", name_of(state, Rows::Units, *unit));
  set_if_absent(line, "unit_fp", text_of(Rows::Units, *unit, "floating_point"));
}

/// The name and value of a tax tell each other.
void complete_tax(const State& state, RecordWriter& line) {
  if (line.has("tax") == line.has("tax_value")) return;
  const bool by_name = line.has("tax");
  const RecordPtr tax =
      tax_by(state, by_name ? "name" : "value", line.text(by_name ? "tax" : "tax_value"));
  if (tax == nullptr) return;
  set_if_absent(line, "tax", text_of(Rows::Taxes, *tax, "name"));
  set_if_absent(line, "tax_value", text_of(Rows::Taxes, *tax, "value"));
}

}  // namespace

RecordPtr tax_by(const State& state, std::string_view column, std::string_view text) {
  RecordPtr found;
  state.table(Rows::Taxes).each([&](const RecordPtr& tax) {
    if (text_of(Rows::Taxes, *tax, column) != text) return true;
    found = tax;
    return false;
  });
  return found;
}

void complete_order(State& state, RecordWriter& order, std::int64_t order_id,
                    const std::string& made, kit::Random& random) {
  const auto any = [](const kit::Record&) { return true; };
  set_if_absent(order, "status_id", first_id(state, Rows::Statuses, [](const kit::Record& row) {
                  return text_of(Rows::Statuses, row, "default") == "1";
                }));
  set_if_absent(order, "payment_id", first_id(state, Rows::Payments, any));
  set_if_absent(order, "shipping_id", first_id(state, Rows::Shippings, any));
  set_if_absent(order, "shipping_tax_id", state.config_text("product_defaults_tax_id"));
  set_if_absent(order, "currency_id", state.config_text("default_currency_id"));
  set_if_absent(order, "lang_id", state.config_text("default_language_id"));
  set_if_absent(order, "origin", std::to_string(state.settings->default_origin));
  set_if_absent(order, "date", made);
  set_if_absent(order, "status_date", made);
  if (order.has("confirm") && order.text("confirm") == "1")
    set_if_absent(order, "confirm_date", made);
  if (!order.has("code")) order.set_text("code", hex(random, 32));
  set_if_absent(order, "order_url",
                fmt::format("https://{}/pl/panel/order/{}", state.host, order_id));
  complete_customer(state, order);
  complete_shipping(state, order);
  spell_additional_fields(state, order);
  complete_addresses(state, order, order_id);
  order.fill();
  set_id(Rows::Orders, order, order_id);
}

void spell_additional_fields(const State& state, RecordWriter& row) {
  const std::string raw(row.raw("additional_fields"));
  if (!raw.starts_with('{')) return;
  const kit::Schema& schema = *row.schema()[row.schema().at("additional_fields")].children;
  std::string list = "[";
  kit::each_member(raw, [&](std::string_view id, std::string_view value) {
    if (list.size() > 1) list.push_back(',');
    list += additional_entry(state, schema, id, kit::scalar_text(value));
  });
  row.set("additional_fields", list + "]");
}

Linked linked_by(const State& state, std::int64_t product_id, std::int64_t stock_id) {
  Linked linked;
  if (product_id != 0) {
    linked.product = state.find(Rows::Products, product_id);
    linked.stock = base_stock(state, product_id);
  } else if (stock_id != 0) {
    linked.stock = state.find(Rows::ProductStocks, stock_id);
    if (linked.stock) {
      linked.product =
          state.find(Rows::Products, id_of(Rows::ProductStocks, *linked.stock, "product_id"));
    }
  }
  return linked;
}

void complete_line(State& state, RecordWriter& line, const Linked& linked) {
  if (const RecordPtr& stock = linked.stock) {
    line.set_text("stock_id", std::to_string(stock->id()));
    line.set_text("product_id", text_of(Rows::ProductStocks, *stock, "product_id"));
    set_if_absent(line, "code", text_of(Rows::ProductStocks, *stock, "code"));
    set_if_absent(line, "ean", text_of(Rows::ProductStocks, *stock, "ean"));
    // The price of now, or the one without offers where that is asked for [inferred from the name].
    const bool offers = line.raw("special_offer_price") != "false";
    set_if_absent(line, "price",
                  text_of(Rows::ProductStocks, *stock, offers ? "comp_promo_price" : "comp_price"));
    set_if_absent(line, "weight", text_of(Rows::ProductStocks, *stock, "comp_weight"));
  }
  if (const RecordPtr& product = linked.product) {
    set_if_absent(line, "name", name_of(state, Rows::Products, *product));
    set_if_absent(line, "pkwiu", text_of(Rows::Products, *product, "pkwiu"));
    set_if_absent(line, "type", text_of(Rows::Products, *product, "type"));
    const RecordPtr tax = state.find(Rows::Taxes, id_of(Rows::Products, *product, "tax_id"));
    if (tax && !line.has("tax") && !line.has("tax_value")) {
      line.set_text("tax", text_of(Rows::Taxes, *tax, "name"));
      line.set_text("tax_value", text_of(Rows::Taxes, *tax, "value"));
    }
    complete_unit(state, line, id_of(Rows::Products, *product, "unit_id"));
  }
  complete_unit(state, line, kit::scalar_id(line.raw("unit_id")).value_or(0));
  complete_tax(state, line);
  line.clear(line.schema().at("unit_id"));
  line.clear(line.schema().at("special_offer_price"));
  line.fill();
}

void move_line(State& state, const kit::Record& line, int sign) {
  if (!state.config_set("shopping_update_stock_on_buy")) return;
  const std::int64_t stock_id = id_of(Rows::OrderProducts, line, "stock_id");
  if (stock_id == 0) return;
  if (state.movement) {
    state.movement->order_id = id_of(Rows::OrderProducts, line, "order_id");
  }
  const auto by = [&](const Decimal& quantity) { return quantity * Decimal(sign); };
  const std::string_view parts = raw_of(Rows::OrderProducts, line, "warehouses");
  if (parts.empty())
    return move_stock(state, stock_id, by(number_of(Rows::OrderProducts, line, "quantity")));
  for (const std::string_view part : kit::elements(parts)) {
    move_stock(state, stock_id,
               kit::scalar_id(kit::member(part, "source_warehouse_id")).value_or(0),
               by(kit::scalar_number(kit::member(part, "quantity")).value_or(Decimal{})));
  }
}

void remove_order(State& state, std::int64_t order_id) {
  for (const RecordPtr& line :
       state.table(Rows::OrderProducts).look_up("order_id", std::to_string(order_id))) {
    state.table(Rows::OrderProducts).erase(line->id());
  }
  remove_parcels(state, order_id);
  state.table(Rows::Orders).erase(order_id);
}

}  // namespace atrapa::mocks::shoper
