#include "mocks/kit/record_text.hpp"
#include "mocks/shoper/call.hpp"

// application-config and application-version: single objects without an id.

namespace atrapa::mocks::shoper {
namespace {

/// One flat object; unset booleans are "" [rec].
Reply read_config(Call& call) { return success(std::string(call.state.config->wire())); }

Reply read_version(Call& call) {
  return success("{\"version\":" + kit::json_string(call.settings().application_version) + "}");
}

constexpr std::array kConfigCalls{
    Handled{"GET /webapi/rest/application-config", read_config},
    Handled{"GET /webapi/rest/application-version", read_version},
};

}  // namespace

std::span<const Handled> config_calls() { return kConfigCalls; }

}  // namespace atrapa::mocks::shoper
