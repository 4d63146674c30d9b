#include <fmt/format.h>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/script.hpp"
#include "scenarios/ebiuro/sentences.hpp"

// Price groups of the ERP: PROD-05.

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::SwitchValues;

/// A card's price in the selected group, and what it is in Base, whose prices are gross.
struct GroupPrice {
  const char* what;
  std::string price;  ///< "" for none.
  const char* vat;
  std::string gross, net;  ///< What is sent where the group's prices are gross, or net.
  bool alone = false;      ///< The card has no price of its own.
};

const std::vector<GroupPrice>& group_prices() {
  static const std::vector<GroupPrice> prices = {
      {"10.00", "10.00", "23", "10", "12.3"},
      {"100.00 at 8 %", "100.00", "8", "100", "108"},
      {"0.01", "0.01", "23", "0.01", "0.01"},
      {"0.00", "0.00", "23", "0", "0"},
      {"0.005", "0.005", "5", "0.01", "0.01"},
      {"0.004", "0.004", "23", "0", "0"},
      {"1234.56 at 5 %", "1234.56", "5", "1234.56", "1296.29"},
      {"none", "", "23", "", ""},
      {"10.00 and no other", "10.00", "23", "10", "12.3", true},
  };
  return prices;
}

Story build_price_groups(const std::vector<Gene>& genes, const SwitchValues& switches) {
  const bool filter = value_of(switches, "ebiuro.price_group_role") == "filter";
  const bool net = genes.front().b == 1;
  const Json settings = {
      {"direction", "to_shop"}, {"copy_existing", true}, {"price_group", "hurt"}};
  Story story{.setup = setup_of(settings, {}, {}), .records = {}};
  story.setup["prices"] = {{{"id", "hurt"}, {"name", "Hurt"}, {"net", net}},
                           {{"id", "detal"}, {"name", "Detal"}}};
  Json cards = Json::array();
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const std::string code = fmt::format("K-{}", i + 1);
    const GroupPrice& price = pick(group_prices(), genes[i].edge);
    Json card = card_of(code);
    card["vat"] = price.vat;
    card["prices"] = {{"detal", "77.00"}};
    if (!price.price.empty()) card["prices"]["hurt"] = price.price;
    if (price.alone) card.erase("gross_price");
    cards.push_back(card);
    Json product;
    if (filter && price.alone) {
      product = {code + " at -", code + " at 0"};
    } else if (filter) {
      product = price.price.empty() ? std::string("no product") : code + " at 19.99";
    } else if (price.price.empty()) {
      // What goes without a price in the group is not said; another group's price is wrong.
      product = {"no product", code + " at -", code + " at 0", code + " at 19.99"};
    } else {
      product = fmt::format("{} at {}", code, net ? price.net : price.gross);
    }
    story.records.push_back(record_of(
        {.what = fmt::format("price {} in the {} group", price.what, net ? "net" : "gross"),
         .code = code,
         .steps = {run_step("products")},
         .expected = {{"end", {{"product", product}}}}}));
  }
  story.setup["cards"] = cards;
  return story;
}

}  // namespace

std::vector<harness::Rule> price_rules() {
  return {make_story(
      page(), {.id = "EBIURO-PROD-05",
               .switches = {"ebiuro.price_group_role"},
               .shape = [](const SwitchValues&) { return Shape{.edges = 9, .b = 2, .most = 6}; },
               .build = build_price_groups,
               .oracle = play})};
}

}  // namespace atrapa::scenarios::ebiuro
