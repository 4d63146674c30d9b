#include <fmt/format.h>

#include "scenarios/systim/edges.hpp"
#include "scenarios/systim/pairs.hpp"
#include "scenarios/systim/rules.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::Bench;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;
using Edges = std::function<std::vector<PairEdge>(const SwitchValues&)>;

/// A rule about one condition: `edges` says what may be special about a pair.
Rule condition(std::string_view id, std::vector<std::string> switches, Edges edges,
               bool two_edges = false) {
  return make(Draft<PairCase>{
      .id = id,
      .switches = std::move(switches),
      .shape = [edges,
                two_edges](const SwitchValues& s) { return pair_shape(edges(s), two_edges); },
      .build = [edges](const std::vector<Gene>& genes,
                       const SwitchValues& s) { return build_pairs(genes, edges(s)); },
      .oracle = judge_pairs("stock"),
  });
}

// STOCK-01 --------------------------------------------------------------------------------------

// An inactive product that both sides have is left out: whether it exists for the sync is said by
// nobody. One without a counterpart stays alone either way.
std::vector<PairEdge> existence() {
  return {
      {"existence", "only in the ERP", Fate::LeftAlone, [](Pair& pair) { pair.shop.reset(); }},
      {"existence", "only in the shop", Fate::LeftAlone, [](Pair& pair) { pair.erp.reset(); }},
      {"existence", "deleted in the shop since the last run", Fate::LeftAlone,
       [](Pair& pair) {
         pair.first_stock = pair.erp->stock;
         pair.erp->stock = "40";
         pair.deleted_in_shop = true;
       }},
      {"existence", "other codes, the same name", Fate::LeftAlone,
       [](Pair& pair) {
         pair.shop->code = "INNY-" + *pair.erp->code;
         pair.shop->name = pair.erp->name;
       }},
      {"existence", "other codes, the same id", Fate::LeftAlone,
       [](Pair& pair) {
         pair.shop->code = "INNY-" + *pair.erp->code;
         pair.shop->name = "Inny " + pair.erp->name;
         pair.same_id = true;
       }},
      {"existence", "inactive, only in the shop", Fate::LeftAlone,
       [](Pair& pair) {
         pair.shop->active = false;
         pair.erp.reset();
       }},
      {"existence", "inactive, of another code than the ERP's", Fate::LeftAlone,
       [](Pair& pair) {
         pair.shop->active = false;
         pair.shop->code = "INNY-" + *pair.erp->code;
       }},
  };
}

void judge_existence(const PairCase& input, Bench& bench, Judgement& judgement) {
  Table table(input, bench);
  table.set();
  // Where the stock command adds products too, that is not the stock sync's doing.
  const bool adds = bench.switch_value("systim.stock_command_adds_products") == "yes";
  table.run(adds ? "orders" : "stock");
  table.check(judgement);

  std::size_t in_shop = 0;
  std::size_t in_erp = 0;
  for (const Pair& pair : input.pairs) {
    if (pair.shop && !pair.deleted_in_shop) ++in_shop;
    if (pair.erp) ++in_erp;
  }
  judgement.expect_equal("products in the shop afterwards", std::to_string(in_shop),
                         std::to_string(bench.shop().ids("products").size()));
  judgement.expect_equal("products in the ERP afterwards", std::to_string(in_erp),
                         std::to_string(bench.erp().products.size()));
}

// STOCK-04 --------------------------------------------------------------------------------------

/// Codes of both sides; a shop's code that is not the ERP's may stand beside the very one.
PairCase build_codes(const std::vector<Gene>& genes, const SwitchValues& switches) {
  const auto edges = code_conditions(switches);
  const PairCase alone = build_pairs(genes, edges);
  PairCase input;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    Pair pair = alone.pairs[i];
    if (genes[i].d == 0 || pair.fate == Fate::Written) {
      input.pairs.push_back(std::move(pair));
      continue;
    }
    Pair twin = pair;
    twin.erp.reset();
    twin.planted += ", beside the very code";
    pair.shop->code = *pair.erp->code;
    pair.planted = "its code is there beside a similar one";
    settle(pair, Fate::Written);
    input.pairs.push_back(std::move(pair));
    input.pairs.push_back(std::move(twin));
  }
  return input;
}

Rule identical_codes() {
  return make(Draft<PairCase>{
      .id = "SYSTIM-STOCK-04",
      .switches = {"systim.code_equality"},
      .shape =
          [](const SwitchValues& switches) {
            Shape shape = pair_shape(code_conditions(switches));
            shape.d = 2;
            return shape;
          },
      .build = build_codes,
      .oracle = judge_pairs("stock"),
  });
}

}  // namespace

std::vector<Rule> condition_rules() {
  return {
      make(Draft<PairCase>{
          .id = "SYSTIM-STOCK-01",
          .switches = {"systim.stock_command_adds_products"},
          .shape = [](const SwitchValues&) { return pair_shape(existence()); },
          .build = [](const std::vector<Gene>& genes,
                      const SwitchValues&) { return build_pairs(genes, existence()); },
          .oracle = judge_existence,
      }),
      condition("SYSTIM-STOCK-02", {"systim.price_test"}, price_conditions),
      condition("SYSTIM-STOCK-03", {"systim.code_equality"}, code_set_conditions),
      identical_codes(),
      condition("SYSTIM-STOCK-05", {},
                [](const SwitchValues&) { return category_set_conditions(); }),
      condition("SYSTIM-STOCK-06", {"systim.category_match"},
                [](const SwitchValues& switches) {
                  auto edges = category_conditions(switches);
                  edges.push_back(renamed_category());
                  return edges;
                }),
      condition("SYSTIM-STOCK-07", {}, [](const SwitchValues&) { return vat_set_conditions(); }),
      condition("SYSTIM-STOCK-08", {"systim.vat_match"}, vat_conditions),
      condition("SYSTIM-STOCK-09", {"systim.zero_stock"}, stock_conditions),
      condition("SYSTIM-STOCK-10", condition_switches(), every_condition, true),
  };
}

}  // namespace atrapa::scenarios::systim
