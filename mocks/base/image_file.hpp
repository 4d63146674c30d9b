#pragma once

#include <string>
#include <string_view>

namespace atrapa::mocks::base {

/// What became of an image that was sent.
struct TakenImage {
  std::string address;  ///< Where it is read from now; "" where it was not taken.
  std::string problem;  ///< Why it was not; "" where it was.
};

/// Takes `data:` and base64 of up to 2 MB, or `url:` and an address of up to 1000 characters [doc].
/// Refuses what is neither, and a file that is no JPEG, PNG, GIF, WEBP or BMP [inferred]. The
/// address of a file is made up from its content.
TakenImage take_image(std::string_view sent);

}  // namespace atrapa::mocks::base
