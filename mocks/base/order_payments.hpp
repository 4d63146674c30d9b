#pragma once

#include <vector>

#include "mocks/base/answer.hpp"
#include "mocks/base/orders.hpp"

namespace atrapa::mocks::base {

/// A payment history; not `full`: only entries with an external id. A return's has no comments.
void write_payments(Answer& answer, const std::vector<Payment>& payments, bool full, bool comments);

}  // namespace atrapa::mocks::base
