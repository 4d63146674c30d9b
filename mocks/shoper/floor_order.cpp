#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mocks/kit/dates.hpp"
#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/events.hpp"
#include "mocks/shoper/floor.hpp"
#include "mocks/shoper/inside.hpp"
#include "mocks/shoper/order_sum.hpp"
#include "mocks/shoper/rows.hpp"

// Orders as people place them. An order is made by the API's own calls in a copy of the
// shop, which takes the shop's place once all of them ended well.

namespace atrapa::mocks::shoper {
namespace {

using kit::Decimal;
using kit::Json;
using kit::RecordPtr;

/// Who places an order, and the origin that the order gets [doc].
struct Orderer {
  std::string_view by;
  std::string_view origin;
};
constexpr std::array kOrderers{Orderer{"customer", "0"}, Orderer{"administrator", "5"},
                               Orderer{"administrator-in-shop", "6"}};

struct WantedLine {
  RecordPtr stock;
  Decimal quantity;
  std::string where;
};

/// An order in the making. The first refusal ends it.
struct Placing {
  Placing(Floor& place, bool customer) : floor(place), draft(place.state), by_customer(customer) {}

  Floor& floor;
  State draft;
  std::vector<kit::Webhook> unheard;  ///< What the steps tell; the order is told as a whole.
  bool by_customer;
  std::optional<FloorRefusal> refused;

  RecordPtr user;
  std::vector<WantedLine> lines;
  RecordPtr code;  ///< The promotion code.
  Decimal client_percent;
  Decimal group_percent;
  Decimal code_percent;

  void refuse(std::string what, std::string where, std::string expected, std::string next) {
    if (refused) return;
    refused = FloorRefusal{std::move(what), std::move(where), std::move(expected), std::move(next)};
  }

  /// A call of the API in the draft: the bare number that it answers, 0 where it is refused.
  std::int64_t call(std::string_view verb, const std::string& path, const Json& body,
                    const std::string& where) {
    if (refused) return 0;
    kit::Context context{floor.context.now, floor.context.random, unheard, {}, {}};
    Floor inner{draft, context};
    FloorAnswer answer = call_on_floor(inner, verb, path, body, where);
    if (auto* refusal = std::get_if<FloorRefusal>(&answer)) {
      refused = std::move(*refusal);
      return 0;
    }
    return std::get<Json>(answer).is_number_integer() ? std::get<Json>(answer).get<std::int64_t>()
                                                      : 0;
  }

