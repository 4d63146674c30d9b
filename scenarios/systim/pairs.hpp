#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/rule.hpp"
#include "scenarios/systim/generators.hpp"
#include "scenarios/systim/planting.hpp"

namespace atrapa::scenarios::systim {

/// Something special about a pair. Each sets one aspect only, so that two of different aspects on
/// one pair cannot heal each other; the pair is written when every aspect allows it.
struct PairEdge {
  std::string aspect;  ///< "code", "price", ...
  std::string name;
  Fate fate = Fate::Written;
  std::function<void(Pair&)> plant;
  bool later = false;         ///< It stands in the way from the second run on only.
  bool equal_levels = false;  ///< It sets the levels of both sides, and they are equal.
};

/// The flavours eligible() knows: harmless differences between products.
inline constexpr int kFlavours = 8;

/// A pair that meets every documented condition. The gene's `c` picks its flavour, `a` and `b` the
/// stock of both sides, which differ so that a write shows.
Pair eligible(std::size_t index, const Gene& gene);

/// The gene's `edge` and `second` pick from `edges`, counted from 1; 0 is none.
PairCase build_pairs(const std::vector<Gene>& genes, const std::vector<PairEdge>& edges);

/// The shape that build_pairs() expects.
Shape pair_shape(const std::vector<PairEdge>& edges, bool two_edges = false);

/// Sets `expected` and the fate from the planted records.
void settle(Pair& pair, Fate fate);

/// A case's pairs on a bench.
class Table {
 public:
  Table(const PairCase& input, harness::Bench& bench);

  /// Fills shop and ERP and saves the configuration.
  void set();
  /// The first run, the changes before the second and the second, as far as the case has them.
  void run(std::string_view command);
  /// Compares every pair with what was planted.
  void check(harness::Judgement& judgement);

  Planter& planter() { return planter_; }
  /// The shop's product of that pair; nothing where it has none.
  const std::optional<std::int64_t>& product(std::size_t pair) const { return products_[pair]; }
  /// The exchanges before the last run.
  std::uint64_t before_last_run() const { return before_last_run_; }

 private:
  void change_between_runs();
  void check_pair(std::size_t index, const harness::ErpView& erp, harness::Judgement& judgement);
  void check_variants(std::size_t index, const harness::ErpView& erp,
                      harness::Judgement& judgement);

  const PairCase& input_;
  harness::Bench& bench_;
  Planter planter_;
  std::vector<std::optional<std::int64_t>> products_;
  std::uint64_t before_last_run_ = 0;
};

/// The whole of it for one command.
std::function<void(const PairCase&, harness::Bench&, harness::Judgement&)> judge_pairs(
    std::string command);

// The documented conditions, each as edges of one aspect.
std::vector<PairEdge> price_conditions(const harness::SwitchValues& switches);
std::vector<PairEdge> code_set_conditions(const harness::SwitchValues& switches);
std::vector<PairEdge> code_conditions(const harness::SwitchValues& switches);
std::vector<PairEdge> category_set_conditions();
std::vector<PairEdge> category_conditions(const harness::SwitchValues& switches);
/// A category that the shop renames between two runs.
PairEdge renamed_category();
std::vector<PairEdge> vat_set_conditions();
std::vector<PairEdge> vat_conditions(const harness::SwitchValues& switches);
std::vector<PairEdge> stock_conditions(const harness::SwitchValues& switches);
/// All of them.
std::vector<PairEdge> every_condition(const harness::SwitchValues& switches);
/// The switches that every_condition() reads.
std::vector<std::string> condition_switches();

}  // namespace atrapa::scenarios::systim
