#pragma once

#include <string_view>
#include <vector>

#include "mocks/base/methods.hpp"
#include "mocks/kit/json.hpp"

namespace atrapa::tests::base {

/// The current methods of those groups of the contract.
std::vector<const mocks::base::Method*> methods_of_groups(
    const std::vector<std::string_view>& groups);

// What follows draws from RapidCheck: for use within a property.

/// A number below that, evenly, however small the case is to be.
int below(int bound);

/// Parameters of a method as a careless program sends them: most of those that the contract names,
/// most of the kind that it wants, small ids.
mocks::kit::Json odd_parameters(const mocks::base::Method& method);

}  // namespace atrapa::tests::base
