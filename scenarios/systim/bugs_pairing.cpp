#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/sync/stock_plan.hpp"
#include "scenarios/systim/bugs.hpp"

namespace atrapa::scenarios::systim {
namespace {

using ErpProducts = std::span<const core::ErpProduct>;
using ShopItems = std::span<const core::ShopItem>;

/// Pairs by code, and then whoever is left over by another trait of both sides.
template <typename OfErp, typename OfShop>
core::Pairing by_code_or(ErpProducts erp, ShopItems shop, const core::CodeKey& code_key,
                         const core::SystimSwitches& switches, const OfErp& of_erp,
                         const OfShop& of_shop) {
  core::Pairing pairing = core::pair_by_code(erp, shop, code_key, switches);
  std::unordered_map<std::string, std::size_t> left;
  for (const std::size_t i : pairing.shop_only) left.emplace(of_shop(shop[i]), i);
  std::erase_if(pairing.erp_only, [&](std::size_t i) {
    const auto found = left.find(of_erp(erp[i]));
    if (found == left.end()) return false;
    pairing.pairs.emplace_back(i, found->second);
    std::erase(pairing.shop_only, found->second);
    left.erase(found);
    return true;
  });
  return pairing;
}

core::Pairing pair_by_code_or_name(ErpProducts erp, ShopItems shop, const core::CodeKey& code_key,
                                   const core::SystimSwitches& switches) {
  return by_code_or(
      erp, shop, code_key, switches, [](const core::ErpProduct& product) { return product.name; },
      [](const core::ShopItem& item) { return item.name.value_or("\n"); });
}

core::Pairing pair_by_code_or_id(ErpProducts erp, ShopItems shop, const core::CodeKey& code_key,
                                 const core::SystimSwitches& switches) {
  return by_code_or(
      erp, shop, code_key, switches, [](const core::ErpProduct& product) { return product.id; },
      [](const core::ShopItem& item) { return item.product_id; });
}

/// As a dictionary by code does it: of several products of one code the first counts, and nobody is
/// told of the others.
core::Pairing first_of_twins(ErpProducts erp, ShopItems shop, const core::CodeKey& code_key,
                             const core::SystimSwitches& switches) {
  const core::Pairing right = core::pair_by_code(erp, shop, code_key, switches);
  core::Pairing pairing = right;
  pairing.pairs.clear();
  for (auto* twins : {&pairing.erp_twins, &pairing.shop_twins, &pairing.erp_partner_of_twins,
                      &pairing.shop_partner_of_twins}) {
    twins->clear();
  }
  std::unordered_map<std::string, std::size_t> first;
  for (std::size_t i = 0; i < shop.size(); ++i) {
    if (auto key = code_key(shop[i].code, switches)) first.emplace(*std::move(key), i);
  }
  for (std::size_t i = 0; i < erp.size(); ++i) {
    const auto key = code_key(erp[i].code, switches);
    if (!key) continue;
    const auto found = first.find(*key);
    if (found == first.end()) continue;
    pairing.pairs.emplace_back(i, found->second);
    first.erase(found);
  }
  return pairing;
}

/// Whatever the ERP does not know is sold out, it says.
core::StockPlan clears_unknown(const core::StockPlanInput& input, const core::Parts& parts) {
  core::StockPlan plan = core::plan_stock(input, parts);
  const core::Pairing pairing =
      core::pair_by_code(input.erp, input.shop.items, parts.code_key, input.switches);
  for (const std::size_t i : pairing.shop_only) {
    const core::ShopItem& item = input.shop.items[i];
    plan.writes.push_back({.write = {.stock_id = item.stock_id, .value = {}},
                           .link = {"", item.stock_id},
                           .code = item.code.value_or("")});
  }
  return plan;
}

std::optional<core::Objection> nothing_to_object(const core::ShopSettings&) { return std::nullopt; }

/// Where the shop keeps several warehouses, all of it goes into the first.
core::ShopResult<std::vector<core::StockWriteOutcome>> into_the_first_warehouse(
    core::Shop& shop, std::span<const core::StockWrite> writes) {
  const auto settings = shop.settings();
  if (!settings) return core::fail(settings.error());
  std::vector<core::StockWrite> changed(writes.begin(), writes.end());
  if (settings->warehouses) {
    for (core::StockWrite& write : changed) write.warehouse.emplace("1");
  }
  return shop.write_stock(changed);
}

/// Goes on where the shop keeps several warehouses, and takes its refusals for success.
core::ShopResult<std::vector<core::StockWriteOutcome>> never_refused(
    core::Shop& shop, std::span<const core::StockWrite> writes) {
  auto outcomes = shop.write_stock(writes);
  if (!outcomes) return outcomes;
  for (core::StockWriteOutcome& outcome : *outcomes) {
    outcome = {.state = core::StockWriteOutcome::State::Done, .text = {}};
  }
  return outcomes;
}

}  // namespace

std::vector<Bug> pairing_bugs() {
  return {
      {"pairs-by-name",
       "Pairs products by name where their codes find no partner.",
       {"SYSTIM-STOCK-01", "SYSTIM-STOCK-04"},
       [](core::Parts& parts) { parts.pair_products = pair_by_code_or_name; }},
      {"pairs-by-id",
       "Takes a product of the shop for the ERP's that bears the same id where codes find none.",
       {"SYSTIM-STOCK-01"},
       [](core::Parts& parts) { parts.pair_products = pair_by_code_or_id; }},
      {"clears-unknown-products",
       "Sets the stock of shop products that the ERP does not know to 0.",
       {"SYSTIM-STOCK-01", "SYSTIM-STOCK-04"},
       [](core::Parts& parts) { parts.plan_stock = clears_unknown; }},
      {"takes-first-twin",
       "Takes the first of several products of one code and says nothing about the others.",
       {"SYSTIM-STOCK-17"},
       [](core::Parts& parts) { parts.pair_products = first_of_twins; }},
      {"writes-to-first-warehouse",
       "Writes the stock into the first warehouse of a shop that keeps several.",
       {"SYSTIM-LIM-02"},
       [](core::Parts& parts) {
         parts.warehouses_ok = nothing_to_object;
         parts.write_stock = into_the_first_warehouse;
       }},
      {"hides-refused-writes",
       "Counts every stock write as done, whatever the shop answered, and so sees no obstacle in "
       "several warehouses.",
       {"SYSTIM-LIM-02"},
       [](core::Parts& parts) {
         parts.warehouses_ok = nothing_to_object;
         parts.write_stock = never_refused;
       }},
      {"silent-about-languages",
       "Says nothing about further languages that are switched on in the shop.",
       {"SYSTIM-LIM-01"},
       [](core::Parts& parts) {
         parts.language_doubts = [](const core::ShopSettings&) {
           return std::vector<core::Objection>{};
         };
       }},
  };
}

}  // namespace atrapa::scenarios::systim
