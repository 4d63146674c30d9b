#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atrapa::harness::cli {

/// The known names that somebody who typed `name` may have meant, nearest first, at most `limit`.
std::vector<std::string> nearest_names(std::string_view name, const std::vector<std::string>& known,
                                       std::size_t limit = 3);

/// " Did you mean A or B?", or "" where nothing is near.
std::string did_you_mean(std::string_view name, const std::vector<std::string>& known);

}  // namespace atrapa::harness::cli
