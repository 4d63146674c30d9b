#pragma once

#include <memory>
#include <string_view>

#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::shoper {

/// The contract of `webapi/rest`: entries, fields, types, marks. Bytes of `contract.json`.
std::string_view contract_json();

/// A Shoper fake without accounts; `Platform::restore` fills it from a world.
/// The credential names the account (one shop each); nothing else is needed for isolation.
std::unique_ptr<kit::Platform> make_shoper();

}  // namespace atrapa::mocks::shoper
