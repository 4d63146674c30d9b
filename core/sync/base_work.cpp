#include "core/sync/base_work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/sync/base_orders.hpp"

namespace atrapa::core {

namespace {

constexpr std::size_t kProductsPerRead = 100;

/// What an adding whose answer was lost is looked for by.
std::string sought_text(const base::ProductWrite& write) {
  return nlohmann::json{{"sku", write.sku.value_or("")},
                        {"ean", write.ean.value_or("")},
                        {"name", write.texts.at("name")}}
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

base::ProductWrite sought(const std::string& text, const std::string& inventory_id) {
  base::ProductWrite write;
  write.inventory_id = inventory_id;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return write;
  write.sku = json.value("sku", "");
  write.ean = json.value("ean", "");
  write.texts["name"] = json.value("name", "");
  return write;
}

/// Ids of the listed products for which `fits` says so.
template <typename Fits>
base::BaseResult<std::vector<std::string>> listed(base::Client& client,
                                                  const std::string& inventory_id,
                                                  const base::ProductFilter& filter,
                                                  const Fits& fits) {
  std::vector<std::string> found;
  const auto read =
      base::read_products(client, inventory_id, filter, [&](std::vector<base::ListedProduct> page) {
        for (const base::ListedProduct& row : page) {
          if (fits(row)) found.push_back(row.id);
        }
        return true;
      });
  if (!read) return fail(read.error());
  return found;
}

/// Why a product's figure is not known to stand in Base.
Objection objection_of(const base::StockChange& change, const base::BulkOutcome& outcome,
                       const std::string& about) {
  if (outcome.state == base::BulkOutcome::State::Unknown) {
    return {Reason::StockUncertain,
            fmt::format("'{}': whether Base took its stock is not known: {}", about, outcome.text)};
  }
  const bool whole = std::all_of(change.stock.begin(), change.stock.end(),
                                 [](const auto& one) { return one.second.is_whole(); });
  return {whole ? Reason::StockRefused : Reason::StockFractional, outcome.text};
}

bool is_adding(const Intent& intent, const ErpProduct& card) {
  return intent.kind == "product" && intent.record == card.id;
}

}  // namespace

void BaseWork::note(Severity severity, RecordKind kind, std::string record,
                    const Objection& objection) {
  report.entries.push_back({severity, kind, std::move(record), objection.reason, objection.text});
  if (severity == Severity::Error) ++report.failed;
}

void BaseWork::stop(const Objection& objection) {
  stopped = true;
  report.ok = false;
  note(Severity::Error, RecordKind::Run, profile.label, objection);
}

void BaseWork::stop(const base::Error& error) { stop(objection_of(error)); }

std::optional<base::Inventory> find_inventory(BaseWork& work, const std::string& id) {
  auto read = base::read_inventories(work.client);
  if (!read) {
    work.stop(read.error());
    return std::nullopt;
  }
  for (base::Inventory& one : *read) {
    if (id.empty() ? one.is_default : one.id == id) return std::move(one);
  }
  if (id.empty() && !read->empty()) return std::move(read->front());
  work.stop({Reason::SettingUnusable, fmt::format("Base has no catalogue '{}'", id)});
  return std::nullopt;
}

bool read_cards(BaseWork& work, const std::string& inventory_id, const std::string& price_group,
                const std::function<void(const CardSource&)>& each) {
  std::set<std::string> seen;
  std::vector<std::string> ids;
  const auto listed = base::read_products(work.client, inventory_id, {},
                                          [&](std::vector<base::ListedProduct> page) {
                                            for (base::ListedProduct& row : page) {
                                              if (!seen.insert(row.id).second) continue;
                                              ids.push_back(std::move(row.id));
                                            }
                                            return true;
                                          });
  if (!listed) {
    work.stop(listed.error());
    return false;
  }
  for (std::size_t from = 0; from < ids.size(); from += kProductsPerRead) {
    const auto last = std::min(ids.size(), from + kProductsPerRead);
    const std::vector<std::string> some(ids.begin() + static_cast<std::ptrdiff_t>(from),
                                        ids.begin() + static_cast<std::ptrdiff_t>(last));
    const auto read = base::read_product_data(work.client, inventory_id, some);
    if (!read) {
      work.stop(read.error());
      return false;
    }
    for (const base::Product& product : *read) {
      for (const CardSource& source : cards_of(product, price_group)) each(source);
    }
  }
  return true;
}

std::string free_card_id(const Ledger& ledger) {
  std::size_t n = ledger.product_count() + 1;
  while (ledger.product(std::to_string(n))) ++n;
  return std::to_string(n);
}

void settle_added_cards(BaseWork& work, const std::string& inventory_id) {
  const auto open = work.ledger.open_intents(work.profile.id);
  if (open.empty()) return;
  std::vector<std::string> known;
  for (const RecordLink& link : links_of(work.ledger, work.profile.id, "product")) {
    known.push_back(link.external_id);
  }
  for (const Intent& intent : open) {
    if (intent.kind != "product") continue;
    const auto looked =
        base::settle_product(work.client, sought(intent.value, inventory_id), known);
    if (!looked) return work.stop(looked.error());
    if (looked->state == base::Creation::State::Unknown) {
      work.note(Severity::Warning, RecordKind::Product, intent.record,
                {Reason::MatchConflict,
                 fmt::format("whether it was added to Base cannot be told: {}", looked->text)});
      continue;
    }
    const bool made = looked->state == base::Creation::State::Made;
    Ledger::Transaction transaction(work.ledger);
    if (made) {
      known.push_back(looked->id);
      put_link(work.ledger, work.profile.id,
               {.kind = "product", .erp_id = intent.record, .external_id = looked->id},
               work.clock.now());
    }
    const Receipt receipt{
        intent.id, made ? Receipt::Outcome::FoundDone : Receipt::Outcome::FoundNotDone, looked->id};
    work.ledger.write_receipts({&receipt, 1}, work.clock.now());
    transaction.commit();
  }
}

Recognise by_sku(const std::string& inventory_id) {
  return
      [inventory_id](base::Client& client, const ErpProduct& card) -> base::BaseResult<Recognised> {
        Recognised recognised;
        if (!card.code || card.code->empty()) return recognised;
        base::ProductFilter filter;
        filter.sku = *card.code;
        auto found = listed(client, inventory_id, filter,
                            [&](const base::ListedProduct& row) { return row.sku == *card.code; });
        if (!found) return fail(found.error());
        recognised.ids = *std::move(found);
        return recognised;
      };
}

Recognise by_sku_and_name(const std::string& inventory_id, ProductMatch match) {
  return [inventory_id, match](base::Client& client,
                               const ErpProduct& card) -> base::BaseResult<Recognised> {
    auto by_code = by_sku(inventory_id)(client, card);
    if (!by_code) return by_code;
    base::ProductFilter filter;
    filter.name = card.name;
    auto named = listed(client, inventory_id, filter,
                        [&](const base::ListedProduct& row) { return row.name == card.name; });
    if (!named) return fail(named.error());
    if (match == ProductMatch::SkuAndName) {
      std::erase_if(by_code->ids, [&](const std::string& id) {
        return std::find(named->begin(), named->end(), id) == named->end();
      });
      return by_code;
    }
    if (!by_code->ids.empty()) {
      by_code->conflict = std::any_of(named->begin(), named->end(), [&](const std::string& id) {
        return std::find(by_code->ids.begin(), by_code->ids.end(), id) == by_code->ids.end();
      });
      return by_code;
    }
    return Recognised{*std::move(named), RecordLink::By::Name};
  };
}

void send_card(BaseWork& work, const ErpProduct& card, const CardSending& sending) {
  SentProducts& sent = *work.report.products;
  const std::string about = card.code.value_or(card.id);
  const auto leave = [&](Severity severity, const Objection& why) {
    ++sent.left_alone;
    work.note(severity, RecordKind::Product, about, why);
  };

  auto links = links_from(work.ledger, work.profile.id, "product", card.id);
  if (links.empty()) {
    const auto open = work.ledger.open_intents(work.profile.id);
    const bool unsettled = std::any_of(
        open.begin(), open.end(), [&](const Intent& intent) { return is_adding(intent, card); });
    if (unsettled) return;  // Reported when it was looked for.
    auto recognised = sending.recognise(work.client, card);
    if (!recognised) return work.stop(recognised.error());
    std::erase_if(recognised->ids, [&](const std::string& id) {
      return link_to(work.ledger, work.profile.id, "product", id).has_value();
    });
    if (recognised->ids.size() > 1) {
      return leave(Severity::Warning,
                   {Reason::CodeNotUniqueInShop, fmt::format("{} products of Base may be '{}'",
                                                             recognised->ids.size(), card.name)});
    }
    if (recognised->conflict) {
      work.note(Severity::Warning, RecordKind::Product, about,
                {Reason::MatchConflict,
                 fmt::format("the SKU and the name of '{}' lead to several products of Base; the "
                             "SKU counts",
                             card.name)});
    }
    if (!recognised->ids.empty()) {
      links.push_back({.kind = "product",
                       .erp_id = card.id,
                       .external_id = recognised->ids.front(),
                       .by = recognised->by});
    }
  }
  if (!links.empty()) {
    RecordLink& link = links.front();
    ++sent.there;
    const std::string text = write_text(sending.edit);
    if (link.sent == text && !sending.always) return;
    const auto edited = base::edit_product(work.client, link.external_id, sending.edit);
    if (!edited) {
      if (edited.error().kind != base::Error::Kind::Refused) return work.stop(edited.error());
      return leave(Severity::Error, {Reason::ProductRefused, edited.error().text});
    }
    link.sent = text;
    put_link(work.ledger, work.profile.id, link, work.clock.now());
    return;
  }

  const IntentDraft draft{"product", card.id, sought_text(sending.write)};
  const auto intent =
      work.ledger.write_intents(work.report.run, {&draft, 1}, work.clock.now()).front();
  const auto added = base::add_product(work.client, sending.write);
  if (!added) {
    const Receipt receipt{intent, Receipt::Outcome::Refused, added.error().text};
    work.ledger.write_receipts({&receipt, 1}, work.clock.now());
    if (added.error().kind != base::Error::Kind::Refused) return work.stop(added.error());
    return leave(Severity::Error, {Reason::ProductRefused, added.error().text});
  }
  if (added->state != base::Creation::State::Made) {
    // The intent stays open; the next run looks first.
    return work.stop(
        {Reason::ShopUnreachable,
         fmt::format("whether '{}' was added is not known: {}", card.name, added->text)});
  }
  Ledger::Transaction transaction(work.ledger);
  put_link(work.ledger, work.profile.id,
           {.kind = "product",
            .erp_id = card.id,
            .external_id = added->id,
            .sent = write_text(sending.edit)},
           work.clock.now());
  const Receipt receipt{intent, Receipt::Outcome::Done, added->id};
  work.ledger.write_receipts({&receipt, 1}, work.clock.now());
  transaction.commit();
  ++sent.added;
}

void send_figures(BaseWork& work, const std::string& inventory_id,
                  const std::vector<base::StockChange>& changes,
                  const std::vector<std::string>& about) {
  using State = base::BulkOutcome::State;
  const base::BulkReport written = base::write_stock(work.client, inventory_id, changes);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const base::BulkOutcome& outcome = written.outcomes[i];
    if (outcome.state == State::Done) ++work.report.stock_written;
    // What was not tried has its reason in the error that broke the rest off.
    if (outcome.state == State::Done || outcome.state == State::NotTried) continue;
    work.note(Severity::Warning, RecordKind::Product, about[i],
              objection_of(changes[i], outcome, about[i]));
  }
  if (written.stopped) work.stop(*written.stopped);
}

}  // namespace atrapa::core
