#include <openssl/evp.h>

#include <vector>

#include "core/shops/base/documents.hpp"

namespace atrapa::core::base {

std::string file_data(std::string_view bytes) {
  std::string out = "data:";
  // In pieces: EVP counts in int. 3 bytes make 4 digits, so that whole triples join.
  constexpr std::size_t kPiece = 3 * 1024 * 1024;
  std::vector<unsigned char> digits;
  for (std::size_t at = 0; at < bytes.size(); at += kPiece) {
    const std::string_view piece = bytes.substr(at, kPiece);
    digits.resize(4 * ((piece.size() + 2) / 3) + 1);
    const int length =
        EVP_EncodeBlock(digits.data(), reinterpret_cast<const unsigned char*>(piece.data()),
                        static_cast<int>(piece.size()));
    out.append(reinterpret_cast<const char*>(digits.data()), static_cast<std::size_t>(length));
  }
  return out;
}

}  // namespace atrapa::core::base
