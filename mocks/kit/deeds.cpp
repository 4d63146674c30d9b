#include "mocks/kit/deeds.hpp"

#include <fmt/format.h>

namespace atrapa::mocks::kit {

std::string DeedRefusal::text() const {
  return fmt::format("{}{}; expected {}; {}", where.empty() ? "" : where + ": ", what, expected,
                     next);
}

}  // namespace atrapa::mocks::kit
