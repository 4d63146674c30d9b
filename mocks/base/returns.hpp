#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/base/orders.hpp"
#include "mocks/base/rows.hpp"
#include "mocks/base/statuses.hpp"
#include "mocks/kit/decimal.hpp"

namespace atrapa::mocks::base {

/// A line of a return: a line of an order that comes back, or anything else.
struct ReturnLine {
  std::int64_t id = 0;  ///< order_return_product_id: unique in the account.
  OrderLine line;       ///< What it is. `line.id`: the order's line that it stands for; 0: none.
  std::int64_t status_id = 0;
  std::int64_t return_reason_id = 0;

  static constexpr auto fields() {
    return std::tuple{as("order_return_product_id", &ReturnLine::id), as("line", &ReturnLine::line),
                      as("status_id", &ReturnLine::status_id),
                      as("return_reason_id", &ReturnLine::return_reason_id)};
  }
  bool operator==(const ReturnLine&) const = default;
};

struct OrderReturn {
  std::int64_t id = 0;
  std::int64_t order_id = 0;  ///< 0: of no order.
  std::int64_t shop_order_id = 0;
  std::string external_order_id;
  std::string reference_number;
  std::string source = "personal";
  std::int64_t source_id = 0;
  std::int64_t status_id = 0;
  std::int64_t date_add = 0;  ///< Unix seconds.
  std::int64_t date_in_status = 0;
  std::string user_login;
  std::string currency;
  kit::Decimal refund_done;
  std::string email;
  std::string phone;
  kit::Decimal delivery_price;
  std::string delivery_fullname;
  std::string delivery_company;
  std::string delivery_address;
  std::string delivery_postcode;
  std::string delivery_city;
  std::string delivery_state;
  std::string delivery_country_code;
  std::string extra_field_1;
  std::string extra_field_2;
  std::map<std::int64_t, std::string> custom_extra_fields;  ///< As an order's.
  std::string admin_comments;
  std::string delivery_package_module;
  std::string delivery_package_nr;
  ConnectSale connect_data;
  std::string refund_account_number;
  std::string refund_iban;
  std::string refund_swift;
  std::int64_t fulfillment_status = 0;  ///< 0 active, 5 accepted, 1 done, 2 cancelled [doc].
  std::vector<ReturnLine> products;
  std::vector<Payment> payments;  ///< Of refunds, oldest first.

  /// Lines and delivery, gross [inferred].
  kit::Decimal value() const;

  /// Indexes. Numbers by number_key().
  enum By { OrderId, DateAdd, Status };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("return_id", &OrderReturn::id),
                      as("order_id", &OrderReturn::order_id),
                      as("shop_order_id", &OrderReturn::shop_order_id),
                      as("external_order_id", &OrderReturn::external_order_id),
                      as("reference_number", &OrderReturn::reference_number),
                      as("order_return_source", &OrderReturn::source),
                      as("order_return_source_id", &OrderReturn::source_id),
                      as("status_id", &OrderReturn::status_id),
                      as("date_add", &OrderReturn::date_add),
                      as("date_in_status", &OrderReturn::date_in_status),
                      as("user_login", &OrderReturn::user_login),
                      as("currency", &OrderReturn::currency),
                      as("refund_done", &OrderReturn::refund_done),
                      as("email", &OrderReturn::email),
                      as("phone", &OrderReturn::phone),
                      as("delivery_price", &OrderReturn::delivery_price),
                      as("delivery_fullname", &OrderReturn::delivery_fullname),
                      as("delivery_company", &OrderReturn::delivery_company),
                      as("delivery_address", &OrderReturn::delivery_address),
                      as("delivery_postcode", &OrderReturn::delivery_postcode),
                      as("delivery_city", &OrderReturn::delivery_city),
                      as("delivery_state", &OrderReturn::delivery_state),
                      as("delivery_country_code", &OrderReturn::delivery_country_code),
                      as("extra_field_1", &OrderReturn::extra_field_1),
                      as("extra_field_2", &OrderReturn::extra_field_2),
                      as("custom_extra_fields", &OrderReturn::custom_extra_fields),
                      as("admin_comments", &OrderReturn::admin_comments),
                      as("delivery_package_module", &OrderReturn::delivery_package_module),
                      as("delivery_package_nr", &OrderReturn::delivery_package_nr),
                      as("connect_data", &OrderReturn::connect_data),
                      as("refund_account_number", &OrderReturn::refund_account_number),
                      as("refund_iban", &OrderReturn::refund_iban),
                      as("refund_swift", &OrderReturn::refund_swift),
                      as("fulfillment_status", &OrderReturn::fulfillment_status),
                      as("products", &OrderReturn::products),
                      as("payments", &OrderReturn::payments)};
  }
  bool operator==(const OrderReturn&) const = default;
};

