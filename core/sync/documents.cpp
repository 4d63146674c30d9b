#include "core/sync/documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/domain/shop_zone.hpp"
#include "core/policy/nip.hpp"

namespace atrapa::core {

namespace {

constexpr const char* kInvoices = "FV";
constexpr const char* kGoodsIssues = "WZ";

Failure<std::string> unknown_order(std::int64_t id) {
  return fail(fmt::format("there is no order {} in the ledger", id));
}

/// How much of each line has left already.
std::vector<Quantity> issued_of(const Ledger& ledger, const ErpOrder& order) {
  std::vector<Quantity> issued(order.lines.size());
  for (const Document& document : ledger.documents_of(order.id)) {
    if (document.kind != DocumentKind::GoodsIssue || document.cancelled) continue;
    // A document names its lines by what they say, and equal lines are worth the same.
    for (const ErpOrderLine& line : document.lines) {
      std::int64_t rest = line.quantity.millionths;
      for (std::size_t i = 0; i < order.lines.size() && rest > 0; ++i) {
        const ErpOrderLine& own = order.lines[i];
        if (own.product_id != line.product_id || own.unit_price != line.unit_price ||
            own.discount != line.discount) {
          continue;
        }
        const std::int64_t taken = std::min(rest, own.quantity.millionths - issued[i].millionths);
        issued[i].millionths += taken;
        rest -= taken;
      }
    }
  }
  return issued;
}

/// The quantities that leave now, line by line.
Result<std::vector<Quantity>> leaving(const ErpOrder& order, const std::vector<Quantity>& issued,
                                      std::span<const GoodsPart> parts) {
  std::vector<Quantity> quantities(order.lines.size());
  if (parts.empty()) {
    for (std::size_t i = 0; i < quantities.size(); ++i) {
      quantities[i].millionths = order.lines[i].quantity.millionths - issued[i].millionths;
    }
  }
  for (const GoodsPart& part : parts) {
    if (part.line >= quantities.size() || part.quantity.millionths <= 0) {
      return fail(fmt::format("the order {} has no such line or quantity: {} of line {}",
                              order.number, to_text(part.quantity), part.line + 1));
    }
    quantities[part.line].millionths += part.quantity.millionths;
  }
  bool any = false;
  for (std::size_t i = 0; i < quantities.size(); ++i) {
    const std::int64_t left = order.lines[i].quantity.millionths - issued[i].millionths;
    if (quantities[i].millionths > left) {
      return fail(fmt::format("of '{}' only {} of the order {} is left to issue",
                              order.lines[i].name, to_text(Quantity{left}), order.number));
    }
    any = any || quantities[i].millionths > 0;
  }
  if (!any) return fail(fmt::format("nothing of the order {} is left to issue", order.number));
  return quantities;
}

/// Adds to the stock of the products, or takes off it where the change is negative: all or none.
Result<Done> move_stock(Ledger& ledger, const std::map<std::string, std::int64_t>& changes) {
  std::vector<ErpProduct> moved;
  for (ErpProduct& product : ledger.products()) {
    const auto change = changes.find(product.id);
    if (change == changes.end()) continue;
    if (!product.stock || !product.stock->value) {
      return fail(fmt::format("the stock of '{}' cannot be read", product.name));
    }
    const Quantity left{product.stock->value->millionths + change->second};
    if (change->second < 0 && left.millionths < 0) {
      return fail(
          fmt::format("of '{}' only {} is in stock", product.name, to_text(*product.stock->value)));
    }
    product.stock = read_quantity(to_text(left));
    moved.push_back(std::move(product));
  }
  if (moved.size() != changes.size()) return fail("a product of the order is gone from the ERP");
  ledger.put_products(moved);
  return Done{};
}

std::map<std::string, std::int64_t> changes_by(const Document& document, int sign) {
  std::map<std::string, std::int64_t> changes;
  for (const ErpOrderLine& line : document.lines) {
    changes[line.product_id] += sign * line.quantity.millionths;
  }
  return changes;
}

bool has_address(const ShopParty& party) {
  const bool named =
      !party.company.empty() || !party.first_name.empty() || !party.last_name.empty();
  return named && !party.street.empty() && !party.city.empty();
}

}  // namespace

Desk desk_at(Ledger& ledger, Instant now) {
  auto today = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now));
  if (const auto zone = ShopZone::named("Europe/Warsaw")) {
    today = local_day(zone->to_local(now)).value_or(today);
  }
  return {ledger, now, today};
}

