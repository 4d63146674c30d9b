#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/domain/document.hpp"
#include "core/result.hpp"

namespace atrapa::core {

/// Refused: a pattern without exactly one "{n}" or "{n:WIDTH}", with another unknown brace, or one
/// whose numbers would repeat because the period of its reset does not show ("{yyyy}", and "{mm}"
/// for monthly).
Result<Done> check_pattern(std::string_view pattern, SeriesReset reset);

/// The counter that a date belongs to: "" for never, "2026", "2026-03".
std::string numbering_period(SeriesReset reset, std::chrono::year_month_day date);

/// "FV/{n:4}/{mm}/{yyyy}" of 7 in March 2026 is "FV/0007/03/2026". The pattern must have passed
/// check_pattern.
std::string document_number(std::string_view pattern, std::int64_t n,
                            std::chrono::year_month_day date);

}  // namespace atrapa::core
