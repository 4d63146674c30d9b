#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/rule.hpp"
#include "scenarios/common/gene.hpp"
#include "scenarios/common/sentence.hpp"
#include "scenarios/systim/cases.hpp"
#include "scenarios/systim/life_cases.hpp"

namespace atrapa::scenarios::systim {

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

}  // namespace atrapa::scenarios::systim
