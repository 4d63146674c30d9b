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
    Query(db, "INSERT INTO order_lines VALUES(?,?,?,?,?,?,?,?,?,?)")
        .bind(id, ++position, line.product_id, line.code, line.name, line.quantity.millionths,
              line.unit_price.units, line.discount.units, line.vat, line.value.grosze)
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
              "SELECT product_id, code, name, quantity, unit_price, discount, vat, value"
              " FROM order_lines WHERE order_id=? ORDER BY position");
  lines.bind(order.id);
  while (lines.step()) order.lines.push_back(read_kept_line(lines));
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
    "SELECT id, number, integration, shop_order_id, contractor, nip, email, notes, origin, "
    "placed_at,"
    " placed_on, fetched_at, shipping_cost, shipping_vat, total_gross, shop_total"
    " FROM orders ORDER BY id";
constexpr const char* kOneOrder =
    "SELECT id, number, integration, shop_order_id, contractor, nip, email, notes, origin, "
    "placed_at,"
    " placed_on, fetched_at, shipping_cost, shipping_vat, total_gross, shop_total"
    " FROM orders WHERE id=?";

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
  return order;
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
  Query(
      *db_,
      "INSERT INTO orders(number, idempotency_key, integration, shop_order_id, contractor, nip, "
      "email,"
      " notes, origin, placed_at, placed_on, fetched_at, shipping_cost, shipping_vat, total_gross,"
      " shop_total) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
      .bind(*number, idempotency_key, order.integration, order.shop_order_id, order.contractor,
            order.nip, order.email, order.notes, order.origin, order.placed_at,
            date_text(order.placed_on), order.fetched_at, order.shipping_cost.grosze,
            order.shipping_vat, order.total_gross.grosze, order.shop_total)
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
