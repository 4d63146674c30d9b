#include "mocks/base/returns.hpp"
#include "mocks/base/state.hpp"

// What happens to returns, whoever makes it happen.

namespace atrapa::mocks::base {

const OrderReturn* find_return(const State& state, std::int64_t return_id) {
  return state.returns.returns.find(return_id);
}

void log_return_event(State& state, ReturnEventType type, std::int64_t return_id,
                      std::int64_t object_id, std::int64_t now) {
  if (!state.settings->journal) return;
  state.returns.return_journal.add({.return_id = return_id,
                                    .log_type = static_cast<std::int64_t>(type),
                                    .object_id = object_id,
                                    .date = now});
}

void set_return_status(State& state, std::int64_t return_id, std::int64_t status_id,
                       std::int64_t now) {
  if (find_return(state, return_id)->status_id == status_id) return;
  state.returns.returns.edit(return_id, [&](OrderReturn& changed) {
    changed.status_id = status_id;
    changed.date_in_status = now;
  });
  log_return_event(state, ReturnEventType::StatusChanged, return_id, status_id, now);
}

void set_return_fulfillment(State& state, std::int64_t return_id, std::int64_t fulfillment_status,
                            std::int64_t now) {
  if (find_return(state, return_id)->fulfillment_status == fulfillment_status) return;
  state.returns.returns.edit(
      return_id, [&](OrderReturn& changed) { changed.fulfillment_status = fulfillment_status; });
  switch (fulfillment_status) {
    case 5: log_return_event(state, ReturnEventType::Accepted, return_id, 0, now); return;
    case 1: log_return_event(state, ReturnEventType::Completed, return_id, 0, now); return;
    case 2: log_return_event(state, ReturnEventType::Cancelled, return_id, 0, now); return;
    default: return;  // Active again: the journal has no number for it.
  }
}

}  // namespace atrapa::mocks::base
