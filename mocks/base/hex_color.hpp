#pragma once

#include <algorithm>
#include <string_view>

#include "mocks/kit/ascii.hpp"

namespace atrapa::mocks::base {

/// Six hexadecimal digits without "#" [doc].
inline bool is_hex_color(std::string_view color) {
  return color.size() == 6 &&
         std::all_of(color.begin(), color.end(), [](char c) { return kit::hex_digit(c) >= 0; });
}

}  // namespace atrapa::mocks::base
