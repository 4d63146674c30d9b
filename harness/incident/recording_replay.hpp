#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/incident/har.hpp"
#include "harness/world/world.hpp"

namespace atrapa::harness {

/// Where the fake answered differently from the recording.
struct ReplayMismatch {
  std::size_t entry = 0;  ///< Index of the entry in the recording, 0 for the first.
  std::string request;    ///< "GET /webapi/rest/taxes", "getOrders"
  std::string pointer;    ///< "/status", "/headers/Retry-After", "/body/list/0/price"
  std::string expected;
  std::string observed;
};

struct ReplayReport {
  std::size_t exchanges = 0;  ///< Sent and compared.
  std::vector<ReplayMismatch> mismatches;
  std::vector<std::string> notes;  ///< Entries that were not compared, and why.
};

/// "entry 3: GET /webapi/rest/taxes: /body/count: expected \"6\", observed 6"
std::string to_string(const ReplayMismatch& mismatch);

/// The world a recording was made from. Throws std::runtime_error where it names none or a missing
/// one.
World world_of(const Recording& recording);

/// Sends the recorded requests to a fake of the recorded platform started from `world` and compares
/// the answers: status, sets of fields and JSON types at every depth, values but for the volatile
/// ones, named headers. The clock follows the recorded moments. Masked credentials are replaced by
/// the world's own, tokens that the recording was given by those that the fake gives. Throws
/// mocks::kit::WorldError where the world cannot be started.
ReplayReport replay_recording(const Recording& recording, const World& world);

}  // namespace atrapa::harness
