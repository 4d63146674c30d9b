#include "mocks/kit/countries.hpp"

#include <algorithm>
#include <array>

#include "mocks/kit/ascii.hpp"

namespace atrapa::mocks::kit {
namespace {

constexpr std::array<Country, 50> kCountries{{
    {"AD", "Andora", "Andorra"},
    {"AL", "Albania", "Albania"},
    {"AT", "Austria", "Austria"},
    {"AU", "Australia", "Australia"},
    {"BA", "Bośnia i Hercegowina", "Bosnia and Herzegovina"},
    {"BE", "Belgia", "Belgium"},
    {"BG", "Bułgaria", "Bulgaria"},
    {"BY", "Białoruś", "Belarus"},
    {"CA", "Kanada", "Canada"},
    {"CH", "Szwajcaria", "Switzerland"},
    {"CN", "Chiny", "China"},
    {"CY", "Cypr", "Cyprus"},
    {"CZ", "Czechy", "Czech Republic"},
    {"DE", "Niemcy", "Germany"},
    {"DK", "Dania", "Denmark"},
    {"EE", "Estonia", "Estonia"},
    {"ES", "Hiszpania", "Spain"},
    {"FI", "Finlandia", "Finland"},
    {"FR", "Francja", "France"},
    {"GB", "Wielka Brytania", "Great Britain"},
    {"GR", "Grecja", "Greece"},
    {"HR", "Chorwacja", "Croatia"},
    {"HU", "Węgry", "Hungary"},
    {"IE", "Irlandia", "Ireland"},
    {"IL", "Izrael", "Israel"},
    {"IS", "Islandia", "Iceland"},
    {"IT", "Włochy", "Italy"},
    {"JP", "Japonia", "Japan"},
    {"LI", "Liechtenstein", "Liechtenstein"},
    {"LT", "Litwa", "Lithuania"},
    {"LU", "Luksemburg", "Luxembourg"},
    {"LV", "Łotwa", "Latvia"},
    {"MC", "Monako", "Monaco"},
    {"MD", "Mołdawia", "Moldova"},
    {"ME", "Czarnogóra", "Montenegro"},
    {"MK", "Macedonia Północna", "North Macedonia"},
    {"MT", "Malta", "Malta"},
    {"NL", "Holandia", "Netherlands"},
    {"NO", "Norwegia", "Norway"},
    {"PL", "Polska", "Poland"},
    {"PT", "Portugalia", "Portugal"},
    {"RO", "Rumunia", "Romania"},
    {"RS", "Serbia", "Serbia"},
    {"SE", "Szwecja", "Sweden"},
    {"SI", "Słowenia", "Slovenia"},
    {"SK", "Słowacja", "Slovakia"},
    {"TR", "Turcja", "Turkey"},
    {"UA", "Ukraina", "Ukraine"},
    {"US", "Stany Zjednoczone", "United States"},
    {"XK", "Kosowo", "Kosovo"},
}};

template <typename Test>
const Country* first_country(Test&& test) {
  const auto found = std::find_if(kCountries.begin(), kCountries.end(), test);
  return found != kCountries.end() ? &*found : nullptr;
}

}  // namespace

const Country* country_of(std::string_view code) {
  return first_country([&](const Country& one) { return equal_without_case(one.code, code); });
}

const Country* country_named(std::string_view polish) {
  return first_country([&](const Country& one) { return one.polish == polish; });
}

}  // namespace atrapa::mocks::kit
