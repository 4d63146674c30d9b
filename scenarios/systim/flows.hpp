#pragma once

#include <vector>

#include "harness/chaos/flow.hpp"

namespace atrapa::scenarios::systim {

/// What chaos drives through every accident: the order fetch, the stock push and the product sync.
std::vector<harness::ChaosFlow> flows();

}  // namespace atrapa::scenarios::systim
