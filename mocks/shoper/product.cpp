#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "mocks/shoper/attributes.hpp"
#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/product_links.hpp"
#include "mocks/shoper/product_media.hpp"
#include "mocks/shoper/rows.hpp"
#include "mocks/shoper/stock_checks.hpp"

// products: the header, with its base stock inside.

namespace atrapa::mocks::shoper {
namespace {

using kit::RecordPtr;
using kit::RecordWriter;
using kit::WrittenValue;

constexpr Rows kProducts = Rows::Products;

const kit::Schema& products() { return schema_of(kProducts); }
const kit::Schema& embedded_stock() {
  static const kit::Schema& schema = *products()[products().at("stock")].children;
  return schema;
}

/// The sent value of `stock.FIELD`, or "".
std::string_view stock_raw(const kit::Written& written, std::string_view field) {
  const WrittenValue* stock = written.find(products(), "stock");
  if (stock == nullptr) return {};
  const std::size_t index = embedded_stock().at(field);
  for (const WrittenValue& member : stock->members) {
    if (member.field == index) return member.raw;
  }
  return {};
}

// --- Lists ---------------------------------------------------------------------------------------

/// The categories below and including the given ones.
std::set<std::int64_t> with_descendants(const State& state, std::set<std::int64_t> ids) {
  std::vector<std::int64_t> open(ids.begin(), ids.end());
  while (!open.empty()) {
    const std::int64_t parent = open.back();
    open.pop_back();
    for (const RecordPtr& row :
         state.table(Rows::Categories).look_up("parent_id", std::to_string(parent))) {
      if (ids.insert(row->id()).second) open.push_back(row->id());
    }
  }
  return ids;
}

/// `category_tree_id`: products anywhere below this category [doc]. Only equality and IN are taken.
std::variant<kit::RecordTest, kit::QueryError> in_category_tree(const State& state,
                                                                const kit::Condition& condition) {
  std::set<std::int64_t> roots;
  const auto add = [&](const kit::Json& operand) {
    const auto id =
        kit::scalar_id(operand.is_string() ? operand.get<std::string>() : operand.dump());
    if (id) roots.insert(*id);
  };
  if (condition.compare == kit::Compare::Equal && condition.operand.is_primitive()) {
    add(condition.operand);
  } else if (condition.compare == kit::Compare::In && condition.operand.is_array()) {
    for (const kit::Json& one : condition.operand) add(one);
  } else {
    return kit::QueryError{"\"category_tree_id\": expected = or IN"};
  }
  const std::set<std::int64_t> wanted = with_descendants(state, roots);
  return kit::RecordTest([wanted, field = products().at("categories")](const kit::Record& row) {
    const auto ids = kit::elements(row.raw(field));
    return std::any_of(ids.begin(), ids.end(), [&](std::string_view id) {
      return wanted.contains(kit::scalar_id(id).value_or(0));
    });
  });
}

kit::OwnTest own_tests(const State& state) {
  return [&state](const kit::Condition& condition)
             -> std::optional<std::variant<kit::RecordTest, kit::QueryError>> {
    if (condition.path.size() != 1) return std::nullopt;
    if (condition.path[0] == "category_tree_id") return in_category_tree(state, condition);
    if (condition.path[0] != "tag_id") return std::nullopt;
    kit::Condition tags = condition;
    tags.path = {"tags"};
    return kit::record_test(products(), tags);
  };
}

/// A filter on stock.* joins the stock rows: each matching stock gives its product once more [rec].
/// Rows come by product and, within one, by stock.
std::variant<kit::Page, kit::QueryError> join_stocks(const State& state, kit::Selection selection,
                                                     std::size_t skip, std::size_t limit) {
  kit::Selection stocks;
  std::erase_if(selection.conditions, [&](const kit::Condition& condition) {
    if (condition.path.front() != "stock") return false;
    kit::Condition inner = condition;
    inner.path.erase(inner.path.begin());
    stocks.conditions.push_back(std::move(inner));
    return true;
  });
  const kit::Table& table = state.table(Rows::ProductStocks);
  auto matching = kit::select(table, id_field_of(Rows::ProductStocks), stocks);
  if (auto* error = std::get_if<kit::QueryError>(&matching)) return std::move(*error);
  auto tests = kit::row_tests(products(), selection.conditions, own_tests(state));
  if (auto* error = std::get_if<kit::QueryError>(&tests)) return std::move(*error);

  std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
  for (const RecordPtr& stock : std::get<std::vector<RecordPtr>>(matching)) {
    pairs.emplace_back(id_of(Rows::ProductStocks, *stock, "product_id"), stock->id());
  }
  std::sort(pairs.begin(), pairs.end());
  std::vector<RecordPtr> rows;
  for (const auto& [product_id, stock_id] : pairs) {
    RecordPtr product = state.find(kProducts, product_id);
    const auto& all = std::get<std::vector<kit::RecordTest>>(tests);
    const bool wanted = product && std::all_of(all.begin(), all.end(),
                                               [&](const auto& test) { return test(*product); });
    if (wanted) rows.push_back(std::move(product));
  }
  if (!selection.order.empty()) {
    auto sorted = kit::sort_rows(products(), selection.order, rows);
    if (auto* error = std::get_if<kit::QueryError>(&sorted)) return std::move(*error);
  }
  kit::Page page;
  page.count = static_cast<std::int64_t>(rows.size());
  for (std::size_t i = skip; i < rows.size() && page.rows.size() < limit; ++i) {
    page.rows.push_back(rows[i]);
  }
  return page;
}

/// Lists products with their base stock and all translations. The singular `translation.pl_PL.name`
/// is taken for `translations.pl_PL.name` [client].
Reply list_products(Call& call) {
  return list_page(call, [&](const kit::Selection& asked, std::size_t skip, std::size_t limit) {
    kit::Selection selection = asked;
    bool joins = false;
    for (kit::Condition& condition : selection.conditions) {
      if (condition.path.front() == "translation") condition.path.front() = "translations";
      joins = joins || (condition.path.front() == "stock" && condition.path.size() > 1);
    }
    for (kit::SortKey& key : selection.order) {
      if (key.path.front() == "translation") key.path.front() = "translations";
    }
    if (joins) return join_stocks(call.state, std::move(selection), skip, limit);
    return kit::select_page(call.state.table(kProducts), id_field_of(kProducts), selection, skip,
                            limit, own_tests(call.state));
  });
}

// --- Writes --------------------------------------------------------------------------------------

/// The unit that the product will have: sent, its present one, or the shop's default.
bool fractions_after(const State& state, const kit::Written& written, const kit::Record* product) {
  const std::string_view sent = written.raw(products(), "unit_id");
  std::int64_t unit_id = state.config_id("product_defaults_unit_id");
  if (product != nullptr) unit_id = id_of(kProducts, *product, "unit_id");
  if (!sent.empty()) unit_id = kit::scalar_id(sent).value_or(0);
  const RecordPtr unit = state.find(Rows::Units, unit_id);
  return unit && text_of(Rows::Units, *unit, "floating_point") == "1";
}

/// What the nested stock may say. `level` is the present level, for stock_relative.
void check_nested_stock(const Call& call, kit::Written& written, const kit::Record* product,
                        const kit::Decimal& level) {
  const bool fractions = fractions_after(call.state, written, product);
  const bool warehouses = call.state.config_set("warehouses_enabled");
  for (const std::string_view field : {"stock", "stock_relative"}) {
    if (warehouses && !stock_raw(written, field).empty()) {
      written.problems.push_back({fmt::format("stock.{}", field), kit::FieldFault::ReadOnly, {}});
    }
  }
  check_level(call, written, "stock.stock", stock_raw(written, "stock"), fractions);
  if (const auto delta = kit::scalar_number(stock_raw(written, "stock_relative"))) {
    check_level(call, written, "stock.stock_relative", (level + *delta).text(), fractions);
  }
  check_warehouses(call, written, "stock.warehouses", stock_raw(written, "warehouses"), fractions);
  check_price(call, written, "stock.price", stock_raw(written, "price"));
}

/// The product's categories as they will be, with the main one among them.
std::string categories_after(const kit::Written& written, const kit::Record* product) {
  std::string_view list = written.raw(products(), "categories");
  std::string_view main = written.raw(products(), "category_id");
  std::int64_t former = 0;
  if (product != nullptr) {
    former = id_of(kProducts, *product, "category_id");
    if (list.empty()) list = raw_of(kProducts, *product, "categories");
    if (main.empty()) main = raw_of(kProducts, *product, "category_id");
  }
  const std::int64_t id = kit::scalar_id(main).value_or(0);
  return with_main_category(list, id, product == nullptr ? id : former);
}

/// `product` is null for a new one.
void check_product(const Call& call, kit::Written& written, const kit::Record* product) {
  const std::int64_t own = product == nullptr ? 0 : product->id();
  check_reference(call, written, products(), "category_id", Rows::Categories);
  check_reference(call, written, products(), "tax_id", Rows::Taxes);
  check_reference(call, written, products(), "unit_id", Rows::Units);
  for (const std::string_view element : kit::elements(written.raw(products(), "categories"))) {
    if (!call.state.has(Rows::Categories, kit::scalar_id(element).value_or(0))) {
      written.problems.push_back({"categories", kit::FieldFault::NotFound, {}});
      break;
    }
  }
  check_locales(call, written, products());
  if (product != nullptr) check_new_locales(written, products(), *product);
  check_links(call, written, own);
  check_image_of(call, written, "stock.gfx_id", stock_raw(written, "gfx_id"), own);
  check_attributes(call, written, categories_after(written, product));
}

/// Fields of the header that are merged rather than overwritten. `before` is null for a new
/// product.
void write_merged(Call& call, const kit::Written& written, const kit::Record* before,
                  RecordWriter& writer, std::int64_t id) {
  const auto former = [&](std::string_view field) {
    return before == nullptr ? std::string_view{} : raw_of(kProducts, *before, field);
  };
  write_safety(written, former("safety_information"), writer);
  write_attributes(call.state, written, former("attributes"), writer);
  // Offers are written by specialoffers [doc]; what a client sends back of one is passed over.
  const std::size_t offer = products().at("special_offer");
  writer.clear(offer);
  if (before != nullptr && before->has(offer)) writer.set(offer, std::string(before->raw(offer)));
  if (written.raw(products(), "is_product_of_day") == "true") keep_one_of_the_day(call.state, id);
}

/// Writes the sent members of the nested stock over a stock's row. `stock_relative` is a delta and
/// wins over `stock`, `sold_relative` over `sold` [client].
void write_nested_stock(const kit::Written& written, RecordWriter& stock) {
  const WrittenValue* sent = written.find(products(), "stock");
  if (sent == nullptr) return;
  const auto relative = [&](std::string_view delta, std::string_view field,
                            const kit::Decimal& before) {
    if (const auto by = kit::scalar_number(stock_raw(written, delta))) {
      stock.set_text(field, (before + *by).text());
    }
  };
  const kit::Decimal level = kit::scalar_number(stock.raw("stock")).value_or(kit::Decimal{});
  const kit::Decimal sold = kit::scalar_number(stock.raw("sold")).value_or(kit::Decimal{});
  for (const WrittenValue& member : sent->members) {
    const std::string& name = embedded_stock()[member.field].name;
    if (name == "warehouses") {
      write_warehouses(stock, member.raw);
    } else if (const auto column = stock.schema().find(name)) {
      stock.set(*column, member.raw);
    }
  }
  relative("stock_relative", "stock", level);
  relative("sold_relative", "sold", sold);
}

/// What a sent `feeds_exludes` (the schema's spelling) is called when read [client].
void write_feeds(const kit::Written& written, RecordWriter& writer) {
  const std::string_view raw = written.raw(products(), "feeds_exludes");
  if (!raw.empty()) writer.set("feeds_excludes", std::string(raw));
  writer.clear(products().at("feeds_exludes"));
}

/// Makes a product and its base stock. Answers the bare id.
///
/// Required: category_id, code, stock, translations with a name [doc]; tax, unit and the stock's
/// level, warning level, weight and delivery come from application-config's product_defaults_*
/// where they are not sent. The code need not be unique: nothing found says so. The nested stock
/// refuses code, ean, active, default, extended and weight_type [client].
Reply create_product(Call& call) {
  auto body = read_body(call, products(), kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  const bool warehouses = call.state.config_set("warehouses_enabled");
  if (!warehouses && !stock_raw(written, "warehouses").empty()) {
    return warehouses_disabled(call.language);
  }
  check_product(call, written, nullptr);
  check_nested_stock(call, written, nullptr, kit::Decimal{});
  if (stock_raw(written, "price").empty() &&
      !call.state.config_set("shopping_products_allow_zero")) {
    written.problems.push_back({"stock.price", kit::FieldFault::Missing, {}});
  }
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  State& state = call.state;
  const std::int64_t id = state.table(kProducts).take_id();
  RecordWriter writer(products());
  kit::write_values(written.values, writer);
  write_feeds(written, writer);
  writer.set("categories", categories_after(written, nullptr));
  write_merged(call, written, nullptr, writer, id);
  complete_product(state, writer, id, state.local_time(call.context.now));
  state.table(kProducts).put(writer.finish(id));

  const std::int64_t stock_id = state.table(Rows::ProductStocks).take_id();
  RecordWriter stock(schema_of(Rows::ProductStocks));
  if (warehouses) stock.set_text("stock", "0");
  write_nested_stock(written, stock);
  stock.set_text("product_id", std::to_string(id));
  stock.set_text("code", writer.text("code"));
  stock.set_text("ean", writer.text("ean"));
  complete_stock(state, stock);
  set_id(Rows::ProductStocks, stock, stock_id);
  derive_prices(state, stock);
  align_stock(state, stock);
  put_stock(state, stock, stock_id);
  count_in_categories(state, raw_of(kProducts, *state.find(kProducts, id), "categories"), 1);
  return bare(id);
}

/// Changes the sent fields of a product and of its base stock; edit_date becomes now. Answers 1.
Reply update_product(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.id().value_or(0);
  const RecordPtr product = state.find(kProducts, id);
  if (product == nullptr) return not_found(call.language, call.settings());
  auto body = read_body(call, products(), kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  if (!state.config_set("warehouses_enabled") && !stock_raw(written, "warehouses").empty()) {
    return warehouses_disabled(call.language);
  }
  const RecordPtr base = base_stock(state, id);
  check_product(call, written, product.get());
  check_nested_stock(call, written, product.get(),
                     base ? number_of(Rows::ProductStocks, *base, "stock") : kit::Decimal{});
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  RecordWriter writer(products(), *product);
  kit::write_values(written.values, writer);
  write_feeds(written, writer);
  writer.set("categories", categories_after(written, product.get()));
  write_merged(call, written, product.get(), writer, id);
  complete_translations(state, kProducts, writer, id);
  state.table(kProducts).put(writer.finish(id));
  if (writer.raw("categories") != raw_of(kProducts, *product, "categories")) {
    count_in_categories(state, raw_of(kProducts, *product, "categories"), -1);
    count_in_categories(state, writer.raw("categories"), 1);
  }
  if (base != nullptr) {
    RecordWriter stock(schema_of(Rows::ProductStocks), *base);
    write_nested_stock(written, stock);
    for (const std::string_view field : {"code", "ean"}) {
      const std::string_view sent = written.raw(products(), field);
      if (!sent.empty()) stock.set(field, std::string(sent));
    }
    derive_prices(state, stock);
    put_stock(state, stock, base->id(), state.local_time(call.context.now));
  } else {
    refresh_product(state, id, state.local_time(call.context.now));
  }
  return bare(1);
}

/// Removes the product with all its stocks; order lines stay. Answers 1, a second time 404 [live].
Reply remove_product_call(Call& call) {
  const std::int64_t id = call.id().value_or(0);
  if (!call.state.has(kProducts, id)) return not_found(call.language, call.settings());
  remove_product(call.state, id);
  return bare(1);
}

constexpr std::array kProductCalls{
    Handled{"GET /webapi/rest/products", list_products},
    Handled{"GET /webapi/rest/products/{id}", get_row},
    Handled{"POST /webapi/rest/products", create_product},
    Handled{"PUT /webapi/rest/products/{id}", update_product},
    Handled{"DELETE /webapi/rest/products/{id}", remove_product_call},
};

}  // namespace

std::span<const Handled> product_calls() { return kProductCalls; }

}  // namespace atrapa::mocks::shoper
