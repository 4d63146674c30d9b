#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mocks/shoper/call.hpp"
#include "mocks/shoper/state.hpp"

// Images and files of products. Their bytes are not kept: only what answers say of them.

namespace atrapa::mocks::shoper {

/// Makes one of the product's images its main one, and `main_image` of the product show it:
/// `wanted`, else the present one, else the first by `order`.
void settle_images(State& state, std::int64_t product_id, std::int64_t wanted);

/// Adds a problem where the sent id (`gfx_id` of a stock) is no image of that product; 0 and null
/// name none.
void check_image_of(const Call& call, kit::Written& written, const std::string& field,
                    std::string_view raw, std::int64_t product_id);

/// How many bytes the base64 text stands for; nothing where it is none.
std::optional<std::size_t> base64_size(std::string_view text);

}  // namespace atrapa::mocks::shoper
