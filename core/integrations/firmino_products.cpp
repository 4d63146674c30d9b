#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/integrations/firmino_office.hpp"
#include "core/shops/base/bulk.hpp"

namespace atrapa::core::firmino_base {

namespace {

std::string price_group_of(const base::Inventory& inventory, const Settings& settings) {
  return settings.base_price_group.empty() ? inventory.default_price_group
                                           : settings.base_price_group;
}

}  // namespace

ProductCard card_of_product(const Ledger& ledger, const CardSource& source, ProductMatch match) {
  const auto coded = source.sku ? ledger.products_of_code(*source.sku) : std::vector<ErpProduct>();
  const auto named = ledger.products_of_name(source.name);
  if (match == ProductMatch::SkuAndName) {
    for (const ErpProduct& card : coded) {
      if (card.name == source.name) return {card.id, RecordLink::By::Code, coded.size() > 1};
    }
    return {};
  }
  if (!coded.empty()) {
    const bool elsewhere = !named.empty() && named.front().id != coded.front().id;
    return {coded.front().id, RecordLink::By::Code, coded.size() > 1 || elsewhere};
  }
  if (!named.empty()) return {named.front().id, RecordLink::By::Name, named.size() > 1};
  return {};
}

std::optional<ErpWarehouse> new_warehouse(const Ledger& ledger, const Profile& profile,
                                          const base::Warehouse& warehouse) {
  if (link_to(ledger, profile.id, "warehouse", warehouse.key())) return std::nullopt;
  return ErpWarehouse{fmt::format("{}/{}", profile.id, warehouse.key()), warehouse.name};
}

base::ProductWrite edit_write(const base::ProductWrite& whole, const Settings& settings) {
  base::ProductWrite write = whole;
  if (!settings.update_name) write.texts.erase("name");
  if (!settings.overwrite_images) write.images.clear();
  return write;
}

void Office::send_cards(Task& task, bool all) {
  task.report.products.emplace();
  std::vector<InboundEvent> saved = pending_events(ledger_, task.profile.id);
  std::erase_if(saved, [](const InboundEvent& event) { return event.kind != "card_saved"; });
  const auto inventory = find_inventory(task, task.settings.inventory);
  if (!inventory) return;
  settle_added_cards(task, inventory->id);
  std::set<std::string> due;
  for (const InboundEvent& event : saved) due.insert(event.external_id);
  for (const ErpProduct& card : ledger_.products()) {
    if (task.stopped) return;
    const bool was_saved = due.contains(card.id);
    if (!card.active || !(all || was_saved)) continue;
    CardSending sending;
    // Pictures that the ERP does not have are not taken away in Base [inferred].
    sending.write = parts_.card_write(card, inventory->id, !card.images.empty());
    if (const auto price = gross_price(card, {})) {
      sending.write.prices[price_group_of(*inventory, task.settings)] = *price;
    }
    sending.edit = parts_.edit_write(sending.write, task.settings);
    sending.always = was_saved;
    sending.recognise = parts_.recognise(inventory->id, config_.switches.product_match);
    send_card(task, card, sending);
  }
  if (task.stopped) return;
  for (const InboundEvent& event : saved) {
    settle_event(ledger_, event.id, InboundEvent::State::Applied);
  }
}

void Office::take_cards(Task& task) {
  task.report.products.emplace();
  const auto inventory = find_inventory(task, task.settings.inventory);
  if (!inventory) return;
  const std::string price_group = price_group_of(*inventory, task.settings);
  std::set<std::string> seen;
  const bool whole = read_cards(task, inventory->id, price_group, [&](const CardSource& source) {
    seen.insert(source.external_id);
    take_card(task, source);
  });
  if (!whole) return;
  // What Base no longer has is kept for the documents that name it, and out of use.
  for (const RecordLink& link : links_of(ledger_, task.profile.id, "product")) {
    if (seen.contains(link.external_id)) continue;
    Ledger::Transaction transaction(ledger_);
    if (auto card = ledger_.product(link.erp_id); card && card->active) {
      card->active = false;
      ledger_.put_products({&*card, 1});
    }
    drop_link(ledger_, task.profile.id, "product", link.external_id);
    transaction.commit();
  }
}

void Office::take_card(Task& task, const CardSource& source) {
  Ledger::Transaction transaction(ledger_);
  const auto link = parts_.link_of_product(ledger_, task.profile, source);
  ProductCard found;
  if (link) {
    found.card = link->erp_id;
  } else {
    found = parts_.card_of_product(ledger_, source, config_.switches.product_match);
    if (found.conflict) {
      task.note(Severity::Warning, RecordKind::Product, source.sku.value_or(source.name),
                {Reason::MatchConflict,
                 fmt::format("the SKU and the name of Base's product {} lead to several cards; "
                             "'{}' was taken",
                             source.external_id, found.card.value_or(""))});
    }
    // A card that is another product's already makes no pair.
    if (found.card && !links_from(ledger_, task.profile.id, "product", *found.card).empty()) {
      found = {};
    }
  }
  auto card = found.card ? ledger_.product(*found.card) : std::nullopt;
  const bool is_new = !card;
  if (is_new) {
    card.emplace();
    card->id = free_card_id(ledger_);
    card->unit = "szt.";
  }
  const bool changed = parts_.take_over(*card, source);
  if (changed || is_new) ledger_.put_products({&*card, 1});
  if (!link) {
    put_link(ledger_, task.profile.id,
             {.kind = "product",
              .erp_id = card->id,
              .external_id = source.external_id,
              .by = is_new ? RecordLink::By::Created : found.by},
             clock_.now());
  }
  ++(is_new ? task.report.products->added : task.report.products->there);
  transaction.commit();
}

void Office::fetch_warehouses(Task& task) {
  const auto read = base::read_warehouses(task.client);
  if (!read) return task.stop(read.error());
  for (const base::Warehouse& one : *read) {
    const auto made = parts_.new_warehouse(ledger_, task.profile, one);
    if (!made) continue;
    Ledger::Transaction transaction(ledger_);
    put_warehouse(ledger_, *made);
    put_link(ledger_, task.profile.id,
             {.kind = "warehouse", .erp_id = made->id, .external_id = one.key()}, clock_.now());
    transaction.commit();
  }
}

void Office::send_stock(Task& task) {
  const auto inventory = find_inventory(task, task.settings.inventory);
  if (!inventory) return;
  std::map<std::string, base::StockByWarehouse> there;
  const auto read =
      base::read_stock(task.client, inventory->id, [&](std::vector<base::ProductStock> rows) {
        for (base::ProductStock& row : rows) there[row.id] = std::move(row.stock);
        return true;
      });
  if (!read) return task.stop(read.error());

  const auto stores = links_of(ledger_, task.profile.id, "warehouse");
  std::vector<base::StockChange> changes;
  std::vector<std::string> about;
  for (const RecordLink& link : links_of(ledger_, task.profile.id, "product")) {
    const auto card = ledger_.product(link.erp_id);
    const auto known = there.find(link.external_id);
    if (!card || !card->active || known == there.end()) continue;
    base::StockChange change{link.external_id, {}};
    for (const RecordLink& store : stores) {
      // Other types mirror outside storages, which nobody writes through Base [doc].
      if (!store.external_id.starts_with("bl_")) continue;
      const Quantity pieces = parts_.stock(ledger_, *card, store.erp_id);
      if (!pieces.is_whole()) {
        // Base counts whole pieces; the product's other warehouses go all the same.
        task.note(Severity::Warning, RecordKind::Product, card->code.value_or(card->id),
                  {Reason::StockFractional,
                   fmt::format("'{}' has {} pieces in '{}', and Base counts whole ones; not sent",
                               card->name, to_text(pieces), store.erp_id)});
        continue;
      }
      const auto shown = known->second.find(store.external_id);
      const bool equal =
          shown == known->second.end() ? pieces == Quantity{} : shown->second.value == pieces;
      if (equal) {
        ++task.report.stock_unchanged;
      } else {
        change.stock[store.external_id] = pieces;
      }
    }
    if (change.stock.empty()) continue;
    changes.push_back(std::move(change));
    about.push_back(card->code.value_or(card->id));
  }
  send_figures(task, inventory->id, changes, about);
}

}  // namespace atrapa::core::firmino_base
