#include <fmt/format.h>

#include <algorithm>

#include "mocks/kit/world_error.hpp"
#include "mocks/shoper/attributes.hpp"
#include "mocks/shoper/availability.hpp"
#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/order_sum.hpp"
#include "mocks/shoper/orders.hpp"
#include "mocks/shoper/parcels.hpp"
#include "mocks/shoper/product_media.hpp"
#include "mocks/shoper/rows.hpp"
#include "mocks/shoper/special_offers.hpp"
#include "mocks/shoper/variants.hpp"
#include "mocks/shoper/world.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::Json;
using kit::RecordPtr;
using kit::RecordWriter;
using kit::WorldError;

kit::Written read_row(Rows rows, const Json& row, const std::string& pointer) {
  if (!row.is_object()) {
    throw WorldError(pointer,
                     fmt::format("expected an object, a row of {}", entry_of(rows).resource));
  }
  kit::Written written =
      kit::validate(schema_of(rows), row, {.mode = kit::WriteRules::Mode::Plant});
  if (!written.problems.empty()) {
    const kit::Problem& problem = written.problems.front();
    throw WorldError(pointer + place_in(row, problem), in_words(problem, entry_of(rows).resource));
  }
  return written;
}

bool gives(const Json& row, const char* field) { return row.is_object() && row.contains(field); }

/// The row's own id, or the next one.
std::int64_t id_for(State& state, Rows rows, const kit::Written& written,
                    const std::string& pointer) {
  const std::string& column = entry_of(rows).id_field.value();
  const std::int64_t given = kit::scalar_id(written.raw(schema_of(rows), column)).value_or(0);
  if (given == 0) return state.table(rows).take_id();
  if (state.has(rows, given)) {
    throw WorldError(pointer + "/" + column, fmt::format("there is a row {} already", given));
  }
  state.table(rows).raise_next_id(given + 1);
  return given;
}

/// The nested stock's members over a stock's row, by the names of its columns. Deltas are no state.
void write_embedded(const kit::Written& product, RecordWriter& stock) {
  const kit::WrittenValue* sent = product.find(schema_of(Rows::Products), "stock");
  if (sent == nullptr) return;
  const kit::Schema& inner =
      *schema_of(Rows::Products)[schema_of(Rows::Products).at("stock")].children;
  for (const kit::WrittenValue& member : sent->members) {
    const auto column = stock.schema().find(inner[member.field].name);
    if (column && !member.raw.empty()) stock.set(*column, member.raw);
  }
}

void plant_base_stock(State& state, const kit::Written& written, const RecordWriter& product,
                      std::int64_t product_id, const std::string& pointer) {
  kit::Table& table = state.table(Rows::ProductStocks);
  RecordWriter stock(table.schema());
  write_embedded(written, stock);
  std::int64_t id = kit::scalar_id(stock.raw("stock_id")).value_or(0);
  if (id != 0 && table.has(id)) {
    throw WorldError(pointer + "/stock/stock_id", fmt::format("there is a stock {} already", id));
  }
  if (id == 0) id = table.take_id();
  stock.set_text("product_id", std::to_string(product_id));
  stock.set_text("extended", "0");
  if (!stock.has("code")) stock.set_text("code", product.text("code"));
  if (!stock.has("ean")) stock.set_text("ean", product.text("ean"));
  complete_stock(state, stock);
  set_id(Rows::ProductStocks, stock, id);
  derive_prices(state, stock);
  write_embedded(written, stock);  // A recorded promotion stays what it was.
  align_stock(state, stock);
  put_stock(state, stock, id);
}

std::int64_t plant_product(State& state, const Json& row, const std::string& pointer,
                           const std::string& made, const Planting& planting) {
  const kit::Schema& schema = schema_of(Rows::Products);
  const kit::Written written = read_row(Rows::Products, row, pointer);
  const std::int64_t id = id_for(state, Rows::Products, written, pointer);
  RecordWriter writer(schema);
  kit::write_values(written.values, writer);
  writer.clear(schema.at("feeds_exludes"));
  if (!writer.has("code")) writer.set_text("code", "");
  complete_product(state, writer, id, made);
  state.table(Rows::Products).put(writer.finish(id));
  const std::string options(writer.raw("options"));
  plant_base_stock(state, written, writer, id, pointer);
  if (options != "[]") {
    // Variants that the world does not hold as rows are still named by their product.
    RecordWriter named(schema, *state.find(Rows::Products, id));
    named.set("options", options);
    state.table(Rows::Products).put(named.finish(id));
  }
  if (!planting.whole_world) {
    count_in_categories(state, writer.raw("categories"), 1);
    count_variants(state, id, 1);
  }
  return id;
}

