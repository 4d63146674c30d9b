#include <algorithm>

#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/product_media.hpp"
#include "mocks/shoper/rows.hpp"
#include "mocks/shoper/stock_checks.hpp"
#include "mocks/shoper/variants.hpp"

// product-stocks: base stocks and variants in one list.

namespace atrapa::mocks::shoper {
namespace {

using kit::RecordPtr;
using kit::RecordWriter;

const kit::Schema& stocks() { return schema_of(Rows::ProductStocks); }

Reply list_stocks(Call& call) { return list_rows(call); }

/// What both writes check. `price_type` is the one the stock will have: only an own price is one.
void check_stock(const Call& call, kit::Written& written, bool fractions,
                 std::string_view price_type) {
  if (call.state.config_set("warehouses_enabled")) {
    if (!written.raw(stocks(), "stock").empty()) {
      written.problems.push_back({"stock", kit::FieldFault::ReadOnly, {}});
    }
    check_warehouses(call, written, "warehouses", written.raw(stocks(), "warehouses"), fractions);
  }
  check_level(call, written, "stock", written.raw(stocks(), "stock"), fractions);
  // "Base price or difference, always above 0" [doc]; type 0 has none of its own.
  if (price_type != "0") check_price(call, written, "price", written.raw(stocks(), "price"));
}

/// What a stock names must exist: its availability, delivery and units, and an image of its
/// product.
void check_named_rows(const Call& call, kit::Written& written, std::int64_t product_id) {
  const auto check = [&](std::string_view field, Rows target) {
    if (kit::scalar_id(written.raw(stocks(), field)).value_or(0) == 0) return;
    check_reference(call, written, stocks(), field, target);
  };
  check("availability_id", Rows::Availabilities);
  check("delivery_id", Rows::Deliveries);
  check("calculation_unit_id", Rows::Units);
  check_image_of(call, written, "gfx_id", written.raw(stocks(), "gfx_id"), product_id);
}

/// What a change says of `options`: a base stock has none, a variant has some.
void check_options_sent(const Call& call, kit::Written& written, const kit::Record* product,
                        const kit::Record& stock) {
  const std::string_view sent = written.raw(stocks(), "options");
  if (sent.empty()) return;
  const bool none = sent.size() <= 2;
  if (text_of(Rows::ProductStocks, stock, "extended") == "1") {
    if (none) written.problems.push_back({"options", kit::FieldFault::Missing, {}});
    check_variant(call, written, product, stock.id());
  } else if (!none) {
    written.problems.push_back({"options", kit::FieldFault::BadValue, {}});
  }
}

/// `warehouses` is merged by write_warehouses, not overwritten as other fields are.
void write_stock(const kit::Written& written, RecordWriter& writer) {
  const std::size_t warehouses = stocks().at("warehouses");
  for (const kit::WrittenValue& value : written.values) {
    if (value.field == warehouses) {
      write_warehouses(writer, value.raw);
    } else {
      kit::write_values({value}, writer);
    }
  }
}

/// Makes a variant of a product: `extended` becomes "1" and its id enters the product's `options`.
///   [inferred] that `options` is what makes a variant, and that a second base stock is refused
Reply create_stock(Call& call) {
  auto body = read_body(call, stocks(), kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  State& state = call.state;
  const bool warehouses = state.config_set("warehouses_enabled");
  if (!warehouses && !written.raw(stocks(), "warehouses").empty()) {
    return warehouses_disabled(call.language);
  }
  check_reference(call, written, stocks(), "product_id", Rows::Products);
  const std::string_view options = written.raw(stocks(), "options");
  if (options.size() <= 2) written.problems.push_back({"options", kit::FieldFault::Missing, {}});
  const std::int64_t product_id = kit::scalar_id(written.raw(stocks(), "product_id")).value_or(0);
  const RecordPtr product = state.find(Rows::Products, product_id);
  const std::string price_type = kit::scalar_text(written.raw(stocks(), "price_type"));
  check_variant(call, written, product.get(), 0);
  check_named_rows(call, written, product_id);
  check_stock(call, written, product && fractions_allowed(state, *product),
              price_type.empty() ? "0" : price_type);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  count_variants(state, product_id, -1);
  const std::int64_t id = state.table(Rows::ProductStocks).take_id();
  RecordWriter writer(stocks());
  if (warehouses) writer.set_text("stock", "0");
  write_stock(written, writer);
  writer.set_text("extended", "1");
  complete_stock(state, writer);
  set_id(Rows::ProductStocks, writer, id);
  derive_prices(state, writer);
  align_stock(state, writer);
  put_stock(state, writer, id, state.local_time(call.context.now));
  assign_group(state, product_id);
  count_variants(state, product_id, 1);
  return bare(id);
}

/// Whether derived columns may change: a level alone, by far the most frequent write, changes none.
bool prices_follow(const kit::Written& written) {
  return std::any_of(written.values.begin(), written.values.end(), [](const auto& value) {
    const std::string_view name = stocks()[value.field].name;
    return name.starts_with("price") || name.starts_with("weight");
  });
}

/// A base stock's code and ean are its product's.
void write_header(State& state, const kit::Written& written, const kit::Record& product) {
  RecordWriter header(schema_of(Rows::Products), product);
  bool changed = false;
  for (const std::string_view field : {"code", "ean"}) {
    const std::string_view sent = written.raw(stocks(), field);
    if (sent.empty()) continue;
    header.set(field, std::string(sent));
    changed = true;
  }
  if (changed) state.table(Rows::Products).put(header.finish(product.id()));
}

/// Changes the sent fields. `stock` is absolute [live]; with the warehouses module on it is a
/// read-only sum and `warehouses` is written instead [doc]. A base stock's code and ean are its
/// product's [inferred]. Answers 1.
Reply update_stock(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.id().value_or(0);
  const RecordPtr stock = state.find(Rows::ProductStocks, id);
  if (stock == nullptr) return not_found(call.language, call.settings());
  auto body = read_body(call, stocks(), kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  if (!state.config_set("warehouses_enabled") && !written.raw(stocks(), "warehouses").empty()) {
    return warehouses_disabled(call.language);
  }
  const bool base = text_of(Rows::ProductStocks, *stock, "extended") == "0";
  const std::string sent_type = kit::scalar_text(written.raw(stocks(), "price_type"));
  const std::string type =
      sent_type.empty() ? text_of(Rows::ProductStocks, *stock, "price_type") : sent_type;
  if (base && type != "1")
    written.problems.push_back({"price_type", kit::FieldFault::BadValue, "1"});
  const std::int64_t product_id = id_of(Rows::ProductStocks, *stock, "product_id");
  const RecordPtr product = state.find(Rows::Products, product_id);
  check_options_sent(call, written, product.get(), *stock);
  check_named_rows(call, written, product_id);
  check_stock(call, written, product && fractions_allowed(state, *product), type);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  const bool options_sent = !written.raw(stocks(), "options").empty();
  if (options_sent) count_variants(state, product_id, -1);
  RecordWriter writer(stocks(), *stock);
  write_stock(written, writer);
  if (prices_follow(written)) derive_prices(state, writer);
  if (base && product != nullptr) write_header(state, written, *product);
  put_stock(state, writer, id, state.local_time(call.context.now));
  if (options_sent) {
    assign_group(state, product_id);
    count_variants(state, product_id, 1);
  }
  return bare(1);
}

/// Removes a variant. A base stock goes with its product only [inferred; the code is the legacy
/// SDK's].
Reply remove_stock(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.id().value_or(0);
  const RecordPtr stock = state.find(Rows::ProductStocks, id);
  if (stock == nullptr) return not_found(call.language, call.settings());
  if (text_of(Rows::ProductStocks, *stock, "extended") == "0") {
    return forbidden_change(call.language, "cannot_delete_internal_object");
  }
  const std::int64_t product_id = id_of(Rows::ProductStocks, *stock, "product_id");
  count_variants(state, product_id, -1);
  state.table(Rows::ProductStocks).erase(id);
  assign_group(state, product_id);
  count_variants(state, product_id, 1);
  refresh_product(state, product_id, state.local_time(call.context.now));
  return bare(1);
}

constexpr std::array kProductStockCalls{
    Handled{"GET /webapi/rest/product-stocks", list_stocks},
    Handled{"GET /webapi/rest/product-stocks/{id}", get_row},
    Handled{"POST /webapi/rest/product-stocks", create_stock},
    Handled{"PUT /webapi/rest/product-stocks/{id}", update_stock},
    Handled{"DELETE /webapi/rest/product-stocks/{id}", remove_stock},
};

}  // namespace

std::span<const Handled> product_stock_calls() { return kProductStockCalls; }

}  // namespace atrapa::mocks::shoper
