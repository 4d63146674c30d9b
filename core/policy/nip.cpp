#include "core/policy/nip.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>

namespace atrapa::core {

namespace {

constexpr std::array kNipWeights{6, 5, 7, 2, 3, 4, 5, 6, 7};

/// Without spaces (no-break ones too), dashes and dots, in capitals.
std::string bare_number(std::string_view text) {
  std::string bare;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\u00a0")) {
      ++i;
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '-' || byte == '.' || std::isspace(byte) != 0) continue;
    bare += static_cast<char>(std::toupper(byte));
  }
  return bare;
}

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

/// Without the prefixes that people write before a Polish number: "PL", "NIP", "NIP:".
std::string without_prefix(std::string bare) {
  if (bare.starts_with("NIP")) bare.erase(0, bare.starts_with("NIP:") ? 4 : 3);
  if (bare.starts_with("PL")) bare.erase(0, 2);
  return bare;
}

}  // namespace

std::optional<std::string> normal_nip(std::string_view text, NipPolicy policy) {
  std::string digits = without_prefix(bare_number(text));
  if (digits.size() != kNipWeights.size() + 1) return std::nullopt;
  if (digits.find_first_not_of("0123456789") != digits.npos) return std::nullopt;
  if (policy == NipPolicy::None) return digits;
  const bool prefixed = policy == NipPolicy::ChecksumAndPrefix;
  if (prefixed && (digits[0] == '0' || digits.compare(1, 2, "00") == 0)) return std::nullopt;
  int sum = 0;
  for (std::size_t i = 0; i < kNipWeights.size(); ++i) sum += kNipWeights[i] * (digits[i] - '0');
  if (sum % 11 != digits.back() - '0') return std::nullopt;
  return digits;
}

Result<std::string> document_nip(std::string_view text, NipPolicy policy) {
  const std::string bare = bare_number(text);
  if (bare.empty()) return bare;
  const bool polish = bare.starts_with("PL") || bare.starts_with("NIP");
  if (bare.size() > 2 && is_letter(bare[0]) && is_letter(bare[1]) && !polish) return bare;
  auto nip = normal_nip(text, policy);
  if (!nip) return fail(fmt::format("the buyer's NIP '{}' is not valid; correct it first", text));
  return *std::move(nip);
}

}  // namespace atrapa::core
