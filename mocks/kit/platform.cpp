#include "mocks/kit/platform.hpp"

#include <stdexcept>

namespace atrapa::mocks::kit {

std::string_view to_string(Emulation emulation) {
  switch (emulation) {
    case Emulation::Behaviour: return "behaviour";
    case Emulation::Contract: return "contract";
    case Emulation::None: return "none";
    case Emulation::NameOnly: return "name only";
  }
  throw std::logic_error("an Emulation outside of its enumeration");
}

}  // namespace atrapa::mocks::kit
