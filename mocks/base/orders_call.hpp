#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mocks/base/call.hpp"

namespace atrapa::mocks::base {

/// Overwrites what the call's parameters name of an order, its lines aside. Throws kit::WorldError
/// for a value that cannot be taken.
void set_order_given(Call& call, Order& order);

/// How an order gets into the account, beside the fields that addOrder takes.
struct Arrival {
  std::string source = "personal";
  std::int64_t source_id = 0;
  std::string external_order_id;
  std::int64_t shop_order_id = 0;
  bool confirmed = true;
  bool by_hand = false;  ///< Typed in: no event "order downloaded" [doc].
};

/// addOrder for an order that arrives like that.
Reply add_order(Call& call, const Arrival& arrival);

/// Whether orders can come from there. Personal 0 always is ("In person / by phone" in the official
/// sample), and order_return 0.
bool has_source(const State& state, std::string_view type, std::int64_t source_id);

/// Whether an automatic action waits for that trigger of "order_trigger" or "return_trigger".
bool has_trigger(const State& state, std::string_view event, std::int64_t trigger_id);

/// The refusal for an order that the account does not have.
Reply no_order(const Call& call, std::int64_t order_id);

}  // namespace atrapa::mocks::base
