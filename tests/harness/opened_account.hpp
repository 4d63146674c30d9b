#pragma once

#include <memory>

#include "mocks/kit/platform.hpp"

namespace atrapa::tests {

/// An account of Base as it is opened, the token "made-up": the catalogue 307 with the price group
/// 105 and the warehouse bl_206, statuses 401 to 403, a series of invoices and one of receipts.
std::unique_ptr<mocks::kit::Platform> base_account();
/// That account, "demo", and one like it, "other", with the token "made-up-too".
std::unique_ptr<mocks::kit::Platform> two_base_accounts();

}  // namespace atrapa::tests
