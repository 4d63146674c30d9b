#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace atrapa::mocks::kit {

/// How one exchange goes wrong. The first two and the last never show the client a whole answer.
enum class FaultKind {
  RefusedBeforeSend,  ///< The connection is refused: nothing arrived, nothing changed.
  LostAfterCommit,    ///< The request was carried out, its answer is lost.
  TooManyRequests,    ///< The platform's own 429 in the platform's own words; nothing changed.
  ServerError,        ///< The platform's own 500; nothing changed.
  TruncatedAnswer,    ///< The request was carried out; half of the answer's body arrives.
};

std::string_view to_string(FaultKind kind);
std::optional<FaultKind> fault_kind(std::string_view name);

/// One exchange, counted from the moment the plan is armed (0 = the next one), and what happens to it.
struct Fault {
  std::uint64_t exchange = 0;
  FaultKind kind = FaultKind::ServerError;

  bool operator==(const Fault&) const = default;
};

using FaultPlan = std::vector<Fault>;

}  // namespace atrapa::mocks::kit
