#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "tests/mocks/base/account.hpp"

namespace atrapa::tests::base {

/// A line for addOrder and addOrderProduct.
Json order_line(const std::string& name, const std::string& price, int quantity);

/// The least that addOrder takes: status Nowe, delivery at 12.00, the lines.
Json order_of(std::initializer_list<Json> lines = {});

std::int64_t add_order(Account& account, const Json& order);
/// The order by getOrders, unconfirmed ones too; an empty object where it is not there.
Json read_order(Account& account, std::int64_t order_id, Json parameters = Json::object());

/// The journal's entries after that one, as "TYPE ORDER OBJECT".
std::vector<std::string> journal_after(Account& account, std::int64_t last_log_id = 0);

}  // namespace atrapa::tests::base
