#include "core/shops/shoper/rows.hpp"

#include <charconv>
#include <optional>

namespace atrapa::core::shoper {

const Wanted kProductMembers{"count",      "pages",       "page",       "list",
                             "product_id", "code",        "tax_id",     "unit_id",
                             "stock",      "category_id", "categories", "translations",
                             "pl_PL",      "name",        "stock_id",   "price"};
const Wanted kStockMembers{"count",      "pages", "page",  "list",       "stock_id",
                           "product_id", "code",  "price", "price_type", "stock"};
const Wanted kOrderMembers{"count",
                           "pages",
                           "page",
                           "list",
                           "order_id",
                           "date",
                           "origin",
                           "sum",
                           "email",
                           "shipping_cost",
                           "notes",
                           "shipping_tax_name",
                           "firstname",
                           "lastname",
                           "company",
                           "tax_identification_number",
                           "street1",
                           "postcode",
                           "city",
                           "country",
                           "billing_address",
                           "delivery_address",
                           "phone",
                           "country_code"};
const Wanted kLineMembers{"count",    "pages",     "page",     "list", "id",
                          "order_id", "price",     "quantity", "code", "discount_perc",
                          "tax",      "tax_value", "name"};
const Wanted kTaxMembers{"count", "pages", "page", "list", "tax_id", "name", "class", "value"};
const Wanted kUnitMembers{"count",          "pages",        "page",  "list", "unit_id",
                          "floating_point", "translations", "pl_PL", "name"};
const Wanted kCategoryMembers{"count",       "pages",        "page",  "list",
                              "category_id", "translations", "pl_PL", "name"};
const Wanted kConfigMembers{"locale_timezone", "default_language_name", "warehouses_enabled",
                            "product_defaults_unit_id"};
const Wanted kLanguageMembers{"count", "pages", "page", "list", "lang_id", "locale", "active"};

namespace {

std::optional<Reading<Price>> price_member(const Json& object, const char* name) {
  const auto text = text_member(object, name);
  return text ? std::optional(read_price(*text)) : std::nullopt;
}

std::optional<Reading<Quantity>> stock_member(const Json& object, const char* name) {
  const auto text = text_member(object, name);
  return text ? std::optional(read_quantity(*text)) : std::nullopt;
}

const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

ShopParty read_party(const Json& address) {
  ShopParty party;
  party.first_name = text_or_empty(address, "firstname");
  party.last_name = text_or_empty(address, "lastname");
  party.company = text_or_empty(address, "company");
  party.nip = text_or_empty(address, "tax_identification_number");
  party.street = text_or_empty(address, "street1");
  party.postcode = text_or_empty(address, "postcode");
  party.city = text_or_empty(address, "city");
  party.country = text_or_empty(address, "country_code");
  if (party.country.empty()) party.country = text_or_empty(address, "country");
  party.phone = text_or_empty(address, "phone");
  return party;
}

/// The gross price of a variant from its own price and its product's.
std::optional<Reading<Price>> variant_price(const Json& row,
                                            const std::optional<Reading<Price>>& product) {
  const std::string type = text_or_empty(row, "price_type");
  auto own = price_member(row, "price");
  if (type == "0") return product;
  if (type != "2" && type != "3") return own;
  if (!own || !own->value) return own;
  if (!product || !product->value) return product;
  const std::int64_t difference = type == "2" ? own->value->units : -own->value->units;
  const Price price{product->value->units + difference};
  return Reading<Price>{to_text(price), price};
}

}  // namespace

ShopItem read_product(const Json& row) {
  const Json& stock = member(row, "stock");
  ShopItem item;
  item.product_id = text_or_empty(row, "product_id");
  item.stock_id = text_or_empty(stock, "stock_id");
  item.code = text_member(row, "code");
  item.name = polish_name(row);
  item.gross_price = price_member(stock, "price");
  item.tax_id = key_member(row, "tax_id");
  item.category_id = key_member(row, "category_id");
  for (const Json& id : member(row, "categories")) {
    if (id.is_string()) item.category_ids.push_back(id.get<std::string>());
  }
  item.unit_id = key_member(row, "unit_id");
  item.stock = stock_member(stock, "stock");
  return item;
}

ShopItem read_variant(const Json& row, const ShopItem& product) {
  ShopItem item = product;
  item.variant = true;
  item.stock_id = text_or_empty(row, "stock_id");
  item.code = text_member(row, "code");
  item.gross_price = variant_price(row, product.gross_price);
  item.stock = stock_member(row, "stock");
  return item;
}

ShopOrder read_order(const Json& row) {
  ShopOrder order;
  order.id = text_or_empty(row, "order_id");
  order.date = text_or_empty(row, "date");
  if (const auto origin = text_member(row, "origin")) {
    int value = 0;
    const auto [end, error] =
        std::from_chars(origin->data(), origin->data() + origin->size(), value);
    if (error == std::errc() && end == origin->data() + origin->size()) order.origin = value;
  }
  order.sum = text_or_empty(row, "sum");
  order.shipping_cost = text_or_empty(row, "shipping_cost");
  order.shipping_tax = text_or_empty(row, "shipping_tax_name");
  order.email = text_or_empty(row, "email");
  order.notes = text_or_empty(row, "notes");
  order.billing = read_party(member(row, "billing_address"));
  order.delivery = read_party(member(row, "delivery_address"));
  return order;
}

ShopLine read_line(const Json& row) {
  ShopLine line;
  line.id = text_or_empty(row, "id");
  line.order_id = text_or_empty(row, "order_id");
  line.code = text_or_empty(row, "code");
  line.name = text_or_empty(row, "name");
  line.unit_price = read_price(text_or_empty(row, "price"));
  line.quantity = read_quantity(text_or_empty(row, "quantity"));
  line.discount_percent = text_or_empty(row, "discount_perc");
  line.tax = text_or_empty(row, "tax");
  line.tax_value = text_or_empty(row, "tax_value");
  return line;
}

ShopTax read_tax(const Json& row) {
  return {text_or_empty(row, "tax_id"), text_or_empty(row, "name"), text_or_empty(row, "class"),
          text_or_empty(row, "value")};
}

ShopUnit read_unit(const Json& row) {
  return {text_or_empty(row, "unit_id"), flag_member(row, "floating_point"), polish_name(row)};
}

ShopCategory read_category(const Json& row) {
  return {text_or_empty(row, "category_id"), polish_name(row), std::nullopt};
}

}  // namespace atrapa::core::shoper
