#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "core/domain/shop_zone.hpp"
#include "core/sync/flow.hpp"

namespace atrapa::core {

namespace {

/// How many ids below the last one read are read again: an order whose number was given before its
/// neighbour's may appear after it. One page, so that it costs nothing.
constexpr std::int64_t kOverlap = 50;
constexpr const char* kReadTo = "orders_read_to";
constexpr auto kMargin = std::chrono::hours(24);  ///< Against the hours that a zone repeats.

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// Waits for another try, or is left for good.
OrderDecision::State state_after(Reason reason) {
  return reason == Reason::PlacedWhileSuspended || reason == Reason::NotAnnounced ||
                 reason == Reason::DateUnreadable
             ? OrderDecision::State::Waiting
             : OrderDecision::State::Left;
}

class OrderFetch {
 public:
  OrderFetch(Flow& flow, const ShopZone& zone)
      : flow_(flow),
        zone_(zone),
        suspensions_(flow.ledger.suspensions(flow.integration)),
        context_{flow.shop,  flow.ledger,      flow.products, flow.switches,
                 flow.parts, flow.integration, flow.run,      flow.clock.now()} {}

  ShopResult<Done> run() {
    if (auto waiting = waiting_orders(); !waiting) return waiting;
    return new_orders();
  }

 private:
  struct Accepted {
    ShopOrder order;
    Instant placed_at;
  };

  ShopResult<Done> waiting_orders() {
    std::vector<std::string> ids;
    for (const OrderDecision& decision : flow_.ledger.waiting_orders(flow_.integration)) {
      if (worth_another_try(decision)) ids.push_back(decision.shop_order_id);
    }
    if (ids.empty()) return Done{};
    auto orders = flow_.shop.orders_by_id(ids);
    if (!orders) return fail(orders.error());
    std::unordered_set<std::string> gone(ids.begin(), ids.end());
    for (const ShopOrder& order : *orders) gone.erase(order.id);
    for (const std::string& id : ids) {
      if (gone.contains(id)) forget(id);
    }
    retried_.insert(ids.begin(), ids.end());
    return take(*std::move(orders), true);
  }

  bool worth_another_try(const OrderDecision& decision) const {
    if (decision.reason == Reason::PlacedWhileSuspended) {
      return !flow_.automatic || flow_.switches.catch_up_on_resume == CatchUpOnResume::Yes;
    }
    if (decision.reason == Reason::NotAnnounced) {
      return flow_.switches.panel_order_test != PanelOrderTest::WebhookOnly ||
             flow_.ledger.announced(flow_.integration, decision.shop_order_id);
    }
    return true;
  }

  void forget(const std::string& id) {
    Ledger::Transaction transaction(flow_.ledger);
    flow_.ledger.forget_decision(flow_.integration, id);
    record(
        flow_,
        {{Severity::Warning, RecordKind::Order, id, Reason::OrderGone,
          fmt::format("order {}: it was to be tried again, and the shop no longer has it", id)}});
    transaction.commit();
  }

  ShopResult<Done> new_orders() {
    std::int64_t read_to =
        number_of(flow_.ledger.setting(flow_.integration, kReadTo).value_or("0"));
    const OrderQuery query{.after_id = std::max<std::int64_t>(0, read_to - kOverlap),
                           .from_date = zone_.to_local(flow_.configured_at - kMargin)};
    std::int64_t done = 0;
    ShopResult<Done> result = Done{};
    auto read = flow_.shop.orders(
        query, [&](std::vector<ShopOrder> orders, std::optional<std::int64_t> expected) {
          done += static_cast<std::int64_t>(orders.size());
          std::int64_t highest = read_to;
          for (const ShopOrder& order : orders) highest = std::max(highest, number_of(order.id));
          result = take(std::move(orders), false);
          if (!result) return false;
          if (highest > read_to) {
            read_to = highest;
            flow_.ledger.set_setting(flow_.integration, kReadTo, std::to_string(read_to));
          }
          tell(flow_, "orders", done, expected);
          return true;
        });
    return read ? result : read;
  }

