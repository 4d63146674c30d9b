#include <fmt/format.h>

#include <algorithm>

#include "core/integrations/firmino_office.hpp"
#include "core/policy/nip.hpp"

namespace atrapa::core::firmino_base {

namespace {

std::vector<Contractor> alike(const Ledger& ledger, const Contractor& buyer) {
  auto found = contractors_of_name(ledger, buyer.name);
  if (!buyer.nip.empty()) {
    const auto more = contractors_of_nip(ledger, buyer.nip);
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

}  // namespace

std::optional<Objection> order_objection(const ErpOrder& order, const Settings& settings,
                                         const FirminoSwitches& switches) {
  if (const auto from = first_moment(settings)) {
    const std::optional<Instant> moment = switches.date_field == DateField::Placed
                                              ? std::optional(order.placed_at)
                                              : order.confirmed_at;
    if (!moment || *moment < *from) {
      return Objection{Reason::OlderThanDate, fmt::format("the order {} is older than {}",
                                                          order.shop_order_id, settings.date_from)};
    }
  }
  if (!settings.statuses.empty() && !settings.statuses.contains(order.status_id)) {
    return Objection{Reason::StatusNotChosen, fmt::format("the order {} is in the status {}",
                                                          order.shop_order_id, order.status_id)};
  }
  return std::nullopt;
}

LineCard card_of_line(const Ledger& ledger, const ErpOrderLine& line, LineMatch match) {
  if (match == LineMatch::SkuThenName && !line.code.empty()) {
    const auto coded = ledger.products_of_code(line.code);
    if (!coded.empty()) return {coded.front().id, coded.size()};
  }
  const auto named = ledger.products_of_name(line.name);
  if (named.empty()) return {};
  return {named.front().id, named.size()};
}

ErpProduct card_from_line(const ErpOrderLine& line, std::string id) {
  ErpProduct card;
  card.id = std::move(id);
  if (!line.code.empty()) card.code = line.code;
  card.name = line.name;
  card.unit = "szt.";
  card.vat = line.vat;
  card.gross_price = read_price(to_text(line.unit_price));
  return card;
}

std::optional<std::string> warehouse_of_line(const Ledger& ledger, const Profile& profile,
                                             const ErpOrderLine& line, const Settings& settings) {
  if (!settings.warehouses || line.shop_warehouse.empty()) {
    // Nobody says whence: the books' main warehouse [inferred].
    const auto all = warehouses(ledger);
    return all.empty() ? std::nullopt : std::optional(all.front().id);
  }
  const auto joined = link_to(ledger, profile.id, "warehouse", line.shop_warehouse);
  return joined ? std::optional(joined->erp_id) : std::nullopt;
}

void Office::fetch_orders(Task& task) {
  base::UnixTime from{};
  if (const auto first = parts_.read_from(ledger_, task.profile, task.settings)) {
    // An order is confirmed when it is placed or later, so that this bound holds for both dates.
    from = std::chrono::floor<std::chrono::seconds>(*first);
  }
  for (const base::OrderFilter& filter : parts_.order_filters(task.settings)) {
    const auto read =
        base::read_confirmed_orders(task.client, from, filter, [&](const base::OrderPage& page) {
          for (const base::Order& row : page.orders) take_order(task, row);
          return true;
        });
    if (!read) return task.stop(read.error());
  }
}

void Office::take_order(Task& task, const base::Order& row) {
  ++task.report.orders_read;
  if (parts_.already_there(ledger_, task.profile, row.id)) {
    ++task.report.orders_already_there;
    const auto known = ledger_.order_of(task.profile.id, row.id);
    if (known && known->status_id != row.status_id) {
      ledger_.set_order_status(known->id, row.status_id);
    }
    return;
  }
  auto order = parts_.read_order(row, task.profile.id, clock_.now());
  if (!order) {
    ++task.report.orders_left_alone;
    return task.note(Severity::Error, RecordKind::Order, row.id, order.error());
  }
  if (const auto why = parts_.order_objection(*order, task.settings, config_.switches)) {
    ++task.report.orders_left_alone;
    return task.note(Severity::Info, RecordKind::Order, row.id, *why);
  }

  Ledger::Transaction transaction(ledger_);
  if (parts_.links_lines(task.settings)) link_lines(task, *order);
  take_off_stock(task, *order);
  if (task.settings.link_contractors) {
    const Contractor buyer = buyer_of(*order, config_.fiscal.nip_policy);
    const BuyerMatch match =
        parts_.match_buyer(buyer, alike(ledger_, buyer), config_.switches.contractor_match);
    order->contractor_id = match.contractor ? *match.contractor : add_contractor(ledger_, buyer);
    if (const auto nip = document_nip(order->nip, config_.fiscal.nip_policy); !nip) {
      task.note(Severity::Warning, RecordKind::Buyer, buyer.name,
                {Reason::NipInvalid, fmt::format("kept without a NIP: {}", nip.error())});
    }
    if (match.nip_differs) {
      task.note(Severity::Warning, RecordKind::Buyer, buyer.name,
                {Reason::BuyerNipDiffers,
                 fmt::format("the order {} of '{}' with the NIP '{}' was joined by name with a "
                             "buyer of another NIP",
                             row.id, buyer.name, buyer.nip)});
    }
  }
  const SavedOrder saved = ledger_.save_order(*order, parts_.order_key(task.profile, row));
  if (saved.already_there) return;  // Another worker was first: what was done here is rolled back.
  order->id = saved.id;
  order->number = saved.number;
  // With its document or not at all: an order that is there is not looked at again.
  if (config_.switches.document_moment == DocumentMoment::OnFetch) {
    if (const auto issued = issue_for(*order, task.settings, std::nullopt); !issued) {
      task.note(Severity::Error, RecordKind::Order, row.id, issued.error());
    }
  }
  transaction.commit();
  ++task.report.orders_saved;
}

void Office::link_lines(Task& task, ErpOrder& order) {
  std::vector<ErpOrderLine> kept;
  for (ErpOrderLine& line : order.lines) {
    LineCard found = parts_.card_of_line(ledger_, line, config_.switches.line_match);
    if (!found.card) {
      const auto card = parts_.new_card(line, free_card_id(ledger_));
      if (!card) continue;
      ledger_.put_products({&*card, 1});
      found.card = card->id;
    } else if (found.candidates > 1) {
      task.note(
          Severity::Warning, RecordKind::Order, order.shop_order_id,
          {Reason::LineAmbiguous, fmt::format("{} products are called '{}'; the oldest was taken",
                                              found.candidates, line.name)});
    }
    line.product_id = *found.card;
    kept.push_back(std::move(line));
  }
  order.lines = std::move(kept);
}

void Office::take_off_stock(Task& task, ErpOrder& order) {
  for (ErpOrderLine& line : order.lines) {
    if (line.product_id.empty()) continue;
    const auto warehouse = parts_.warehouse_of_line(ledger_, task.profile, line, task.settings);
    if (!warehouse) {
      task.note(Severity::Warning, RecordKind::Order, order.shop_order_id,
                {Reason::WarehouseNotJoined,
                 fmt::format("'{}' left the warehouse {}, which is joined with none; no stock was "
                             "taken off",
                             line.name, line.shop_warehouse)});
      continue;
    }
    line.warehouse = *warehouse;
    parts_.take_off(ledger_, line.product_id, *warehouse, line.quantity);
  }
}

std::vector<OrderRow> Office::orders(const std::string& id) const {
  std::vector<OrderRow> rows;
  for (const ErpOrder& order : ledger_.orders_of(id)) {
    const auto document = ledger_.sales_document(order.id);
    rows.push_back(
        {order.id, order.shop_order_id, document ? document->number : "", order.status_id});
  }
  return rows;
}

}  // namespace atrapa::core::firmino_base
