#include "mocks/shoper/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "mocks/shoper/attributes.hpp"
#include "mocks/shoper/availability.hpp"
#include "mocks/shoper/product_links.hpp"
#include "mocks/shoper/rows.hpp"
#include "mocks/shoper/special_offers.hpp"
#include "mocks/shoper/variants.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::Decimal;
using kit::json_string;
using kit::RecordPtr;
using kit::RecordWriter;

std::vector<RecordPtr> stocks_of(const State& state, std::int64_t product_id) {
  return state.table(Rows::ProductStocks).look_up("product_id", std::to_string(product_id));
}

bool is_base(const kit::Record& stock) {
  return text_of(Rows::ProductStocks, stock, "extended") == "0";
}

/// price_type and its like: 0 the base's, 1 own, 2 added to the base's, 3 subtracted from it [doc].
Decimal by_type(std::string_view type, const Decimal& own, const Decimal& base) {
  if (type == "0") return base;
  if (type == "2") return base + own;
  if (type == "3") return base - own;
  return own;
}

void set_price(RecordWriter& stock, std::string_view field, const Decimal& price) {
  stock.set_text(field, price.fixed(2));
}

void derive_net_buying_price(const State& state, RecordWriter& stock) {
  const std::int64_t product_id = kit::scalar_id(stock.raw("product_id")).value_or(0);
  const RecordPtr product = state.find(Rows::Products, product_id);
  const RecordPtr tax =
      product ? state.find(Rows::Taxes, id_of(Rows::Products, *product, "tax_id")) : nullptr;
  const Decimal rate = tax ? number_of(Rows::Taxes, *tax, "value") : Decimal{};
  const Decimal gross = number_of(stock, "price_buying");
  set_price(stock, "price_buying_net", (gross * Decimal(100)).divided(rate + Decimal(100), 2));
}

/// `{"1":"5"}` as pairs.
std::vector<std::pair<std::int64_t, Decimal>> read_quantities(std::string_view raw) {
  std::vector<std::pair<std::int64_t, Decimal>> all;
  kit::each_member(raw, [&](std::string_view id, std::string_view quantity) {
    all.emplace_back(kit::scalar_id(id).value_or(0),
                     kit::scalar_number(quantity).value_or(Decimal{}));
  });
  return all;
}

std::string write_quantities(const std::vector<std::pair<std::int64_t, Decimal>>& all) {
  std::string text;
  for (const auto& [id, quantity] : all) {
    text += fmt::format("{}\"{}\":\"{}\"", text.empty() ? "{" : ",", id, quantity.text());
  }
  return text.empty() ? "[]" : text + "}";
}

const kit::Schema& embedded_schema() {
  const kit::Schema& products = schema_of(Rows::Products);
  return *products[products.at("stock")].children;
}

/// The fields of the stock inside a product, with the columns of product-stocks that they repeat.
const std::vector<std::pair<std::size_t, std::size_t>>& embedded_columns() {
  static const auto all = [] {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < embedded_schema().size(); ++i) {
      if (const auto column = schema_of(Rows::ProductStocks).find(embedded_schema()[i].name)) {
        pairs.emplace_back(i, *column);
      }
    }
    return pairs;
  }();
  return all;
}

std::int64_t default_warehouse(State& state) {
  std::int64_t first = 0;
  std::int64_t chosen = 0;
  state.table(Rows::Warehouses).each([&](const RecordPtr& row) {
    if (first == 0) first = row->id();
    if (raw_of(Rows::Warehouses, *row, "default") == "true" && chosen == 0) chosen = row->id();
    return true;
  });
  if (chosen != 0 || first != 0) return chosen != 0 ? chosen : first;
  kit::Table& table = state.table(Rows::Warehouses);
  const std::int64_t id = table.take_id();
  RecordWriter writer(table.schema());
  writer.set_text("name", "Magazyn główny");
  writer.set_text("short_name", "MG");
  writer.set("default", "true");
  writer.fill();
  set_id(Rows::Warehouses, writer, id);
  table.put(writer.finish(id));
  return id;
}

}  // namespace

RecordPtr base_stock(const State& state, std::int64_t product_id) {
  for (const RecordPtr& stock : stocks_of(state, product_id)) {
    if (is_base(*stock)) return stock;
  }
  return nullptr;
}

