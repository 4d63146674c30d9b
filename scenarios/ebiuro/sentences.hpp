#pragma once

#include "scenarios/common/sentence.hpp"

namespace atrapa::scenarios::ebiuro {

inline constexpr std::string_view kDocument =
    "https://apps.wsparcie.symfonia.pl/hc/pl/articles/26911470638866";

/// The 49 sentences of Symfonia eBiuro's help page about Base.
const Page& page();

}  // namespace atrapa::scenarios::ebiuro
