#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/base/rows.hpp"

namespace atrapa::mocks::base {

/// A cart of the warehouse's floor, and the orders that lie in it.
struct Cart {
  std::int64_t id = 0;
  std::string name;
  std::string color;
  std::vector<std::int64_t> orders;  ///< Last assigned last. An order lies in one cart at most.

  /// Indexes.
  enum By { OrderId };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("cart_id", &Cart::id), as("name", &Cart::name), as("color", &Cart::color),
                      as("orders", &Cart::orders)};
  }
  bool operator==(const Cart&) const = default;
};

/// What a packing station noted: the API only reads these.
struct PickPackEntry {
  std::int64_t id = 0;
  std::int64_t order_id = 0;
  std::int64_t action_type = 0;  ///< 1-6 picking, 7-12 packing, 13-17 photos [doc].
  std::string profile_id;
  std::int64_t station_id = 0;
  std::int64_t cart_id = 0;
  std::int64_t entry_date = 0;

  /// Indexes.
  enum By { OrderId };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("entry_id", &PickPackEntry::id),
                      as("order_id", &PickPackEntry::order_id),
                      as("action_type", &PickPackEntry::action_type),
                      as("profile_id", &PickPackEntry::profile_id),
                      as("station_id", &PickPackEntry::station_id),
                      as("cart_id", &PickPackEntry::cart_id),
                      as("entry_date", &PickPackEntry::entry_date)};
  }
  bool operator==(const PickPackEntry&) const = default;
};

struct PickPack {
  Rows<Cart> carts;
  Rows<PickPackEntry> pick_pack_history;

  static constexpr auto fields() {
    return std::tuple{as("carts", &PickPack::carts),
                      as("pick_pack_history", &PickPack::pick_pack_history)};
  }
};

}  // namespace atrapa::mocks::base
