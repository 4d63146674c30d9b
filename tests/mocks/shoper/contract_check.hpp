#pragma once

#include <string>
#include <vector>

#include "mocks/kit/contract.hpp"
#include "mocks/kit/json.hpp"
#include "mocks/kit/message.hpp"

namespace atrapa::tests {

/// What in an object does not fit its schema: fields that the schema does not know or that are
/// never in an answer, fields that are missing, values of a wrong type. Each complaint names the
/// field. Empty when all fits. For objects of any platform's contract.
std::vector<std::string> misfits(const mocks::kit::Schema& schema, const mocks::kit::Json& object);

/// The same for a whole answer: every row of a list envelope, or the object itself. The answer of
/// any call but a GET, or of one that was refused, has nothing to check.
std::vector<std::string> misfits(const mocks::kit::Contract& contract,
                                 const mocks::kit::Request& request,
                                 const mocks::kit::Response& response);

}  // namespace atrapa::tests
