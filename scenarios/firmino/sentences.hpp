#pragma once

#include "scenarios/common/sentence.hpp"

namespace atrapa::scenarios::firmino {

inline constexpr std::string_view kDocument =
    "https://firmino.pl/pomoc/pelna-integracja-konfiguracja";

/// The 39 sentences of Streamsoft Firmino's help pages about Base.
const Page& page();

}  // namespace atrapa::scenarios::firmino
