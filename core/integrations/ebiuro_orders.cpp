#include <fmt/format.h>

#include <algorithm>

#include "core/integrations/ebiuro_office.hpp"
#include "core/policy/nip.hpp"
#include "core/sync/base_orders.hpp"

namespace atrapa::core::ebiuro_base {

namespace {

/// Those that the buyer may be.
std::vector<Contractor> alike(const Ledger& ledger, const Contractor& buyer) {
  auto found = contractors_of_name(ledger, buyer.name);
  if (!buyer.nip.empty()) {
    const auto more = contractors_of_nip(ledger, buyer.nip);
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

/// Ties lines to the cards that their products are.
void link_lines(const Ledger& ledger, const Profile& profile, ErpOrder& order) {
  for (ErpOrderLine& line : order.lines) {
    if (line.shop_product_id.empty()) continue;
    const auto link = link_to(ledger, profile.id, "product", line.shop_product_id);
    if (link) line.product_id = link->erp_id;
  }
}

bool is_base_order_id(const std::string& id) {
  return !id.empty() && id.find_first_not_of("0123456789") == id.npos;
}

}  // namespace

std::optional<Objection> Office::settle_order(Task& task, const InboundEvent& event) {
  if (task.settings.direction == Direction::None &&
      config_.switches.orders_with_direction_none == OrdersWithDirectionNone::No) {
    return Objection{Reason::DirectionForbids, "nothing is synchronised"};
  }
  const auto read = base::read_order_by_id(task.client, event.external_id);
  if (!read) {
    task.stop(read.error());
    return std::nullopt;
  }
  ++task.report.orders_read;
  if (!read->has_value()) {
    return Objection{Reason::NoSuchRecord, fmt::format("Base has no order {}", event.external_id)};
  }
  auto order = parts_.read_order(**read, task.profile.id, clock_.now());
  if (!order) return order.error();
  file_order(task, *std::move(order));
  return std::nullopt;
}

void Office::file_order(Task& task, ErpOrder order) {
  {
    Ledger::Transaction transaction(ledger_);
    const auto known = parts_.known_order(ledger_, task.profile, order.shop_order_id);
    if (known && ledger_.sales_document(known->id)) {
      // What was invoiced stays as it was; only where it stands in the shop is news
      // (EBIURO-ORD-06).
      ledger_.set_order_status(known->id, order.status_id);
      transaction.commit();
      return;
    }
    link_lines(ledger_, task.profile, order);
    const Contractor buyer = buyer_of(order, config_.fiscal.nip_policy);
    const BuyerMatch match = parts_.match_buyer(buyer, alike(ledger_, buyer));
    order.contractor_id = match.contractor ? *match.contractor : add_contractor(ledger_, buyer);
    if (known) {
      order.id = known->id;
      order.number = known->number;
      static_cast<void>(ledger_.update_order(order));
    } else {
      const std::string key = Ledger::idempotency_key(task.profile.id, order.shop_order_id);
      const SavedOrder saved = ledger_.save_order(order, key);
      order.id = saved.id;
      order.number = saved.number;
      if (!saved.already_there) ++task.report.orders_saved;
    }
    transaction.commit();
  }
  issue_by_wish(task, order);
}

void Office::issue_by_wish(Task& task, const ErpOrder& order) {
  const auto kind = parts_.wanted({order.document_word, order.wants_invoice}, config_.switches);
  if (!kind) {
    task.note(Severity::Warning, RecordKind::Order, order.shop_order_id,
              {Reason::DocumentWordUnknown,
               fmt::format("extra field 1 of the order {} is '{}'; choose the document by hand",
                           order.shop_order_id, order.document_word)});
  } else if (config_.switches.document_trigger != DocumentTrigger::ButtonOnly) {
    if (const auto issued = issue_for(order, task.settings, *kind); !issued) {
      task.note(Severity::Error, RecordKind::Order, order.shop_order_id, issued.error());
      if (issued.error().reason == Reason::NipInvalid) return;
    }
  }
  // The buyer is kept without a number that is none (PL-NIP-01), and a receipt without its NIP can
  // never have a company's invoice (PL-DOC-02): somebody has to know.
  if (const auto nip = parts_.fiscal.nip(order.nip, config_.fiscal.nip_policy); !nip) {
    task.note(Severity::Warning, RecordKind::Order, order.shop_order_id,
              {Reason::NipInvalid, "kept without a NIP: " + nip.error()});
  }
}

void Office::refresh_statuses(Task& task) {
  std::vector<ErpOrder> known = ledger_.orders_of(task.profile.id);
  std::erase_if(known, [](const ErpOrder& one) { return !is_base_order_id(one.shop_order_id); });
  if (known.empty()) return;
  std::map<std::string, const ErpOrder*> by_id;
  std::int64_t first = std::stoll(known.front().shop_order_id);
  for (const ErpOrder& one : known) {
    by_id.emplace(one.shop_order_id, &one);
    first = std::min<std::int64_t>(first, std::stoll(one.shop_order_id));
  }
  const auto read = base::read_orders_by_id(
      task.client, first, base::Unconfirmed::Included, {}, [&](base::OrderPage page) {
        for (const base::Order& row : page.orders) {
          const auto found = by_id.find(row.id);
          if (found == by_id.end() || found->second->status_id == row.status_id) continue;
          ledger_.set_order_status(found->second->id, row.status_id);
        }
        return true;
      });
  if (!read) task.stop(read.error());
}

std::vector<OrderRow> Office::orders(const std::string& id) const {
  std::vector<OrderRow> rows;
  for (const ErpOrder& order : ledger_.orders_of(id)) {
    OrderRow row;
    row.order = order.id;
    row.number = order.shop_order_id;
    row.status_id = order.status_id;
    if (const auto document = ledger_.sales_document(order.id)) {
      row.document_number = document->number;
    } else {
      row.can_issue = true;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace atrapa::core::ebiuro_base
