#include "core/integrations/ebiuro_base.hpp"
#include "core/sync/base_work.hpp"
#include "scenarios/ebiuro/spoiled.hpp"

namespace atrapa::scenarios::ebiuro {
namespace {

using core::CardSource;
using core::ErpProduct;
using core::Ledger;
using core::Profile;
using core::ebiuro_base::Direction;
using core::ebiuro_base::Settings;
using harness::CoreParts;

constexpr int kFirstPage = 1000;

bool in_first_group(const ErpProduct& card, const Settings& settings) {
  if (settings.product_groups.empty()) return true;
  return !card.groups.empty() && card.groups.front() == settings.product_groups.front();
}

core::Result<core::Money, core::Objection> first_groups_price(const ErpProduct& card,
                                                              const core::PriceSource& source) {
  core::PriceSource other = source;
  if (other.group && !card.prices.empty()) other.group->id = card.prices.begin()->first;
  return core::gross_price(card, other);
}

core::Result<core::Money, core::Objection> net_for_gross(const ErpProduct& card,
                                                         const core::PriceSource& source) {
  core::PriceSource other = source;
  if (other.group) other.group->net = false;
  return core::gross_price(card, other);
}

core::Quantity of_all_warehouses(const Ledger& ledger, const ErpProduct& card, const Settings&) {
  core::Quantity sum;
  for (const auto& [warehouse, pieces] : core::stocks_of(ledger, card.id)) {
    sum.millionths += pieces.millionths;
  }
  return sum;
}

core::Quantity of_first_warehouse(const Ledger& ledger, const ErpProduct& card, const Settings&) {
  const core::Stocks stocks = core::stocks_of(ledger, card.id);
  return stocks.empty() ? core::Quantity{} : stocks.begin()->second;
}

core::Quantity of_the_card(const Ledger&, const ErpProduct& card, const Settings&) {
  return card.stock && card.stock->value ? *card.stock->value : core::Quantity{};
}

std::optional<std::string> card_of_sku(const Ledger& ledger, const Profile&,
                                       const CardSource& source) {
  if (!source.sku) return std::nullopt;
  const auto cards = ledger.products_of_code(*source.sku);
  return cards.empty() ? std::nullopt : std::optional(cards.front().id);
}

std::optional<std::string> card_of_any_shop(const Ledger& ledger, const Profile&,
                                            const CardSource& source) {
  for (const Profile& one : core::profiles(ledger)) {
    if (const auto link = core::link_to(ledger, one.id, "product", source.external_id)) {
      return link->erp_id;
    }
  }
  return std::nullopt;
}

bool reads_first_page(core::BaseWork& work, const std::string& inventory,
                      const std::string& price_group,
                      const std::function<void(const CardSource&)>& each) {
  int read = 0;
  return core::read_cards(work, inventory, price_group, [&](const CardSource& source) {
    if (++read <= kFirstPage) each(source);
  });
}

/// The ERP knows one rate.
class AllAt23 final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  void edit_product(const harness::ErpProduct& product) override {
    harness::ErpProduct own = product;
    own.vat = "23";
    inner().edit_product(own);
  }
  harness::ErpView look() override {
    harness::ErpView view = inner().look();
    for (harness::ErpProduct& card : view.products) card.vat = "23";
    return view;
  }
};

}  // namespace

