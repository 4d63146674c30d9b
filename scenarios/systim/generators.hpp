#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/rule.hpp"
#include "scenarios/systim/cases.hpp"
#include "scenarios/systim/life_cases.hpp"

namespace atrapa::scenarios::systim {

// RapidCheck's templates take seconds a file, so it is met in generators.cpp alone: it makes and
// shrinks lists of genes, small numbers with bounds, and each rule builds its case from them.
// Smaller numbers and fewer genes must mean a simpler case.

/// What one record of a case is made from.
struct Gene {
  int edge = 0;    ///< What is special about it: an index, 0 for nothing.
  int second = 0;  ///< Another one on top.
  int a = 0;
  int b = 0;
  int c = 0;
  int d = 0;
};

/// How many values each number of a gene has, counted from 0, and how many genes a case has at
/// most.
struct Shape {
  int edges = 1;
  int seconds = 1;
  int a = 1;
  int b = 1;
  int c = 1;
  int d = 1;
  int most = 12;
};

/// The value of a switch; throws std::logic_error for one that is not there.
std::string_view value_of(const harness::SwitchValues& switches, std::string_view name);

/// A rule before it has its sentence and its generator.
template <typename T>
struct Draft {
  std::string_view id;  ///< Of the sentence.
  std::vector<std::string> switches = {};
  std::function<Shape(const harness::SwitchValues&)> shape;
  /// At least one gene.
  std::function<T(const std::vector<Gene>&, const harness::SwitchValues&)> build;
  std::function<void(const T&, harness::Bench&, harness::Judgement&)> oracle;
};

/// For PairCase, OrderCase, ArrivalCase, HistoryCase, ChangesCase, LifeCase and DeskCase.
template <typename T>
harness::Rule make(Draft<T> draft);

extern template harness::Rule make(Draft<LifeCase>);
extern template harness::Rule make(Draft<DeskCase>);
extern template harness::Rule make(Draft<PairCase>);
extern template harness::Rule make(Draft<OrderCase>);
extern template harness::Rule make(Draft<ArrivalCase>);
extern template harness::Rule make(Draft<HistoryCase>);
extern template harness::Rule make(Draft<ChangesCase>);

/// A sentence that nothing judges yet, and why.
harness::Rule not_judged(std::string_view id, std::string reason);

}  // namespace atrapa::scenarios::systim
