#include <map>
#include <nlohmann/json.hpp>

#include "core/ledger/db.hpp"
#include "core/ledger/ledger.hpp"

namespace atrapa::core {

namespace {

template <typename T>
std::optional<std::string> text_of(const std::optional<Reading<T>>& reading) {
  return reading ? std::optional(reading->text) : std::nullopt;
}

std::vector<CategoryPath> categories_of(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  return json.is_array() ? json.get<std::vector<CategoryPath>>() : std::vector<CategoryPath>{};
}

constexpr const char* kAllProducts =
    "SELECT id, code, name, unit, vat, gross_price, categories, stock, reserved, ean, description,"
    " groups, prices, images, active FROM products ORDER BY position";
constexpr const char* kOneProduct =
    "SELECT id, code, name, unit, vat, gross_price, categories, stock, reserved, ean, description,"
    " groups, prices, images, active FROM products WHERE id=?";
constexpr const char* kProductsOfCode =
    "SELECT id, code, name, unit, vat, gross_price, categories, stock, reserved, ean, description,"
    " groups, prices, images, active FROM products WHERE code=? ORDER BY position";
constexpr const char* kProductsOfName =
    "SELECT id, code, name, unit, vat, gross_price, categories, stock, reserved, ean, description,"
    " groups, prices, images, active FROM products WHERE name=? ORDER BY position";

std::vector<std::string> texts_of(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  return json.is_array() ? json.get<std::vector<std::string>>() : std::vector<std::string>{};
}

std::string prices_text(const std::map<std::string, Reading<Price>>& prices) {
  auto json = nlohmann::json::object();
  for (const auto& [group, price] : prices) json[group] = price.text;
  return json.dump();
}

std::map<std::string, Reading<Price>> prices_of(const std::string& text) {
  std::map<std::string, Reading<Price>> prices;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return prices;
  for (const auto& [group, price] : json.items()) {
    prices.emplace(group, read_price(price.get<std::string>()));
  }
  return prices;
}

ErpProduct read_product(Query& query) {
  ErpProduct product;
  product.id = query.text();
  product.code = query.optional_text();
  product.name = query.text();
  product.unit = query.text();
  product.vat = query.optional_text();
  if (const auto price = query.optional_text()) product.gross_price = read_price(*price);
  product.categories = categories_of(query.text());
  if (const auto stock = query.optional_text()) product.stock = read_quantity(*stock);
  if (const auto reserved = query.optional_text()) product.reserved = read_quantity(*reserved);
  product.ean = query.optional_text();
  product.description = query.text();
  product.groups = texts_of(query.text());
  product.prices = prices_of(query.text());
  product.images = texts_of(query.text());
  product.active = query.integer() != 0;
  return product;
}

std::vector<ErpProduct> read_products(Query& query) {
  std::vector<ErpProduct> products;
  while (query.step()) products.push_back(read_product(query));
  return products;
}

}  // namespace

void Ledger::put_products(std::span<const ErpProduct> products) {
  Transaction transaction(*this);
  for (const ErpProduct& product : products) {
    Query(*db_,
          "INSERT INTO products(id, code, name, unit, vat, gross_price, categories, stock,"
          " reserved, ean, description, groups, prices, images, active)"
          " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET"
          " code=excluded.code, name=excluded.name, unit=excluded.unit, vat=excluded.vat,"
          " gross_price=excluded.gross_price, categories=excluded.categories,"
          " stock=excluded.stock, reserved=excluded.reserved, ean=excluded.ean,"
          " description=excluded.description, groups=excluded.groups, prices=excluded.prices,"
          " images=excluded.images, active=excluded.active")
        .bind(product.id, product.code, product.name, product.unit, product.vat,
              text_of(product.gross_price), nlohmann::json(product.categories).dump(),
              text_of(product.stock), text_of(product.reserved), product.ean, product.description,
              nlohmann::json(product.groups).dump(), prices_text(product.prices),
              nlohmann::json(product.images).dump(), product.active ? 1 : 0)
        .run();
  }
  transaction.commit();
}

std::vector<ErpProduct> Ledger::products() const {
  Query query(*db_, kAllProducts);
  return read_products(query);
}

std::optional<ErpProduct> Ledger::product(std::string_view id) const {
  Query query(*db_, kOneProduct);
  if (!query.bind(id).step()) return std::nullopt;
  return read_product(query);
}

std::vector<ErpProduct> Ledger::products_of_code(std::string_view code) const {
  Query query(*db_, kProductsOfCode);
  return read_products(query.bind(code));
}

std::vector<ErpProduct> Ledger::products_of_name(std::string_view name) const {
  Query query(*db_, kProductsOfName);
  return read_products(query.bind(name));
}

std::size_t Ledger::product_count() const {
  Query query(*db_, "SELECT COUNT(*) FROM products");
  query.step();
  return static_cast<std::size_t>(query.integer());
}

void Ledger::link(std::string_view integration, std::span<const Link> links, Instant at) {
  if (links.empty()) return;
  Transaction transaction(*this);
  for (const Link& link : links) {
    Query(*db_, "INSERT OR IGNORE INTO links VALUES(?,?,?,'code',?)")
        .bind(integration, link.product_id, link.external_id, at)
        .run();
  }
  transaction.commit();
}

std::unordered_set<std::string> Ledger::links(std::string_view integration) const {
  std::unordered_set<std::string> all;
  Query query(*db_, "SELECT product_id, external_id FROM links WHERE integration=?");
  query.bind(integration);
  while (query.step()) {
    const std::string product = query.text();
    all.insert(link_key(product, query.text()));
  }
  return all;
}

std::string Ledger::link_key(std::string_view product_id, std::string_view external_id) {
  return std::string(product_id) + '\n' + std::string(external_id);
}

}  // namespace atrapa::core
