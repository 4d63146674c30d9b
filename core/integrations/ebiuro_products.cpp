#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/integrations/ebiuro_office.hpp"
#include "core/shops/base/bulk.hpp"

namespace atrapa::core::ebiuro_base {

namespace {

constexpr std::size_t kAskedAtOnce = 100;

std::string price_group_of(const base::Inventory& inventory, const Settings& settings) {
  return settings.base_price_group.empty() ? inventory.default_price_group
                                           : settings.base_price_group;
}

}  // namespace

std::optional<Objection> Office::settle_product(Task& task, const InboundEvent& event) {
  if (!parts_.moves(task.settings, Direction::FromShop)) {
    return Objection{Reason::DirectionForbids, "products do not come from the shop"};
  }
  const auto inventory = find_inventory(task, task.settings.inventory);
  if (!inventory) return std::nullopt;
  // The event carries an id and nothing else; what is true now stands in Base (EBIURO-EVT-08). So
  // events may come late, twice and in any order.
  const auto read = base::read_product_data(task.client, inventory->id, {event.external_id});
  if (!read) {
    task.stop(read.error());
    return std::nullopt;
  }
  if (event.kind == "product_deleted") {
    if (!read->empty()) {
      return Objection{Reason::ProductMissing,
                       fmt::format("Base still has the product {}", event.external_id)};
    }
    parts_.take_out(ledger_, task.profile, event.external_id);
    return std::nullopt;
  }
  if (read->empty()) {
    return Objection{Reason::NoSuchRecord,
                     fmt::format("Base has no product {}", event.external_id)};
  }
  for (const CardSource& source :
       cards_of(read->front(), price_group_of(*inventory, task.settings))) {
    take_card(task, source);
  }
  return std::nullopt;
}

void Office::take_card(Task& task, const CardSource& source) {
  Ledger::Transaction transaction(ledger_);
  const auto id = parts_.known_card(ledger_, task.profile, source);
  auto card = id ? ledger_.product(*id) : std::nullopt;
  const bool is_new = !card;
  if (is_new) {
    card.emplace();
    card->id = free_card_id(ledger_);
    card->unit = "szt.";
    // With groups chosen, what comes from the shop belongs to the first of them [inferred].
    if (!task.settings.product_groups.empty()) {
      card->groups = {task.settings.product_groups.front()};
    }
  } else if (!parts_.takes_part(*card, task.settings)) {
    return;
  }
  bool changed = take_over(*card, source);
  if (!task.settings.price_group.empty() && source.gross_price) {
    Reading<Price>& price = card->prices[task.settings.price_group];
    changed = changed || price != *source.gross_price;
    price = *source.gross_price;
  }
  if (changed || is_new) ledger_.put_products({&*card, 1});
  if (is_new) {
    put_link(ledger_, task.profile.id,
             {.kind = "product", .erp_id = card->id, .external_id = source.external_id},
             clock_.now());
    if (task.report.products) ++task.report.products->added;
  } else if (task.report.products) {
    ++task.report.products->there;
  }
  transaction.commit();
}

void Office::import_products(Task& task) {
  task.report.products.emplace();
  // Without the box only what changes comes, and that comes by events (EBIURO-PROD-03).
  if (!task.settings.copy_existing) return;
  const auto inventory = find_inventory(task, task.settings.inventory);
  if (!inventory) return;
  const std::string price_group = price_group_of(*inventory, task.settings);
  std::set<std::string> seen;
  const bool whole =
      parts_.read_cards(task, inventory->id, price_group, [&](const CardSource& source) {
        seen.insert(source.external_id);
        take_card(task, source);
      });
  if (whole) take_out_vanished(task, inventory->id, seen);
}

void Office::take_out_vanished(Task& task, const std::string& inventory,
                               const std::set<std::string>& seen) {
  std::vector<std::string> missing;
  for (const RecordLink& link : links_of(ledger_, task.profile.id, "product")) {
    if (!seen.contains(link.external_id)) missing.push_back(link.external_id);
  }
  // A list that changes while it is paged can leave out what is there: so each is asked for.
  for (std::size_t from = 0; from < missing.size(); from += kAskedAtOnce) {
    const std::vector<std::string> ids(missing.begin() + static_cast<std::ptrdiff_t>(from),
                                       missing.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                             missing.size(), from + kAskedAtOnce)));
    const auto read = base::read_product_data(task.client, inventory, ids);
    if (!read) return task.stop(read.error());
    std::set<std::string> there;
    for (const auto& product : *read) {
      for (const CardSource& source : cards_of(product, "")) there.insert(source.external_id);
    }
    for (const std::string& id : ids) {
      if (!there.contains(id)) parts_.take_out(ledger_, task.profile, id);
    }
  }
}

