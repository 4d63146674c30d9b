#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "mocks/kit/list.hpp"
#include "mocks/kit/record.hpp"
#include "mocks/shoper/call.hpp"

// Values of additional-fields in orders and users.

namespace atrapa::mocks::shoper {

/// Bits of `locate`: where a field is asked for [rec].
enum Locate : unsigned {
  kLocateUser = 1,
  kLocateAccount = 2,
  kLocateRegistration = 4,
  kLocateOrder = 8,
  kLocateOrderAndRegistration = 16,
  kLocateGuestOrder = 32,
  kLocateSignedInOrder = 64,
};
constexpr unsigned kLocateUsers = kLocateUser | kLocateAccount | kLocateRegistration;
constexpr unsigned kLocateOrders =
    kLocateOrder | kLocateOrderAndRegistration | kLocateGuestOrder | kLocateSignedInOrder;

/// Adds a problem "additional_fields.ID" for each sent value whose field does not exist or is not
/// asked for in those `places` [inferred], and for values that its type does not take: a checkbox
/// (2) takes 0 and 1, a select (3) an option of its own by id or text.
void check_additional_fields(const Call& call, kit::Written& written, const kit::Schema& schema,
                             unsigned places);

/// Turns the sent values, a map of field id to value or a list of {field_id, value}, into the list
/// that reads have, over the values that `before` (raw JSON, "" for none) holds of other fields.
/// Nothing happens where none were sent.
void write_additional_fields(const State& state, const kit::Written& written,
                             kit::RecordWriter& row, std::string_view before);

/// One entry of that list, {field_id, type, locate, req, active, order, field_value, value}; of a
/// field that the shop does not have with what is known of it, as a planted row may hold.
std::string additional_entry(const State& state, const kit::Schema& schema,
                             std::string_view field_id, const std::string& value);

/// The test behind a filter {"additional_fields": {"=": {"5": "x"}}} [doc]; nothing for another
/// key.
std::optional<std::variant<kit::RecordTest, kit::QueryError>> additional_fields_test(
    const kit::Schema& schema, const kit::Condition& condition);

}  // namespace atrapa::mocks::shoper
