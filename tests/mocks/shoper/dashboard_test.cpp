#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <set>

#include "contract_check.hpp"
#include "mocks/kit/contract.hpp"
#include "shop.hpp"

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;

namespace {

Json stats(Shop& shop) { return shop.read("/webapi/rest/dashboard-stats"); }

std::int64_t placed(Shop& shop, std::string_view date, std::string_view sum, int user = 1,
                    int status = 1) {
  return shop.plant("orders", {{"user_id", user},
                               {"date", date},
                               {"sum", sum},
                               {"status_id", status},
                               {"email", "a@example.com"}});
}

}  // namespace

TEST_CASE("Shoper: dashboard figures tell today, 7 and 30 days apart by the shop's own days",
          "[shoper][dashboard]") {
  Shop shop;  // 2026-03-02 09:00:00 in Warsaw.
  placed(shop, "2026-03-02 00:00:00", "10.50");
  placed(shop, "2026-03-01 23:59:59", "20.00");
  placed(shop, "2026-02-24 00:00:00", "40.00");
  placed(shop, "2026-02-23 23:59:59", "80.00");
  placed(shop, "2026-02-01 00:00:00", "160.00");
  placed(shop, "2026-01-31 23:59:59", "320.00");
  placed(shop, "2026-03-02 09:00:01", "640.00");  // Not yet.

  const Json figures = stats(shop);
  CHECK(figures["general"]["orders"] == 7);
  CHECK(figures["today"]["orders"] == 1);
  CHECK(figures["today"]["income"] == 10.5);
  CHECK(figures["7days"]["orders"] == 3);
  CHECK(figures["7days"]["income"] == 70.5);
  CHECK(figures["30days"]["orders"] == 5);
  CHECK(figures["30days"]["income"] == 310.5);

  shop.clock.set(utc("2026-03-02T22:59:59"));
  CHECK(stats(shop)["today"]["orders"] == 2);
  shop.clock.set(utc("2026-03-02T23:00:00"));  // Tuesday in Warsaw.
  CHECK(stats(shop)["today"]["orders"] == 0);
}

TEST_CASE("Shoper: dashboard figures count statuses, customers and stock as they are now",
          "[shoper][dashboard]") {
  Shop shop;
  placed(shop, "2026-03-02 08:00:00", "10.00", 1, 1);
  placed(shop, "2026-03-02 08:00:00", "20.00", 1, 2);
  const auto cancelled = placed(shop, "2026-03-02 08:00:00", "40.00", 2, 4);
  placed(shop, "2026-01-02 08:00:00", "80.00", 1, 3);
  shop.plant_product("A", "0");
  shop.plant_product("B", "1");
  shop.create("subscribers", {{"email", "s@example.com"}});
  shop.create("users", {{"email", "nowy@example.com"}});

  Json figures = stats(shop);
  CHECK(figures["today"]["new_orders"] == 1);
  CHECK(figures["today"]["open_orders"] == 1);
  CHECK(figures["today"]["income"] == 30);
  CHECK(figures["today"]["unique_customers"] == 2);
  CHECK(figures["today"]["returning_customers"] == 1);
  CHECK(figures["today"]["customers"] == 1);
  CHECK(figures["today"]["subscribers"] == 1);
  CHECK(figures["general"]["customers"] == 2);
  CHECK(figures["general"]["products"] == 2);
  CHECK(figures["general"]["out_of_stock_products"] == 1);
  CHECK(figures["general"]["open_orders"] == 1);

  shop.door.set({{"income_counts_cancelled", true}});
  CHECK(stats(shop)["today"]["income"] == 70);
  shop.remove(fmt::format("/webapi/rest/orders/{}", cancelled));
  CHECK(stats(shop)["today"]["income"] == 30);
}

TEST_CASE("Shoper: unfinished orders are overdue after their delivery date and expire on it",
          "[shoper][dashboard]") {
  Shop shop;
  const auto due = [&](const char* day, int status) {
    shop.door.edit("orders", placed(shop, "2026-02-20 08:00:00", "1.00", 1, status),
                   {{"delivery_date", day}});
  };
  due("2026-03-01", 1);
  due("2026-03-01", 3);
  due("2026-03-02", 2);
  due("2026-03-03", 1);
  due("0000-00-00", 1);
  CHECK(stats(shop)["general"]["overdue_orders"] == 1);
  CHECK(stats(shop)["general"]["expiring_orders"] == 1);
}

