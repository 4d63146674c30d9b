#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "mocks/kit/decimal.hpp"
#include "mocks/kit/platform.hpp"
#include "mocks/shoper/call.hpp"
#include "mocks/shoper/shopfloor.hpp"
#include "mocks/shoper/state.hpp"

// What the operations of shopfloor.hpp are made of.

namespace atrapa::mocks::shoper {

using FloorAnswer = std::variant<kit::Json, FloorRefusal>;

/// One operation under way.
struct Floor {
  State& state;
  kit::Context& context;
};

using FloorHandler = FloorAnswer (*)(Floor&, const kit::Json& body);

/// An object of a body, read member by member. The first thing that does not fit is kept as
/// `refused`; what is read after it is empty.
class Asked {
 public:
  /// Unknown members are refused with the names of those that there are.
  Asked(const kit::Json& json, std::string pointer, std::initializer_list<std::string_view> known);

  bool has(const char* name) const { return object_->contains(name); }
  const kit::Json& json(const char* name) const;

  std::string text(const char* name, std::string otherwise = {});
  std::string needed_text(const char* name);
  bool flag(const char* name);
  /// A number, or its text: 2, "2", "1.5".
  std::optional<kit::Decimal> number(const char* name);
  /// A row's id; 0 where it is not given.
  std::int64_t id(const char* name);
  /// The id of a row that exists.
  std::int64_t row(const char* name, Rows rows, const State& state);
  std::int64_t needed_row(const char* name, Rows rows, const State& state);
  const kit::Json& needed_object(const char* name);

  void refuse(std::string_view name, std::string what, std::string expected, std::string next);

  std::optional<FloorRefusal> refused;

 private:
  void missing(std::string_view name, std::string expected);

  const kit::Json* object_;
  std::string pointer_;
};

/// Carries out a call of the API from within the shop. A refusal of it becomes one of ours at
/// `where`; the answer is that of the call.
FloorAnswer call_on_floor(Floor& floor, std::string_view verb, const std::string& path,
                          const kit::Json& body, const std::string& where);

/// 40 hex digits: a code, a secret, a token.
std::string drawn_key(kit::Random& random);

// floor_order.cpp
FloorAnswer place_order(Floor& floor, const kit::Json& body);
FloorAnswer pay_order(Floor& floor, const kit::Json& body);
FloorAnswer change_status(Floor& floor, const kit::Json& body);

// floor_apps.cpp
FloorAnswer install_application(Floor& floor, const kit::Json& body);
FloorAnswer upgrade_application(Floor& floor, const kit::Json& body);
FloorAnswer uninstall_application(Floor& floor, const kit::Json& body);
FloorAnswer bill_installation(Floor& floor, const kit::Json& body);
FloorAnswer bill_subscription(Floor& floor, const kit::Json& body);
FloorAnswer open_panel(Floor& floor, const kit::Json& body);
FloorAnswer regenerate_keys(Floor& floor, const kit::Json& body);

}  // namespace atrapa::mocks::shoper
