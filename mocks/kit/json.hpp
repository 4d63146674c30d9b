#pragma once

#include <nlohmann/json.hpp>

namespace atrapa::mocks::kit {

/// JSON as the fakes keep it: members stay in the order in which they were written.
using Json = nlohmann::ordered_json;

}  // namespace atrapa::mocks::kit
