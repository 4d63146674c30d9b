#pragma once

#include <cstdint>

#include "mocks/base/state.hpp"

namespace atrapa::mocks::base {

/// What the journal of orders tells, by getJournalList's number [doc; 22 from the changelog].
enum class OrderEventType {
  Created = 1,
  Confirmed = 2,  ///< Order data fetched.
  Payment = 3,
  Removed = 4,  ///< The order, an invoice or a receipt.
  Merged = 5,
  Split = 6,
  InvoiceIssued = 7,
  ReceiptIssued = 8,
  ShipmentMade = 9,
  ShipmentRemoved = 10,
  DeliveryEdited = 11,
  ProductAdded = 12,
  ProductEdited = 13,
  ProductRemoved = 14,
  BlackListed = 15,
  DataEdited = 16,
  Copied = 17,
  StatusChanged = 18,
  InvoiceDeleted = 19,
  ReceiptDeleted = 20,
  InvoiceEdited = 21,
  ShipmentStatusChanged = 22,
};

/// Adds an entry, unless the account's journal is switched off. `now` in unix seconds.
void log_event(State& state, OrderEventType type, std::int64_t order_id, std::int64_t object_id,
               std::int64_t now);

}  // namespace atrapa::mocks::base
