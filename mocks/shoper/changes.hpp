#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "mocks/kit/time.hpp"
#include "mocks/shoper/call.hpp"
#include "mocks/shoper/state.hpp"

// Who holds an object, and when one was changed last.

namespace atrapa::mocks::shoper {

/// Whether the call would change or remove a row that an administrator holds: PUT and DELETE of
/// that row answer 409 [doc], in a bulk too.
bool is_held(const Call& call, std::string_view verb);

/// The products and orders that object-mtime knows and a row belongs to: itself, a stock's product,
/// an order of a line, parcel or transaction [which rows: inferred].
std::vector<RowKey> objects_of(const State& state, Rows rows, std::int64_t id);

/// An object was changed at that moment.
void note_change(State& state, const RowKey& object, kit::Instant now);

/// Notes what a call that ended well has changed. `before` are the objects that its row belonged to
/// before it.
void note_changes(const Call& call, std::string_view verb, const std::vector<RowKey>& before,
                  const Reply& reply);

/// object-mtime or object-mtime/{object}, which have no id: 500 or 501 by setting [live: two
/// testers disagree]; nothing for any other path.
std::optional<Reply> mtime_without_id(const std::vector<std::string>& segments, Language language,
                                      const Settings& settings);

}  // namespace atrapa::mocks::shoper
