#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace atrapa::harness {

/// White space is skipped, missing padding is forgiven; nothing for anything else that is no
/// base64.
std::optional<std::string> decode_base64(std::string_view text);
std::string encode_base64(std::string_view bytes);
/// JSON takes UTF-8 alone; any other body goes as base64.
bool is_utf8(const std::string& text);

}  // namespace atrapa::harness