  /// Decides about a page of orders, and imports those that were accepted.
  ShopResult<Done> take(std::vector<ShopOrder> orders, bool again) {
    std::vector<Accepted> accepted;
    for (ShopOrder& order : orders) {
      if (!again && retried_.contains(order.id)) continue;
      ++flow_.report.orders_read;
      if (flow_.parts.already_imported(flow_.ledger, flow_.integration, order.id)) {
        ++flow_.report.orders_already_there;
        continue;
      }
      if (!again && flow_.ledger.decision(flow_.integration, order.id)) continue;
      const auto placed_at = zone_.to_utc(order.date);
      if (const auto objection = objection_to(order, placed_at)) {
        leave(order, *objection);
      } else {
        accepted.push_back({std::move(order), *placed_at});
      }
    }
    return import(accepted);
  }

  std::optional<Objection> objection_to(const ShopOrder& order,
                                        const std::optional<Instant>& placed_at) const {
    if (!placed_at) {
      return Objection{Reason::DateUnreadable,
                       fmt::format("its date cannot be read: '{}'", order.date)};
    }
    const OrderFacts facts{.placed_at = *placed_at,
                           .configured_at = flow_.configured_at,
                           .announced = flow_.ledger.announced(flow_.integration, order.id),
                           .automatic = flow_.automatic,
                           .suspensions = suspensions_};
    if (auto objection = flow_.parts.accept_origin(order, facts, flow_.switches)) return objection;
    return flow_.parts.accept_date(order, facts, flow_.switches);
  }

  void leave(const ShopOrder& order, const Objection& objection) {
    const bool error = objection.reason == Reason::DateUnreadable;
    ++flow_.report.orders_left_alone;
    Ledger::Transaction transaction(flow_.ledger);
    flow_.ledger.decide_order(flow_.integration,
                              {order.id, state_after(objection.reason), objection.reason},
                              context_.now);
    record(flow_,
           {{error ? Severity::Error : Severity::Info, RecordKind::Order, order.id,
             objection.reason, fmt::format("order {}: left alone: {}", order.id, objection.text)}});
    transaction.commit();
  }

  ShopResult<Done> import(const std::vector<Accepted>& accepted) {
    if (accepted.empty()) return Done{};
    if (auto let_in = still_let_in(flow_); !let_in) return let_in;
    std::vector<std::string> ids;
    for (const Accepted& each : accepted) ids.push_back(each.order.id);
    auto lines = flow_.shop.lines(ids);
    if (!lines) return fail(lines.error());
    for (const Accepted& each : accepted) {
      const auto& own = (*lines)[each.order.id];
      auto outcome = flow_.parts.import_order(context_, {each.order, own, each.placed_at});
      if (!outcome) return fail(outcome.error());
      report_only(flow_, std::move(outcome->entries));
      switch (outcome->state) {
        case ImportOutcome::State::Saved:
          ++flow_.report.orders_saved;
          if (auto after = flow_.parts.after_import(flow_.shop, each.order); !after) return after;
          break;
        case ImportOutcome::State::AlreadyThere: ++flow_.report.orders_already_there; break;
        case ImportOutcome::State::Waiting: ++flow_.report.orders_left_alone; break;
      }
    }
    return Done{};
  }

  Flow& flow_;
  const ShopZone& zone_;
  std::vector<Suspension> suspensions_;
  ImportContext context_;
  std::unordered_set<std::string> retried_;
};

}  // namespace

ShopResult<Done> fetch_orders(Flow& flow, const ShopSettings& settings) {
  const auto zone = ShopZone::named(settings.time_zone);
  if (!zone) return fail(ShopError{ShopError::Kind::Unreadable, 0, zone.error()});
  return OrderFetch(flow, *zone).run();
}

}  // namespace atrapa::core
