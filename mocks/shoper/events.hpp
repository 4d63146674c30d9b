#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/platform.hpp"
#include "mocks/shoper/state.hpp"

// The 24 events that a shop tells its webhooks [live SPK, client], and which write is which.

namespace atrapa::mocks::shoper {

/// One thing that happened to one object.
struct Event {
  std::string_view name;  ///< "order.create"
  Rows rows;              ///< What the object is a row of.
  std::int64_t id = 0;
  kit::RecordPtr gone;  ///< Of a deletion: the object as it was last.
};

/// The object's text as GET answers it.
using ReadObject = std::function<std::string(Rows rows, std::int64_t id)>;

/// Appends a signed delivery to the context for each active webhook that listens to each event,
/// events in order, webhooks by id. X-Webhook-Id is the webhook's id [inferred: deliveries have
/// none].
///
/// The body is the whole object in the shape of GET [live for order.create, order.edit and
/// order.status; inferred for the rest], for a deletion by setting `webhook_delete_body`; in XML
/// [inferred shape] where the webhook's format is 1.
void announce(const State& state, const std::vector<Event>& events, const ReadObject& read,
              kit::Context& context);

/// Sees what one write of the API, or of somebody in the shop, does to the objects that events
/// tell of. Costs a look at the webhooks where none is active.
///
/// [inferred]: a write of order lines, transactions and refunds is order.edit; one of a product's
/// stocks is product.edit (setting `stock_write_event`), one that sells a piece is not; a parcel
/// that changes its order's status is order.edit and order.status; a category that goes takes a
/// category.delete for each below it along; order.paid comes when is_paid turns true,
/// parcel.dispatch by setting `parcel_dispatch`.
class EventWatch {
 public:
  /// Before the write.
  explicit EventWatch(const State& state);

  /// After one that ended well: what it was. `id` is the path's, or for a POST that of the new row.
  std::vector<Event> events(const State& after, std::string_view resource, std::string_view verb,
                            std::int64_t id) const;
  /// Whether anybody listens at all.
  bool listens() const { return before_.has_value(); }

 private:
  std::optional<State> before_;
};

}  // namespace atrapa::mocks::shoper
