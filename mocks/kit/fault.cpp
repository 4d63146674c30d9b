#include "mocks/kit/fault.hpp"

#include <array>
#include <stdexcept>

namespace atrapa::mocks::kit {

namespace {

constexpr std::array kKinds{FaultKind::RefusedBeforeSend, FaultKind::LostAfterCommit,
                            FaultKind::TooManyRequests, FaultKind::ServerError,
                            FaultKind::TruncatedAnswer};

}  // namespace

std::string_view to_string(FaultKind kind) {
  switch (kind) {
    case FaultKind::RefusedBeforeSend: return "refused_before_send";
    case FaultKind::LostAfterCommit: return "lost_after_commit";
    case FaultKind::TooManyRequests: return "too_many_requests";
    case FaultKind::ServerError: return "server_error";
    case FaultKind::TruncatedAnswer: return "truncated_answer";
  }
  throw std::logic_error("a FaultKind outside of its enumeration");
}

std::optional<FaultKind> fault_kind(std::string_view name) {
  for (const FaultKind kind : kKinds) {
    if (to_string(kind) == name) return kind;
  }
  return std::nullopt;
}

}  // namespace atrapa::mocks::kit