void Office::export_products(Task& task) {
  task.report.products.emplace();
  std::vector<InboundEvent> saved = pending_events(ledger_, task.profile.id);
  std::erase_if(saved, [](const InboundEvent& event) { return event.kind != "card_saved"; });
  const bool anything = task.settings.copy_existing || !saved.empty() ||
                        !ledger_.open_intents(task.profile.id).empty();
  if (!anything) return;

  const auto inventory = find_inventory(task, task.settings.inventory);
  if (!inventory) return;
  settle_added_cards(task, inventory->id);
  std::set<std::string> due;
  for (const InboundEvent& event : saved) due.insert(event.external_id);
  for (const ErpProduct& card : ledger_.products()) {
    if (task.stopped) return;
    if (!card.active || !(task.settings.copy_existing || due.contains(card.id))) continue;
    export_card(task, *inventory, card);
  }
  if (task.stopped) return;
  for (const InboundEvent& event : saved) {
    settle_event(ledger_, event.id, InboundEvent::State::Applied);
  }
}

void Office::export_card(Task& task, const base::Inventory& inventory, const ErpProduct& card) {
  if (!parts_.takes_part(card, task.settings)) return;
  PriceSource source;
  for (const ErpPriceGroup& group : price_groups(ledger_)) {
    if (group.id == task.settings.price_group) source.group = group;
  }
  if (source.group && config_.switches.price_group_role == PriceGroupRole::Filter) {
    if (!card.prices.contains(source.group->id)) return;
    source.group.reset();
  }
  CardSending sending;
  sending.write = product_write(card, inventory.id, /*with_images=*/!card.images.empty());
  if (const auto price = parts_.price(card, source)) {
    sending.write.prices[price_group_of(inventory, task.settings)] = *price;
  } else {
    // It goes without a price rather than not at all; another group's would be wrong
    // (EBIURO-PROD-05).
    task.note(Severity::Warning, RecordKind::Product, card.code.value_or(card.id), price.error());
  }
  sending.edit = sending.write;
  // Base's own product of that SKU, where there is exactly one [inferred].
  sending.recognise = by_sku(inventory.id);
  send_card(task, card, sending);
}

void Office::export_stock(Task& task) {
  const auto inventory = find_inventory(task, task.settings.inventory);
  if (!inventory) return;
  const std::string warehouse = task.settings.base_warehouse.empty() ? inventory->default_warehouse
                                                                     : task.settings.base_warehouse;
  std::map<std::string, Reading<Quantity>> there;
  const auto read =
      base::read_stock(task.client, inventory->id, [&](std::vector<base::ProductStock> rows) {
        for (const base::ProductStock& row : rows) {
          if (const auto found = row.stock.find(warehouse); found != row.stock.end()) {
            there[row.id] = found->second;
          }
        }
        return true;
      });
  if (!read) return task.stop(read.error());

  std::vector<base::StockChange> changes;
  std::vector<std::string> about;
  for (const RecordLink& link : links_of(ledger_, task.profile.id, "product")) {
    const auto card = ledger_.product(link.erp_id);
    if (!card || !card->active || !parts_.takes_part(*card, task.settings)) continue;
    const Quantity pieces = parts_.stock(ledger_, *card, task.settings);
    const auto found = there.find(link.external_id);
    if (found != there.end() && found->second.value == pieces) {
      ++task.report.stock_unchanged;
      continue;
    }
    changes.push_back({link.external_id, {{warehouse, pieces}}});
    about.push_back(card->code.value_or(card->id));
  }
  send_figures(task, inventory->id, changes, about);
}

}  // namespace atrapa::core::ebiuro_base