void derive_prices(const State& state, RecordWriter& stock) {
  const bool base = stock.text("extended") != "1";
  const RecordPtr header =
      base ? nullptr : base_stock(state, kit::scalar_id(stock.raw("product_id")).value_or(0));
  const auto from_header = [&](std::string_view field) {
    return header ? number_of(Rows::ProductStocks, *header, field) : number_of(stock, field);
  };
  const Decimal price =
      base ? number_of(stock, "price")
           : std::max(Decimal(0), by_type(stock.text("price_type"), number_of(stock, "price"),
                                          from_header("price")));
  set_price(stock, "comp_price", price);
  for (const std::string_view level : {"wholesale", "special"}) {
    const std::string type = stock.text(fmt::format("price_type_{}", level));
    const Decimal own = number_of(stock, fmt::format("price_{}", level));
    set_price(stock, fmt::format("comp_price_{}", level), by_type(type, own, price));
  }
  apply_offer(state, stock);
  const Decimal weight =
      base ? number_of(stock, "weight")
           : by_type(stock.text("weight_type"), number_of(stock, "weight"), from_header("weight"));
  stock.set_text("comp_weight", weight.text());
  derive_net_buying_price(state, stock);
}

void put_stock(State& state, const RecordWriter& stock, std::int64_t stock_id,
               const std::optional<std::string>& edited) {
  kit::Table& table = state.table(Rows::ProductStocks);
  const RecordPtr before = table.find(stock_id);
  RecordPtr row = stock.finish(stock_id);
  const auto shown = calculated_availability(state, *row);
  if (shown && *shown != text_of(Rows::ProductStocks, *row, "calculated_availability_id")) {
    RecordWriter available(table.schema(), *row);
    available.set_text("calculated_availability_id", *shown);
    row = available.finish(stock_id);
  }
  const auto changed = [&](std::string_view field) {
    return before &&
           raw_of(Rows::ProductStocks, *before, field) != raw_of(Rows::ProductStocks, *row, field);
  };
  const bool carries = is_base(*row) && (changed("price") || changed("weight"));
  const std::int64_t product_id = id_of(Rows::ProductStocks, *row, "product_id");
  log_movements(state, before.get(), *row);
  table.put(std::move(row));
  if (carries) {
    for (const RecordPtr& variant : stocks_of(state, product_id)) {
      if (is_base(*variant)) continue;
      RecordWriter renewed(table.schema(), *variant);
      derive_prices(state, renewed);
      table.put(renewed.finish(variant->id()));
    }
  }
  refresh_product(state, product_id, edited);
}

void refresh_product(State& state, std::int64_t product_id,
                     const std::optional<std::string>& edited) {
  const RecordPtr product = state.find(Rows::Products, product_id);
  if (product == nullptr) return;
  kit::Table& table = state.table(Rows::Products);
  RecordWriter writer(table.schema(), *product);
  std::string options;
  for (const RecordPtr& stock : stocks_of(state, product_id)) {
    if (!is_base(*stock)) {
      options += fmt::format("{}{}", options.empty() ? "[" : ",", stock->id());
      continue;
    }
    RecordWriter embedded(embedded_schema());
    for (const auto& [inner, column] : embedded_columns()) {
      if (stock->has(column)) embedded.borrow(inner, stock->raw(column));
    }
    writer.set("stock", embedded.object());
    // Both are deprecated, and say of the base stock what its own row says [doc].
    const auto offer = raw_of(Rows::ProductStocks, *stock, "special_offer");
    if (offer.starts_with('{')) {
      writer.set("special_offer", std::string(offer));
      writer.set("promo_price",
                 std::string(raw_of(Rows::ProductStocks, *stock, "comp_promo_price")));
    }
  }
  writer.set("options", options.empty() ? "[]" : options + "]");
  if (edited) writer.set_text("edit_date", *edited);
  table.put(writer.finish(product_id));
}

