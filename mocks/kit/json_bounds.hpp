#pragma once

#include <cstddef>
#include <string_view>

namespace atrapa::mocks::kit {

/// How deep foreign JSON may be nested before it is parsed into a tree.
constexpr std::size_t kMaxJsonDepth = 64;

/// Whether no place of the text lies in more than `max` arrays and objects. One pass without
/// memory; says nothing else about the text: what is not JSON at all is left to the parser.
bool json_depth_ok(std::string_view text, std::size_t max = kMaxJsonDepth);

}  // namespace atrapa::mocks::kit
