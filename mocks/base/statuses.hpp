#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/base/rows.hpp"

// What an account defines for its orders, its returns and its clients alike.

namespace atrapa::mocks::base {

/// A status that the account has made; there are no fixed ids [doc].
struct OrderStatus {
  std::int64_t id = 0;
  std::string name;
  std::string short_name;
  std::string name_for_customer;
  std::string color;
  std::int64_t type = 0;  ///< 0 other, 1 unpaid ... 6 return: for the panel's analytics [client].
  std::string comments;
  std::int64_t group_id = 0;
  bool is_primary = false;

  /// Indexes.
  enum By { GroupId };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("id", &OrderStatus::id),
                      as("name", &OrderStatus::name),
                      as("short_name", &OrderStatus::short_name),
                      as("name_for_customer", &OrderStatus::name_for_customer),
                      as("color", &OrderStatus::color),
                      as("type", &OrderStatus::type),
                      as("comments", &OrderStatus::comments),
                      as("group_id", &OrderStatus::group_id),
                      as("is_primary", &OrderStatus::is_primary)};
  }
  bool operator==(const OrderStatus&) const = default;
};

struct StatusGroup {
  std::int64_t id = 0;
  std::string name;
  bool is_main_group = false;

  static constexpr auto fields() {
    return std::tuple{as("group_id", &StatusGroup::id), as("name", &StatusGroup::name),
                      as("is_main_group", &StatusGroup::is_main_group)};
  }
  bool operator==(const StatusGroup&) const = default;
};

/// A field of the account's own.
struct ExtraField {
  std::int64_t id = 0;
  std::string name;
  std::string editor_type = "text";  ///< Or number, select, checkbox, radio, date, file [doc].
  std::vector<std::string> options;  ///< Of a choice field.

  static constexpr auto fields() {
    return std::tuple{as("extra_field_id", &ExtraField::id), as("name", &ExtraField::name),
                      as("editor_type", &ExtraField::editor_type),
                      as("options", &ExtraField::options)};
  }
  bool operator==(const ExtraField&) const = default;
};

}  // namespace atrapa::mocks::base
