#include "core/domain/profile.hpp"

namespace atrapa::core {

std::string_view to_string(Profile::State state) {
  switch (state) {
    case Profile::State::Draft: return "draft";
    case Profile::State::Tested: return "tested";
    case Profile::State::Active: return "active";
    case Profile::State::Suspended: return "suspended";
  }
  return "";
}

std::string_view to_string(InboundEvent::State state) {
  switch (state) {
    case InboundEvent::State::Pending: return "pending";
    case InboundEvent::State::Applied: return "applied";
    case InboundEvent::State::Ignored: return "ignored";
    case InboundEvent::State::Refused: return "refused";
  }
  return "";
}

}  // namespace atrapa::core
