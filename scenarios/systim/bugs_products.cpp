#include <algorithm>
#include <string>

#include "core/domain/text_match.hpp"
#include "core/sync/product_plan.hpp"
#include "scenarios/systim/bugs.hpp"

namespace atrapa::scenarios::systim {
namespace {

using core::NewProduct;
using core::Objection;
using core::ProductPlan;
using core::ProductPlanInput;
using core::Result;

/// The right draft with something of it spoilt.
template <typename Spoil>
auto drafted(Spoil spoil) {
  return [spoil](const core::ErpProduct& product,
                 const core::ShopDirectory& directory) -> Result<NewProduct, Objection> {
    auto draft = core::draft_product(product, directory);
    if (draft) spoil(*draft, product, directory.shop());
    return draft;
  };
}

/// The right plan with something of it spoilt.
template <typename Spoil>
auto planned(Spoil spoil) {
  return [spoil](const ProductPlanInput& input, const core::Parts& parts) {
    ProductPlan plan = core::plan_products(input, parts);
    spoil(plan, input);
    return plan;
  };
}

/// As if the shop had nothing yet.
ProductPlan all_over_again(const ProductPlanInput& input, const core::Parts& parts) {
  core::ShopCatalogue bare = input.shop;
  bare.items.clear();
  return core::plan_products({.erp = input.erp,
                              .shop = bare,
                              .switches = input.switches,
                              .formula = input.formula,
                              .added_before = input.added_before},
                             parts);
}

void codeless_twice(ProductPlan& plan, const ProductPlanInput&) {
  const auto planned_once = plan.additions;
  for (const auto& addition : planned_once) {
    if (addition.product.code.empty()) plan.additions.push_back(addition);
  }
}

/// Takes a name that the shop has for the product itself.
void names_are_products(ProductPlan& plan, const ProductPlanInput& input) {
  std::erase_if(plan.additions, [&](const core::PlannedProduct& addition) {
    return std::any_of(
        input.shop.items.begin(), input.shop.items.end(),
        [&](const core::ShopItem& item) { return item.name == addition.product.name; });
  });
}

void all_or_nothing(ProductPlan& plan, const ProductPlanInput&) {
  if (plan.left_alone > 0) plan.additions.clear();
}

/// The first rate of the same percentage: 0 %, zw. and np. are one to it.
void first_of_percentage(NewProduct& draft, const core::ErpProduct&,
                         const core::ShopCatalogue& shop) {
  const std::string value = shop.taxes.at(draft.tax_id).value;
  for (const auto& [id, tax] : shop.taxes) {
    if (tax.value == value && id < draft.tax_id) draft.tax_id = id;
  }
}

/// Without the tax, as for a shop that keeps net prices.
void net_price(NewProduct& draft, const core::ErpProduct&, const core::ShopCatalogue& shop) {
  const auto percent = core::parse_percent(shop.taxes.at(draft.tax_id).value);
  draft.gross_price = draft.gross_price - core::vat_in_gross(draft.gross_price, *percent);
}

void name_of_thirty(NewProduct& draft, const core::ErpProduct&, const core::ShopCatalogue&) {
  std::size_t length = std::min<std::size_t>(draft.name.size(), 30);
  while (!core::is_utf8(std::string_view(draft.name).substr(0, length))) --length;
  draft.name.resize(length);
}

void trimmed_code(NewProduct& draft, const core::ErpProduct&, const core::ShopCatalogue&) {
  draft.code = core::match_key(draft.code, core::TextMatch::Trim);
}

/// The first category of the shop, wherever it lies.
void any_category(NewProduct& draft, const core::ErpProduct&, const core::ShopCatalogue& shop) {
  for (const auto& [id, category] : shop.categories) {
    if (id < draft.category_id) draft.category_id = id;
  }
}

core::ShopResult<std::string> with_one_piece(core::Shop& shop, const NewProduct& product) {
  NewProduct other = product;
  other.stock = core::kOnePiece;
  return shop.add_product(other);
}

/// A lost answer is a reason to call again, whatever was asked for.
core::RetryDecision always_repeatable(const core::Attempt& attempt) {
  core::Attempt other = attempt;
  other.repeatable = true;
  return core::retry(other);
}

/// The steps of "products" without one of them.
auto without(core::Step left_out) {
  return [left_out](std::string_view command, const core::SystimSwitches& switches) {
    std::vector<core::Step> steps = core::systim_steps(command, switches);
    if (command == "products") std::erase(steps, left_out);
    return steps;
  };
}

std::vector<core::Step> stock_adds_too(std::string_view command,
                                       const core::SystimSwitches& switches) {
  return core::systim_steps(command == "stock" ? "products" : command, switches);
}

}  // namespace

std::vector<Bug> product_bugs() {
  return {
      {"adds-again-every-run",
       "Adds every product of the ERP at each run, whatever the shop has.",
       {"SYSTIM-PROD-03", "SYSTIM-PROD-04", "SYSTIM-CMD-01"},
       [](core::Parts& parts) { parts.plan_products = all_over_again; }},
      {"adds-codeless-twice",
       "Adds products without a code two times in one run.",
       {"SYSTIM-PROD-01"},
       [](core::Parts& parts) { parts.plan_products = planned(codeless_twice); }},
      {"leaves-codeless-out",
       "Adds no product without a code.",
       {"SYSTIM-PROD-01", "SYSTIM-CMD-01"},
       [](core::Parts& parts) {
         parts.add_codeless = [](bool, const core::SystimSwitches&) { return false; };
       }},
      {"takes-names-for-products",
       "Adds no product whose name the shop has already, whatever its code.",
       {"SYSTIM-PROD-01", "SYSTIM-PROD-02"},
       [](core::Parts& parts) { parts.plan_products = planned(names_are_products); }},
      {"adds-all-or-nothing",
       "Adds no product at all where a single one cannot be added.",
       {"SYSTIM-PROD-02"},
       [](core::Parts& parts) { parts.plan_products = planned(all_or_nothing); }},
      {"merges-rates-of-zero",
       "Adds products under the first rate of their percentage, so that zw and np become 0 %.",
       {"SYSTIM-PROD-02"},
       [](core::Parts& parts) { parts.draft_product = drafted(first_of_percentage); }},
      {"sends-net-prices",
       "Adds products at their net price where the shop takes the gross one.",
       {"SYSTIM-PROD-02"},
       [](core::Parts& parts) { parts.draft_product = drafted(net_price); }},
      {"cuts-names",
       "Adds products under the first 30 bytes of their name.",
       {"SYSTIM-PROD-02"},
       [](core::Parts& parts) { parts.draft_product = drafted(name_of_thirty); }},
      {"adds-trimmed-codes",
       "Adds products under their code without the spaces at its ends.",
       {"SYSTIM-PROD-02"},
       [](core::Parts& parts) { parts.draft_product = drafted(trimmed_code); }},
      {"adds-to-any-category",
       "Adds products to the first category of the shop.",
       {"SYSTIM-PROD-02"},
       [](core::Parts& parts) { parts.draft_product = drafted(any_category); }},
      {"adds-one-piece",
       "Adds products with a stock of 1 and leaves the level to the stock sync, which never sees "
       "those without a code.",
       {"SYSTIM-PROD-05"},
       [](core::Parts& parts) { parts.add_product = with_one_piece; }},
      {"forgets-stock-after-adding",
       "Sends products without a stock sync.",
       {"SYSTIM-PROD-05", "SYSTIM-CMD-02"},
       [](core::Parts& parts) { parts.steps = without(core::Step::Stock); }},
      {"forgets-orders-after-adding",
       "Sends products without reading the orders.",
       {"SYSTIM-CMD-02"},
       [](core::Parts& parts) { parts.steps = without(core::Step::Orders); }},
      {"sends-no-products",
       "Does all of \"send products\" but to send them.",
       {"SYSTIM-CMD-01", "SYSTIM-PROD-01", "SYSTIM-PROD-02", "SYSTIM-PROD-05"},
       [](core::Parts& parts) { parts.steps = without(core::Step::Products); }},
      {"stock-command-adds-products",
       "Adds products by the command that sends stock levels.",
       {"SYSTIM-PROD-06", "SYSTIM-STOCK-01"},
       [](core::Parts& parts) { parts.steps = stock_adds_too; }},
      {"posts-again-after-lost-answer",
       "Adds a product a second time when the answer to the first call got lost.",
       {"SYSTIM-PROD-04"},
       [](core::Parts& parts) { parts.retry = always_repeatable; }},
  };
}

}  // namespace atrapa::scenarios::systim
