#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "scenarios/systim/pairs.hpp"
#include "scenarios/systim/rules.hpp"

// STOCK-15 and -16: levels that change, and whose say they are.

namespace atrapa::scenarios::systim {
namespace {

using harness::Bench;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

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

}  // namespace

std::vector<Rule> change_rules() {
  return {
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
  };
}

}  // namespace atrapa::scenarios::systim
