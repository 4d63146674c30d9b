#pragma once

#include "scenarios/common/sentence.hpp"

namespace atrapa::scenarios::platform {

/// What holds for every connector of a shop of Shoper, whatever it integrates with it.
const Page& shoper_page();
/// The same for an account of Base.
const Page& base_page();

}  // namespace atrapa::scenarios::platform
