#include "mocks/shoper/countries.hpp"

#include <string>
#include <utility>

#include "mocks/kit/ascii.hpp"
#include "mocks/kit/countries.hpp"
#include "mocks/shoper/rows.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::RecordPtr;

/// The code that a name, code or id means; "" where the shop knows no such country.
std::string code_meant(const State& state, const std::string& country) {
  const kit::Country* known = kit::country_named(country);
  if (known == nullptr) known = kit::country_of(country);
  if (known != nullptr) return std::string(known->code);
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
  if (const kit::Country* known = kit::country_of(code)) {
    address.set_text("country", known->polish);
  } else if (country.empty() || !code_meant(state, country).empty()) {
    address.set_text("country", code);
  }
}

}  // namespace atrapa::mocks::shoper
