#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <ostream>
#include <set>
#include <vector>

#include "mocks/base/state.hpp"
#include "tests/mocks/base/orders.hpp"

// Every documented way through a list of orders, against lists of any dates.

using namespace atrapa::tests::base;
namespace base = atrapa::mocks::base;

namespace {

/// A page of getOrders, without the check against the contract: it is made of many orders.
Json order_page(Account& account, const Json& parameters) {
  return Json::parse(account.send(post("getOrders", parameters.dump())).body)["orders"];
}

struct Dates {
  std::int64_t added = 0;
  std::int64_t confirmed = 0;
};

std::ostream& operator<<(std::ostream& out, const Dates& dates) {
  return out << dates.added << '/' << dates.confirmed;
}

void plant_orders(Account& account, const std::vector<Dates>& all) {
  for (const Dates& dates : all) {
    base::Order order;
    order.order_status_id = 1;
    order.date_add = dates.added;
    order.date_confirmed = dates.confirmed;
    account.door.change().sales.orders.add(std::move(order));
  }
}

/// Up to 230 orders with dates from so few seconds that many share one.
rc::Gen<std::vector<Dates>> any_dates(std::int64_t seconds) {
  const auto dates = rc::gen::build<Dates>(
      rc::gen::set(&Dates::added, rc::gen::inRange<std::int64_t>(1, seconds)),
      rc::gen::set(&Dates::confirmed, rc::gen::inRange<std::int64_t>(0, seconds)));
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, 230), [=](std::size_t count) {
    return rc::gen::container<std::vector<Dates>>(count, dates);
  });
}

using Seen = std::multiset<std::int64_t>;

/// The ids 1 to N of the orders that are confirmed, or of all.
Seen expected_ids(const std::vector<Dates>& all, bool unconfirmed) {
  Seen ids;
  for (std::size_t index = 0; index < all.size(); ++index) {
    if (unconfirmed || all[index].confirmed != 0) ids.insert(static_cast<std::int64_t>(index) + 1);
  }
  return ids;
}

/// Walks on from the last row's member plus one until a page is not full. Between pages an order
/// comes in; those are answered too.
Seen walk_orders(Account& account, Json parameters, const char* from, const char* member,
                 std::size_t newcomers) {
  Seen seen;
  for (;;) {
    const Json page = order_page(account, parameters);
    for (const Json& order : page) seen.insert(order["order_id"].get<std::int64_t>());
    if (newcomers > 0) {
      --newcomers;
      account.clock.advance(std::chrono::seconds{1});
      add_order(account, order_of());
    } else if (page.size() < 100) {
      return seen;
    }
    if (!page.empty()) parameters[from] = page.back()[member].get<std::int64_t>() + 1;
  }
}

}  // namespace

TEST_CASE("A walk by id meets each order exactly once", "[base][orders][paging]") {
  CHECK(rc::check("whatever their dates are, and while others come in", [] {
    Account account;
    const auto dates = *any_dates(10);
    plant_orders(account, dates);
    const auto newcomers = *rc::gen::inRange<std::size_t>(0, 3);
    const bool unconfirmed = *rc::gen::arbitrary<bool>();
    Seen expected = expected_ids(dates, unconfirmed);
    for (std::size_t one = 1; one <= newcomers; ++one) {
      expected.insert(static_cast<std::int64_t>(dates.size() + one));
    }
    RC_ASSERT(walk_orders(account, {{"id_from", 0}, {"get_unconfirmed_orders", unconfirmed}},
                          "id_from", "order_id", newcomers) == expected);
  }));
}

TEST_CASE("A walk by the second after the last confirmation meets each order exactly once",
          "[base][orders][paging]") {
  CHECK(rc::check("where no two were confirmed in one second, and while others come in", [] {
    Account account;
    auto dates = *any_dates(100);
    std::int64_t second = 1;
    for (Dates& one : dates) one.confirmed = one.confirmed % 4 == 0 ? 0 : second++;
    std::reverse(dates.begin(), dates.end());
    plant_orders(account, dates);
    const auto newcomers = *rc::gen::inRange<std::size_t>(0, 3);
    Seen expected = expected_ids(dates, false);
    for (std::size_t one = 1; one <= newcomers; ++one) {
      expected.insert(static_cast<std::int64_t>(dates.size() + one));
    }
    RC_ASSERT(walk_orders(account, {{"date_confirmed_from", 0}}, "date_confirmed_from",
                          "date_confirmed", newcomers) == expected);
  }));
}

TEST_CASE("A walk that reads the last second again misses nothing", "[base][orders][paging]") {
  CHECK(rc::check("as long as no second fills a page", [] {
    Account account;
    const auto dates = *rc::gen::suchThat(any_dates(30), [](const std::vector<Dates>& all) {
      std::map<std::int64_t, int> shared;
      return std::all_of(all.begin(), all.end(),
                         [&](const Dates& one) { return ++shared[one.confirmed] < 99; });
    });
    plant_orders(account, dates);
    std::set<std::int64_t> seen;
    Json parameters = {{"date_confirmed_from", 0}};
    for (std::size_t full = 100; full == 100;) {
      const Json page = order_page(account, parameters);
      for (const Json& order : page) seen.insert(order["order_id"].get<std::int64_t>());
      full = page.size();
      if (!page.empty()) parameters["date_confirmed_from"] = page.back()["date_confirmed"];
    }
    const Seen expected = expected_ids(dates, false);
    RC_ASSERT(Seen(seen.begin(), seen.end()) == expected);
  }));
}

TEST_CASE("A walk by date_add meets unconfirmed orders too", "[base][orders][paging]") {
  CHECK(rc::check("where no two were added in one second", [] {
    Account account;
    auto dates = *any_dates(5);
    std::int64_t second = 1;
    for (Dates& one : dates) one.added = second++;
    std::reverse(dates.begin(), dates.end());
    plant_orders(account, dates);
    RC_ASSERT(walk_orders(account, {{"get_unconfirmed_orders", true}}, "date_from", "date_add",
                          0) == expected_ids(dates, true));
  }));
}

TEST_CASE("Stepping by a second loses the rest of a second that passes a page",
          "[base][orders][paging]") {
  Account account;
  plant_orders(account, std::vector<Dates>(130, Dates{1, 50}));
  CHECK(
      walk_orders(account, {{"date_confirmed_from", 0}}, "date_confirmed_from", "date_confirmed", 0)
          .size() == 100);
  CHECK(walk_orders(account, {{"id_from", 0}}, "id_from", "order_id", 0).size() == 130);
}

TEST_CASE("A filter by status pages as the whole list does", "[base][orders][paging]") {
  CHECK(rc::check("by id and by confirmation", [] {
    Account account;
    auto dates = *any_dates(100);
    std::int64_t second = 1;
    for (Dates& one : dates) one.confirmed = second++;
    plant_orders(account, dates);
    const auto every = *rc::gen::inRange<std::int64_t>(1, 4);
    Seen expected;
    for (std::int64_t id = every; id <= static_cast<std::int64_t>(dates.size()); id += every) {
      account.door.change().sales.orders.edit(
          id, [](base::Order& order) { order.order_status_id = 2; });
      expected.insert(id);
    }
    RC_ASSERT(walk_orders(account, {{"status_id", 2}, {"id_from", 0}}, "id_from", "order_id", 0) ==
              expected);
    RC_ASSERT(walk_orders(account, {{"status_id", 2}}, "date_confirmed_from", "date_confirmed",
                          0) == expected);
  }));
}
