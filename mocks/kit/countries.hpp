#pragma once

#include <string_view>

namespace atrapa::mocks::kit {

/// A country that Polish shops send to: Europe, and a few beyond.
struct Country {
  std::string_view code;  ///< ISO 3166-1, two letters.
  std::string_view polish;
  std::string_view english;
};

/// By its code, in either case; null where it is not known here.
const Country* country_of(std::string_view code);
/// By its Polish name; null where it is not known here.
const Country* country_named(std::string_view polish);

}  // namespace atrapa::mocks::kit
