#include <string_view>

#include "harness/incident/har.hpp"
#include "mocks/kit/redact.hpp"

namespace atrapa::harness {
namespace {

/// Masks `name=...` in a query or form; every other byte stays.
void mask_parameter(std::string& text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const bool starts = at == 0 || text[at - 1] == '&' || text[at - 1] == '?';
    const std::size_t equals = at + name.size();
    if (!starts || equals >= text.size() || text[equals] != '=') continue;
    const std::size_t end = std::min(text.find('&', equals), text.size());
    text.replace(equals + 1, end - equals - 1, mocks::kit::kMasked);
  }
}

}  // namespace

void redact(Recording& recording) {
  for (RecordedExchange& exchange : recording.exchanges) {
    mocks::kit::redact(exchange.request);
    mocks::kit::redact(exchange.response);
    const std::string_view target = exchange.request.target;
    const std::string_view path = target.substr(0, target.find('?'));
    // The login of a panel user is often an address of a person; a code of OAuth works once, but
    // works.
    if (path.ends_with("/auth") || path.ends_with("/auth/") ||
        path.find("/oauth/") != std::string_view::npos) {
      for (const std::string_view name : {"client_id", "code"}) {
        mask_parameter(exchange.request.target, name);
        mask_parameter(exchange.request.body, name);
      }
    }
  }
}

}  // namespace atrapa::harness