  void settle_customer(Asked& asked, const Json& customer);
  void settle_guest(const Json& guest);
  void settle_discounts();
  void settle_lines(Asked& asked, const Json& list);
  void settle_line(const Json& json, const std::string& where);
  void settle_code(const std::string& text);
  Json header(Asked& asked, std::string_view origin);
  Json line_body(const WantedLine& line, std::int64_t order) const;
  void finish_header(std::int64_t order);
};

std::int64_t first_row(const State& state, Rows rows) {
  std::int64_t first = 0;
  state.table(rows).each([&](const RecordPtr& row) {
    first = row->id();
    return false;
  });
  return first;
}

std::int64_t default_status(const State& state) {
  std::int64_t chosen = 0;
  state.table(Rows::Statuses).each([&](const RecordPtr& row) {
    if (text_of(Rows::Statuses, *row, "default") == "1") chosen = row->id();
    return chosen == 0;
  });
  return chosen != 0 ? chosen : first_row(state, Rows::Statuses);
}

// --- The customer --------------------------------------------------------------------------------

/// A guest has a row of its own with registered "0" [rec]; one of the same address is used again,
/// since addresses are unique [inferred]. No client.create is told of it [inferred].
void Placing::settle_guest(const Json& guest) {
  if (!draft.config_set("shopping_allow_to_buy_not_reg") && by_customer) {
    return refuse("guests may not buy here (shopping_allow_to_buy_not_reg)", "/customer",
                  "the id of a registered customer", "register one first, or configure the shop");
  }
  const auto email = guest.find("email");
  if (email != guest.end() && email->is_string()) {
    const auto known = draft.table(Rows::Users).look_up("email", email->get<std::string>());
    if (!known.empty()) {
      user = known.front();
      return;
    }
  }
  const std::int64_t id = call("POST", "users", guest, "/customer");
  if (refused) return;
  kit::RecordWriter writer(schema_of(Rows::Users), *draft.find(Rows::Users, id));
  writer.set_text("registered", "0");
  user = writer.finish(id);
  draft.table(Rows::Users).put(user);
}

void Placing::settle_customer(Asked& asked, const Json& customer) {
  if (customer.is_object()) return settle_guest(customer);
  user = draft.find(Rows::Users, asked.needed_row("customer", Rows::Users, draft));
}

/// The customer's own discount and that of the group, in percent.
void Placing::settle_discounts() {
  client_percent = number_of(Rows::Users, *user, "discount");
  const RecordPtr group = draft.find(Rows::UserGroups, id_of(Rows::Users, *user, "group_id"));
  if (group != nullptr) group_percent = number_of(Rows::UserGroups, *group, "discount");
}

// --- The lines -----------------------------------------------------------------------------------

/// A customer only buys what is shown: the stock and the product's main translation are active.
bool is_for_sale(const State& state, const kit::Record& stock) {
  if (text_of(Rows::ProductStocks, stock, "active") != "1") return false;
  const RecordPtr product =
      state.find(Rows::Products, id_of(Rows::ProductStocks, stock, "product_id"));
  if (product == nullptr) return false;
  const std::string_view shown = kit::member(raw_of(Rows::Products, *product, "translations"),
                                             state.config_text("default_language_name"));
  return shown.empty() || kit::scalar_text(kit::member(shown, "active")) != "0";
}

RecordPtr wanted_stock(Asked& asked, const State& state) {
  if (asked.has("stock")) {
    return state.find(Rows::ProductStocks, asked.needed_row("stock", Rows::ProductStocks, state));
  }
  if (asked.has("code")) {
    const std::string code = asked.needed_text("code");
    const auto known = state.table(Rows::ProductStocks).look_up("code", code);
    if (!known.empty()) return known.front();
    asked.refuse("code", fmt::format("no stock has the code \"{}\"", code), "a code of the shop's",
                 "GET /webapi/rest/product-stocks lists them");
    return nullptr;
  }
  const std::int64_t product = asked.needed_row("product", Rows::Products, state);
  RecordPtr base = product != 0 ? base_stock(state, product) : nullptr;
  if (base == nullptr) {
    asked.refuse("product", "the product has no stock", "a product with a stock", "name a stock");
  }
  return base;
}

void Placing::settle_line(const Json& json, const std::string& where) {
  Asked asked(json, where, {"product", "stock", "code", "quantity"});
  RecordPtr stock = wanted_stock(asked, draft);
  const Decimal quantity = asked.number("quantity").value_or(Decimal(1));
  if (!asked.refused && by_customer && !is_for_sale(draft, *stock)) {
    asked.refuse("", "this is not for sale", "an active product",
                 "activate it, or let an administrator order");
  }
  const RecordPtr product =
      stock ? draft.find(Rows::Products, id_of(Rows::ProductStocks, *stock, "product_id"))
            : nullptr;
  const Decimal least =
      Decimal::parse(draft.config_text("shopping_min_prod_quantity")).value_or(Decimal(0));
  const bool whole = product == nullptr || !fractions_allowed(draft, *product);
  if (!asked.refused && by_customer && whole && quantity < least) {
    asked.refuse("quantity", "so few are not sold (shopping_min_prod_quantity)",
                 fmt::format("at least {}", least.text()), "order more, or configure the shop");
  }
  if (asked.refused) {
    if (!refused) refused = asked.refused;
    return;
  }
  lines.push_back({std::move(stock), quantity, where});
}

void Placing::settle_lines(Asked& asked, const Json& list) {
  if (!list.is_array() || list.empty()) {
    return asked.refuse("lines", "nothing is ordered", "a list of {product, quantity}",
                        "give at least one line");
  }
  for (std::size_t i = 0; i < list.size(); ++i) settle_line(list[i], fmt::format("/lines/{}", i));
}

/// Where each piece comes from in a shop with warehouses: from those that have it, by their ids;
/// what none has is asked of the last one [inferred].
Json parts_of(const State& state, const kit::Record& stock, const Decimal& quantity) {
  Json parts = Json::array();
  Decimal open = quantity;
  std::int64_t last = 0;
  state.table(Rows::Warehouses).each([&](const RecordPtr& warehouse) {
    last = warehouse->id();
    const std::string_view held =
        kit::member(raw_of(Rows::ProductStocks, stock, "warehouses"), std::to_string(last));
    const Decimal level = kit::scalar_number(held).value_or(Decimal{});
    const Decimal taken = std::min(open, level);
    if (taken <= Decimal(0)) return true;
    open = open - taken;
    parts.push_back({{"source_warehouse_id", last},
                     {"shipping_warehouse_id", last},
                     {"quantity", taken.text()}});
    return open > Decimal(0);
  });
  if (open <= Decimal(0)) return parts;
  if (!parts.empty() && parts.back()["source_warehouse_id"] == last) {
    // One part for each warehouse, as a person would write it.
    const Decimal taken = *Decimal::parse(parts.back()["quantity"].get<std::string>());
    parts.back()["quantity"] = (taken + open).text();
  } else {
    parts.push_back({{"source_warehouse_id", last},
                     {"shipping_warehouse_id", last},
                     {"quantity", open.text()}});
  }
  return parts;
}

Json Placing::line_body(const WantedLine& line, std::int64_t order) const {
  Json body = {{"order_id", order}, {"stock_id", line.stock->id()}};
  if (draft.config_set("warehouses_enabled")) {
    // An earlier line may have taken from it.
    body["warehouses"] =
        parts_of(draft, *draft.find(Rows::ProductStocks, line.stock->id()), line.quantity);
  } else {
    body["quantity"] = line.quantity.text();
  }
  if (!draft.settings->sum_counts_order_discounts) {
    const Decimal percent = client_percent + group_percent + code_percent;
    body["discount_perc"] = std::clamp(percent, Decimal(0), Decimal(100)).fixed(4);
  }
  return body;
}

// --- The promotion code --------------------------------------------------------------------------

Decimal code_number(const kit::Record& code, std::string_view field) {
  return number_of(Rows::PromotionCodes, code, field);
}

/// Whether a bound says anything: 0 and never do not.
bool has_limits(const kit::Record& code) {
  const std::array<std::string_view, 7> lists{
      "categories_limit", "producers_limit", "products_limit", "collections_limit",
      "groups_limit",     "shippings",       "ranges"};
  return std::any_of(lists.begin(), lists.end(), [&](std::string_view field) {
    return raw_of(Rows::PromotionCodes, code, field).size() > 2;
  });
}

std::int64_t uses_by(const State& state, std::int64_t user, std::int64_t code) {
  std::int64_t uses = 0;
  for (const RecordPtr& order :
       state.table(Rows::Orders).look_up("user_id", std::to_string(user))) {
    if (id_of(Rows::Orders, *order, "code_id") == code) ++uses;
  }
  return uses;
}

/// Why the code does not count for this order, or "".
std::string why_not(const State& state, const kit::Record& code, const kit::Record& user,
                    const std::vector<WantedLine>& lines, const std::string& now) {
  Decimal amount;
  Decimal pieces;
  for (const WantedLine& line : lines) {
    const Decimal price = number_of(Rows::ProductStocks, *line.stock, "comp_promo_price");
    amount = amount + (price * line.quantity).rounded(2);
    pieces = pieces + line.quantity;
  }
  const auto text = [&](std::string_view field) {
    const std::string value = text_of(Rows::PromotionCodes, code, field);
    return value == kit::kNever ? std::string() : value;
  };
  const auto outside = [&](std::string_view least, std::string_view most, const Decimal& value) {
    const Decimal high = code_number(code, most);
    return value < code_number(code, least) || (high > Decimal(0) && value > high);
  };
  const auto used_up = [&](std::string_view field, std::int64_t uses) {
    const Decimal limit = code_number(code, field);
    return limit > Decimal(0) && Decimal(uses) >= limit;
  };
  if (text("active") != "1") return "it is not active";
  if (now < text("time_from")) return "its time has not come";
  if (!text("time_to").empty() && now > text("time_to")) return "its time is over";
  if (outside("min_amount", "max_amount", amount))
    return "the amount of the order is outside of it";
  if (outside("min_quantity", "max_quantity", pieces)) return "the pieces are too few or too many";
  if (used_up("usage_limit", id_of(Rows::PromotionCodes, code, "usage_count"))) {
    return "it is used up";
  }
  if (used_up("peruser_limit", uses_by(state, user.id(), code.id()))) {
    return "this customer has used it up";
  }
  if (has_limits(code)) return "its limits to products, groups or shippings are not imitated";
  if (code_number(code, "discount_type") != Decimal(state.settings->percent_code_type)) {
    return "only codes of a percentage are imitated (setting promotion_code_percent_type)";
  }
  return {};
}

void Placing::settle_code(const std::string& text) {
  if (text.empty()) return;
  const auto known = draft.table(Rows::PromotionCodes).look_up("code", text);
  const std::string now = draft.local_time(floor.context.now);
  std::string why = "the shop has no such code";
  if (!draft.config_set("shopping_promo_codes_enable")) {
    why = "the shop takes none (shopping_promo_codes_enable)";
  } else if (!known.empty()) {
    why = why_not(draft, *known.front(), *user, lines, now);
  }
  if (!why.empty()) {
    return refuse(fmt::format("the promotion code does not count: {}", why), "/promotion_code",
                  "a code that counts for this order", "leave it out, or change the code");
  }
  code = known.front();
  code_percent = code_number(*code, "discount");
}

// --- The header ----------------------------------------------------------------------------------

Json Placing::header(Asked& asked, std::string_view origin) {
  std::int64_t shipping_id = asked.row("shipping", Rows::Shippings, draft);
  if (shipping_id == 0) shipping_id = first_row(draft, Rows::Shippings);
  const RecordPtr shipping = draft.find(Rows::Shippings, shipping_id);
  const auto taken = shipping ? kit::elements(raw_of(Rows::Shippings, *shipping, "payments"))
                              : std::vector<std::string_view>();
  const auto named = [](std::string_view one) {
    return kit::scalar_id(kit::member(one, "payment_id")).value_or(0);
  };
  std::int64_t payment_id = asked.row("payment", Rows::Payments, draft);
  if (payment_id == 0) {
    payment_id = taken.empty() ? first_row(draft, Rows::Payments) : named(taken.front());
  }
  Json body = {{"user_id", user->id()},
               {"email", text_of(Rows::Users, *user, "email")},
               {"status_id", default_status(draft)},
               {"payment_id", payment_id},
               {"shipping_id", shipping_id},
               {"origin", std::string(origin)},
               {"notes", asked.text("notes")}};
  std::int64_t tax = shipping ? id_of(Rows::Shippings, *shipping, "tax_id") : 0;
  if (tax == 0) tax = draft.config_id("product_defaults_tax_id");
  body["shipping_tax_id"] = draft.has(Rows::Taxes, tax) ? tax : first_row(draft, Rows::Taxes);
  for (const char* field : {"billing_address", "delivery_address", "additional_fields"}) {
    if (asked.has(field)) body[field] = asked.json(field);
  }
  const bool fits = taken.empty() || std::any_of(taken.begin(), taken.end(), [&](auto one) {
                      return named(one) == payment_id;
                    });
  if (!fits) {
    asked.refuse("payment", "this shipping is not paid that way", "one of the shipping's payments",
                 fmt::format("GET /webapi/rest/shippings/{} lists them", shipping_id));
  }
  return body;
}

/// Writes what POST orders does not take: the discounts and the code. Counts the code's use.
void Placing::finish_header(std::int64_t order) {
  kit::RecordWriter writer(schema_of(Rows::Orders), *draft.find(Rows::Orders, order));
  writer.set_text("discount_client", client_percent.rounded(0).text());
  writer.set_text("discount_group", group_percent.rounded(0).text());
  writer.set_text("discount_code", code_percent.rounded(0).text());
  if (code != nullptr) {
    writer.set_text("promo_code", text_of(Rows::PromotionCodes, *code, "code"));
    writer.set_text("code_id", std::to_string(code->id()));
    kit::RecordWriter used(schema_of(Rows::PromotionCodes), *code);
    used.set("usage_count", std::to_string(id_of(Rows::PromotionCodes, *code, "usage_count") + 1));
    draft.table(Rows::PromotionCodes).put(used.finish(code->id()));
  }
  draft.table(Rows::Orders).put(writer.finish(order));
  recompute_order(draft, order);
}

Decimal goods_of(const State& state, std::int64_t order) {
  Decimal sum;
  for (const RecordPtr& line :
       state.table(Rows::OrderProducts).look_up("order_id", std::to_string(order))) {
    sum = sum + line_total(*line);
  }
  return sum;
}

/// Takes the draft for the shop and tells the order: order.create, then as many order.edit as
/// setting `storefront_order_edits` says [live: such deliveries follow; how many inferred].
void commit(Floor& floor, State draft, std::int64_t order) {
  floor.state = std::move(draft);
  std::vector<Event> events{{"order.create", Rows::Orders, order, {}}};
  for (std::int64_t i = 0; i < floor.state.settings->storefront_order_edits; ++i) {
    events.push_back({"order.edit", Rows::Orders, order, {}});
  }
  announce_inside(floor.state, events, floor.context);
}

}  // namespace

FloorAnswer place_order(Floor& floor, const Json& body) {
  Asked asked(body, "",
              {"by", "customer", "lines", "shipping", "payment", "promotion_code", "notes",
               "billing_address", "delivery_address", "additional_fields"});
  const std::string by = asked.text("by", "customer");
  const auto* orderer = std::find_if(kOrderers.begin(), kOrderers.end(),
                                     [&](const Orderer& one) { return one.by == by; });
  if (orderer == kOrderers.end()) {
    asked.refuse("by", fmt::format("\"{}\" places no orders", by),
                 "customer, administrator or administrator-in-shop", "take one of these");
  }
  if (asked.refused) return *asked.refused;
  Placing placing(floor, orderer->origin == "0");
  const bool closed = floor.state.config_set("shop_off") || floor.state.config_set("shopping_off");
  if (closed && placing.by_customer) {
    return FloorRefusal{"the shop is closed (shop_off, shopping_off)", "", "a shop that sells",
                        "configure the shop"};
  }
  placing.settle_customer(asked, asked.json("customer"));
  if (!asked.refused && !placing.refused) placing.settle_lines(asked, asked.json("lines"));
  if (!asked.refused && !placing.refused) {
    placing.settle_discounts();
    placing.settle_code(asked.text("promotion_code"));
  }
  if (placing.refused) return *placing.refused;
  if (asked.refused) return *asked.refused;
  const Json header = placing.header(asked, orderer->origin);
  if (asked.refused) return *asked.refused;

  const std::int64_t order = placing.call("POST", "orders", header, "");
  for (const WantedLine& line : placing.lines) {
    if (placing.refused) break;
    placing.call("POST", "order-products", placing.line_body(line, order), line.where);
  }
  if (placing.refused) return *placing.refused;
  const Decimal least =
      Decimal::parse(placing.draft.config_text("shopping_min_order_value")).value_or(Decimal(0));
  if (placing.by_customer && goods_of(placing.draft, order) < least) {
    return FloorRefusal{"the order is too small (shopping_min_order_value)", "/lines",
                        fmt::format("goods for at least {}", least.fixed(2)),
                        "order more, or configure the shop"};
  }
  placing.finish_header(order);
  const std::string sum = text_of(Rows::Orders, *placing.draft.find(Rows::Orders, order), "sum");
  commit(floor, std::move(placing.draft), order);
  return Json{{"order", order}, {"sum", sum}};
}

}  // namespace atrapa::mocks::shoper
