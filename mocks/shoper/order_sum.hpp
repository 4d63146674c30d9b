#pragma once

#include <cstdint>

#include "mocks/kit/decimal.hpp"
#include "mocks/kit/record.hpp"
#include "mocks/shoper/state.hpp"

namespace atrapa::mocks::shoper {

/// price x quantity less discount_perc, rounded half up to the grosz [inferred].
kit::Decimal line_total(const kit::Record& line);

/// Sets what follows from sum, paid and the payment: is_paid (paid at least the sum),
/// is_underpayment, is_overpayment [rec], is_cash_on_delivery (payment "cod") [inferred].
void renew_flags(const State& state, kit::RecordWriter& order);

/// Sets `sum`, `total_products` (lines, not pieces [rec]) and the flags from the order's lines.
///
/// The sum is the lines after discounts plus shipping_cost plus the surcharge that the shipping
/// asks for its payment, each rounded to the grosz [inferred]; settings `sum_includes_shipping` and
/// `sum_counts_order_discounts` change that. Nothing happens to an order that is gone.
void recompute_order(State& state, std::int64_t order_id);

}  // namespace atrapa::mocks::shoper
