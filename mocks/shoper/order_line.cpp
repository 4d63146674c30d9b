#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/order_sum.hpp"
#include "mocks/shoper/orders.hpp"
#include "mocks/shoper/parcels.hpp"
#include "mocks/shoper/rows.hpp"

// order-products: an order's lines. They take their stock at once [live].

namespace atrapa::mocks::shoper {
namespace {

using kit::Decimal;
using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

const kit::Schema& lines() { return schema_of(Rows::OrderProducts); }

Reply list_lines(Call& call) { return list_rows(call); }

void add(kit::Written& written, std::string_view field, FieldFault fault, std::string detail = {}) {
  written.problems.push_back({std::string(field), fault, std::move(detail)});
}

/// Whether a value was sent, even one that is refused already.
bool is_sent(const kit::Written& written, std::string_view field) {
  return !written.raw(lines(), field).empty() ||
         std::any_of(written.problems.begin(), written.problems.end(),
                     [&](const kit::Problem& one) { return one.field == field; });
}

/// What a line takes from where: one part without a warehouse, or one for each source warehouse.
struct Part {
  std::int64_t warehouse = 0;
  Decimal quantity;
};

/// The sent `warehouses`, a list of parts or a map of source warehouse to quantity, as the list
/// that reads have. "" where none were sent.
std::string spelled_parts(const kit::Written& written) {
  const std::string_view raw = written.raw(lines(), "warehouses");
  if (!raw.starts_with('{')) return std::string(raw);
  std::string list = "[";
  kit::each_member(raw, [&](std::string_view id, std::string_view quantity) {
    RecordWriter part(*lines()[lines().at("warehouses")].children);
    part.set_text("source_warehouse_id", id);
    part.set_text("shipping_warehouse_id", id);
    part.set_text("quantity", kit::scalar_text(quantity));
    if (list.size() > 1) list.push_back(',');
    list += part.object();
  });
  return list + "]";
}

std::vector<Part> read_parts(std::string_view raw) {
  std::vector<Part> parts;
  for (const std::string_view one : kit::elements(raw)) {
    parts.push_back({kit::scalar_id(kit::member(one, "source_warehouse_id")).value_or(0),
                     kit::scalar_number(kit::member(one, "quantity")).value_or(Decimal{})});
  }
  return parts;
}

Decimal total(const std::vector<Part>& parts) {
  Decimal sum;
  for (const Part& part : parts) sum = sum + part.quantity;
  return sum;
}

void check_amounts(kit::Written& written) {
  if (const auto price = kit::scalar_number(written.raw(lines(), "price"))) {
    if (*price < Decimal(0)) add(written, "price", FieldFault::OutOfRange, ">= 0");
  }
  if (const auto percent = kit::scalar_number(written.raw(lines(), "discount_perc"))) {
    if (*percent < Decimal(0) || *percent > Decimal(100)) {
      add(written, "discount_perc", FieldFault::OutOfRange, "0..100");
    }
  }
}

/// Above 0, and whole unless the unit is floating point [doc].
void check_quantity(kit::Written& written, std::string_view field, const Decimal& quantity,
                    bool fractions) {
  if (quantity <= Decimal(0)) add(written, field, FieldFault::OutOfRange, "> 0");
  if (!quantity.is_whole() && !fractions) add(written, field, FieldFault::BadValue, "int");
}

/// Selling more than there is needs shopping_allow_overselling; `freed` is what the line holds
/// already.
void check_level(const Call& call, kit::Written& written, std::string_view field,
                 const Decimal& wanted, const Decimal& level, const Decimal& freed) {
  if (call.state.config_set("shopping_allow_overselling")) return;
  if (wanted > level + freed) {
    add(written, field, FieldFault::OutOfRange, fmt::format("<= {}", (level + freed).text()));
  }
}

Decimal level_in(const kit::Record& stock, std::int64_t warehouse) {
  const std::string_view raw =
      kit::member(raw_of(Rows::ProductStocks, stock, "warehouses"), std::to_string(warehouse));
  return kit::scalar_number(raw).value_or(Decimal{});
}

/// The rules of `quantity` and `warehouses`. A line of a product carries the one with the
/// warehouses module off and the other with it on; both together are refused [doc]. `before` is the
/// line that is changed, or null.
void check_taking(const Call& call, kit::Written& written, const RecordPtr& stock, bool linked,
                  bool fractions, const kit::Record* before) {
  const bool by_warehouse = linked && call.state.config_set("warehouses_enabled");
  const std::string_view quantity = written.raw(lines(), "quantity");
  const std::string parts = spelled_parts(written);
  if (!by_warehouse) {
    if (!parts.empty()) add(written, "warehouses", FieldFault::ReadOnly);
    if (quantity.empty()) {
      if (before == nullptr && !is_sent(written, "quantity")) {
        add(written, "quantity", FieldFault::Missing);
      }
      // A unit of whole pieces cannot come under a quantity with decimals either [inferred].
      const bool kept_fits = before == nullptr || fractions ||
                             number_of(Rows::OrderProducts, *before, "quantity").is_whole();
      if (!kept_fits && is_sent(written, "unit_fp")) add(written, "unit_fp", FieldFault::BadValue);
      return;
    }
    const Decimal wanted = kit::scalar_number(quantity).value_or(Decimal{});
    check_quantity(written, "quantity", wanted, fractions);
    if (stock) {
      const Decimal freed =
          before ? number_of(Rows::OrderProducts, *before, "quantity") : Decimal{};
      check_level(call, written, "quantity", wanted,
                  number_of(Rows::ProductStocks, *stock, "stock"), freed);
    }
    return;
  }
  if (!quantity.empty()) add(written, "quantity", FieldFault::ReadOnly);
  if (parts.empty()) {
    if (before == nullptr) add(written, "warehouses", FieldFault::Missing);
    return;
  }
  if (read_parts(parts).empty()) return add(written, "warehouses", FieldFault::Missing);
  // A warehouse that stands in several parts counts once, with their sum.
  std::map<std::int64_t, Decimal> wanted;
  for (const Part& part : read_parts(parts)) {
    if (!call.state.has(Rows::Warehouses, part.warehouse)) {
      add(written, "warehouses", FieldFault::NotFound);
      continue;
    }
    check_quantity(written, "warehouses", part.quantity, fractions);
    wanted[part.warehouse] = wanted[part.warehouse] + part.quantity;
  }
  if (stock == nullptr) return;
  std::map<std::int64_t, Decimal> freed;
  for (const Part& held :
       read_parts(before ? raw_of(Rows::OrderProducts, *before, "warehouses") : "")) {
    freed[held.warehouse] = freed[held.warehouse] + held.quantity;
  }
  for (const auto& [warehouse, pieces] : wanted) {
    check_level(call, written, "warehouses", pieces, level_in(*stock, warehouse), freed[warehouse]);
  }
}

/// A tax that the line names or whose value it gives, and its unit, are ones of the shop
/// [inferred: as of a line of no product].
void check_tax_and_unit(const Call& call, kit::Written& written) {
  check_reference(call, written, lines(), "unit_id", Rows::Units);
  const bool by_name = !written.raw(lines(), "tax").empty();
  const std::string_view field = by_name ? "tax" : "tax_value";
  const std::string_view sent = written.raw(lines(), field);
  if (!sent.empty() && !tax_by(call.state, by_name ? "name" : "value", kit::scalar_text(sent))) {
    add(written, field, FieldFault::NotFound);
  }
}

/// A line of no product says itself what it is: a name, unit_id or unit with unit_fp, tax or
/// tax_value [client; the name inferred].
void check_free_line(kit::Written& written) {
  const auto sent = [&](std::string_view field) { return is_sent(written, field); };
  if (!sent("name")) add(written, "name", FieldFault::Missing);
  if (!sent("unit_id") && !(sent("unit") && sent("unit_fp"))) {
    add(written, "unit_id", FieldFault::Missing);
  }
  if (!sent("tax") && !sent("tax_value")) add(written, "tax", FieldFault::Missing);
}

/// Whether the line's quantity may have decimals: by its own unit, else by its product's.
bool fractions_of(const State& state, const kit::Written& written, const Linked& linked) {
  const std::string_view sent = written.raw(lines(), "unit_fp");
  if (!sent.empty()) return sent == "\"1\"";
  if (linked.product) return fractions_allowed(state, *linked.product);
  const RecordPtr unit =
      state.find(Rows::Units, kit::scalar_id(written.raw(lines(), "unit_id")).value_or(0));
  return unit && text_of(Rows::Units, *unit, "floating_point") == "1";
}

void write_line(const kit::Written& written, RecordWriter& writer) {
  kit::write_values(written.values, writer);
  const std::string parts = spelled_parts(written);
  if (parts.empty()) return;
  writer.set("warehouses", parts);
  writer.set_text("quantity", total(read_parts(parts)).text());
}

/// A sent unit_id brings its name and kind along, a tax its value, and the other way round.
void follow_sent(const kit::Written& written, RecordWriter& writer) {
  const auto sent = [&](std::string_view field) { return !written.raw(lines(), field).empty(); };
  if (sent("unit_id")) {
    for (const std::string_view field : {"unit", "unit_fp"}) {
      if (!sent(field)) writer.clear(lines().at(field));
    }
  }
  if (sent("tax") && !sent("tax_value")) writer.clear(lines().at("tax_value"));
  if (sent("tax_value") && !sent("tax")) writer.clear(lines().at("tax"));
}

/// Adds a line, takes its stock and recomputes the order. Answers the bare id.
///
/// product_id wins over stock_id, also where it is 0: that, or neither, makes a free line. Name,
/// code, tax, unit and weight are copied from the product where they are not sent; an omitted price
/// is the current gross price [inferred]. More than there is: 400 and nothing changed, unless
/// shopping_allow_overselling.
Reply create_line(Call& call) {
  auto body = read_body(call, lines(), kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  State& state = call.state;
  if (!state.config_set("warehouses_enabled") && !written.raw(lines(), "warehouses").empty()) {
    return warehouses_disabled(call.language);
  }
  const std::string_view sent_product = written.raw(lines(), "product_id");
  const std::string_view sent_stock =
      sent_product.empty() ? written.raw(lines(), "stock_id") : std::string_view();
  const std::int64_t product_id = kit::scalar_id(sent_product).value_or(0);
  const std::int64_t stock_id = kit::scalar_id(sent_stock).value_or(0);
  const Linked linked = linked_by(state, product_id, stock_id);
  const bool free_line = product_id == 0 && stock_id == 0;
  check_reference(call, written, lines(), "order_id", Rows::Orders);
  check_tax_and_unit(call, written);
  if (free_line) {
    check_free_line(written);
  } else if (linked.stock == nullptr) {
    add(written, product_id != 0 ? "product_id" : "stock_id", FieldFault::NotFound);
  }
  check_amounts(written);
  check_taking(call, written, linked.stock, !free_line, fractions_of(state, written, linked),
               nullptr);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  const std::int64_t id = state.table(Rows::OrderProducts).take_id();
  RecordWriter writer(lines());
  write_line(written, writer);
  if (free_line) writer.clear(lines().at("stock_id"));
  complete_line(state, writer, linked);
  set_id(Rows::OrderProducts, writer, id);
  const RecordPtr line = writer.finish(id);
  state.table(Rows::OrderProducts).put(line);
  move_line(state, *line, -1);
  recompute_order(state, id_of(Rows::OrderProducts, *line, "order_id"));
  return bare(id);
}

/// How much of the line lies in parcels already.
Decimal shipped_part(const State& state, const kit::Record& line) {
  const auto shipped = shipped_of(state, id_of(Rows::OrderProducts, line, "order_id"));
  const auto found = shipped.find(line.id());
  return found == shipped.end() ? Decimal{} : found->second;
}

/// A line cannot fall below what its order's parcels hold of it [inferred].
void check_shipped(const Call& call, kit::Written& written, const kit::Record& line) {
  const std::string parts = spelled_parts(written);
  const std::string_view field = parts.empty() ? "quantity" : "warehouses";
  const std::string_view sent = written.raw(lines(), field);
  if (sent.empty()) return;
  const Decimal wanted =
      parts.empty() ? kit::scalar_number(sent).value_or(Decimal{}) : total(read_parts(parts));
  const Decimal shipped = shipped_part(call.state, line);
  if (wanted < shipped) {
    add(written, field, FieldFault::OutOfRange, fmt::format(">= {}", shipped.text()));
  }
}

/// Changes the sent fields; a changed quantity takes or returns the difference [inferred]. Order,
/// product and stock of a line stay [inferred]. Answers 1.
Reply update_line(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.id().value_or(0);
  const RecordPtr row = state.find(Rows::OrderProducts, id);
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_body(call, lines(), kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  if (!state.config_set("warehouses_enabled") && !written.raw(lines(), "warehouses").empty()) {
    return warehouses_disabled(call.language);
  }
  const std::int64_t stock_id = id_of(Rows::OrderProducts, *row, "stock_id");
  const std::string_view sent_unit = written.raw(lines(), "unit_fp");
  const bool fractions =
      (sent_unit.empty() ? raw_of(Rows::OrderProducts, *row, "unit_fp") : sent_unit) == "\"1\"";
  check_amounts(written);
  check_tax_and_unit(call, written);
  check_taking(call, written, state.find(Rows::ProductStocks, stock_id), stock_id != 0, fractions,
               row.get());
  check_shipped(call, written, *row);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  RecordWriter writer(lines(), *row);
  write_line(written, writer);
  follow_sent(written, writer);
  complete_line(state, writer, {});
  const RecordPtr line = writer.finish(id);
  const bool moved = raw_of(Rows::OrderProducts, *line, "quantity") !=
                         raw_of(Rows::OrderProducts, *row, "quantity") ||
                     raw_of(Rows::OrderProducts, *line, "warehouses") !=
                         raw_of(Rows::OrderProducts, *row, "warehouses");
  if (moved) move_line(state, *row, +1);
  state.table(Rows::OrderProducts).put(line);
  if (moved) move_line(state, *line, -1);
  recompute_order(state, id_of(Rows::OrderProducts, *line, "order_id"));
  return bare(1);
}

/// Removes a line, returns its stock and recomputes the order. Answers 1; 400 parcel_cannot_modify
/// while a parcel holds some of it [client; when: inferred].
Reply remove_line(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.id().value_or(0);
  const RecordPtr row = state.find(Rows::OrderProducts, id);
  if (row == nullptr) return not_found(call.language, call.settings());
  if (shipped_part(state, *row) > Decimal(0)) {
    return forbidden_change(call.language, "parcel_cannot_modify");
  }
  state.table(Rows::OrderProducts).erase(id);
  move_line(state, *row, +1);
  recompute_order(state, id_of(Rows::OrderProducts, *row, "order_id"));
  return bare(1);
}

constexpr std::array kOrderLineCalls{
    Handled{"GET /webapi/rest/order-products", list_lines},
    Handled{"GET /webapi/rest/order-products/{id}", get_row},
    Handled{"POST /webapi/rest/order-products", create_line},
    Handled{"PUT /webapi/rest/order-products/{id}", update_line},
    Handled{"DELETE /webapi/rest/order-products/{id}", remove_line},
};

}  // namespace

std::span<const Handled> order_line_calls() { return kOrderLineCalls; }

}  // namespace atrapa::mocks::shoper
