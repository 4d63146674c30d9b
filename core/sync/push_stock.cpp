#include <fmt/format.h>

#include <algorithm>

#include "core/sync/flow.hpp"
#include "core/sync/stock_plan.hpp"

namespace atrapa::core {

namespace {

constexpr const char* kStock = "stock";

/// Intents of a run that died, or whose answers never came, are settled by looking: the figures
/// just read say whether they were carried out. Whatever they say, the plan that follows starts
/// from the truth.
std::unordered_set<std::string> settle_open_intents(Flow& flow, const ShopCatalogue& catalogue) {
  std::unordered_set<std::string> found_done;
  std::vector<Intent> open = flow.ledger.open_intents(flow.integration);
  std::erase_if(open, [](const Intent& intent) { return intent.kind != kStock; });
  if (open.empty()) return found_done;
  std::unordered_map<std::string_view, const ShopItem*> by_id;
  for (const ShopItem& item : catalogue.items) by_id.emplace(item.stock_id, &item);
  std::vector<Receipt> receipts;
  for (const Intent& intent : open) {
    const auto item = by_id.find(intent.record);
    const auto in_shop =
        item != by_id.end() && item->second->stock ? item->second->stock->value : std::nullopt;
    const bool done = in_shop && to_text(*in_shop) == intent.value;
    if (done) found_done.insert(intent.record);
    receipts.push_back({intent.id,
                        done ? Receipt::Outcome::FoundDone : Receipt::Outcome::FoundNotDone,
                        in_shop ? "the shop has " + to_text(*in_shop) : "the shop has no figure"});
  }
  flow.ledger.write_receipts(receipts, flow.clock.now());
  return found_done;
}

LogEntry failed_write(const PlannedWrite& planned, const StockWriteOutcome& outcome) {
  const bool refused = outcome.state == StockWriteOutcome::State::Refused;
  return {Severity::Error, RecordKind::Product, planned.code,
          refused ? Reason::StockRefused : Reason::StockUncertain,
          refused ? fmt::format("'{}': the shop refused the stock {}: {}", planned.code,
                                to_text(planned.write.value), outcome.text)
                  : fmt::format("'{}': whether the stock {} was taken is not known", planned.code,
                                to_text(planned.write.value))};
}

Receipt::Outcome receipt_of(StockWriteOutcome::State state) {
  switch (state) {
    case StockWriteOutcome::State::Done: return Receipt::Outcome::Done;
    case StockWriteOutcome::State::Refused: return Receipt::Outcome::Refused;
    case StockWriteOutcome::State::Unknown: return Receipt::Outcome::Unknown;
  }
  return Receipt::Outcome::Unknown;
}

ShopResult<Done> write_batch(Flow& flow, std::span<const PlannedWrite> batch) {
  std::vector<IntentDraft> drafts;
  std::vector<StockWrite> writes;
  for (const PlannedWrite& planned : batch) {
    drafts.push_back({kStock, planned.write.stock_id, to_text(planned.write.value)});
    writes.push_back(planned.write);
  }
  const auto intents = flow.ledger.write_intents(flow.run, drafts, flow.clock.now());
  const auto outcomes = flow.parts.write_stock(flow.shop, writes);
  // Without outcomes the intents stay open: the next run looks before it writes again.
  if (!outcomes) return fail(outcomes.error());

  std::vector<Receipt> receipts;
  std::vector<Link> links;
  std::vector<LogEntry> entries;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const StockWriteOutcome& outcome = (*outcomes)[i];
    receipts.push_back({intents[i], receipt_of(outcome.state), outcome.text});
    if (outcome.state == StockWriteOutcome::State::Done) {
      links.push_back(batch[i].link);
      ++flow.report.stock_written;
    } else {
      entries.push_back(failed_write(batch[i], outcome));
    }
  }
  Ledger::Transaction transaction(flow.ledger);
  flow.ledger.write_receipts(receipts, flow.clock.now());
  flow.ledger.link(flow.integration, links, flow.clock.now());
  record(flow, std::move(entries));
  transaction.commit();
  return Done{};
}

}  // namespace

ShopResult<ShopCatalogue> read_catalogue(Flow& flow, const ShopSettings& settings,
                                         bool with_category_tree) {
  auto catalogue = flow.shop.reference_data(with_category_tree);
  if (!catalogue) return catalogue;
  catalogue->default_unit_id = settings.default_unit_id;
  auto read =
      flow.shop.items([&](std::vector<ShopItem> items, std::optional<std::int64_t> expected) {
        if (expected && *expected > 0 && catalogue->items.empty()) {
          catalogue->items.reserve(
              static_cast<std::size_t>(std::min<std::int64_t>(*expected, 1'000'000)));
        }
        std::move(items.begin(), items.end(), std::back_inserter(catalogue->items));
        tell(flow, "products", static_cast<std::int64_t>(catalogue->items.size()), expected);
        return true;
      });
  if (!read) return fail(read.error());
  return catalogue;
}

ShopResult<Done> push_stock(Flow& flow, const ShopSettings& settings,
                            std::optional<ShopCatalogue> read) {
  auto catalogue =
      read ? ShopResult<ShopCatalogue>(*std::move(read))
           : read_catalogue(flow, settings, flow.switches.category_match == CategoryMatch::Path);
  if (!catalogue) return fail(catalogue.error());
  const auto found_done = settle_open_intents(flow, *catalogue);
  const auto links = flow.ledger.links(flow.integration);
  StockPlan plan = flow.parts.plan_stock({.erp = flow.products.products(),
                                          .shop = *catalogue,
                                          .switches = flow.switches,
                                          .formula = flow.formula,
                                          .links = links,
                                          .found_done = found_done},
                                         flow.parts);
  flow.report.products_paired += plan.paired;
  flow.report.products_left_alone += plan.left_alone;
  flow.report.stock_unchanged += static_cast<std::int64_t>(plan.in_sync.size());
  std::erase_if(plan.in_sync, [&](const Link& link) {
    return links.contains(Ledger::link_key(link.product_id, link.external_id));
  });
  {
    Ledger::Transaction transaction(flow.ledger);
    flow.ledger.link(flow.integration, plan.in_sync, flow.clock.now());
    record(flow, std::move(plan.entries));
    transaction.commit();
  }
  std::span<const PlannedWrite> open = plan.writes;
  while (!open.empty()) {
    const auto batch = open.first(std::min(open.size(), flow.shop.stock_batch()));
    if (auto written = write_batch(flow, batch); !written) return written;
    open = open.subspan(batch.size());
    tell(flow, "stock", static_cast<std::int64_t>(plan.writes.size() - open.size()),
         static_cast<std::int64_t>(plan.writes.size()));
  }
  return Done{};
}

}  // namespace atrapa::core
