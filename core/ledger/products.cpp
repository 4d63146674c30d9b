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

}  // namespace

void Ledger::put_products(std::span<const ErpProduct> products) {
  Transaction transaction(*this);
  for (const ErpProduct& product : products) {
    Query(
        *db_,
        "INSERT INTO products(id, code, name, unit, vat, gross_price, categories, stock, reserved)"
        " VALUES(?,?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET code=excluded.code,"
        " name=excluded.name, unit=excluded.unit, vat=excluded.vat, "
        "gross_price=excluded.gross_price,"
        " categories=excluded.categories, stock=excluded.stock, reserved=excluded.reserved")
        .bind(product.id, product.code, product.name, product.unit, product.vat,
              text_of(product.gross_price), nlohmann::json(product.categories).dump(),
              text_of(product.stock), text_of(product.reserved))
        .run();
  }
  transaction.commit();
}

std::vector<ErpProduct> Ledger::products() const {
  std::vector<ErpProduct> products;
  Query query(*db_,
              "SELECT id, code, name, unit, vat, gross_price, categories, stock, reserved"
              " FROM products ORDER BY position");
  while (query.step()) {
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
    products.push_back(std::move(product));
  }
  return products;
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
