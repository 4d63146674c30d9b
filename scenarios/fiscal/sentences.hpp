#pragma once

#include "scenarios/common/sentence.hpp"

namespace atrapa::scenarios::fiscal {

inline constexpr std::string_view kDocument =
    "Polish law and the FA(3) schema of KSeF; each section names its source";

/// The 14 Polish fiscal facts, as documents made from Base's orders show them.
const Page& page();

}  // namespace atrapa::scenarios::fiscal
