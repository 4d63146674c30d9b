#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/platform.hpp"
#include "mocks/shoper/events.hpp"
#include "mocks/shoper/reply.hpp"
#include "mocks/shoper/state.hpp"

// Calls of the API that the shop makes itself: defined in shoper.cpp, where calls are dispatched.

namespace atrapa::mocks::shoper {

/// "PUT", "/webapi/rest/products/5": carried out without token, scopes and request limit, its
/// events told. Refusals are in English.
Reply call_inside(State& state, std::string_view verb, std::string_view path, std::string_view body,
                  kit::Context& context);

/// announce() with the bodies that GET answers.
void announce_inside(State& state, const std::vector<Event>& events, kit::Context& context);

}  // namespace atrapa::mocks::shoper
