#pragma once

// Heavy: pulls in RapidCheck. Only files that make generators include it.
#include <rapidcheck.h>

#include <vector>

#include "scenarios/common/gene.hpp"

namespace atrapa::scenarios {

/// Any of the values at any size: an edge set is to be seen from the first case on. Shrinks to
/// every smaller value in turn, the smallest first: an index says nothing about its neighbours, so
/// that halving it would end at whatever edge lies on the way.
inline rc::Gen<int> below(int values) {
  const auto any = rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, values));
  return [any](const rc::Random& random, int size) {
    return rc::shrinkable::shrinkRecur(any(random, size).value(),
                                       [](int value) { return rc::seq::range(0, value); });
  };
}

/// From one gene at size 0 to `most` at size 100.
inline rc::Gen<std::vector<Gene>> genes(const Shape& shape) {
  const auto gene = rc::gen::build<Gene>(
      rc::gen::set(&Gene::edge, below(shape.edges)),
      rc::gen::set(&Gene::second, below(shape.seconds)), rc::gen::set(&Gene::a, below(shape.a)),
      rc::gen::set(&Gene::b, below(shape.b)), rc::gen::set(&Gene::c, below(shape.c)),
      rc::gen::set(&Gene::d, below(shape.d)));
  return rc::gen::withSize([gene, most = shape.most](int size) {
    const int longest = 1 + size * (most - 1) / rc::kNominalSize;
    return rc::gen::nonEmpty(rc::gen::resize(longest, rc::gen::container<std::vector<Gene>>(gene)));
  });
}

}  // namespace atrapa::scenarios
