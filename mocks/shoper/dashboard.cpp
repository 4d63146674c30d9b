#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "mocks/kit/record_text.hpp"
#include "mocks/shoper/rows.hpp"
#include "mocks/shoper/shop_time.hpp"

// dashboard-stats and dashboard-activities: counted anew at every call, never kept.

namespace atrapa::mocks::shoper {
namespace {

using kit::Decimal;
using kit::RecordPtr;

constexpr std::string_view kNew = "1";
constexpr std::string_view kOpen = "2";
constexpr std::string_view kNotCompleted = "4";

/// statuses.type by status id.
using StatusTypes = std::map<std::int64_t, std::string>;

StatusTypes status_types(const State& state) {
  StatusTypes types;
  state.table(Rows::Statuses).each([&](const RecordPtr& row) {
    types[row->id()] = text_of(Rows::Statuses, *row, "type");
    return true;
  });
  return types;
}

/// An order as the figures need it.
struct Placed {
  std::string date;      ///< Local.
  std::string type;      ///< Of its status; "" for a status that is gone.
  std::string customer;  ///< The user's id, or the e-mail address where it names none.
  std::string due;       ///< delivery_date, a local day.
  Decimal sum;
};

std::vector<Placed> placed_orders(const State& state) {
  const StatusTypes types = status_types(state);
  std::vector<Placed> all;
  state.table(Rows::Orders).each([&](const RecordPtr& row) {
    const auto type = types.find(id_of(Rows::Orders, *row, "status_id"));
    const std::string user = text_of(Rows::Orders, *row, "user_id");
    all.push_back({text_of(Rows::Orders, *row, "date"),
                   type == types.end() ? std::string() : type->second,
                   user.empty() || user == "0" ? text_of(Rows::Orders, *row, "email") : user,
                   text_of(Rows::Orders, *row, "delivery_date").substr(0, 10),
                   number_of(Rows::Orders, *row, "sum")});
    return true;
  });
  return all;
}

/// Local texts of one form compare as their moments do.
struct Period {
  std::string first_day;
  std::string now;

