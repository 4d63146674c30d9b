#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mocks/kit/record.hpp"
#include "mocks/shoper/state.hpp"

// The address book (user-addresses) and what orders take from it.

namespace atrapa::mocks::shoper {

/// The customer's address whose flag, "default" or "shipping_default", is set; null where there is
/// none.
kit::RecordPtr default_address(const State& state, std::int64_t user_id, std::string_view flag);

/// Writes an address of the book over an order's address: same things, other names [doc]. Its id,
/// order and type stay.
void copy_address(const kit::Record& entry, kit::RecordWriter& address);

/// Removes all addresses of a customer.
void remove_addresses(State& state, std::int64_t user_id);

}  // namespace atrapa::mocks::shoper
