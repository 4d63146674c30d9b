#pragma once

#include <string>
#include <string_view>

#include "mocks/base/answer.hpp"
#include "mocks/kit/json.hpp"

namespace atrapa::tests::base {

/// Why the body of an answer does not fit the method's rows of the contract in that wire shape; ""
/// where it fits. Reads contract.json by itself and shares nothing with the writer of answers.
std::string misfit(std::string_view method, const mocks::kit::Json& answer,
                   const mocks::base::WireShape& shape);

}  // namespace atrapa::tests::base