void complete_stock(const State& state, RecordWriter& stock) {
  const auto from_config = [&](std::string_view field, std::string_view key) {
    if (stock.has(field)) return;
    const auto value = kit::Decimal::parse(state.config_text(key));
    stock.set_text(field, value ? value->text() : "0");
  };
  const bool variant = stock.has("extended") && stock.text("extended") == "1";
  if (!stock.has("extended")) stock.set_text("extended", "0");
  from_config("stock", "product_defaults_stock");
  from_config("warn_level", "product_defaults_warn_level");
  from_config("weight", "product_defaults_weight");
  from_config("active", "product_defaults_active");
  from_config("delivery_id", "product_defaults_delivery_id");
  if (!stock.has("default")) stock.set_text("default", variant ? "0" : "1");
  if (!stock.has("price_type")) stock.set_text("price_type", variant ? "0" : "1");
  if (!stock.has("weight_type")) stock.set_text("weight_type", variant ? "0" : "1");
  const std::string price = stock.has("price") ? stock.text("price") : "0.00";
  for (const std::string_view field :
       {"price", "price_wholesale", "price_special", "historical_lowest_price",
        "wholesale_historical_lowest_price", "special_historical_lowest_price"}) {
    if (!stock.has(field)) stock.set_text(field, price);
  }
  stock.fill();
}

void complete_product(State& state, RecordWriter& product, std::int64_t product_id,
                      const std::string& made) {
  if (!product.has("tax_id"))
    product.set_text("tax_id", state.config_text("product_defaults_tax_id"));
  if (!product.has("unit_id")) {
    product.set_text("unit_id", state.config_text("product_defaults_unit_id"));
  }
  if (!product.has("add_date")) product.set_text("add_date", made);
  if (!product.has("edit_date")) product.set_text("edit_date", made);
  product.fill();
  const std::int64_t main = kit::scalar_id(product.raw("category_id")).value_or(0);
  product.set("categories", with_main_category(product.raw("categories"), main, main));
  regroup_attributes(state, product);
  set_id(Rows::Products, product, product_id);
  complete_translations(state, Rows::Products, product, product_id);
}

bool fractions_allowed(const State& state, const kit::Record& product) {
  const RecordPtr unit = state.find(Rows::Units, id_of(Rows::Products, product, "unit_id"));
  return unit && text_of(Rows::Units, *unit, "floating_point") == "1";
}

void move_stock(State& state, std::int64_t stock_id, const Decimal& by) {
  const RecordPtr stock = state.find(Rows::ProductStocks, stock_id);
  if (stock == nullptr) return;
  if (state.config_set("warehouses_enabled")) {
    return move_stock(state, stock_id, default_warehouse(state), by);
  }
  RecordWriter writer(schema_of(Rows::ProductStocks), *stock);
  writer.set_text("stock", (number_of(writer, "stock") + by).text());
  put_stock(state, writer, stock_id);
}

void move_stock(State& state, std::int64_t stock_id, std::int64_t warehouse_id, const Decimal& by) {
  const RecordPtr stock = state.find(Rows::ProductStocks, stock_id);
  if (stock == nullptr) return;
  RecordWriter writer(schema_of(Rows::ProductStocks), *stock);
  auto quantities = read_quantities(writer.raw("warehouses"));
  auto place = std::find_if(quantities.begin(), quantities.end(),
                            [&](const auto& one) { return one.first == warehouse_id; });
  if (place == quantities.end()) {
    place = quantities.emplace(quantities.end(), warehouse_id, Decimal{});
  }
  place->second = place->second + by;
  write_warehouses(writer, write_quantities(quantities));
  put_stock(state, writer, stock_id);
}

