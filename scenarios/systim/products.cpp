#include <algorithm>

#include "scenarios/systim/catalogue.hpp"
#include "scenarios/systim/rules.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::Bench;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;
using AdditionEdges = std::vector<AdditionEdge>;

constexpr std::string_view kAgain = "systim.codeless_again";

/// How many of the edges as the values of a gene, none of them included.
int count_of(const AdditionEdges& edges) { return 1 + static_cast<int>(edges.size()); }

AdditionEdges joined(std::vector<AdditionEdges> all) {
  AdditionEdges edges;
  for (AdditionEdges& each : all) std::move(each.begin(), each.end(), std::back_inserter(edges));
  return edges;
}

void judge_sending(const CatalogueCase& input, Bench& bench, Judgement& judgement) {
  Shelves shelves(input, bench);
  shelves.set();
  bench.run("products");
  shelves.check(judgement);
}

/// A rule about one run of "send products".
Rule one_run(std::string_view id, std::vector<std::string> switches,
             std::function<AdditionEdges(const SwitchValues&)> edges) {
  return make(Draft<CatalogueCase>{
      .id = id,
      .switches = std::move(switches),
      .shape =
          [edges](const SwitchValues& s) { return Shape{.edges = count_of(edges(s)), .most = 8}; },
      .build = [edges](const std::vector<Gene>& genes,
                       const SwitchValues& s) { return build_catalogue(genes, edges(s)); },
      .oracle = judge_sending,
  });
}

// CMD-01 ----------------------------------------------------------------------------------------

/// Products of all kinds, and with a limit that a command comes upon half way.
CatalogueCase build_command(const std::vector<Gene>& genes, const SwitchValues& switches) {
  CatalogueCase input = build_catalogue(genes, joined({codes_in_shop(switches), no_codes()}));
  input.automatic = genes.front().a == 0;
  input.limit = genes.front().b == 1 ? 3 : 0;
  input.plain = genes.front().c == 1 ? 12 : 0;
  return input;
}

void judge_command(const CatalogueCase& input, Bench& bench, Judgement& judgement) {
  CatalogueCase whole = input;
  for (int i = 0; i < input.plain; ++i) {
    Addition product = newcomer(0);
    product.planted = "one of many";
    product.erp = further_product(i);
    whole.products.push_back(std::move(product));
  }
  whole.plain = 0;
  judge_sending(whole, bench, judgement);
}

// PROD-04 ---------------------------------------------------------------------------------------

CatalogueCase build_repetition(const std::vector<Gene>& genes, const SwitchValues& switches) {
  AdditionEdges edges = joined({no_codes(), codes_in_shop(switches)});
  edges.push_back({"no code; it gets one in the shop by hand", [](Addition& product) {
                     product.erp.code.reset();
                     product.code_by_hand = true;
                   }});
  // Half of the products are plain newcomers, for an accident needs something to be sent.
  std::vector<Gene> halved = genes;
  for (Gene& gene : halved) gene.edge *= gene.second;
  CatalogueCase input = build_catalogue(halved, edges);
  constexpr std::size_t kMostRuns = 3;
  constexpr int kFirstExchange = 7;  // Before it a run only reads; chaos goes through all of them.
  for (std::size_t i = 0; i < std::min(genes.size(), kMostRuns); ++i) {
    input.runs.push_back(accident(genes[i].c, kFirstExchange + genes[i].d));
  }
  return input;
}

/// How often each product without a code must have come; nothing where nobody says.
std::optional<int> times_codeless(const CatalogueCase& input, std::string_view reading,
                                  int quiet_runs) {
  if (reading == "add_once") return 1;
  if (reading == "report_only") return std::nullopt;
  const bool quiet = std::all_of(input.runs.begin(), input.runs.end(),
                                 [](const Accident& one) { return one.kind.empty(); });
  if (!quiet) return std::nullopt;  // A run that broke off may have added some.
  return static_cast<int>(input.runs.size()) + quiet_runs;
}

void judge_repetition(const CatalogueCase& input, Bench& bench, Judgement& judgement) {
  constexpr int kQuietRuns = 2;
  Shelves shelves(input, bench);
  shelves.set();
  for (const Accident& accident : input.runs) {
    arm(bench, accident);
    run_through(bench, "products");
    disarm(bench);
    bench.advance(std::chrono::minutes(10));
    shelves.give_codes();
  }
  for (int i = 0; i < kQuietRuns; ++i) {
    run_through(bench, "products");
    bench.advance(std::chrono::minutes(10));
  }
  shelves.check(judgement, times_codeless(input, bench.switch_value(kAgain), kQuietRuns));
}

