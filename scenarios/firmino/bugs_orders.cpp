#include <algorithm>

#include "core/integrations/firmino_base.hpp"
#include "scenarios/firmino/bugs.hpp"

namespace atrapa::scenarios::firmino {
namespace {

namespace fb = core::firmino_base;
using core::ErpOrder;
using core::FirminoSwitches;
using core::Instant;
using core::Ledger;
using core::Objection;
using core::Profile;
using core::Reason;
using harness::CoreParts;

/// As the right one, with only the date or only the status looked at.
std::optional<Objection> status_alone(const ErpOrder& order, const fb::Settings& settings,
                                      const FirminoSwitches& switches) {
  fb::Settings other = settings;
  other.date_from.clear();
  return fb::order_objection(order, other, switches);
}

std::optional<Objection> date_alone(const ErpOrder& order, const fb::Settings& settings,
                                    const FirminoSwitches& switches) {
  fb::Settings other = settings;
  other.statuses.clear();
  return fb::order_objection(order, other, switches);
}

std::optional<Instant> from_the_beginning(const Ledger&, const Profile&, const fb::Settings&) {
  return std::nullopt;
}

std::optional<Objection> date_exclusive(const ErpOrder& order, const fb::Settings& settings,
                                        const FirminoSwitches& switches) {
  const auto from = fb::first_moment(settings);
  if (from && order.confirmed_at == *from) {
    return Objection{Reason::OlderThanDate, "not later than the date"};
  }
  return fb::order_objection(order, settings, switches);
}

/// Midnight as if Warsaw were Greenwich.
std::optional<Objection> midnight_in_utc(const ErpOrder& order, const fb::Settings& settings,
                                         const FirminoSwitches& switches) {
  const auto from = fb::first_moment(settings);
  if (from && order.confirmed_at) {
    const auto day = std::chrono::ceil<std::chrono::days>(*from);
    if (*order.confirmed_at < Instant(day)) {
      return Objection{Reason::OlderThanDate, "before midnight"};
    }
  }
  return fb::order_objection(order, settings, switches);
}

/// The date in which the shop took it, whatever the settings mean.
std::optional<Objection> placed_date(const ErpOrder& order, const fb::Settings& settings,
                                     const FirminoSwitches& switches) {
  FirminoSwitches other = switches;
  other.date_field = core::DateField::Placed;
  return fb::order_objection(order, settings, other);
}

std::vector<core::base::OrderFilter> every_status(const fb::Settings&) { return {{}}; }

constexpr std::size_t kPage = 100;
thread_local std::size_t orders_of_this_fetch = 0;

std::vector<core::base::OrderFilter> every_status_counted(const fb::Settings&) {
  orders_of_this_fetch = 0;
  return {{}};
}

std::optional<Objection> status_of_first_page(const ErpOrder& order, const fb::Settings& settings,
                                              const FirminoSwitches& switches) {
  if (++orders_of_this_fetch > kPage) return date_alone(order, settings, switches);
  return fb::order_objection(order, settings, switches);
}

/// Goes on where the youngest of the orders it has was confirmed.
std::optional<Instant> from_the_youngest(const Ledger& ledger, const Profile& profile,
                                         const fb::Settings& settings) {
  auto from = fb::first_moment(settings);
  for (const ErpOrder& order : ledger.orders_of(profile.id)) {
    if (order.confirmed_at) from = std::max(from.value_or(Instant{}), *order.confirmed_at);
  }
  return from;
}

bool never_there(const Ledger&, const Profile&, const std::string&) { return false; }

std::optional<std::string> key_with_status(const Profile& profile, const core::base::Order& order) {
  return Ledger::idempotency_key(profile.id, order.id + "/" + order.status_id);
}

/// A document whenever one is asked for.
core::Result<core::Document> issues_again(Ledger& ledger, const core::SalesIssue& sale) {
  auto known = ledger.sales_document(sale.order_id);
  if (!known) return ledger.issue_sales(sale);
  known->id = 0;
  known->number.clear();
  return ledger.add_document(*std::move(known));
}

}  // namespace

std::vector<Bug> order_choice_bugs() {
  return {
      {"firmino-takes-older-orders",
       "Takes orders from before the date.",
       {"FIRMINO-ORD-02", "FIRMINO-ORD-12"},
       [](CoreParts& parts) {
         parts.firmino.read_from = from_the_beginning;
         parts.firmino.order_objection = status_alone;
       }},
      {"firmino-date-exclusive",
       "Leaves out the order of the very moment at which the date begins.",
       {"FIRMINO-ORD-02", "FIRMINO-ORD-12"},
       [](CoreParts& parts) { parts.firmino.order_objection = date_exclusive; }},
      {"firmino-date-in-utc",
       "Takes the date's midnight for that of UTC.",
       {"FIRMINO-ORD-02"},
       [](CoreParts& parts) { parts.firmino.order_objection = midnight_in_utc; }},
      {"firmino-date-of-placing",
       "Compares the moment of placing where that of the confirmation counts.",
       {"FIRMINO-ORD-02"},
       [](CoreParts& parts) { parts.firmino.order_objection = placed_date; }},
      {"firmino-any-status",
       "Takes orders of every status.",
       {"FIRMINO-ORD-11", "FIRMINO-ORD-12"},
       [](CoreParts& parts) {
         parts.firmino.order_filters = every_status;
         parts.firmino.order_objection = date_alone;
       }},
      {"firmino-status-of-first-page",
       "Looks at the status on the first page of a hundred orders only.",
       {"FIRMINO-ORD-11"},
       [](CoreParts& parts) {
         parts.firmino.order_filters = every_status_counted;
         parts.firmino.order_objection = status_of_first_page;
       }},
      {"firmino-one-status",
       "Fetches only the first of the statuses chosen.",
       {"FIRMINO-ORD-11", "FIRMINO-ORD-13"},
       [](CoreParts& parts) {
         parts.firmino.order_filters = [](const fb::Settings& settings) {
           return std::vector<core::base::OrderFilter>{{.status_id = *settings.statuses.begin()}};
         };
       }},
      {"firmino-polls-past-late-orders",
       "Asks Base from the youngest order on that it has, and loses one that is late.",
       {"FIRMINO-ORD-13"},
       [](CoreParts& parts) { parts.firmino.read_from = from_the_youngest; }},
      {"firmino-order-per-status",
       "Takes an order again when its status has changed.",
       {"FIRMINO-ORD-11", "FIRMINO-ORD-13"},
       [](CoreParts& parts) {
         parts.firmino.already_there = never_there;
         parts.firmino.order_key = key_with_status;
       }},
      {"firmino-second-document",
       "Issues a document again for an order that has one.",
       {"FIRMINO-ORD-13"},
       [](CoreParts& parts) { parts.firmino.issue = issues_again; }},
  };
}

}  // namespace atrapa::scenarios::firmino
