#include <fmt/format.h>

#include <algorithm>
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

// STOCK-15, -16 ---------------------------------------------------------------------------------

ChangesCase build_changes(const std::vector<Gene>& genes, const SwitchValues&) {
  constexpr std::size_t kPairs = 3;
  ChangesCase input;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const Gene& gene = genes[i];
    // The first genes bring a product each; every gene brings a change of one of them.
    if (input.pairs.size() < kPairs) {
      Pair pair = eligible(input.pairs.size(), Gene{.a = gene.a, .b = gene.b});
      input.pairs.push_back(std::move(pair));
    }
    Change change;
    change.pair = static_cast<std::size_t>(gene.second) % input.pairs.size();
    if (gene.edge != 1) change.erp_stock = std::to_string(1 + gene.b);
    if (gene.edge == 1 || gene.edge == 2) change.shop_stock = std::to_string(gene.a);
    change.run_after = gene.edge != 3;  // 3: a burst, no run between this change and the next.
    change.accident = accident(gene.c, gene.d);
    input.changes.push_back(std::move(change));
  }
  return input;
}

Shape change_shape(const SwitchValues&) {
  return {.edges = 4, .seconds = 3, .a = 30, .b = 30, .c = kAccidents, .d = 14, .most = 8};
}

/// The products and changes of a case, carried out; what the ERP must hold at the end.
class Changes {
 public:
  Changes(const ChangesCase& input, Bench& bench) : input_(input), bench_(bench), planter_(bench) {
    for (const Pair& pair : input.pairs) {
      products_.push_back(planter_.plant(*pair.shop));
      erp_.push_back(*pair.erp);
      bench.add_product(*pair.erp);
    }
    bench.configure();
  }

  void carry_out(std::string_view command) {
    for (const Change& change : input_.changes) {
      bench_.advance(std::chrono::minutes(10));
      ErpProduct& product = erp_[change.pair];
      if (!change.erp_stock.empty()) {
        product.stock = change.erp_stock;
        bench_.edit_product(product);
      }
      if (!change.shop_stock.empty()) {
        planter_.set_stock(products_[change.pair], change.shop_stock);
      }
      if (!change.run_after) continue;
      arm(bench_, change.accident);
      run_through(bench_, command);
      disarm(bench_);
    }
  }

  void check_shop(Judgement& judgement) {
    for (std::size_t i = 0; i < products_.size(); ++i) {
      judgement.expect_equal(fmt::format("stock of '{}' in the shop", *erp_[i].code),
                             plain_decimal(erp_[i].stock), planter_.stock(products_[i]));
    }
  }

  /// `sold` pieces of the first product were ordered. Whether and when an order takes them off the
  /// ERP's stock is not said, nor whether one that was cancelled gives them back.
  void check_erp(Judgement& judgement, int sold) {
    const harness::ErpView view = bench_.erp();
    for (std::size_t i = 0; i < erp_.size(); ++i) {
      std::vector<std::string> allowed;
      for (int gone = 0; gone <= (i == 0 ? sold : 0); ++gone) {
        allowed.push_back(std::to_string(std::stoi(erp_[i].stock) - gone));
      }
      std::string observed = "no such product";
      for (const ErpProduct& seen : view.products) {
        if (seen.id == erp_[i].id) observed = plain_decimal(seen.stock);
      }
      judgement.expect(std::find(allowed.begin(), allowed.end(), observed) != allowed.end(),
                       fmt::format("stock of '{}' in the ERP", *erp_[i].code),
                       fmt::format("{}", fmt::join(allowed, " or ")), observed);
    }
  }

  Planter& planter() { return planter_; }

 private:
  const ChangesCase& input_;
  Bench& bench_;
  Planter planter_;
  std::vector<std::int64_t> products_;
  std::vector<ErpProduct> erp_;
};

void judge_convergence(const ChangesCase& input, Bench& bench, Judgement& judgement) {
  Changes changes(input, bench);
  changes.carry_out("tick");
  // No bound in time is documented: one automatic run without an accident must be enough.
  bench.advance(std::chrono::minutes(10));
  run_through(bench, "tick");
  changes.check_shop(judgement);
}

void judge_direction(const ChangesCase& input, Bench& bench, Judgement& judgement) {
  Changes changes(input, bench);
  bench.advance(std::chrono::minutes(1));
  const std::int64_t order =
      changes.planter().plant_plain_order(bench.now(), *input.pairs.front().erp->code, 0);
  changes.carry_out("all");
  changes.planter().cancel(order);
  // A sale after the last edit of the ERP's own level: nothing else would put it right again.
  changes.planter().plant_plain_order(bench.now(), *input.pairs.front().erp->code, 0);
  bench.advance(std::chrono::minutes(10));
  run_through(bench, "all");
  changes.check_erp(judgement, 2);
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
      make(Draft<ChangesCase>{
          .id = "SYSTIM-STOCK-15",
          .shape = change_shape,
          .build = build_changes,
          .oracle = judge_convergence,
      }),
      make(Draft<ChangesCase>{
          .id = "SYSTIM-STOCK-16",
          .shape = change_shape,
          .build = build_changes,
          .oracle = judge_direction,
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
