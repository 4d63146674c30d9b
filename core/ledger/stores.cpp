#include "core/ledger/stores.hpp"

#include "core/ledger/db.hpp"

namespace atrapa::core {

namespace {

RecordLink::By by_of(std::string_view name) {
  for (const auto by : {RecordLink::By::Code, RecordLink::By::Name, RecordLink::By::Manual}) {
    if (to_string(by) == name) return by;
  }
  return RecordLink::By::Created;
}

/// Kind, erp_id, external_id, linked_by, sent, in this order.
RecordLink read_link(Query& query) {
  RecordLink link;
  link.kind = query.text();
  link.erp_id = query.text();
  link.external_id = query.text();
  link.by = by_of(query.text());
  link.sent = query.text();
  return link;
}

}  // namespace

std::string_view to_string(RecordLink::By by) {
  switch (by) {
    case RecordLink::By::Created: return "created";
    case RecordLink::By::Code: return "code";
    case RecordLink::By::Name: return "name";
    case RecordLink::By::Manual: return "manual";
  }
  return "";
}

void put_warehouse(Ledger& ledger, const ErpWarehouse& warehouse) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(),
        "INSERT INTO warehouses(id, name) VALUES(?,?)"
        " ON CONFLICT(id) DO UPDATE SET name=excluded.name")
      .bind(warehouse.id, warehouse.name)
      .run();
  transaction.commit();
}

std::vector<ErpWarehouse> warehouses(const Ledger& ledger) {
  std::vector<ErpWarehouse> all;
  Query query(ledger.db(), "SELECT id, name FROM warehouses ORDER BY position");
  while (query.step()) {
    ErpWarehouse warehouse;
    warehouse.id = query.text();
    warehouse.name = query.text();
    all.push_back(std::move(warehouse));
  }
  return all;
}

void put_price_group(Ledger& ledger, const ErpPriceGroup& group) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(),
        "INSERT INTO price_groups(id, name, net, currency) VALUES(?,?,?,?) ON CONFLICT(id) DO"
        " UPDATE SET name=excluded.name, net=excluded.net, currency=excluded.currency")
      .bind(group.id, group.name, group.net ? 1 : 0, group.currency)
      .run();
  transaction.commit();
}

std::vector<ErpPriceGroup> price_groups(const Ledger& ledger) {
  std::vector<ErpPriceGroup> all;
  Query query(ledger.db(), "SELECT id, name, net, currency FROM price_groups ORDER BY position");
  while (query.step()) {
    ErpPriceGroup group;
    group.id = query.text();
    group.name = query.text();
    group.net = query.integer() != 0;
    group.currency = query.text();
    all.push_back(std::move(group));
  }
  return all;
}

void put_product_group(Ledger& ledger, const ErpProductGroup& group) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(),
        "INSERT INTO product_groups(id, name) VALUES(?,?)"
        " ON CONFLICT(id) DO UPDATE SET name=excluded.name")
      .bind(group.id, group.name)
      .run();
  transaction.commit();
}

void drop_product_group(Ledger& ledger, std::string_view id) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(), "DELETE FROM product_groups WHERE id=?").bind(id).run();
  transaction.commit();
}

std::vector<ErpProductGroup> product_groups(const Ledger& ledger) {
  std::vector<ErpProductGroup> all;
  Query query(ledger.db(), "SELECT id, name FROM product_groups ORDER BY position");
  while (query.step()) {
    ErpProductGroup group;
    group.id = query.text();
    group.name = query.text();
    all.push_back(std::move(group));
  }
  return all;
}

Stocks stocks_of(const Ledger& ledger, std::string_view product) {
  Stocks stocks;
  Query query(ledger.db(), "SELECT warehouse, quantity FROM stocks WHERE product=?");
  query.bind(product);
  while (query.step()) {
    std::string warehouse = query.text();
    stocks[std::move(warehouse)] = {query.integer()};
  }
  return stocks;
}

std::map<std::string, Quantity> stocks_in(const Ledger& ledger, std::string_view warehouse) {
  std::map<std::string, Quantity> stocks;
  Query query(ledger.db(), "SELECT product, quantity FROM stocks WHERE warehouse=?");
  query.bind(warehouse);
  while (query.step()) {
    std::string product = query.text();
    stocks[std::move(product)] = {query.integer()};
  }
  return stocks;
}

void set_stock(Ledger& ledger, std::string_view product, std::string_view warehouse,
               Quantity quantity) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(), "INSERT OR REPLACE INTO stocks VALUES(?,?,?)")
      .bind(product, warehouse, quantity.millionths)
      .run();
  transaction.commit();
}

void move_stock(Ledger& ledger, std::string_view product, std::string_view warehouse,
                Quantity change) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(),
        "INSERT INTO stocks VALUES(?,?,?)"
        " ON CONFLICT(product, warehouse) DO UPDATE SET quantity=quantity+excluded.quantity")
      .bind(product, warehouse, change.millionths)
      .run();
  transaction.commit();
}

void put_link(Ledger& ledger, std::string_view integration, const RecordLink& link, Instant at) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(),
        "INSERT OR REPLACE INTO record_links(integration, kind, erp_id, external_id, linked_by,"
        " linked_at, sent) VALUES(?,?,?,?,?,?,?)")
      .bind(integration, link.kind, link.erp_id, link.external_id, to_string(link.by), at,
            link.sent)
      .run();
  transaction.commit();
}

void drop_link(Ledger& ledger, std::string_view integration, std::string_view kind,
               std::string_view external_id) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(), "DELETE FROM record_links WHERE integration=? AND kind=? AND external_id=?")
      .bind(integration, kind, external_id)
      .run();
  transaction.commit();
}

std::vector<RecordLink> links_of(const Ledger& ledger, std::string_view integration,
                                 std::string_view kind) {
  std::vector<RecordLink> all;
  Query query(ledger.db(),
              "SELECT kind, erp_id, external_id, linked_by, sent FROM record_links"
              " WHERE integration=? AND kind=? ORDER BY external_id");
  query.bind(integration, kind);
  while (query.step()) all.push_back(read_link(query));
  return all;
}

std::optional<RecordLink> link_to(const Ledger& ledger, std::string_view integration,
                                  std::string_view kind, std::string_view external_id) {
  Query query(ledger.db(),
              "SELECT kind, erp_id, external_id, linked_by, sent FROM record_links"
              " WHERE integration=? AND kind=? AND external_id=?");
  if (!query.bind(integration, kind, external_id).step()) return std::nullopt;
  return read_link(query);
}

std::vector<RecordLink> links_from(const Ledger& ledger, std::string_view integration,
                                   std::string_view kind, std::string_view erp_id) {
  std::vector<RecordLink> all;
  Query query(ledger.db(),
              "SELECT kind, erp_id, external_id, linked_by, sent FROM record_links"
              " WHERE integration=? AND kind=? AND erp_id=? ORDER BY external_id");
  query.bind(integration, kind, erp_id);
  while (query.step()) all.push_back(read_link(query));
  return all;
}

}  // namespace atrapa::core
