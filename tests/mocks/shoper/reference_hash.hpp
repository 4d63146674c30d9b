#pragma once

#include <string>
#include <string_view>

namespace atrapa::tests {

/// Lower case hex of the SHA-1 of a text.
std::string reference_sha1(std::string_view text);
/// Lower case hex of HMAC-SHA512, put together from two plain hashes as RFC 2104 defines it.
std::string reference_hmac_sha512(std::string_view key, std::string_view text);

}  // namespace atrapa::tests
