#pragma once

#include <functional>
#include <string_view>

#include "mocks/base/call.hpp"
#include "mocks/base/state.hpp"
#include "mocks/kit/json.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::base {

/// A method called within an account, without token and limit: what the panel and automatic actions
/// do by the same code as the API. Answers what the API would.
kit::Json call_inside(State& state, kit::Context& context, std::string_view method,
                      const kit::Json& parameters);

/// The same with another handler than the API's, for what people do a little differently.
kit::Json call_inside(State& state, kit::Context& context, std::string_view method,
                      const kit::Json& parameters, const std::function<Reply(Call&)>& handler);

}  // namespace atrapa::mocks::base