std::int64_t plant_stock(State& state, const Json& row, const std::string& pointer,
                         const Planting& planting) {
  const kit::Schema& schema = schema_of(Rows::ProductStocks);
  const kit::Written written = read_row(Rows::ProductStocks, row, pointer);
  const std::int64_t product_id = kit::scalar_id(written.raw(schema, "product_id")).value_or(0);
  const std::int64_t given = kit::scalar_id(written.raw(schema, "stock_id")).value_or(0);
  const std::string_view extended = written.raw(schema, "extended");
  const RecordPtr base = base_stock(state, product_id);
  const bool is_base = extended.empty() ? base == nullptr : extended == "\"0\"";
  // The base stock came with its product already: a row of it says the same again, or more.
  if (is_base && base && (given == 0 || given == base->id())) {
    edit_row(state, Rows::ProductStocks, base->id(), row, pointer);
    return base->id();
  }
  if (is_base && base) state.table(Rows::ProductStocks).erase(base->id());
  const std::int64_t id = id_for(state, Rows::ProductStocks, written, pointer);
  RecordWriter writer(schema);
  kit::write_values(written.values, writer);
  writer.set_text("extended", is_base ? "0" : "1");
  if (!writer.has("product_id")) writer.set_text("product_id", "0");
  complete_stock(state, writer);
  set_id(Rows::ProductStocks, writer, id);
  derive_prices(state, writer);
  kit::write_values(written.values, writer);
  align_stock(state, writer);
  if (!planting.whole_world) count_variants(state, product_id, -1);
  put_stock(state, writer, id);
  const RecordPtr product = state.find(Rows::Products, product_id);
  if (product && raw_of(Rows::Products, *product, "group_id") == "null") {
    assign_group(state, product_id);
  }
  if (!planting.whole_world) count_variants(state, product_id, 1);
  return id;
}

std::int64_t plant_line(State& state, const Json& row, const std::string& pointer,
                        Planting& planting) {
  const kit::Schema& schema = schema_of(Rows::OrderProducts);
  const kit::Written written = read_row(Rows::OrderProducts, row, pointer);
  const std::int64_t id = id_for(state, Rows::OrderProducts, written, pointer);
  RecordWriter writer(schema);
  kit::write_values(written.values, writer);
  if (!writer.has("quantity")) writer.set_text("quantity", "1");
  const std::int64_t stock_id = kit::scalar_id(writer.raw("stock_id")).value_or(0);
  const std::int64_t product_id = kit::scalar_id(writer.raw("product_id")).value_or(0);
  // A recorded line names both, and its stock may be a variant's.
  Linked linked = linked_by(state, 0, stock_id);
  if (linked.stock == nullptr) linked = linked_by(state, product_id, 0);
  complete_line(state, writer, linked);
  kit::write_values(written.values, writer);
  writer.clear(schema.at("unit_id"));
  writer.clear(schema.at("special_offer_price"));
  set_id(Rows::OrderProducts, writer, id);
  RecordPtr line = writer.finish(id);
  planting.orders.try_emplace(id_of(Rows::OrderProducts, *line, "order_id"));
  state.table(Rows::OrderProducts).put(std::move(line));
  return id;
}

/// A number for each account and order: planted orders get the same confirmation code every time.
kit::Random random_of(const State& state, std::int64_t id) {
  std::uint64_t seed = static_cast<std::uint64_t>(id);
  for (const char c : state.account) seed = seed * 1099511628211u + static_cast<unsigned char>(c);
  return kit::Random(seed);
}

std::int64_t plant_order(State& state, const Json& row, const std::string& pointer,
                         const std::string& made, Planting& planting) {
  const kit::Schema& schema = schema_of(Rows::Orders);
  Json header = row;
  if (header.is_object()) header.erase("products");
  const kit::Written written = read_row(Rows::Orders, header, pointer);
  const std::int64_t id = id_for(state, Rows::Orders, written, pointer);
  RecordWriter writer(schema);
  kit::write_values(written.values, writer);
  for (std::size_t i = 0; i < schema.size(); ++i) {
    if (schema[i].write_only) writer.clear(i);
  }
  kit::Random random = random_of(state, id);
  complete_order(state, writer, id, made, random);
  state.table(Rows::Orders).put(writer.finish(id));
  auto& given = planting.orders[id];
  for (const auto& [key, value] : header.items()) given.insert(key);
  if (!gives(row, "products")) return id;
  const Json& lines = row.at("products");
  if (!lines.is_array())
    throw WorldError(pointer + "/products", "expected a list of order-products");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Json line = lines[i];
    if (line.is_object()) line["order_id"] = id;
    plant_line(state, line, fmt::format("{}/products/{}", pointer, i), planting);
  }
  return id;
}

