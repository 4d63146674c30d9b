#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/shops/wanted_json.hpp"

namespace atrapa::core::shoper {

/// translations.pl_PL.name, byte for byte; nothing without it. Another language's name is never
/// taken.
std::optional<std::string> polish_name(const Json& object);

}  // namespace atrapa::core::shoper