TEST_CASE("Shoper: activities are a bare list, the latest first", "[shoper][dashboard]") {
  Shop shop;
  const auto user = shop.create("users", {{"email", "nowy@example.com"}});
  shop.clock.advance(std::chrono::minutes(1));
  const auto order = shop.create("orders", least_order());
  placed(shop, "2026-03-03 08:00:00", "1.00");  // Not yet.

  const Json all = shop.read("/webapi/rest/dashboard-activities");
  REQUIRE(all.is_array());
  REQUIRE(all.size() == 2);
  CHECK(all[0]["object"] == "order");
  CHECK(all[0]["id"] == std::to_string(order));
  CHECK(all[0]["time"] == 1772438460);
  CHECK(all[1]["object"] == "client");
  CHECK(all[1]["id"] == std::to_string(user));
  CHECK(shop.read("/webapi/rest/dashboard-activities?limit=1&page=2") == Json::array({all[1]}));
  CHECK(shop.read("/webapi/rest/dashboard-activities?page=2") == Json::array());
  shop.door.set({{"activities_call_customers", "user"}});
  CHECK(shop.read("/webapi/rest/dashboard-activities")[1]["object"] == "user");
}

TEST_CASE("Shoper: dashboards fit the contract", "[shoper][dashboard][contract]") {
  Shop shop;
  placed(shop, "2026-03-02 08:00:00", "10.55");
  const auto parsed = kit::Contract::parse(atrapa::mocks::shoper::contract_json());
  CHECK(misfits(parsed.at("dashboard-stats").schema, stats(shop)) == std::vector<std::string>{});
  for (const Json& one : shop.read("/webapi/rest/dashboard-activities")) {
    CHECK(misfits(parsed.at("dashboard-activities").schema, one) == std::vector<std::string>{});
  }
}

namespace {

/// A moment of 2026 in Warsaw, by the rule of the European Union and nobody's time zone database.
std::chrono::sys_seconds warsaw(std::chrono::sys_seconds moment) {
  using namespace std::chrono;
  const sys_seconds summer = sys_days{2026y / March / Sunday[last]} + hours{1};
  const sys_seconds winter = sys_days{2026y / October / Sunday[last]} + hours{1};
  return moment + hours{moment >= summer && moment < winter ? 2 : 1};
}

std::string spelled(std::chrono::sys_seconds local) {
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{local - day};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

struct Bought {
  std::chrono::sys_seconds local;
  std::int64_t grosze;
  int user;
  int status;
};

void check_period(const Json& figures, const std::vector<Bought>& all, std::chrono::sys_seconds now,
                  int days) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  int count = 0;
  int fresh = 0;
  int open = 0;
  std::int64_t income = 0;
  std::set<int> buyers;
  std::set<int> returning;
  for (const Bought& one : all) {
    const auto age = (today - std::chrono::floor<std::chrono::days>(one.local)).count();
    if (one.local > now || age >= days) continue;
    ++count;
    fresh += one.status == 1 ? 1 : 0;
    open += one.status == 2 ? 1 : 0;
    income += one.status == 4 ? 0 : one.grosze;
    buyers.insert(one.user);
    for (const Bought& other : all) {
      const auto other_age = (today - std::chrono::floor<std::chrono::days>(other.local)).count();
      if (other.user == one.user && other_age >= days) returning.insert(one.user);
    }
  }
  RC_ASSERT(figures["orders"] == count);
  RC_ASSERT(figures["new_orders"] == fresh);
  RC_ASSERT(figures["open_orders"] == open);
  RC_ASSERT(std::llround(figures["income"].get<double>() * 100) == income);
  RC_ASSERT(figures["unique_customers"] == buyers.size());
  RC_ASSERT(figures["returning_customers"] == returning.size());
}

}  // namespace

TEST_CASE("Shoper: dashboard figures equal an independent recount, at any moment of the year",
          "[shoper][dashboard][property]") {
  CHECK(rc::check("random orders and moments", [] {
    using namespace std::chrono;
    Shop shop;
    const auto range = rc::gen::inRange<std::int64_t>(0, 300);
    const sys_seconds now =
        sys_days{2026y / February / 15} + hours{24 * *range} + seconds{*rc::gen::inRange(0, 86400)};
    const sys_seconds local_now = warsaw(now);
    shop.clock.set(kit::Instant{now});
    std::vector<Bought> all;
    const int count = *rc::gen::inRange(0, 15);
    for (int i = 0; i < count; ++i) {
      const int days_ago = *rc::gen::element(0, 0, 1, 5, 6, 7, 28, 29, 30, 44);
      const sys_seconds local = floor<days>(local_now) - days{days_ago} +
                                seconds{*rc::gen::element(0, 1, 7200, 43200, 86399)};
      all.push_back({local, *rc::gen::inRange<std::int64_t>(0, 100000), *rc::gen::inRange(1, 3),
                     *rc::gen::inRange(1, 5)});
      placed(shop, spelled(local),
             fmt::format("{}.{:02}", all.back().grosze / 100, all.back().grosze % 100),
             all.back().user, all.back().status);
    }
    const Json figures = stats(shop);
    RC_ASSERT(figures["general"]["orders"] == all.size());
    check_period(figures["today"], all, local_now, 1);
    check_period(figures["7days"], all, local_now, 7);
    check_period(figures["30days"], all, local_now, 30);
    RC_ASSERT(stats(shop) == figures);
  }));
}
