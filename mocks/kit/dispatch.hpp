#pragma once

#include <string_view>

#include "mocks/kit/host.hpp"
#include "mocks/kit/message.hpp"
#include "mocks/kit/mounts.hpp"

namespace atrapa::mocks::kit {

/// An answer that the server gives itself: plain text that begins with "Atrapa: ", and the header
/// X-Atrapa-Refused, so that nobody takes it for the platform's.
Response refusal(int status, std::string_view text);

/// What became of a request, and whose platform was asked; null when nobody's.
struct Dispatched {
  Outcome outcome;
  Host* host = nullptr;
};

/// Checks the token (none needed when it is empty), finds the mount, strips its prefix from the
/// request and asks under the host's lock. Never throws for what the platform does: an accident is
/// a 500.
Dispatched dispatch(const Mounts& mounts, std::string_view token, Request& request);

}  // namespace atrapa::mocks::kit