// PROD-05 ---------------------------------------------------------------------------------------

AdditionEdges stocked() {
  return {
      {"in the shop with another level",
       [](Addition& product) {
         product.shop = ShopProduct{.code = *product.erp.code,
                                    .name = product.erp.name,
                                    .categories = {{"Obuwie", "Buty"}},
                                    .stock = "77"};
         product.arrival = Arrival::There;
       }},
      // The stock sync leaves out what has no code (STOCK-03); whether the same run may all the
      // same bring its level with it is open.
      {"no code",
       [](Addition& product) {
         product.erp.code.reset();
         product.level_open = true;
       }},
      {"its level changes after it was added",
       [](Addition& product) { product.later_stock = "41"; }},
      {"fractions of its unit",
       [](Addition& product) {
         product.erp.unit = "kg";
         product.erp.stock = "2.5";
       }},
      {"exactly one piece", [](Addition& product) { product.erp.stock = "1"; }},
      {"a million pieces", [](Addition& product) { product.erp.stock = "1000000"; }},
  };
}

void judge_stock_too(const CatalogueCase& input, Bench& bench, Judgement& judgement) {
  Shelves shelves(input, bench);
  shelves.set();
  bench.run("products");
  bool edited = false;
  for (const Addition& product : input.products) {
    if (product.later_stock.empty()) continue;
    ErpProduct later = product.erp;
    later.stock = product.later_stock;
    bench.edit_product(later);
    edited = true;
  }
  if (edited) {
    bench.advance(std::chrono::minutes(10));
    bench.run("products");
  }
  shelves.check_stock(judgement);
}

// PROD-06 ---------------------------------------------------------------------------------------

CatalogueCase build_stock_command(const std::vector<Gene>& genes, const SwitchValues&) {
  CatalogueCase input = build_catalogue(genes, no_codes());
  input.automatic = genes.front().a == 0;
  return input;
}

void judge_stock_command(const CatalogueCase& input, Bench& bench, Judgement& judgement) {
  Shelves shelves(input, bench);
  shelves.set();
  bench.run("stock");
  if (bench.switch_value("systim.stock_command_adds_products") == "yes") {
    shelves.check(judgement);
  } else {
    shelves.check_none(judgement);
  }
}

}  // namespace

std::vector<Rule> product_rules() {
  return {
      make(Draft<CatalogueCase>{
          .id = "SYSTIM-CMD-01",
          .switches = {"systim.code_equality"},
          .shape =
              [](const SwitchValues& s) {
                return Shape{.edges = count_of(joined({codes_in_shop(s), no_codes()})),
                             .a = 2,
                             .b = 2,
                             .c = 2,
                             .most = 6};
              },
          .build = build_command,
          .oracle = judge_command,
      }),
      one_run("SYSTIM-PROD-01", {std::string(kAgain)},
              [](const SwitchValues&) { return no_codes(); }),
      one_run("SYSTIM-PROD-02",
              {"systim.code_equality", "systim.vat_match", "systim.category_match"},
              [](const SwitchValues& s) {
                return joined({missing_codes(s), rates(s), prices(), shop_categories(s), names()});
              }),
      one_run("SYSTIM-PROD-03", {"systim.code_equality"},
              [](const SwitchValues& s) { return codes_in_shop(s); }),
      make(Draft<CatalogueCase>{
          .id = "SYSTIM-PROD-04",
          .switches = {std::string(kAgain), "systim.code_equality"},
          .shape =
              [](const SwitchValues& s) {
                return Shape{.edges = 1 + count_of(joined({no_codes(), codes_in_shop(s)})),
                             .seconds = 2,
                             .c = kAccidents,
                             .d = 9,
                             .most = 5};
              },
          .build = build_repetition,
          .oracle = judge_repetition,
      }),
      make(Draft<CatalogueCase>{
          .id = "SYSTIM-PROD-05",
          .shape = [](const SwitchValues&) { return Shape{.edges = count_of(stocked())}; },
          .build = [](const std::vector<Gene>& genes,
                      const SwitchValues&) { return build_catalogue(genes, stocked()); },
          .oracle = judge_stock_too,
      }),
      make(Draft<CatalogueCase>{
          .id = "SYSTIM-PROD-06",
          .switches = {"systim.stock_command_adds_products"},
          .shape =
              [](const SwitchValues&) {
                return Shape{.edges = count_of(no_codes()), .a = 2, .most = 6};
              },
          .build = build_stock_command,
          .oracle = judge_stock_command,
      }),
  };
}

}  // namespace atrapa::scenarios::systim
