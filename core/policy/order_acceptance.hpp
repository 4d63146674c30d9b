#pragma once

#include <optional>
#include <span>

#include "core/domain/order.hpp"
#include "core/policy/reason.hpp"
#include "core/policy/switches.hpp"
#include "core/ports/clock.hpp"

namespace atrapa::core {

/// A time during which automatic operation was off: [from, to), open when it still is.
struct Suspension {
  Instant from;
  std::optional<Instant> to;
};

/// What is known around an order when it is decided whether it is imported.
struct OrderFacts {
  Instant placed_at;
  Instant configured_at;
  bool announced = false;  ///< A webhook told of it.
  bool automatic = false;  ///< The run is automatic, not by hand.
  std::span<const Suspension> suspensions;
};

/// Orders placed in the shop come in, orders entered in the admin panel do not (SYSTIM-ORD-11),
/// told apart as `panel_order_test` says. An order without an origin (shops before 5.8.22 know none
/// for the panel) passes by default.
std::optional<Objection> accept_origin(const ShopOrder& order, const OrderFacts& facts,
                                       const SystimSwitches& switches);

/// Orders older than the configuration stay out (SYSTIM-ORD-03); the second of the configuration
/// itself comes in, because the shop's dates have no finer unit and no order may be lost (ORD-02).
/// Orders of a suspension stay out of automatic runs unless `catch_up_on_resume` (CONF-05).
std::optional<Objection> accept_date(const ShopOrder& order, const OrderFacts& facts,
                                     const SystimSwitches& switches);

}  // namespace atrapa::core