/// Something that a return's line can be, by number: why it came back, or how far it is.
struct NamedNumber {
  std::int64_t id = 0;
  std::string name;

  static constexpr auto fields() {
    return std::tuple{as("id", &NamedNumber::id), as("name", &NamedNumber::name)};
  }
  bool operator==(const NamedNumber&) const = default;
};

/// What the journal of returns tells, by getOrderReturnJournalList's number [doc].
enum class ReturnEventType {
  Created = 1,
  Accepted = 2,
  Completed = 3,
  Cancelled = 4,
  Refunded = 5,
  DeliveryEdited = 6,
  ProductAdded = 7,
  ProductEdited = 8,
  ProductRemoved = 9,
  DataEdited = 10,
  StatusChanged = 11,
  LineStatusChanged = 12,
};

struct ReturnEvent {
  std::int64_t id = 0;
  std::int64_t return_id = 0;
  std::int64_t log_type = 0;
  std::int64_t object_id = 0;
  std::int64_t date = 0;

  /// Indexes. Numbers by number_key().
  enum By { ReturnId, Date };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("log_id", &ReturnEvent::id), as("return_id", &ReturnEvent::return_id),
                      as("log_type", &ReturnEvent::log_type),
                      as("object_id", &ReturnEvent::object_id), as("date", &ReturnEvent::date)};
  }
  bool operator==(const ReturnEvent&) const = default;
};

struct Returns {
  Rows<OrderReturn> returns;
  Rows<OrderStatus> return_statuses;
  Rows<StatusGroup> return_status_groups;
  Rows<ExtraField> return_extra_fields;
  Rows<NamedNumber> return_reasons;
  Rows<NamedNumber> return_line_statuses;
  Rows<ReturnEvent> return_journal;
  std::int64_t next_return_line_id = 1;

  static constexpr auto fields() {
    return std::tuple{as("returns", &Returns::returns),
                      as("return_statuses", &Returns::return_statuses),
                      as("return_status_groups", &Returns::return_status_groups),
                      as("return_extra_fields", &Returns::return_extra_fields),
                      as("return_reasons", &Returns::return_reasons),
                      as("return_line_statuses", &Returns::return_line_statuses),
                      as("return_journal", &Returns::return_journal),
                      as("next_return_line_id", &Returns::next_return_line_id)};
  }
};

// As for orders. `now` in unix seconds.

/// Null where there is no such return.
const OrderReturn* find_return(const State& state, std::int64_t return_id);

/// Adds an entry, unless the account's journal is switched off.
void log_return_event(State& state, ReturnEventType type, std::int64_t return_id,
                      std::int64_t object_id, std::int64_t now);

/// Entry 11. A return that is in that status already is left alone [inferred].
void set_return_status(State& state, std::int64_t return_id, std::int64_t status_id,
                       std::int64_t now);

/// What the panel does to a return as a whole, by the numbers of `fulfillment_status`: entry 2, 3
/// or 4. The API only reads it.
void set_return_fulfillment(State& state, std::int64_t return_id, std::int64_t fulfillment_status,
                            std::int64_t now);

}  // namespace atrapa::mocks::base
