#pragma once

#include <string>
#include <vector>

#include "harness/incident/har.hpp"
#include "harness/world/world.hpp"

namespace atrapa::harness {

struct FromHarOptions {
  std::string name = "from-har";  ///< Of the world and of its account.
  /// Names, addresses, numbers and mail of buyers become made-up ones (equal stays equal, a valid
  /// NIP stays valid, empty stays empty); free notes and the shop's own contact data are blanked.
  bool pseudonymise = true;
};

struct FromHar {
  World world;
  std::vector<std::string> notes;  ///< What was taken, left out or filled in, for the user to read.
};

/// Builds a world from the read calls of a Shoper recording: pages of lists and single objects are
/// merged by id, the last read wins, also inside of `bulk`. Credentials, tokens and the shop's
/// address never get in; the world has the demo credentials. Resources that were not recorded and
/// that every shop has (taxes, units, ...) are taken from the world "empty"; what the fake does not
/// take is left out, with a note (see left_out.hpp). The ERP of the world is empty. Throws
/// std::runtime_error where the recording holds no read call of a Shoper shop, and says what to
/// record instead.
FromHar world_from_har(const Recording& recording, const FromHarOptions& options = {});

}  // namespace atrapa::harness
