#include <fmt/format.h>

#include <array>

#include "scenarios/systim/edges.hpp"
#include "scenarios/systim/pairs.hpp"
#include "scenarios/systim/rules.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::Bench;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

// STOCK-11 --------------------------------------------------------------------------------------

/// Levels of both sides. A reserved part of the ERP's stock stands in the rule about one piece, as
/// far as it does not matter which figure is "the stock", which is said by nobody.
struct Levels {
  std::string_view erp;
  std::string_view shop;
  bool whole = true;
};

constexpr std::array kLevels{
    Levels{"5", "3"},
    Levels{"3", "5"},
    Levels{"5", "5"},
    Levels{"1", "1000000"},
    Levels{"1000000", "1"},
    Levels{"1000000", "0"},
    Levels{"7", "0"},
    Levels{"1", "2"},
    Levels{"2", "1"},
    Levels{"1.0", "9"},
    Levels{"1.5", "1", false},
    Levels{"1.001", "1.002", false},
    Levels{"2.999", "3", false},
    Levels{"12.5", "12.25", false},
    Levels{"999999.999", "0", false},
};

PairCase build_levels(const std::vector<Gene>& genes, const SwitchValues&) {
  PairCase input;
  for (const Gene& gene : genes) {
    Pair pair = eligible(input.pairs.size(), gene);
    const Levels& levels = kLevels[static_cast<std::size_t>(gene.edge)];
    pair.erp->stock = levels.erp;
    pair.shop->stock = levels.shop;
    if (!levels.whole) pair.erp->unit = pair.shop->unit = "kg";
    if (gene.second > 0) pair.first_stock = std::to_string(gene.second);
    pair.planted = fmt::format("ERP {}, shop {}", levels.erp, levels.shop);
    settle(pair, Fate::Written);
    input.pairs.push_back(std::move(pair));
  }
  return input;
}

// STOCK-12 --------------------------------------------------------------------------------------

PairCase build_automatic_stock(const std::vector<Gene>& genes, const SwitchValues&) {
  PairCase input = build_pairs(genes, {});
  input.automatic = genes.front().d == 0;
  if (input.automatic) return input;
  for (Pair& pair : input.pairs) {
    pair.planted = "automatic operation is off";
    settle(pair, Fate::LeftAlone);
  }
  return input;
}

Shape any_pairs(int d = 1) {
  Shape shape = pair_shape({});
  shape.d = d;
  return shape;
}

// STOCK-13 --------------------------------------------------------------------------------------

void judge_command_twice(const PairCase& input, Bench& bench, Judgement& judgement) {
  Table table(input, bench);
  table.set();
  table.run("stock");
  table.check(judgement);
  bench.run("stock");
  table.check(judgement);
}

// STOCK-14 --------------------------------------------------------------------------------------

struct Fraction {
  std::string_view stock;
  std::string_view truncated;
};

constexpr std::array kFractions{Fraction{"1.5", "1"}, Fraction{"2.999999", "2"},
                                Fraction{"10.000001", "10"}, Fraction{"1000.5", "1000"}};

PairCase build_fractions(const std::vector<Gene>& genes, const SwitchValues& switches) {
  const std::string_view reading = value_of(switches, "systim.fraction_in_integer_shop");
  constexpr int kMadeWhole = 3 + 2 * static_cast<int>(kFractions.size());
  PairCase input;
  for (const Gene& gene : genes) {
    Pair pair = eligible(input.pairs.size(), gene);
    const std::string unit = gene.edge % 2 == 0 ? "szt." : "zestaw";
    if (gene.edge == 0) {  // As eligible() made it.
    } else if (gene.edge == 1) {
      pair.planted = "1.0, which is whole, in szt.";
      pair.erp->unit = pair.shop->unit = "szt.";
      pair.erp->stock = "1.0";
      pair.shop->stock = "7";
      settle(pair, Fate::Written);
    } else if (gene.edge == 2) {
      pair.planted = "1.5 in kg";
      pair.erp->unit = pair.shop->unit = "kg";
      pair.erp->stock = "1.5";
      settle(pair, Fate::Written);
    } else if (gene.edge == kMadeWhole) {
      // A unit that no other pair of the case has.
      pair.planted = "1.5 sent and 2.5 due, the unit made whole in between";
      pair.erp->unit = pair.shop->unit = "m";
      pair.first_stock = "1.5";
      pair.erp->stock = "2.5";
      pair.shop->stock = "7";
      pair.unit_made_whole = true;
      settle(pair, reading == "skip_and_report" ? Fate::LeftAlone : Fate::Tried);
      if (reading == "truncate") pair.expected = "2";
      pair.reported = true;
    } else {
      const Fraction& fraction = kFractions[static_cast<std::size_t>(gene.edge - 3) / 2];
      pair.planted = fmt::format("{} in {}", fraction.stock, unit);
      pair.erp->unit = pair.shop->unit = unit;
      pair.erp->stock = fraction.stock;
      pair.shop->stock = "7";
      settle(pair, reading == "skip_and_report" ? Fate::LeftAlone : Fate::Tried);
      if (reading == "truncate") pair.expected = fraction.truncated;
      pair.reported = true;
    }
    input.pairs.push_back(std::move(pair));
  }
  return input;
}

