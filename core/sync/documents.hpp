#pragma once

#include <chrono>
#include <cstdint>
#include <span>

#include "core/ledger/ledger.hpp"
#include "core/result.hpp"

namespace atrapa::core {

/// Where documents are written: the books, and the day it is there.
struct Desk {
  Ledger& ledger;
  Instant now;
  std::chrono::year_month_day today;  ///< In Warsaw.
};

/// The desk at that moment; the day in Warsaw, or in UTC where the zone database is missing.
Desk desk_at(Ledger& ledger, Instant now);

/// A part of an order's line that leaves the warehouse.
struct GoodsPart {
  std::size_t line = 0;  ///< Counted from 0.
  Quantity quantity;
};

/// The invoice of an order: its lines and its shipping, the buyer with NIP, the next number of the
/// series "FV", VAT per rate out of the gross sums (PL-ROUND-03). Once for an order; only by hand
/// (SYSTIM-DOC-01, SYSTIM-ORD-14). Refused without a number being used up: an unknown order, one
/// that has its invoice, one with a line without VAT rate, one whose buyer's NIP is no NIP.
Result<Document> issue_invoice(Desk& desk, std::int64_t order_id);

/// A goods issue note (WZ) for `parts`, or for all that is left of the order where there are none,
/// in the series "WZ". The ERP's stock falls by it, in the same transaction (SYSTIM-DOC-02; that it
/// falls here and not by order or invoice is [inferred]). Shipping is no goods. Refused: an unknown
/// order, nothing left, more than is left, a product that is gone, less in stock than leaves.
Result<Document> issue_goods(Desk& desk, std::int64_t order_id, std::span<const GoodsPart> parts);

/// Takes a goods issue note back: it stays in the books as cancelled, and its pieces return to the
/// stock. Refused where there is none or it is cancelled already.
Result<Done> cancel_goods(Desk& desk, std::int64_t document_id);

/// A courier's parcel to the order's recipient: address, telephone, e-mail (SYSTIM-DOC-02). Several
/// parcels for one order are several shipments. Refused: an unknown order, a recipient without an
/// address.
Result<Shipment> make_shipment(Desk& desk, std::int64_t order_id);

}  // namespace atrapa::core
