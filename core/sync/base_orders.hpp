#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/domain/contractor.hpp"
#include "core/domain/order.hpp"
#include "core/policy/base_switches.hpp"
#include "core/policy/reason.hpp"
#include "core/result.hpp"
#include "core/shops/base/orders.hpp"

/// Orders of Base in the words of the books.
namespace atrapa::core {

/// What a failed call to Base means to a run or a record.
Objection objection_of(const base::Error& error);

/// An order as the books keep it: number, links to products and to a buyer are not decided yet.
/// Buyer: the invoice data, else the delivery's where there are none (EBIURO-NEW-05). Line values
/// are rounded half up each; shipping is charged at the highest rate of the lines, since Base's
/// orders name none [inferred]. Refused: an amount, a quantity or a rate that cannot be read.
Result<ErpOrder, Objection> erp_order(const base::Order& order, std::string_view integration,
                                      Instant now);

/// The buyer of an order as the books would file it, with document_nip()'s number: none where what
/// was written is no NIP (PL-NIP-01).
Contractor buyer_of(const ErpOrder& order, NipPolicy policy);

}  // namespace atrapa::core
