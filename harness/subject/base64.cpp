#include "harness/subject/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <vector>

namespace atrapa::harness {

std::optional<std::string> decode_base64(std::string_view text) {
  std::string dense;
  dense.reserve(text.size() + 3);
  std::copy_if(text.begin(), text.end(), std::back_inserter(dense),
               [](char c) { return std::isspace(static_cast<unsigned char>(c)) == 0; });
  while (dense.size() % 4 != 0 && dense.size() % 4 != 1) dense += '=';
  if (dense.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < dense.size() && dense[dense.size() - 1 - padding] == '=')
    ++padding;

  std::vector<unsigned char> bytes(dense.size() / 4 * 3 + 1);
  const int length =
      EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(dense.data()),
                      static_cast<int>(dense.size()));
  if (length < 0) return std::nullopt;
  const std::size_t real = static_cast<std::size_t>(length) -
                           std::min<std::size_t>(padding, static_cast<std::size_t>(length));
  return std::string(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(real));
}

std::string encode_base64(std::string_view bytes) {
  std::vector<unsigned char> text(bytes.size() / 3 * 4 + 5);
  const int length =
      EVP_EncodeBlock(text.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      static_cast<int>(bytes.size()));
  return {text.begin(), text.begin() + length};
}

bool is_utf8(const std::string& text) {
  try {
    static_cast<void>(nlohmann::json(text).dump());
    return true;
  } catch (const nlohmann::json::type_error&) {
    return false;
  }
}

}  // namespace atrapa::harness