bool gives_items(const Json& row) {
  if (!gives(row, "translations") || !row.at("translations").is_object()) return false;
  const Json& all = row.at("translations");
  return std::any_of(all.begin(), all.end(), [](const Json& one) { return gives(one, "items"); });
}

std::int64_t plant_plain(State& state, Rows rows, const Json& row, const std::string& pointer,
                         const std::string& made, Planting& planting) {
  const kit::Schema& schema = schema_of(rows);
  const kit::Written written = read_row(rows, row, pointer);
  const std::int64_t id = id_for(state, rows, written, pointer);
  RecordWriter writer(schema);
  kit::write_values(written.values, writer);
  if (rows == Rows::Categories) {
    if (!writer.has("parent_id")) writer.set("parent_id", "0");
    if (!writer.has("root")) writer.set_text("root", writer.text("parent_id") == "0" ? "1" : "0");
    if (gives_items(row)) planting.counted_categories.insert(id);
  }
  if (rows == Rows::Users) {
    writer.clear(schema.at("password"));
    if (!writer.has("date_add")) writer.set_text("date_add", made);
    spell_additional_fields(state, writer);
  }
  if (rows == Rows::Taxes && !writer.has("class")) writer.set_text("class", writer.text("name"));
  if (rows == Rows::ProductImages && !writer.has("unic_name")) {
    writer.set_text("unic_name", std::to_string(id));
  }
  for (std::size_t i = 0; rows == Rows::ProductImages && i < schema.size(); ++i) {
    if (schema[i].write_only) writer.clear(i);
  }
  writer.fill();
  set_id(rows, writer, id);
  complete_translations(state, rows, writer, id);
  if (rows == Rows::Parcels) writer.clear(schema.at("send"));
  state.table(rows).put(writer.finish(id));
  if (rows == Rows::Parcels) {
    count_parcels(state, kit::scalar_id(writer.raw("order_id")).value_or(0));
  }
  return id;
}

/// What other rows show of this one, `row` being what it is or was. `made` is the shop's time, ""
/// where it is not known.
void renew_followers(State& state, Rows rows, const kit::Record& row, const std::string& made) {
  switch (rows) {
    case Rows::AttributeGroups:
    case Rows::Attributes: return renew_attributes(state);
    case Rows::Availabilities: return renew_availabilities(state);
    case Rows::ProductImages: {
      const bool main = raw_of(rows, row, "main") == "1" && state.has(rows, row.id());
      return settle_images(state, id_of(rows, row, "product_id"), main ? row.id() : 0);
    }
    case Rows::SpecialOffers:
      if (state.offers.at.empty()) state.offers.at = made;
      if (state.has(rows, row.id())) note_offer(state, row);
      return reprice_product(state, id_of(rows, row, "product_id"));
    default: return;
  }
}

void finish_order(State& state, std::int64_t id, const std::set<std::string, std::less<>>& given) {
  if (!given.contains("sum")) return recompute_order(state, id);
  const RecordPtr row = state.find(Rows::Orders, id);
  if (row == nullptr) return;
  RecordWriter writer(schema_of(Rows::Orders), *row);
  const RecordWriter as_given(schema_of(Rows::Orders), *row);
  renew_flags(state, writer);
  for (const std::string_view flag :
       {"is_paid", "is_underpayment", "is_overpayment", "is_cash_on_delivery"}) {
    if (given.contains(flag)) writer.set(flag, std::string(as_given.raw(flag)));
  }
  if (!given.contains("total_products")) {
    const auto lines = state.table(Rows::OrderProducts).look_up("order_id", std::to_string(id));
    writer.set("total_products", std::to_string(lines.size()));
  }
  state.table(Rows::Orders).put(writer.finish(id));
}

}  // namespace

std::int64_t plant_row(State& state, Rows rows, const Json& row, const std::string& pointer,
                       const std::string& made, Planting& planting) {
  switch (rows) {
    case Rows::Products: return plant_product(state, row, pointer, made, planting);
    case Rows::ProductStocks: return plant_stock(state, row, pointer, planting);
    case Rows::Orders: return plant_order(state, row, pointer, made, planting);
    case Rows::OrderProducts: return plant_line(state, row, pointer, planting);
    default: break;
  }
  const std::int64_t id = plant_plain(state, rows, row, pointer, made, planting);
  if (!planting.whole_world) renew_followers(state, rows, *state.find(rows, id), made);
  return id;
}

