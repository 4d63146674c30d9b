#include <fmt/format.h>

#include <stdexcept>

#include "core/ledger/db.hpp"
#include "core/ledger/ledger.hpp"

namespace atrapa::core {

ErpOrderLine read_kept_line(Query& lines) {
  ErpOrderLine line;
  line.product_id = lines.text();
  line.code = lines.text();
  line.name = lines.text();
  line.quantity.millionths = lines.integer();
  line.unit_price.units = lines.integer();
  line.discount.units = lines.integer();
  line.vat = lines.text();
  line.value.grosze = lines.integer();
  return line;
}

namespace {

constexpr const char* kOrderSeries = "ZS";

std::string_view name_of(OrderDecision::State state) {
  switch (state) {
    case OrderDecision::State::Left: return "left";
    case OrderDecision::State::Waiting: return "waiting";
  }
  return "";
}

/// Id, state and reason, in this order.
OrderDecision read_decision(Query& query) {
  OrderDecision decision;
  decision.shop_order_id = query.text();
  decision.state =
      query.text() == "waiting" ? OrderDecision::State::Waiting : OrderDecision::State::Left;
  decision.reason = reason_named(query.text()).value_or(Reason::OrderRefused);
  return decision;
}

void insert_lines(Ledger::Db& db, std::int64_t id, const ErpOrder& order) {
  std::int64_t position = 0;
  for (const ErpOrderLine& line : order.lines) {
    Query(db, "INSERT INTO order_lines VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)")
        .bind(id, ++position, line.product_id, line.code, line.name, line.quantity.millionths,
              line.unit_price.units, line.discount.units, line.vat, line.value.grosze,
              line.shop_product_id, line.shop_warehouse, line.warehouse)
        .run();
  }
  position = 0;
  for (const OmittedLine& line : order.omitted) {
    Query(db, "INSERT INTO omitted_lines VALUES(?,?,?,?,?,?,?)")
        .bind(id, ++position, line.code, line.name, line.quantity, line.unit_price, line.reason)
        .run();
  }
}

void read_lines(Ledger::Db& db, ErpOrder& order) {
  order.buyer = read_party(db, "buyer", order.id);
  order.recipient = read_party(db, "recipient", order.id);
  Query lines(db,
              "SELECT product_id, code, name, quantity, unit_price, discount, vat, value,"
              " shop_product_id, shop_warehouse, warehouse"
              " FROM order_lines WHERE order_id=? ORDER BY position");
  lines.bind(order.id);
  while (lines.step()) {
    ErpOrderLine line = read_kept_line(lines);
    line.shop_product_id = lines.text();
    line.shop_warehouse = lines.text();
    line.warehouse = lines.text();
    order.lines.push_back(std::move(line));
  }
  Query omitted(db,
                "SELECT code, name, quantity, unit_price, reason FROM omitted_lines"
                " WHERE order_id=? ORDER BY position");
  omitted.bind(order.id);
  while (omitted.step()) {
    OmittedLine line;
    line.code = omitted.text();
    line.name = omitted.text();
    line.quantity = omitted.text();
    line.unit_price = omitted.text();
    line.reason = omitted.text();
    order.omitted.push_back(std::move(line));
  }
}

constexpr const char* kAllOrders =
    "SELECT id, number, integration, shop_order_id, contractor, nip, email, notes, origin,"
    " placed_at, placed_on, fetched_at, shipping_cost, shipping_vat, total_gross, shop_total,"
    " shop_number, status_id, confirmed_at, currency, login, phone, payment, wants_invoice,"
    " document_word, contractor_id FROM orders ORDER BY id";
constexpr const char* kOrdersOfIntegration =
    "SELECT id, number, integration, shop_order_id, contractor, nip, email, notes, origin,"
    " placed_at, placed_on, fetched_at, shipping_cost, shipping_vat, total_gross, shop_total,"
    " shop_number, status_id, confirmed_at, currency, login, phone, payment, wants_invoice,"
    " document_word, contractor_id FROM orders WHERE integration=? ORDER BY id";
constexpr const char* kOneOrder =
    "SELECT id, number, integration, shop_order_id, contractor, nip, email, notes, origin,"
    " placed_at, placed_on, fetched_at, shipping_cost, shipping_vat, total_gross, shop_total,"
    " shop_number, status_id, confirmed_at, currency, login, phone, payment, wants_invoice,"
    " document_word, contractor_id FROM orders WHERE id=?";
constexpr const char* kOrderOfKey =
    "SELECT id, number, integration, shop_order_id, contractor, nip, email, notes, origin,"
    " placed_at, placed_on, fetched_at, shipping_cost, shipping_vat, total_gross, shop_total,"
    " shop_number, status_id, confirmed_at, currency, login, phone, payment, wants_invoice,"
    " document_word, contractor_id FROM orders WHERE idempotency_key=?";

ErpOrder read_order(Query& query) {
  ErpOrder order;
  order.id = query.integer();
  order.number = query.text();
  order.integration = query.text();
  order.shop_order_id = query.text();
  order.contractor = query.text();
  order.nip = query.text();
  order.email = query.text();
  order.notes = query.text();
  if (const auto origin = query.optional_integer()) order.origin = static_cast<int>(*origin);
  order.placed_at = query.instant();
  order.placed_on = date_of(query.text());
  order.fetched_at = query.instant();
  order.shipping_cost.grosze = query.integer();
  order.shipping_vat = query.text();
  order.total_gross.grosze = query.integer();
  order.shop_total = query.text();
  order.shop_number = query.text();
  order.status_id = query.text();
  if (const auto at = query.optional_integer()) order.confirmed_at = Instant(Duration(*at));
  order.currency = query.text();
  order.login = query.text();
  order.phone = query.text();
  order.payment = query.text();
  if (const auto wants = query.optional_integer()) order.wants_invoice = *wants != 0;
  order.document_word = query.text();
  order.contractor_id = query.optional_integer();
  return order;
}

std::optional<int> as_number(std::optional<bool> flag) {
  return flag ? std::optional(*flag ? 1 : 0) : std::nullopt;
}

}  // namespace

std::string Ledger::idempotency_key(std::string_view integration, std::string_view shop_order_id) {
  return fmt::format("{}:{}", integration, shop_order_id);
}

SavedOrder Ledger::save_order(const ErpOrder& order,
                              const std::optional<std::string>& idempotency_key) {
  Transaction transaction(*this);
  if (idempotency_key) {
    Query taken(*db_, "SELECT id, number FROM orders WHERE idempotency_key=?");
    if (taken.bind(*idempotency_key).step()) {
      const std::int64_t id = taken.integer();
      return {id, taken.text(), true};
    }
  }
  const auto number = take_number(*db_, kOrderSeries, order.placed_on);
  if (!number) throw std::logic_error("Ledger: the series of orders is gone");
  Query(*db_,
        "INSERT INTO orders(number, idempotency_key, integration, shop_order_id, contractor, nip,"
        " email, notes, origin, placed_at, placed_on, fetched_at, shipping_cost, shipping_vat,"
        " total_gross, shop_total, shop_number, status_id, confirmed_at, currency, login, phone,"
        " payment, wants_invoice, document_word, contractor_id)"
        " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
      .bind(*number, idempotency_key, order.integration, order.shop_order_id, order.contractor,
            order.nip, order.email, order.notes, order.origin, order.placed_at,
            date_text(order.placed_on), order.fetched_at, order.shipping_cost.grosze,
            order.shipping_vat, order.total_gross.grosze, order.shop_total, order.shop_number,
            order.status_id, order.confirmed_at, order.currency, order.login, order.phone,
            order.payment, as_number(order.wants_invoice), order.document_word, order.contractor_id)
      .run();
  const std::int64_t id = db_->db.getLastInsertRowid();
  insert_lines(*db_, id, order);
  put_party(*db_, "buyer", id, order.buyer);
  put_party(*db_, "recipient", id, order.recipient);
  transaction.commit();
  return {id, *number, false};
}

bool Ledger::set_idempotency_key(std::int64_t order_id, const std::string& key) {
  Transaction transaction(*this);
  Query taken(*db_, "SELECT 1 FROM orders WHERE idempotency_key=? AND id<>?");
  if (taken.bind(key, order_id).step()) return false;
  Query(*db_, "UPDATE orders SET idempotency_key=? WHERE id=?").bind(key, order_id).run();
  transaction.commit();
  return true;
}

bool Ledger::has_order(std::string_view integration, std::string_view shop_order_id) const {
  Query query(*db_, "SELECT 1 FROM orders WHERE idempotency_key=?");
  return query.bind(idempotency_key(integration, shop_order_id)).step();
}

std::vector<ErpOrder> Ledger::orders() const {
  std::vector<ErpOrder> orders;
  {
    Query query(*db_, kAllOrders);
    while (query.step()) orders.push_back(read_order(query));
  }
  for (ErpOrder& order : orders) read_lines(*db_, order);
  return orders;
}

std::optional<ErpOrder> Ledger::order(std::int64_t id) const {
  Query query(*db_, kOneOrder);
  if (!query.bind(id).step()) return std::nullopt;
  ErpOrder order = read_order(query);
  read_lines(*db_, order);
  return order;
}

std::optional<ErpOrder> Ledger::order_of(std::string_view integration,
                                         std::string_view shop_order_id) const {
  Query query(*db_, kOrderOfKey);
  if (!query.bind(idempotency_key(integration, shop_order_id)).step()) return std::nullopt;
  ErpOrder order = read_order(query);
  read_lines(*db_, order);
  return order;
}

std::vector<ErpOrder> Ledger::orders_of(std::string_view integration) const {
  std::vector<ErpOrder> orders;
  {
    Query query(*db_, kOrdersOfIntegration);
    query.bind(integration);
    while (query.step()) orders.push_back(read_order(query));
  }
  for (ErpOrder& order : orders) read_lines(*db_, order);
  return orders;
}

Result<Done> Ledger::update_order(const ErpOrder& order) {
  Transaction transaction(*this);
  Query issued(*db_, "SELECT number FROM documents WHERE sales_of_order=?");
  if (issued.bind(order.id).step()) {
    return fail(fmt::format("the order {} has its sales document: {}", order.id, issued.text()));
  }
  Query(*db_,
        "UPDATE orders SET contractor=?, nip=?, email=?, notes=?, fetched_at=?, shipping_cost=?,"
        " shipping_vat=?, total_gross=?, shop_total=?, shop_number=?, status_id=?, confirmed_at=?,"
        " currency=?, login=?, phone=?, payment=?, wants_invoice=?, document_word=?,"
        " contractor_id=? WHERE id=?")
      .bind(order.contractor, order.nip, order.email, order.notes, order.fetched_at,
            order.shipping_cost.grosze, order.shipping_vat, order.total_gross.grosze,
            order.shop_total, order.shop_number, order.status_id, order.confirmed_at,
            order.currency, order.login, order.phone, order.payment, as_number(order.wants_invoice),
            order.document_word, order.contractor_id, order.id)
      .run();
  if (db_->db.getChanges() == 0) return fail(fmt::format("there is no order {}", order.id));
  for (const char* sql :
       {"DELETE FROM order_lines WHERE order_id=?", "DELETE FROM omitted_lines WHERE order_id=?",
        "DELETE FROM parties WHERE id=? AND owner IN ('buyer', 'recipient')"}) {
    Query(*db_, sql).bind(order.id).run();
  }
  insert_lines(*db_, order.id, order);
  put_party(*db_, "buyer", order.id, order.buyer);
  put_party(*db_, "recipient", order.id, order.recipient);
  transaction.commit();
  return Done{};
}

bool Ledger::set_order_status(std::int64_t id, std::string_view status_id) {
  Transaction transaction(*this);
  Query(*db_, "UPDATE orders SET status_id=? WHERE id=?").bind(status_id, id).run();
  const bool known = db_->db.getChanges() != 0;
  transaction.commit();
  return known;
}

std::size_t Ledger::order_count() const {
  Query query(*db_, "SELECT COUNT(*) FROM orders");
  query.step();
  return static_cast<std::size_t>(query.integer());
}

void Ledger::decide_order(std::string_view integration, const OrderDecision& decision, Instant at) {
  Transaction transaction(*this);
  Query(*db_, "INSERT OR REPLACE INTO order_decisions VALUES(?,?,?,?,?)")
      .bind(integration, decision.shop_order_id, name_of(decision.state),
            to_string(decision.reason), at)
      .run();
  transaction.commit();
}

void Ledger::forget_decision(std::string_view integration, std::string_view shop_order_id) {
  Transaction transaction(*this);
  Query(*db_, "DELETE FROM order_decisions WHERE integration=? AND shop_order_id=?")
      .bind(integration, shop_order_id)
      .run();
  transaction.commit();
}

std::optional<OrderDecision> Ledger::decision(std::string_view integration,
                                              std::string_view shop_order_id) const {
  Query query(*db_,
              "SELECT shop_order_id, state, reason FROM order_decisions"
              " WHERE integration=? AND shop_order_id=?");
  if (!query.bind(integration, shop_order_id).step()) return std::nullopt;
  return read_decision(query);
}

std::vector<OrderDecision> Ledger::waiting_orders(std::string_view integration) const {
  std::vector<OrderDecision> all;
  Query query(*db_,
              "SELECT shop_order_id, state, reason FROM order_decisions"
              " WHERE integration=? AND state='waiting' ORDER BY CAST(shop_order_id AS INTEGER)");
  query.bind(integration);
  while (query.step()) all.push_back(read_decision(query));
  return all;
}

void Ledger::announce_order(std::string_view integration, std::string_view shop_order_id,
                            Instant at) {
  Transaction transaction(*this);
  Query(*db_, "INSERT OR IGNORE INTO announced_orders VALUES(?,?,?)")
      .bind(integration, shop_order_id, at)
      .run();
  transaction.commit();
}

bool Ledger::announced(std::string_view integration, std::string_view shop_order_id) const {
  Query query(*db_, "SELECT 1 FROM announced_orders WHERE integration=? AND shop_order_id=?");
  return query.bind(integration, shop_order_id).step();
}

}  // namespace atrapa::core
