#include "core/policy/ksef.hpp"

#include <fmt/format.h>

namespace atrapa::core {

namespace {

using std::chrono::April;
using std::chrono::day;
using std::chrono::February;
using std::chrono::January;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr year_month_day kLargeSellers{year{2026} / February / day{1}};
constexpr year_month_day kAllSellers{year{2026} / April / day{1}};
constexpr year_month_day kSmallSales{year{2027} / January / day{1}};

constexpr std::size_t kLength = 35;
constexpr std::size_t kChecked = 32;
/// Where the digits, the dashes and the hexadecimal digits stand.
constexpr std::string_view kShape = "9999999999-99999999-FFFFFFFFFFFF-FF";
static_assert(kShape.size() == kLength);

bool has_shape(std::string_view text) {
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    const bool letter = text[i] >= 'A' && text[i] <= 'F';
    const bool fits = kShape[i] == '-'   ? text[i] == '-'
                      : kShape[i] == '9' ? digit
                                         : digit || letter;
    if (!fits) return false;
  }
  return true;
}

int number_at(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

}  // namespace

bool ksef_required(DocumentKind kind, std::string_view buyer_nip, year_month_day issued_on,
                   const Seller& seller) {
  if (kind != DocumentKind::Invoice || buyer_nip.empty()) return false;
  if (seller.small_sales) return issued_on >= kSmallSales;
  return issued_on >= (seller.large ? kLargeSellers : kAllSellers);
}

std::string ksef_checksum(std::string_view first) {
  unsigned crc = 0;
  for (const char c : first) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc << 1U) ^ ((crc & 0x80U) != 0 ? 0x107U : 0U);
  }
  return fmt::format("{:02X}", crc & 0xFFU);
}

std::optional<KsefNumber> read_ksef_number(std::string_view text) {
  if (!has_shape(text)) return std::nullopt;
  if (text.substr(kLength - 2) != ksef_checksum(text.substr(0, kChecked))) return std::nullopt;
  const year_month_day accepted{
      year(number_at(text.substr(11, 4))),
      std::chrono::month(static_cast<unsigned>(number_at(text.substr(15, 2)))),
      day(static_cast<unsigned>(number_at(text.substr(17, 2))))};
  if (!accepted.ok()) return std::nullopt;
  return KsefNumber{std::string(text.substr(0, 10)), accepted};
}

std::optional<Objection> ksef_objection(const Document& document, std::string_view ksef_number,
                                        const Seller& seller) {
  const auto no = [](std::string text) { return Objection{Reason::KsefRefused, std::move(text)}; };
  const auto read = read_ksef_number(ksef_number);
  if (!read)
    return no(fmt::format("'{}' is no KSeF number: its checksum or form is wrong", ksef_number));
  if (!seller.nip.empty() && read->seller_nip != seller.nip) {
    return no(fmt::format("the KSeF number {} is of the seller {}, not {}", ksef_number,
                          read->seller_nip, seller.nip));
  }
  if (read->accepted_on < document.issued_on) {
    return no(fmt::format("the KSeF number {} is from before the day of issue of {}", ksef_number,
                          document.number));
  }
  return std::nullopt;
}

}  // namespace atrapa::core