  bool holds(std::string_view date) const { return date.substr(0, 10) >= first_day && date <= now; }
};

template <typename Test>
std::int64_t count(const State& state, Rows rows, Test&& test) {
  std::int64_t found = 0;
  state.table(rows).each([&](const RecordPtr& row) {
    if (test(*row)) ++found;
    return true;
  });
  return found;
}

bool is_registered(const kit::Record& user) {
  return text_of(Rows::Users, user, "registered") == "1";
}

/// Orders and their states now; overdue and expiring ones are unfinished and due before or on this
/// day [inferred]; products whose stock is used up; registered customers [inferred].
std::string general_group(const State& state, const std::vector<Placed>& orders,
                          const std::string& today) {
  std::int64_t open = 0;
  std::int64_t overdue = 0;
  std::int64_t expiring = 0;
  for (const Placed& order : orders) {
    if (order.type == kOpen) ++open;
    const bool unfinished = order.type == kNew || order.type == kOpen;
    if (!unfinished || order.due.empty() || order.due.starts_with("0000")) continue;
    if (order.due < today) ++overdue;
    if (order.due == today) ++expiring;
  }
  const std::int64_t out_of_stock = count(state, Rows::Products, [](const kit::Record& row) {
    const auto level =
        kit::scalar_number(kit::member(raw_of(Rows::Products, row, "stock"), "stock"));
    return level.value_or(Decimal{}) <= Decimal(0);
  });
  return fmt::format(
      "{{\"orders\":{},\"open_orders\":{},\"overdue_orders\":{},\"expiring_orders\":{},"
      "\"products\":{},\"out_of_stock_products\":{},\"customers\":{},\"subscribers\":{}}}",
      orders.size(), open, overdue, expiring, state.table(Rows::Products).size(), out_of_stock,
      count(state, Rows::Users, is_registered), state.table(Rows::Subscribers).size());
}

/// Orders placed in the period, by what has become of them; their income; who placed them, and who
/// of those had ordered before it; customers and subscribers that joined in it.
std::string period_group(const State& state, const std::vector<Placed>& orders,
                         const Period& period) {
  std::int64_t placed = 0;
  std::int64_t fresh = 0;
  std::int64_t open = 0;
  Decimal income;
  std::set<std::string> customers;
  std::set<std::string> former;
  for (const Placed& order : orders) {
    if (order.date.substr(0, 10) < period.first_day) former.insert(order.customer);
    if (!period.holds(order.date)) continue;
    ++placed;
    if (order.type == kNew) ++fresh;
    if (order.type == kOpen) ++open;
    const bool counts = order.type != kNotCompleted || state.settings->income_counts_cancelled;
    if (counts) income = income + order.sum;
    customers.insert(order.customer);
  }
  const auto returning = std::count_if(customers.begin(), customers.end(),
                                       [&](const auto& one) { return former.contains(one); });
  const auto joined = [&](Rows rows, std::string_view field, bool registered) {
    return count(state, rows, [&](const kit::Record& row) {
      return period.holds(text_of(rows, row, field)) && (!registered || is_registered(row));
    });
  };
  return fmt::format(
      "{{\"new_orders\":{},\"open_orders\":{},\"income\":{},\"orders\":{},"
      "\"unique_customers\":{},\"returning_customers\":{},\"customers\":{},\"subscribers\":{}}}",
      fresh, open, income.rounded(2).text(), placed, customers.size(), returning,
      joined(Rows::Users, "date_add", true), joined(Rows::Subscribers, "dateadd", false));
}

/// General figures and those of today, 7 and 30 days [rec].
///
/// A period is that many local days, this one included, up to the call's moment [inferred]. new and
/// open are the status types 1 and 2; income is the sum of the orders but for not completed ones
/// (setting `income_counts_cancelled`) [inferred].
Reply read_stats(Call& call) {
  const State& state = call.state;
  const kit::Instant now = call.context.now;
  const std::vector<Placed> orders = placed_orders(state);
  std::string body = "{\"general\":" + general_group(state, orders, local_day(state, now, 0));
  constexpr std::array<std::pair<std::string_view, int>, 3> kPeriods{
      {{"today", 0}, {"7days", 6}, {"30days", 29}}};
  for (const auto& [name, days_before] : kPeriods) {
    body += fmt::format(
        ",\"{}\":{}", name,
        period_group(state, orders, {local_day(state, now, days_before), state.local_time(now)}));
  }
  return success(body + "}");
}

struct Activity {
  std::int64_t time = 0;
  std::string_view object;
  std::int64_t id = 0;
  std::string info;
};

/// What happened lately, the latest first, as a bare list [rec]: orders that came in and customers
/// who registered. `info` is a text of ours: its wording is not recorded. Pages by limit and page;
/// one past the end is empty.
Reply read_activities(Call& call) {
  const State& state = call.state;
  const auto window = read_window(call);
  if (const Reply* refused = std::get_if<Reply>(&window)) return *refused;
  const auto [limit, page] = std::get<Window>(window);
  std::vector<Activity> all;
  const auto add = [&](Rows rows, std::string_view field, std::string_view object,
                       const kit::Record& row, std::string info) {
    const auto time = instant_of(state, text_of(rows, row, field));
    if (time && *time <= call.context.now) {
      all.push_back({unix_seconds(*time), object, row.id(), std::move(info)});
    }
  };
  state.table(Rows::Orders).each([&](const RecordPtr& row) {
    add(Rows::Orders, "date", "order", *row,
        fmt::format("{} {}", text_of(Rows::Orders, *row, "sum"),
                    text_of(Rows::Orders, *row, "email")));
    return true;
  });
  const std::string_view customer = state.settings->activities_name_users ? "user" : "client";
  state.table(Rows::Users).each([&](const RecordPtr& row) {
    if (is_registered(*row)) {
      add(Rows::Users, "date_add", customer, *row, text_of(Rows::Users, *row, "email"));
    }
    return true;
  });
  std::stable_sort(all.begin(), all.end(), [](const Activity& left, const Activity& right) {
    return std::tie(left.time, left.id) > std::tie(right.time, right.id);
  });
  std::string body = "[";
  const auto first = static_cast<std::size_t>((page - 1) * limit);
  for (std::size_t i = first; i < all.size() && i < first + static_cast<std::size_t>(limit); ++i) {
    body += fmt::format("{}{{\"info\":{},\"id\":\"{}\",\"object\":\"{}\",\"time\":{}}}",
                        body.size() > 1 ? "," : "", kit::json_string(all[i].info), all[i].id,
                        all[i].object, all[i].time);
  }
  return success(body + "]");
}

constexpr std::array kDashboardCalls{
    Handled{"GET /webapi/rest/dashboard-stats", read_stats},
    Handled{"GET /webapi/rest/dashboard-activities", read_activities},
};

}  // namespace

std::span<const Handled> dashboard_calls() { return kDashboardCalls; }

}  // namespace atrapa::mocks::shoper
