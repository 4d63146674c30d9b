#pragma once

#include "mocks/base/answer.hpp"
#include "mocks/base/orders.hpp"

namespace atrapa::mocks::base {

/// What getOrders adds for those who ask for it.
struct OrderParts {
  bool custom_fields = false;
  bool commissions = false;
  bool connect_data = false;
};

/// The members of an order in getOrders, into the item that was opened.
void write_order(Answer& answer, const Order& order, const OrderParts& parts,
                 const Rows<ExtraField>& fields);
void write_connect_data(Answer& answer, const ConnectSale& sale);

}  // namespace atrapa::mocks::base