Result<Document> issue_invoice(Desk& desk, std::int64_t order_id) {
  const auto order = desk.ledger.order(order_id);
  if (!order) return unknown_order(order_id);
  for (const ErpOrderLine& line : order->lines) {
    if (!line.vat.empty()) continue;
    return fail(
        fmt::format("the line '{}' of the order {} has no VAT rate", line.name, order->number));
  }
  auto nip = document_nip(order->nip);
  if (!nip) return fail(fmt::format("the order {}: {}", order->number, nip.error()));
  return desk.ledger.issue_sales(
      {.order_id = order_id, .series = kInvoices, .issued_on = desk.today, .nip = *std::move(nip)});
}

Result<Document> issue_goods(Desk& desk, std::int64_t order_id, std::span<const GoodsPart> parts) {
  Ledger::Transaction transaction(desk.ledger);
  const auto order = desk.ledger.order(order_id);
  if (!order) return unknown_order(order_id);
  const auto quantities = leaving(*order, issued_of(desk.ledger, *order), parts);
  if (!quantities) return fail(quantities.error());

  Document draft;
  draft.kind = DocumentKind::GoodsIssue;
  draft.series = kGoodsIssues;
  draft.order_id = order_id;
  draft.contractor = order->contractor;
  draft.buyer = order->recipient;
  draft.issued_on = desk.today;
  std::vector<Money> values;
  for (std::size_t i = 0; i < quantities->size(); ++i) {
    ErpOrderLine line = order->lines[i];
    line.quantity = (*quantities)[i];
    if (line.quantity.millionths == 0) continue;
    const auto value = line_value(line.unit_price, line.quantity, line.discount);
    if (!value) return fail(value.error());
    line.value = *value;
    values.push_back(*value);
    draft.lines.push_back(std::move(line));
  }
  const auto total = sum(values);
  if (!total) return fail(total.error());
  draft.total_gross = *total;
  auto document = desk.ledger.add_document(std::move(draft));
  if (!document) return document;
  if (auto moved = move_stock(desk.ledger, changes_by(*document, -1)); !moved) {
    return fail(moved.error());
  }
  transaction.commit();
  return document;
}

Result<Done> cancel_goods(Desk& desk, std::int64_t document_id) {
  Ledger::Transaction transaction(desk.ledger);
  for (const Document& document : desk.ledger.documents()) {
    if (document.id != document_id || document.kind != DocumentKind::GoodsIssue) continue;
    if (!desk.ledger.cancel_document(document_id, desk.now)) {
      return fail(fmt::format("the note {} is cancelled already", document.number));
    }
    if (auto moved = move_stock(desk.ledger, changes_by(document, 1)); !moved) return moved;
    transaction.commit();
    return Done{};
  }
  return fail(fmt::format("there is no goods issue note {} in the ledger", document_id));
}

Result<Shipment> make_shipment(Desk& desk, std::int64_t order_id) {
  const auto order = desk.ledger.order(order_id);
  if (!order) return unknown_order(order_id);
  const ShopParty& recipient = has_address(order->recipient) ? order->recipient : order->buyer;
  if (!has_address(recipient)) {
    return fail(fmt::format("the order {} names no recipient with an address", order->number));
  }
  return desk.ledger.add_shipment({.id = 0,
                                   .order_id = order_id,
                                   .recipient = recipient,
                                   .email = order->email,
                                   .made_at = desk.now});
}

}  // namespace atrapa::core
