#include "core/domain/vat_code.hpp"

#include <array>
#include <cctype>
#include <ostream>

namespace atrapa::core {

namespace {

using Kind = VatCode::Kind;

struct PolishRate {
  Kind kind;
  int percent;
};
constexpr std::array kPolishRates{PolishRate{Kind::Rate23, 23}, PolishRate{Kind::Rate22, 22},
                                  PolishRate{Kind::Rate8, 8},   PolishRate{Kind::Rate7, 7},
                                  PolishRate{Kind::Rate5, 5},   PolishRate{Kind::Rate4, 4},
                                  PolishRate{Kind::Rate3, 3},   PolishRate{Kind::Zero, 0}};
constexpr std::int64_t kOnePercent = 10'000;

struct Label {
  std::string_view folded;
  Kind kind;
};
/// Spellings of codes that are words, after folding (see folded()).
constexpr std::array kLabels{
    Label{"zw", Kind::Exempt},          Label{"oo", Kind::ReverseCharge},
    Label{"np", Kind::OutOfScope},      Label{"np i", Kind::OutOfScopeI},
    Label{"np ii", Kind::OutOfScopeII}, Label{"0 kr", Kind::ZeroDomestic},
    Label{"0 wdt", Kind::ZeroIntraEu},  Label{"0 ex", Kind::ZeroExport},
};

/// Lower case, one space between words, no percent signs or underscores, no dot but a decimal
/// point.
std::string folded(std::string_view label) {
  std::string out;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const char c = label[i];
    const bool between_digits = i > 0 && i + 1 < label.size() &&
                                std::isdigit(static_cast<unsigned char>(label[i - 1])) != 0 &&
                                std::isdigit(static_cast<unsigned char>(label[i + 1])) != 0;
    if (c == ' ' || c == '_' || c == '%' || c == '\t' || (c == '.' && !between_digits)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool is_country(std::string_view text) {
  return text.size() == 2 && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
         std::isalpha(static_cast<unsigned char>(text[1])) != 0;
}

std::string upper(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

/// A rate by its number. Between 0 and 1 percent it may be a fraction of one: not ours to guess.
std::optional<VatCode> by_percent(std::string_view number, std::string_view country) {
  const auto percent = parse_percent(number);
  if (!percent || *percent < Percent{} || *percent > kWhole) return std::nullopt;
  if (percent->units > 0 && percent->units < kOnePercent) return std::nullopt;
  const bool polish = country.empty() || country == "pl";
  for (const PolishRate& rate : kPolishRates) {
    if (polish && percent->units == rate.percent * kOnePercent) return VatCode{.kind = rate.kind};
  }
  return VatCode{
      .kind = Kind::Foreign, .percent = *percent, .country = polish ? "" : upper(country)};
}

}  // namespace

std::optional<VatCode> parse_vat(std::string_view label) {
  const std::string text = folded(label);
  for (const Label& known : kLabels) {
    if (text == known.folded) return VatCode{.kind = known.kind};
  }
  const std::size_t space = text.find(' ');
  if (space == text.npos) return by_percent(text, "");
  const std::string_view first = std::string_view(text).substr(0, space);
  const std::string_view second = std::string_view(text).substr(space + 1);
  if (is_country(second)) return by_percent(first, second);
  if (is_country(first)) return by_percent(second, first);
  return std::nullopt;
}

std::optional<VatCode> shop_vat(std::string_view name, std::string_view tax_class,
                                std::string_view value) {
  auto code = parse_vat(name);
  if (!code) code = parse_vat(tax_class);
  const auto percent = parse_percent(value);
  if (!code) {
    if (!percent || *percent == Percent{}) return std::nullopt;
    return by_percent(value, "");
  }
  if (percent && *percent != rate_of(*code)) return std::nullopt;
  return code;
}

VatCode comparable(VatCode code) {
  switch (code.kind) {
    case Kind::ZeroDomestic:
    case Kind::ZeroIntraEu:
    case Kind::ZeroExport: code.kind = Kind::Zero; break;
    case Kind::OutOfScopeI:
    case Kind::OutOfScopeII: code.kind = Kind::OutOfScope; break;
    case Kind::Rate23:
    case Kind::Rate22:
    case Kind::Rate8:
    case Kind::Rate7:
    case Kind::Rate5:
    case Kind::Rate4:
    case Kind::Rate3:
    case Kind::Zero:
    case Kind::Exempt:
    case Kind::ReverseCharge:
    case Kind::OutOfScope:
    case Kind::Foreign: break;
  }
  return code;
}

Percent rate_of(const VatCode& code) {
  if (code.kind == Kind::Foreign) return code.percent;
  for (const PolishRate& rate : kPolishRates) {
    if (rate.kind == code.kind) return {rate.percent * kOnePercent};
  }
  return {};
}

std::string to_text(const VatCode& code) {
  switch (code.kind) {
    case Kind::Rate23: return "23";
    case Kind::Rate22: return "22";
    case Kind::Rate8: return "8";
    case Kind::Rate7: return "7";
    case Kind::Rate5: return "5";
    case Kind::Rate4: return "4";
    case Kind::Rate3: return "3";
    case Kind::Zero: return "0";
    case Kind::ZeroDomestic: return "0 KR";
    case Kind::ZeroIntraEu: return "0 WDT";
    case Kind::ZeroExport: return "0 EX";
    case Kind::Exempt: return "zw";
    case Kind::ReverseCharge: return "oo";
    case Kind::OutOfScope: return "np";
    case Kind::OutOfScopeI: return "np I";
    case Kind::OutOfScopeII: return "np II";
    case Kind::Foreign:
      return code.country.empty() ? to_text(code.percent)
                                  : to_text(code.percent) + " " + code.country;
  }
  return "";
}

std::ostream& operator<<(std::ostream& out, const VatCode& code) { return out << to_text(code); }

}  // namespace atrapa::core