void write_warehouses(RecordWriter& stock, std::string_view quantities) {
  auto all = read_quantities(stock.raw("warehouses"));
  for (const auto& [id, quantity] : read_quantities(quantities)) {
    const auto place = std::find_if(all.begin(), all.end(),
                                    [&, key = id](const auto& one) { return one.first == key; });
    if (place == all.end()) {
      all.emplace_back(id, quantity);
    } else {
      place->second = quantity;
    }
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  Decimal sum;
  for (const auto& [id, quantity] : all) sum = sum + quantity;
  stock.set("warehouses", write_quantities(all));
  stock.set_text("stock", sum.text());
}

void log_movements(State& state, const kit::Record* before, const kit::Record& after) {
  if (!state.movement) return;
  const std::size_t column = schema_of(Rows::ProductStocks).at("warehouses");
  if (!after.has(column) || (before != nullptr && !before->has(column))) return;
  if (before != nullptr && before->raw(column) == after.raw(column)) return;
  const auto former = read_quantities(before ? before->raw(column) : std::string_view{});
  for (const auto& [warehouse, sum] : read_quantities(after.raw(column))) {
    const auto place =
        std::find_if(former.begin(), former.end(),
                     [key = warehouse](const auto& one) { return one.first == key; });
    const Decimal quantity = place == former.end() ? sum : sum - place->second;
    if (quantity == Decimal(0)) continue;
    kit::Table& logs = state.table(Rows::WarehouseLogs);
    const std::int64_t id = logs.take_id();
    RecordWriter writer(logs.schema());
    set_id(Rows::WarehouseLogs, writer, id);
    writer.set_text("date", state.movement->date);
    const auto set_number = [&](std::string_view field, std::int64_t number) {
      writer.set_text(field, std::to_string(number));
    };
    set_number("warehouse_id", warehouse);
    set_number("stock_id", after.id());
    set_number("order_id", state.movement->order_id);
    set_number("relocation_id", state.movement->relocation_id);
    set_number("admin_id", state.movement->admin_id);
    set_number("application_id", state.movement->application_id);
    writer.set("quantity", quantity.text());
    writer.set("sum", sum.text());
    logs.put(writer.finish(id));
  }
}

void align_stock(State& state, RecordWriter& stock) {
  const std::size_t column = schema_of(Rows::ProductStocks).at("warehouses");
  if (!state.config_set("warehouses_enabled")) return stock.clear(column);
  if (stock.has(column)) return;
  stock.set(column,
            fmt::format("{{\"{}\":\"{}\"}}", default_warehouse(state), stock.text("stock")));
}

void align_warehouses(State& state) {
  const bool on = state.config_set("warehouses_enabled");
  if (on) default_warehouse(state);
  std::vector<RecordPtr> wrong;
  const std::size_t column = schema_of(Rows::ProductStocks).at("warehouses");
  state.table(Rows::ProductStocks).each([&](const RecordPtr& row) {
    if (row->has(column) != on) wrong.push_back(row);
    return true;
  });
  for (const RecordPtr& row : wrong) {
    RecordWriter writer(schema_of(Rows::ProductStocks), *row);
    align_stock(state, writer);
    put_stock(state, writer, row->id());
  }
}

void count_in_categories(State& state, std::string_view categories, int by) {
  kit::Table& table = state.table(Rows::Categories);
  const std::size_t field = table.schema().at("translations");
  for (const std::string_view element : kit::elements(categories)) {
    const RecordPtr row = table.find(kit::scalar_id(element).value_or(0));
    if (row == nullptr) continue;
    std::string text;
    kit::each_member(row->raw(field), [&](std::string_view locale, std::string_view raw) {
      RecordWriter one(*table.schema()[field].children, raw);
      const Decimal items = number_of(one, "items") + Decimal(by);
      one.set("items", items.text());
      text += fmt::format("{}\"{}\":{}", text.empty() ? "{" : ",", locale, one.object());
    });
    if (text.empty()) continue;
    RecordWriter writer(table.schema(), *row);
    writer.set(field, text + "}");
    table.put(writer.finish(row->id()));
  }
}

std::string with_main_category(std::string_view categories, std::int64_t main,
                               std::int64_t former_main) {
  std::vector<std::int64_t> ids;
  for (const std::string_view element : kit::elements(categories)) {
    const std::int64_t id = kit::scalar_id(element).value_or(0);
    if (id != former_main || id == main) ids.push_back(id);
  }
  if (main != 0 && std::find(ids.begin(), ids.end(), main) == ids.end()) {
    ids.insert(ids.begin(), main);
  }
  return fmt::format("[{}]", fmt::join(ids, ","));
}

void remove_product(State& state, std::int64_t product_id) {
  const RecordPtr product = state.find(Rows::Products, product_id);
  if (product == nullptr) return;
  count_in_categories(state, raw_of(Rows::Products, *product, "categories"), -1);
  count_variants(state, product_id, -1);
  forget_product(state, product_id);
  for (const RecordPtr& stock : stocks_of(state, product_id)) {
    state.table(Rows::ProductStocks).erase(stock->id());
  }
  state.table(Rows::Products).erase(product_id);
}

}  // namespace atrapa::mocks::shoper
