#include "mocks/base/journal.hpp"

namespace atrapa::mocks::base {

void log_event(State& state, OrderEventType type, std::int64_t order_id, std::int64_t object_id,
               std::int64_t now) {
  if (!state.settings->journal) return;
  state.sales.journal.add({.order_id = order_id,
                           .log_type = static_cast<std::int64_t>(type),
                           .object_id = object_id,
                           .date = now});
}

}  // namespace atrapa::mocks::base
