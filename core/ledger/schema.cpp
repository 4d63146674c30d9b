#include "core/ledger/schema.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <memory>

namespace atrapa::core {

namespace {

constexpr const char* kDefaultSeries =
    "INSERT INTO series VALUES('ZS', 0, 'ZS/{n}/{yyyy}', 1), ('FV', 1, 'FV/{n}/{yyyy}', 1),"
    " ('PAR', 2, 'PAR/{n}/{yyyy}', 1)";

constexpr const char* kGoodsIssueSeries = "INSERT INTO series VALUES('WZ', 4, 'WZ/{n}/{yyyy}', 1)";

/// Each entry takes the books one version further. An entry that was released is never edited: add
/// one. Moments are milliseconds UTC, money grosze, prices 1/10,000 PLN, quantities millionths,
/// percents 1/10,000; what came from outside as text stays text.
constexpr std::array kMigrations{
    R"sql(
CREATE TABLE settings(
  integration TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY(integration, key)) WITHOUT ROWID;
CREATE TABLE suspensions(
  integration TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER,
  PRIMARY KEY(integration, from_at)) WITHOUT ROWID;

CREATE TABLE products(
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT, name TEXT NOT NULL,
  unit TEXT NOT NULL, vat TEXT, gross_price TEXT, categories TEXT NOT NULL, stock TEXT, reserved TEXT);
CREATE TABLE links(
  integration TEXT NOT NULL, product_id TEXT NOT NULL, external_id TEXT NOT NULL, linked_by TEXT NOT NULL,
  linked_at INTEGER NOT NULL, PRIMARY KEY(integration, product_id, external_id)) WITHOUT ROWID;

CREATE TABLE orders(
  id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL UNIQUE, idempotency_key TEXT UNIQUE,
  integration TEXT NOT NULL, shop_order_id TEXT NOT NULL, contractor TEXT NOT NULL, nip TEXT NOT NULL,
  email TEXT NOT NULL, notes TEXT NOT NULL, origin INTEGER, placed_at INTEGER NOT NULL,
  placed_on TEXT NOT NULL, fetched_at INTEGER NOT NULL, shipping_cost INTEGER NOT NULL,
  shipping_vat TEXT NOT NULL, total_gross INTEGER NOT NULL, shop_total TEXT NOT NULL);
CREATE TABLE order_lines(
  order_id INTEGER NOT NULL, position INTEGER NOT NULL, product_id TEXT NOT NULL, code TEXT NOT NULL,
  name TEXT NOT NULL, quantity INTEGER NOT NULL, unit_price INTEGER NOT NULL, discount INTEGER NOT NULL,
  vat TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY(order_id, position)) WITHOUT ROWID;
CREATE TABLE omitted_lines(
  order_id INTEGER NOT NULL, position INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
  quantity TEXT NOT NULL, unit_price TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY(order_id, position)) WITHOUT ROWID;
CREATE TABLE order_decisions(
  integration TEXT NOT NULL, shop_order_id TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
  decided_at INTEGER NOT NULL, PRIMARY KEY(integration, shop_order_id)) WITHOUT ROWID;
CREATE TABLE announced_orders(
  integration TEXT NOT NULL, shop_order_id TEXT NOT NULL, announced_at INTEGER NOT NULL,
  PRIMARY KEY(integration, shop_order_id)) WITHOUT ROWID;

CREATE TABLE runs(
  id INTEGER PRIMARY KEY AUTOINCREMENT, integration TEXT NOT NULL, trigger TEXT NOT NULL,
  started INTEGER NOT NULL, finished INTEGER, outcome TEXT NOT NULL DEFAULT '',
  read INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE log(
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL, severity INTEGER NOT NULL, kind INTEGER NOT NULL,
  record TEXT NOT NULL, reason TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE intents(
  id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL,
  value TEXT NOT NULL, written_at INTEGER NOT NULL, settled INTEGER NOT NULL DEFAULT 0);
CREATE INDEX open_intents ON intents(run) WHERE settled=0;
CREATE TABLE receipts(
  intent INTEGER PRIMARY KEY, outcome TEXT NOT NULL, text TEXT NOT NULL, received_at INTEGER NOT NULL);

CREATE TABLE series(
  id TEXT PRIMARY KEY, kind INTEGER NOT NULL, pattern TEXT NOT NULL, reset INTEGER NOT NULL,
  UNIQUE(kind, pattern)) WITHOUT ROWID;
CREATE TABLE series_counters(
  series TEXT NOT NULL, period TEXT NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY(series, period)) WITHOUT ROWID;
CREATE TABLE documents(
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, series TEXT NOT NULL, number TEXT NOT NULL,
  order_id INTEGER, sales_of_order INTEGER UNIQUE, contractor TEXT NOT NULL, issued_on TEXT NOT NULL,
  total_gross INTEGER NOT NULL, UNIQUE(kind, number));
CREATE TABLE document_lines(
  document INTEGER NOT NULL, position INTEGER NOT NULL, product_id TEXT NOT NULL, code TEXT NOT NULL,
  name TEXT NOT NULL, quantity INTEGER NOT NULL, unit_price INTEGER NOT NULL, discount INTEGER NOT NULL,
  vat TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY(document, position)) WITHOUT ROWID;
)sql", kDefaultSeries,
    R"sql(
CREATE TABLE parties(
  owner TEXT NOT NULL, id INTEGER NOT NULL, first_name TEXT NOT NULL, last_name TEXT NOT NULL,
  company TEXT NOT NULL, nip TEXT NOT NULL, street TEXT NOT NULL, postcode TEXT NOT NULL,
  city TEXT NOT NULL, country TEXT NOT NULL, phone TEXT NOT NULL, PRIMARY KEY(owner, id)) WITHOUT ROWID;
ALTER TABLE documents ADD COLUMN nip TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN cancelled_at INTEGER;
CREATE TABLE shipments(
  id INTEGER PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL, email TEXT NOT NULL,
  made_at INTEGER NOT NULL);

CREATE TABLE installations(
  shop TEXT PRIMARY KEY, url TEXT NOT NULL, state INTEGER NOT NULL, auth_code TEXT NOT NULL,
  access_token TEXT NOT NULL, refresh_token TEXT NOT NULL, access_ends INTEGER, login TEXT NOT NULL,
  password TEXT NOT NULL, token TEXT NOT NULL, changed_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE api_keys(login TEXT PRIMARY KEY, digest TEXT NOT NULL, made_at INTEGER NOT NULL) WITHOUT ROWID;
)sql", kGoodsIssueSeries,
    R"sql(
ALTER TABLE products ADD COLUMN ean TEXT;
ALTER TABLE products ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN groups TEXT NOT NULL DEFAULT '[]';
ALTER TABLE products ADD COLUMN prices TEXT NOT NULL DEFAULT '{}';
ALTER TABLE products ADD COLUMN images TEXT NOT NULL DEFAULT '[]';
ALTER TABLE products ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
CREATE INDEX products_by_code ON products(code);
CREATE INDEX products_by_name ON products(name);
CREATE TABLE warehouses(position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE stocks(
  product TEXT NOT NULL, warehouse TEXT NOT NULL, quantity INTEGER NOT NULL,
  PRIMARY KEY(product, warehouse)) WITHOUT ROWID;
CREATE TABLE price_groups(
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, net INTEGER NOT NULL,
  currency TEXT NOT NULL);
CREATE TABLE product_groups(position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE record_links(
  integration TEXT NOT NULL, kind TEXT NOT NULL, erp_id TEXT NOT NULL, external_id TEXT NOT NULL,
  linked_by TEXT NOT NULL, linked_at INTEGER NOT NULL, sent TEXT NOT NULL DEFAULT '',
  PRIMARY KEY(integration, kind, external_id)) WITHOUT ROWID;
CREATE INDEX record_links_by_erp_id ON record_links(integration, kind, erp_id);

CREATE TABLE profiles(
  position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, program TEXT NOT NULL,
  label TEXT NOT NULL, state INTEGER NOT NULL, token TEXT NOT NULL, secret TEXT NOT NULL,
  settings TEXT NOT NULL, made_at INTEGER NOT NULL);
CREATE TABLE events(
  id INTEGER PRIMARY KEY AUTOINCREMENT, integration TEXT NOT NULL, kind TEXT NOT NULL,
  external_id TEXT NOT NULL, received_at INTEGER NOT NULL, state INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX pending_events ON events(integration) WHERE state=0;

CREATE TABLE contractors(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, nip TEXT NOT NULL, email TEXT NOT NULL,
  phone TEXT NOT NULL, login TEXT NOT NULL);
CREATE INDEX contractors_by_name ON contractors(name);
CREATE INDEX contractors_by_nip ON contractors(nip);
ALTER TABLE orders ADD COLUMN shop_number TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN status_id TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN confirmed_at INTEGER;
ALTER TABLE orders ADD COLUMN currency TEXT NOT NULL DEFAULT 'PLN';
ALTER TABLE orders ADD COLUMN login TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN payment TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN wants_invoice INTEGER;
ALTER TABLE orders ADD COLUMN document_word TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN contractor_id INTEGER;
ALTER TABLE order_lines ADD COLUMN shop_product_id TEXT NOT NULL DEFAULT '';
ALTER TABLE order_lines ADD COLUMN shop_warehouse TEXT NOT NULL DEFAULT '';
ALTER TABLE order_lines ADD COLUMN warehouse TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN currency TEXT NOT NULL DEFAULT 'PLN';
ALTER TABLE documents ADD COLUMN rounding INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN to_receipt INTEGER;
CREATE UNIQUE INDEX invoices_to_receipts ON documents(to_receipt) WHERE to_receipt IS NOT NULL;
CREATE TABLE deliveries(
  document INTEGER PRIMARY KEY, integration TEXT NOT NULL, state INTEGER NOT NULL,
  external_id TEXT NOT NULL, text TEXT NOT NULL, changed_at INTEGER NOT NULL);
CREATE INDEX deliveries_by_state ON deliveries(integration, state);
)sql",
    R"sql(
CREATE TABLE document_taxes(
  document INTEGER NOT NULL, position INTEGER NOT NULL, vat TEXT NOT NULL, net INTEGER NOT NULL,
  tax INTEGER NOT NULL, gross INTEGER NOT NULL, PRIMARY KEY(document, position)) WITHOUT ROWID;
ALTER TABLE document_lines ADD COLUMN rate_code TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN ksef_required INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN ksef_number TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN ksef_error TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX documents_by_ksef_number ON documents(ksef_number) WHERE ksef_number<>'';
)sql",
};

/// Everything that books can hold, then what empty ones hold.
constexpr std::array kClear{
    "DELETE FROM settings",
    "DELETE FROM suspensions",
    "DELETE FROM products",
    "DELETE FROM links",
    "DELETE FROM orders",
    "DELETE FROM order_lines",
    "DELETE FROM omitted_lines",
    "DELETE FROM order_decisions",
    "DELETE FROM announced_orders",
    "DELETE FROM runs",
    "DELETE FROM log",
    "DELETE FROM intents",
    "DELETE FROM receipts",
    "DELETE FROM series",
    "DELETE FROM series_counters",
    "DELETE FROM documents",
    "DELETE FROM document_lines",
    "DELETE FROM document_taxes",
    "DELETE FROM parties",
    "DELETE FROM shipments",
    "DELETE FROM installations",
    "DELETE FROM api_keys",
    "DELETE FROM warehouses",
    "DELETE FROM stocks",
    "DELETE FROM price_groups",
    "DELETE FROM product_groups",
    "DELETE FROM record_links",
    "DELETE FROM profiles",
    "DELETE FROM events",
    "DELETE FROM contractors",
    "DELETE FROM deliveries",
    "DELETE FROM sqlite_sequence",
    kDefaultSeries,
    kGoodsIssueSeries,
};

}  // namespace

std::span<const char* const> clearing_statements() { return kClear; }

int newest_schema_version() { return static_cast<int>(kMigrations.size()); }

void migrate(SQLite::Database& db) {
  const int version = db.execAndGet("PRAGMA user_version").getInt();
  if (version >= newest_schema_version()) return;
  SQLite::Transaction transaction(db);
  for (auto next = static_cast<std::size_t>(version); next < kMigrations.size(); ++next) {
    db.exec(kMigrations.at(next));
  }
  db.exec(fmt::format("PRAGMA user_version={}", kMigrations.size()));
  transaction.commit();
}

const std::string& empty_books() {
  static const std::string image = [] {
    SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec("PRAGMA page_size=1024");
    migrate(db);
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
        sqlite3_serialize(db.getHandle(), "main", &size, 0), &sqlite3_free);
    if (!bytes) throw SQLite::Exception("the empty books cannot be copied", SQLITE_NOMEM);
    return std::string(reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size));
  }();
  return image;
}

}  // namespace atrapa::core
