#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::base {

/// The contract of `connector.php`: methods, parameters, answers, marks. Bytes of `contract.json`.
std::string_view contract_json();

/// A Base fake without accounts; `Platform::restore` fills it from a world. The token of a call
/// names the account; nothing else is needed for isolation.
std::unique_ptr<kit::Platform> make_base();

/// One line for each setting: name, values with the default first, meaning, mark.
std::string describe_settings();

}  // namespace atrapa::mocks::base
