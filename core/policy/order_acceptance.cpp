#include "core/policy/order_acceptance.hpp"

#include <fmt/format.h>

#include <chrono>

namespace atrapa::core {

namespace {

constexpr int kFromShop = 0;
constexpr int kFromPanel = 5;        ///< Since 5.8.22 [doc].
constexpr int kByAdministrator = 6;  ///< A shop order by a signed-in administrator [doc].

std::string origin_text(const ShopOrder& order) {
  return order.origin ? fmt::format("origin {}", *order.origin) : std::string("no origin");
}

}  // namespace

std::optional<Objection> accept_origin(const ShopOrder& order, const OrderFacts& facts,
                                       const SystimSwitches& switches) {
  switch (switches.panel_order_test) {
    case PanelOrderTest::SkipOrigin5And6:
      if (order.origin != kFromPanel && order.origin != kByAdministrator) return std::nullopt;
      return Objection{Reason::PlacedInPanel,
                       fmt::format("entered by an administrator ({})", origin_text(order))};
    case PanelOrderTest::OriginIs0:
      if (order.origin == kFromShop) return std::nullopt;
      return Objection{order.origin == kFromPanel ? Reason::PlacedInPanel : Reason::OriginNotShop,
                       fmt::format("not placed in the shop ({})", origin_text(order))};
    case PanelOrderTest::WebhookOnly:
      if (facts.announced) return std::nullopt;
      return Objection{Reason::NotAnnounced, "no webhook told of this order"};
  }
  return std::nullopt;
}

std::optional<Objection> accept_date(const ShopOrder& order, const OrderFacts& facts,
                                     const SystimSwitches& switches) {
  if (facts.placed_at < std::chrono::floor<std::chrono::seconds>(facts.configured_at)) {
    return Objection{Reason::OlderThanConfiguration,
                     fmt::format("placed {}, before the connector was configured", order.date)};
  }
  if (!facts.automatic || switches.catch_up_on_resume == CatchUpOnResume::Yes) return std::nullopt;
  for (const Suspension& suspension : facts.suspensions) {
    const bool during =
        facts.placed_at >= suspension.from &&
        (!suspension.to ||
         facts.placed_at < std::chrono::floor<std::chrono::seconds>(*suspension.to));
    if (during) {
      return Objection{Reason::PlacedWhileSuspended,
                       fmt::format("placed {}, while automatic operation was off", order.date)};
    }
  }
  return std::nullopt;
}

}  // namespace atrapa::core