// STOCK-17 --------------------------------------------------------------------------------------

/// A code that variants of the shop bear as well. Only what does not hang on whether a variant
/// takes part at all, which nobody says.
void share_with_variant(PairCase& input, Pair pair, int edge) {
  const std::string code = *pair.erp->code;
  if (edge == 3) {
    pair.planted = "a variant of it bears the same code";
    pair.shop->variants = {{.code = code, .stock = "88"}};
  } else if (edge == 4) {
    pair.planted = "a variant of the next product bears the same code";
  } else {
    pair.planted = "two variants bear the ERP's code, their parent another";
    pair.shop->code = "RODZIC-" + code;
    pair.shop->variants = {{.code = code, .stock = "88"}, {.code = code, .stock = "66"}};
  }
  settle(pair, Fate::UntouchedOrReported);
  input.pairs.push_back(pair);
  if (edge != 4) return;
  pair.erp.reset();
  pair.planted = "its variant bears the code of the product before it";
  pair.shop->code = "RODZIC-" + code;
  pair.shop->variants = {{.code = code, .stock = "88"}};
  settle(pair, Fate::UntouchedOrReported);
  input.pairs.push_back(std::move(pair));
}

PairCase build_twins(const std::vector<Gene>& genes, const SwitchValues&) {
  PairCase input;
  for (const Gene& gene : genes) {
    Pair pair = eligible(input.pairs.size(), gene);
    if (gene.edge == 0) {
      input.pairs.push_back(std::move(pair));
      continue;
    }
    if (gene.edge >= 3) {
      share_with_variant(input, std::move(pair), gene.edge);
      continue;
    }
    Pair twin = pair;
    if (gene.edge == 1) {
      twin.erp.reset();
      twin.planted = "twin of the product before it in the shop";
      twin.shop->stock = "88";
      settle(twin, Fate::UntouchedOrReported);
    } else {
      twin.shop.reset();
      twin.planted = "twin of the product before it in the ERP";
      twin.erp->id += "-twin";
      twin.erp->stock = "99";
      settle(twin, Fate::LeftAlone);
    }
    pair.planted = "its code is not unique";
    settle(pair, Fate::UntouchedOrReported);
    input.pairs.push_back(std::move(pair));
    input.pairs.push_back(std::move(twin));
  }
  return input;
}

}  // namespace

std::vector<Rule> figure_rules() {
  return {
      make(Draft<PairCase>{
          .id = "SYSTIM-STOCK-11",
          .shape =
              [](const SwitchValues&) {
                return Shape{.edges = static_cast<int>(kLevels.size()), .seconds = 5, .c = 5};
              },
          .build = build_levels,
          .oracle = judge_pairs("stock"),
      }),
      make(Draft<PairCase>{
          .id = "SYSTIM-STOCK-12",
          .shape = [](const SwitchValues&) { return any_pairs(2); },
          .build = build_automatic_stock,
          .oracle = judge_pairs("tick"),
      }),
      make(Draft<PairCase>{
          .id = "SYSTIM-STOCK-13",
          .shape = [](const SwitchValues&) { return any_pairs(); },
          .build = [](const std::vector<Gene>& genes,
                      const SwitchValues&) { return build_pairs(genes, {}); },
          .oracle = judge_command_twice,
      }),
      make(Draft<PairCase>{
          .id = "SYSTIM-STOCK-14",
          .switches = {"systim.fraction_in_integer_shop"},
          .shape =
              [](const SwitchValues&) {
                return Shape{
                    .edges = 4 + 2 * static_cast<int>(kFractions.size()), .a = 20, .b = 20, .c = 5};
              },
          .build = build_fractions,
          .oracle = judge_pairs("stock"),
      }),
      make(Draft<PairCase>{
          .id = "SYSTIM-STOCK-17",
          .shape =
              [](const SwitchValues&) {
                return Shape{.edges = 6, .a = 40, .b = 40, .c = kFlavours, .most = 6};
              },
          .build = build_twins,
          .oracle = judge_pairs("stock"),
      }),
  };
}

}  // namespace atrapa::scenarios::systim
