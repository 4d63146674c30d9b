#include "mocks/shoper/call.hpp"

// languages: reads and PUT are plain; these two are not.

namespace atrapa::mocks::shoper {
namespace {

/// 500, as on the one live shop that tried it [live].
Reply create_language(Call& call) { return server_error(call.language); }

/// Removes a language that is not the shop's default one [inferred; no source names the call].
Reply remove_language(Call& call) {
  const std::int64_t id = call.id().value_or(0);
  if (!call.state.has(Rows::Languages, id)) return not_found(call.language, call.settings());
  if (call.state.config_id("default_language_id") == id) {
    return forbidden_change(call.language, "cannot_delete_internal_object");
  }
  call.state.table(Rows::Languages).erase(id);
  return bare(1);
}

constexpr std::array kLanguageCalls{
    Handled{"POST /webapi/rest/languages", create_language},
    Handled{"DELETE /webapi/rest/languages/{id}", remove_language},
};

}  // namespace

std::span<const Handled> language_calls() { return kLanguageCalls; }

}  // namespace atrapa::mocks::shoper
