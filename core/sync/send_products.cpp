#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "core/sync/flow.hpp"
#include "core/sync/product_plan.hpp"

namespace atrapa::core {

namespace {

constexpr const char* kProduct = "product";
constexpr int kMostPosts = 3;  ///< Of one product in one run, each after a look.

std::string intent_text(const SoughtProduct& sought) {
  return nlohmann::json{{"code", sought.code}, {"name", sought.name}, {"after", sought.after}}
      .dump();
}

SoughtProduct sought_in(const Intent& intent) {
  SoughtProduct sought;
  const auto json = nlohmann::json::parse(intent.value, nullptr, false);
  if (!json.is_object()) return sought;
  sought.code = json.value("code", "");
  sought.name = json.value("name", "");
  sought.after = json.value("after", std::int64_t{0});
  return sought;
}

std::int64_t product_number(const std::string& id) {
  std::int64_t value = 0;
  std::from_chars(id.data(), id.data() + id.size(), value);
  return value;
}

/// Whether the shop may have carried the call out all the same.
bool in_doubt(const ShopError& error) {
  return error.kind == ShopError::Kind::Lost || error.kind == ShopError::Kind::Unreadable ||
         error.status >= 500;
}

class ProductSender {
 public:
  ProductSender(Flow& flow, const ShopCatalogue& shop)
      : flow_(flow), shop_(shop), added_before_(flow.ledger.added_products(flow.integration)) {
    for (const auto& [erp, in_shop] : added_before_) claimed_.insert(in_shop);
    for (const ShopItem& item : shop.items) {
      highest_ = std::max(highest_, product_number(item.product_id));
    }
  }

  /// Answers how many products the shop has got.
  ShopResult<std::int64_t> run() {
    settle_open();
    ProductPlan plan = flow_.parts.plan_products({.erp = flow_.products.products(),
                                                  .shop = shop_,
                                                  .switches = flow_.switches,
                                                  .formula = flow_.formula,
                                                  .added_before = added_before_},
                                                 flow_.parts);
    SentProducts& sent = flow_.report.products.emplace();
    sent.there = plan.there;
    sent.left_alone = plan.left_alone;
    record(flow_, std::move(plan.entries));
    const auto total = static_cast<std::int64_t>(plan.additions.size());
    std::int64_t done = 0;
    for (const PlannedProduct& planned : plan.additions) {
      if (auto added = add(planned); !added) return fail(added.error());
      tell(flow_, "new products", ++done, total);
    }
    return sent.added;
  }

 private:
  /// What an earlier run was about to add when it died, or never heard of again: the shop as it was
  /// just read says whether it has it.
  void settle_open() {
    std::vector<Receipt> receipts;
    for (const Intent& intent : flow_.ledger.open_intents(flow_.integration)) {
      if (intent.kind != kProduct) continue;
      if (auto id = find(shop_.items, sought_in(intent))) {
        receipts.push_back({intent.id, Receipt::Outcome::FoundDone, *id});
        added_before_.insert_or_assign(intent.record, *id);
        claimed_.insert(*std::move(id));
      } else {
        receipts.push_back({intent.id, Receipt::Outcome::FoundNotDone, ""});
      }
    }
    if (!receipts.empty()) flow_.ledger.write_receipts(receipts, flow_.clock.now());
  }

  /// The product of the shop that is what was sought and belongs to no other product of the ERP.
  std::optional<std::string> find(const std::vector<ShopItem>& items,
                                  const SoughtProduct& sought) const {
    for (const ShopItem& item : items) {
      if (claimed_.contains(item.product_id)) continue;
      if (flow_.parts.is_sought(item, sought)) return item.product_id;
    }
    return std::nullopt;
  }

  ShopResult<Done> add(const PlannedProduct& planned) {
    const SoughtProduct sought{planned.product.code, planned.product.name, highest_};
    const IntentDraft draft{kProduct, planned.erp_id, intent_text(sought)};
    const std::int64_t intent =
        flow_.ledger.write_intents(flow_.run, {&draft, 1}, flow_.clock.now()).front();
    for (int posts = 1;; ++posts) {
      auto added = flow_.parts.add_product(flow_.shop, planned.product);
      if (added) {
        settle(intent, Receipt::Outcome::Done, *std::move(added));
        return Done{};
      }
      if (added.error().kind == ShopError::Kind::Refused) {
        refused(intent, planned, added.error());
        return Done{};
      }
      // Without a receipt the next run looks before it adds anything.
      if (!in_doubt(added.error())) return fail(added.error());
      auto there = flow_.shop.find_products({.code = sought.code, .after_id = sought.after});
      if (!there) return fail(there.error());
      if (auto id = find(*there, sought)) {
        settle(intent, Receipt::Outcome::FoundDone, *std::move(id));
        return Done{};
      }
      if (posts == kMostPosts) return fail(added.error());
      const Attempt attempt{.number = posts, .write = true, .no_answer = NoAnswer::Ambiguous};
      if (!flow_.clock.wait(flow_.parts.retry(attempt).wait)) {
        return fail(ShopError{ShopError::Kind::Interrupted, 0, "the program was told to end"});
      }
    }
  }

  void settle(std::int64_t intent, Receipt::Outcome outcome, std::string id) {
    const Receipt receipt{intent, outcome, id};
    flow_.ledger.write_receipts({&receipt, 1}, flow_.clock.now());
    highest_ = std::max(highest_, product_number(id));
    claimed_.insert(std::move(id));
    ++flow_.report.products->added;
  }

  void refused(std::int64_t intent, const PlannedProduct& planned, const ShopError& error) {
    ++flow_.report.products->left_alone;
    const Receipt receipt{intent, Receipt::Outcome::Refused, error.text};
    Ledger::Transaction transaction(flow_.ledger);
    flow_.ledger.write_receipts({&receipt, 1}, flow_.clock.now());
    record(flow_, {{Severity::Error, RecordKind::Product, planned.record, Reason::ProductRefused,
                    fmt::format("'{}' ({}): the shop refused to add it: {}", planned.record,
                                planned.product.name, error.text)}});
    transaction.commit();
  }

  Flow& flow_;
  const ShopCatalogue& shop_;
  std::unordered_map<std::string, std::string> added_before_;  ///< Shop's ids by the ERP's.
  std::unordered_set<std::string> claimed_;  ///< Products of the shop that belong to some of those.
  std::int64_t highest_ = 0;                 ///< Of the shop's product ids.
};

}  // namespace

ShopResult<std::optional<ShopCatalogue>> send_products(Flow& flow, const ShopSettings& settings) {
  auto catalogue = read_catalogue(flow, settings, true);
  if (!catalogue) return fail(catalogue.error());
  const auto added = ProductSender(flow, *catalogue).run();
  if (!added) return fail(added.error());
  // What was added is not in what was read.
  if (*added > 0) return std::optional<ShopCatalogue>();
  return std::optional(*std::move(catalogue));
}

}  // namespace atrapa::core
