#include "mocks/shoper/countries.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "mocks/kit/ascii.hpp"
#include "mocks/shoper/rows.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::RecordPtr;

/// ISO 3166-1 code and Polish name: Europe, and where else Polish shops often send to.
constexpr std::array<std::pair<std::string_view, std::string_view>, 50> kCountries{{
    {"AL", "Albania"},
    {"AD", "Andora"},
    {"AU", "Australia"},
    {"AT", "Austria"},
    {"BE", "Belgia"},
    {"BY", "Białoruś"},
    {"BA", "Bośnia i Hercegowina"},
    {"BG", "Bułgaria"},
    {"CA", "Kanada"},
    {"CH", "Szwajcaria"},
    {"CN", "Chiny"},
    {"CY", "Cypr"},
    {"CZ", "Czechy"},
    {"DE", "Niemcy"},
    {"DK", "Dania"},
    {"EE", "Estonia"},
    {"ES", "Hiszpania"},
    {"FI", "Finlandia"},
    {"FR", "Francja"},
    {"GB", "Wielka Brytania"},
    {"GR", "Grecja"},
    {"HR", "Chorwacja"},
    {"HU", "Węgry"},
    {"IE", "Irlandia"},
    {"IL", "Izrael"},
    {"IS", "Islandia"},
    {"IT", "Włochy"},
    {"JP", "Japonia"},
    {"LI", "Liechtenstein"},
    {"LT", "Litwa"},
    {"LU", "Luksemburg"},
    {"LV", "Łotwa"},
    {"MC", "Monako"},
    {"MD", "Mołdawia"},
    {"ME", "Czarnogóra"},
    {"MK", "Macedonia Północna"},
    {"MT", "Malta"},
    {"NL", "Holandia"},
    {"NO", "Norwegia"},
    {"PL", "Polska"},
    {"PT", "Portugalia"},
    {"RO", "Rumunia"},
    {"RS", "Serbia"},
    {"SE", "Szwecja"},
    {"SI", "Słowenia"},
    {"SK", "Słowacja"},
    {"TR", "Turcja"},
    {"UA", "Ukraina"},
    {"US", "Stany Zjednoczone"},
    {"XK", "Kosowo"},
}};

/// The name of a code; "" where none is known.
std::string_view name_of_code(std::string_view code) {
  for (const auto& [known, name] : kCountries) {
    if (kit::equal_without_case(known, code)) return name;
  }
  return {};
}

/// The code that a name, code or id means; "" where the shop knows no such country.
std::string code_meant(const State& state, const std::string& country) {
  for (const auto& [code, name] : kCountries) {
    if (name == country || kit::equal_without_case(code, country)) return std::string(code);
  }
  std::string code;
  state.table(Rows::GeolocationCountries).each([&](const RecordPtr& row) {
    std::string isocode = text_of(Rows::GeolocationCountries, *row, "isocode");
    const bool meant =
        std::to_string(row->id()) == country || kit::equal_without_case(isocode, country);
    if (meant) code = std::move(isocode);
    return !meant;
  });
  return code;
}

}  // namespace

void complete_country(const State& state, kit::RecordWriter& address) {
  const std::string country = address.text("country");
  std::string code = address.text("country_code");
  if (code.empty() && !country.empty()) code = code_meant(state, country);
  if (code.empty()) return;
  address.set_text("country_code", code);
  const std::string_view name = name_of_code(code);
  if (!name.empty()) {
    address.set_text("country", name);
  } else if (country.empty() || !code_meant(state, country).empty()) {
    address.set_text("country", code);
  }
}

}  // namespace atrapa::mocks::shoper