std::vector<Bug> product_bugs() {
  return {
      {"products-come-from-any-direction",
       "Takes products of the shop whatever the direction.",
       {"EBIURO-DIR-01", "EBIURO-DIR-02", "EBIURO-EVT-01"},
       [](CoreParts& parts) {
         parts.ebiuro.moves = [](const Settings& settings, Direction way) {
           return way == Direction::FromShop || settings.direction == way;
         };
       }},
      {"sends-without-direction",
       "Sends products where the direction is none.",
       {"EBIURO-DIR-01", "EBIURO-DIR-02", "EBIURO-DIR-03"},
       [](CoreParts& parts) {
         parts.ebiuro.moves = [](const Settings& settings, Direction way) {
           return settings.direction == way ||
                  (way == Direction::ToShop && settings.direction == Direction::None);
         };
       }},
      {"product-groups-ignored",
       "Sends products of all groups.",
       {"EBIURO-PROD-04"},
       [](CoreParts& parts) {
         parts.ebiuro.takes_part = [](const ErpProduct&, const Settings&) { return true; };
       }},
      {"first-product-group-alone",
       "Looks at the first group of a product and of the settings alone.",
       {"EBIURO-PROD-04"},
       [](CoreParts& parts) { parts.ebiuro.takes_part = in_first_group; }},
      {"no-group-no-products",
       "Sends nothing where no group is selected.",
       {"EBIURO-PROD-01", "EBIURO-PROD-06"},
       [](CoreParts& parts) {
         parts.ebiuro.takes_part = [](const ErpProduct& card, const Settings& settings) {
           return !settings.product_groups.empty() && core::ebiuro_base::in_groups(card, settings);
         };
       }},
      {"groupless-stay-behind",
       "Leaves products behind that are in no group.",
       {"EBIURO-PROD-01", "EBIURO-PROD-06"},
       [](CoreParts& parts) {
         parts.ebiuro.takes_part = [](const ErpProduct& card, const Settings&) {
           return !card.groups.empty();
         };
       }},
      {"no-sku-no-sending",
       "Leaves products without a SKU behind.",
       {"EBIURO-PROD-01"},
       [](CoreParts& parts) {
         parts.ebiuro.takes_part = [](const ErpProduct& card, const Settings& settings) {
           return card.code && core::ebiuro_base::in_groups(card, settings);
         };
       }},
      {"price-of-another-group",
       "Sends the price of another price group.",
       {"EBIURO-PROD-05"},
       [](CoreParts& parts) { parts.ebiuro.price = first_groups_price; }},
      {"net-price-for-gross",
       "Sends the price of a net group as it is.",
       {"EBIURO-PROD-05"},
       [](CoreParts& parts) { parts.ebiuro.price = net_for_gross; }},
      {"all-warehouses-summed",
       "Sends the sum of all warehouses.",
       {"EBIURO-STOCK-02"},
       [](CoreParts& parts) { parts.ebiuro.stock = of_all_warehouses; }},
      {"stock-of-first-warehouse",
       "Sends the level of the first warehouse that has any.",
       {"EBIURO-STOCK-02"},
       [](CoreParts& parts) { parts.ebiuro.stock = of_first_warehouse; }},
      {"stock-of-no-warehouse",
       "Sends what the card says, not the warehouse.",
       {"EBIURO-STOCK-01", "EBIURO-STOCK-02"},
       [](CoreParts& parts) { parts.ebiuro.stock = of_the_card; }},
      {"edit-makes-a-second-card",
       "Makes a new card at every call.",
       {"EBIURO-EVT-02", "EBIURO-EVT-03", "EBIURO-EVT-04", "EBIURO-PROD-02"},
       [](CoreParts& parts) {
         parts.ebiuro.known_card = [](const Ledger&, const Profile&, const CardSource&) {
           return std::optional<std::string>();
         };
       }},
      {"cards-known-by-sku",
       "Knows a product of Base by its SKU instead of its id.",
       {"EBIURO-EVT-04", "EBIURO-PROD-02"},
       [](CoreParts& parts) { parts.ebiuro.known_card = card_of_sku; }},
      {"product-ids-of-all-shops",
       "Takes one shop's product for the other shop's of the same id.",
       {"EBIURO-LIFE-05"},
       [](CoreParts& parts) { parts.ebiuro.known_card = card_of_any_shop; }},
      {"deletions-ignored",
       "Keeps the card of a deleted product in use.",
       {"EBIURO-EVT-02", "EBIURO-EVT-04", "EBIURO-EVT-05"},
       [](CoreParts& parts) {
         parts.ebiuro.take_out = [](Ledger&, const Profile&, const std::string&) {};
       }},
      around<AllAt23>("all-cards-at-23-percent", "Takes every product for one at 23 %.",
                      {"EBIURO-PROD-01", "EBIURO-PROD-02", "EBIURO-EVT-04", "EBIURO-EVT-08"}),
      {"imports-first-page-alone",
       "Imports what fits on the first page of Base's list of products.",
       {"EBIURO-PROD-02"},
       [](CoreParts& parts) { parts.ebiuro.read_cards = reads_first_page; }},
  };
}

}  // namespace atrapa::scenarios::ebiuro