void finish_planting(State& state, const Planting& planting) {
  for (const auto& [id, given] : planting.orders) finish_order(state, id, given);
  if (planting.whole_world) {
    state.table(Rows::Products).each([&](const RecordPtr& product) {
      std::string open;
      for (const std::string_view element :
           kit::elements(raw_of(Rows::Products, *product, "categories"))) {
        if (planting.counted_categories.contains(kit::scalar_id(element).value_or(0))) continue;
        open += fmt::format("{}{}", open.empty() ? "[" : ",", element);
      }
      if (!open.empty()) count_in_categories(state, open + "]", 1);
      return true;
    });
    recount_variants(state);
    if (state.table(Rows::AttributeGroups).size() > 0) renew_attributes(state);
    std::set<std::int64_t> pictured;
    state.table(Rows::ProductImages).each([&](const RecordPtr& image) {
      pictured.insert(id_of(Rows::ProductImages, *image, "product_id"));
      return true;
    });
    for (const std::int64_t product : pictured) settle_images(state, product, 0);
  }
}

void edit_row(State& state, Rows rows, std::int64_t id, const Json& fields,
              const std::string& pointer) {
  const RecordPtr row = state.find(rows, id);
  const std::string& column = entry_of(rows).id_field.value();
  if (row == nullptr) {
    throw WorldError(pointer, fmt::format("no row {} among the {}", id, entry_of(rows).resource));
  }
  const kit::Schema& schema = schema_of(rows);
  const kit::Written written = read_row(rows, fields, pointer);
  const std::string_view sent_id = written.raw(schema, column);
  if (!sent_id.empty() && kit::scalar_id(sent_id) != id) {
    throw WorldError(pointer + "/" + column, "the id of a row cannot change");
  }
  RecordWriter writer(schema, *row);
  kit::write_values(written.values, writer);
  if (rows == Rows::Users) writer.clear(schema.at("password"));
  if (rows == Rows::ProductStocks) {
    derive_prices(state, writer);
    kit::write_values(written.values, writer);
    align_stock(state, writer);
    const std::string_view sent = written.raw(schema, "warehouses");
    if (!sent.empty() && writer.has("warehouses")) write_warehouses(writer, sent);
    const std::int64_t product_id = id_of(rows, *row, "product_id");
    const bool options = !written.raw(schema, "options").empty();
    if (options) count_variants(state, product_id, -1);
    put_stock(state, writer, id);
    if (options) count_variants(state, product_id, 1);
    return;
  }
  const bool group = rows == Rows::Products && !written.raw(schema, "group_id").empty();
  if (group) count_variants(state, id, -1);
  complete_translations(state, rows, writer, id);
  if (rows == Rows::Orders && !gives(fields, "is_paid")) renew_flags(state, writer);
  state.table(rows).put(writer.finish(id));
  if (group) count_variants(state, id, 1);
  renew_followers(state, rows, *row, {});
  renew_followers(state, rows, *state.find(rows, id), {});
  if (rows == Rows::OrderProducts) {
    recompute_order(state, id_of(rows, *row, "order_id"));
    recompute_order(state, kit::scalar_id(writer.raw("order_id")).value_or(0));
  }
  if (rows == Rows::Products) {
    count_in_categories(state, raw_of(rows, *row, "categories"), -1);
    count_in_categories(state, writer.raw("categories"), 1);
    if (const RecordPtr base = base_stock(state, id)) {
      RecordWriter stock(schema_of(Rows::ProductStocks), *base);
      write_embedded(written, stock);
      derive_prices(state, stock);
      write_embedded(written, stock);
      put_stock(state, stock, base->id());
    }
  }
}

bool remove_row(State& state, Rows rows, std::int64_t id) {
  const RecordPtr row = state.find(rows, id);
  if (row == nullptr) return false;
  const std::int64_t of_product = rows == Rows::ProductStocks ? id_of(rows, *row, "product_id") : 0;
  if (of_product != 0) count_variants(state, of_product, -1);
  if (rows == Rows::Products) {
    remove_product(state, id);
  } else if (rows == Rows::Categories) {
    remove_category(state, id);
  } else if (rows == Rows::Orders) {
    remove_order(state, id);
  } else {
    state.table(rows).erase(id);
  }
  if (rows == Rows::Webhooks) state.webhook_makers.write().erase(id);
  if (of_product != 0) {
    refresh_product(state, of_product);
    count_variants(state, of_product, 1);
  }
  renew_followers(state, rows, *row, {});
  if (rows == Rows::OrderProducts) recompute_order(state, id_of(rows, *row, "order_id"));
  if (rows == Rows::Parcels) count_parcels(state, id_of(rows, *row, "order_id"));
  return true;
}

}  // namespace atrapa::mocks::shoper
