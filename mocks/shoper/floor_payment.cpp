#include <fmt/format.h>

#include <algorithm>

#include "mocks/shoper/floor.hpp"
#include "mocks/shoper/rows.hpp"

// What people do with an order that is placed: they pay it and move its status.

namespace atrapa::mocks::shoper {
namespace {

using kit::Decimal;
using kit::Json;
using kit::RecordPtr;

FloorAnswer written_order(Floor& floor, std::int64_t id, const Json& fields,
                          const std::string& where) {
  FloorAnswer answer = call_on_floor(floor, "PUT", fmt::format("orders/{}", id), fields, where);
  if (std::holds_alternative<FloorRefusal>(answer)) return answer;
  const RecordPtr order = floor.state.find(Rows::Orders, id);
  return Json{{"order", id},
              {"sum", text_of(Rows::Orders, *order, "sum")},
              {"paid", text_of(Rows::Orders, *order, "paid")},
              {"status", id_of(Rows::Orders, *order, "status_id")}};
}

}  // namespace

FloorAnswer pay_order(Floor& floor, const Json& body) {
  Asked asked(body, "", {"order", "amount"});
  const std::int64_t id = asked.needed_row("order", Rows::Orders, floor.state);
  const auto amount = asked.number("amount");
  if (!asked.refused && amount && *amount <= Decimal(0)) {
    asked.refuse("amount", "this pays nothing", "more than 0", "leave it out to pay what is open");
  }
  if (asked.refused) return *asked.refused;
  const RecordPtr order = floor.state.find(Rows::Orders, id);
  const Decimal sum = number_of(Rows::Orders, *order, "sum");
  const Decimal paid = number_of(Rows::Orders, *order, "paid");
  const Decimal now_paid = amount ? paid + *amount : std::max(sum, paid);
  Json fields = {{"paid", now_paid.fixed(2)}};
  const std::int64_t status = floor.state.config_id("shopping_change_status_payment_made_id");
  if (now_paid >= sum && floor.state.has(Rows::Statuses, status)) fields["status_id"] = status;
  return written_order(floor, id, fields, "/amount");
}

FloorAnswer change_status(Floor& floor, const Json& body) {
  Asked asked(body, "", {"order", "status"});
  const std::int64_t id = asked.needed_row("order", Rows::Orders, floor.state);
  const std::int64_t status = asked.needed_row("status", Rows::Statuses, floor.state);
  if (asked.refused) return *asked.refused;
  return written_order(floor, id, {{"status_id", status}}, "/status");
}

}  // namespace atrapa::mocks::shoper
