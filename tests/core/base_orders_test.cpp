#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/shops/base/orders.hpp"
#include "paper_base.hpp"

namespace atrapa::core::base {

namespace {

using test::BaseTable;
using test::Chance;
using test::PaperBase;
using test::TestClock;

constexpr std::int64_t kDayBefore = 1'772'352'000;  ///< 2026-03-01 08:00 UTC; the clock: a day on.

/// What a reading gave, in all.
struct Given {
  std::multiset<std::int64_t> ids;
  std::vector<std::int64_t> complete_before;
};

OrderSink into(Given& given) {
  return [&given](OrderPage page) {
    for (const Order& order : page.orders) given.ids.insert(std::stoll(order.id));
    if (page.complete_before) given.complete_before.push_back(seconds_of(*page.complete_before));
    return true;
  };
}

struct PaperTable {
  TestClock clock;
  PaperBase service{clock};
  Budget budget;
  Client client{{"https://base.example", "t"}, service, clock, budget};
};

bool each_once(const std::multiset<std::int64_t>& ids) {
  return std::adjacent_find(ids.begin(), ids.end()) == ids.end();
}

std::string order_row(const std::string& members) {
  return R"({"status":"SUCCESS","orders":[{"order_id":1,"date_confirmed":1772352000)" +
         (members.empty() ? "" : "," + members) + "}]}";
}

Order only_order(const std::string& members) {
  BaseTable table;
  table.script.says(order_row(members));
  const auto order = read_order_by_id(table.client, "1");
  REQUIRE(order.ok());
  REQUIRE(order->has_value());
  return **order;
}

}  // namespace

TEST_CASE("Base: an order reads alike from the table's wire and from the sample's",
          "[base][orders]") {
  const Order table = only_order(
      R"("pick_state":1,"pack_state":2,"payment_done":120.00,"payment_method_cod":true,"want_invoice":1,)"
      R"("confirmed":true,"custom_extra_fields":{"135":"a"},"date_add":1772351000,"shop_order_id":77,)"
      R"("products":[{"product_id":9001,"variant_id":0,"price_brutto":19.90,"tax_rate":23,"quantity":2}])");
  const Order sample = only_order(
      R"("pick_status":"1","pack_status":"2","payment_done":"120.00","payment_method_cod":"1","want_invoice":"1",)"
      R"("confirmed":1,"custom_extra_fields":{"135":"a"},"date_add":"1772351000","shop_order_id":"77",)"
      R"("products":{"5":{"product_id":"9001","variant_id":"0","price_brutto":"19.90","tax_rate":"23","quantity":"2"}})");
  for (const Order* order : {&table, &sample}) {
    CHECK(order->pick_state == "1");
    CHECK(order->pack_state == "2");
    CHECK(order->paid.value == Price{1'200'000});
    CHECK(order->cash_on_delivery);
    CHECK(order->wants_invoice);
    CHECK(order->confirmed);
    CHECK(order->extra_fields == Texts{{"135", "a"}});
    CHECK(order->added == UnixTime{std::chrono::seconds{1'772'351'000}});
    CHECK(order->shop_order_id == "77");
    REQUIRE(order->lines.size() == 1);
    CHECK(order->lines[0].product_id == "9001");
    CHECK(order->lines[0].price_gross == Reading<Price>{"19.90", Price{199'000}});
    CHECK(order->lines[0].quantity.value == Quantity{2'000'000});
    CHECK(vat_of(order->lines[0].tax_rate)->kind == VatCode::Kind::Rate23);
  }
}

TEST_CASE("Base: empty maps, unset moments and flags that are off are read as nothing",
          "[base][orders]") {
  for (const char* empty : {"[]", "{}", R"("")", "null"}) {
    const Order order =
        only_order(std::string(R"("confirmed":false,"want_invoice":"0","payment_method_cod":0,)"
                               R"("date_add":0,"delivery_price":0,"products":)") +
                   empty + R"(,"custom_extra_fields":)" + empty);
    CHECK(order.lines.empty());
    CHECK(order.extra_fields.empty());
    CHECK_FALSE(order.added.has_value());
    CHECK_FALSE(order.confirmed);
    CHECK_FALSE(order.wants_invoice);
    CHECK_FALSE(order.cash_on_delivery);
    CHECK(order.delivery_price.value == Price{0});
  }
  const Order files =
      only_order(R"("custom_extra_fields":{"1":{"title":"t","url":"https://x.example/f"}})");
  CHECK(files.extra_fields == Texts{{"1", "https://x.example/f"}});
}

TEST_CASE("Base: tax rates below nought are codes, and go back as they came", "[base][orders]") {
  CHECK(vat_of("-1")->kind == VatCode::Kind::Exempt);
  CHECK(vat_of("-1.00")->kind == VatCode::Kind::Exempt);
  CHECK(vat_of("-0.02")->kind == VatCode::Kind::OutOfScope);
  CHECK(vat_of("-0.03")->kind == VatCode::Kind::ReverseCharge);
  CHECK(vat_of("8.00")->kind == VatCode::Kind::Rate8);
  CHECK_FALSE(vat_of("").has_value());
  CHECK_FALSE(vat_of("-2").has_value());
  for (const char* rate : {"-1", "-0.02", "-0.03", "0", "5", "8", "23", "19"}) {
    CHECK(vat_rate(*vat_of(rate)) == rate);
  }
}

TEST_CASE("Base: a list that cannot be read is an error and never an empty list",
          "[base][orders]") {
  for (const char* answer :
       {R"({"status":"SUCCESS"})", R"({"status":"SUCCESS","orders":null})",
        R"({"status":"SUCCESS","orders":"x"})", R"({"status":"SUCCESS","orders":[{"id":1}]})",
        R"({"status":"SUCCESS","orders":[7]})",
        R"({"status":"SUCCESS","orders":[{"order_id":1,"date_confirmed":0}]})"}) {
    INFO(answer);
    BaseTable table;
    table.script.says(answer);
    Given given;
    const auto read = read_confirmed_orders(table.client, UnixTime{}, {}, into(given));
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().kind == Error::Kind::Unreadable);
  }
}

TEST_CASE("Base: filters go out as Base names them", "[base][orders]") {
  BaseTable table;
  table.script.says(R"({"status":"SUCCESS","orders":[]})");
  Given given;
  const OrderFilter filter{.status_id = "5",
                           .email = "a@b.example",
                           .source = "personal",
                           .source_id = "9",
                           .with_extra_fields = true};
  REQUIRE(
      read_confirmed_orders(table.client, UnixTime{std::chrono::seconds{12}}, filter, into(given))
          .ok());
  CHECK(table.script.parameters(0) == test::Json{{"status_id", 5},
                                                 {"filter_email", "a@b.example"},
                                                 {"filter_order_source", "personal"},
                                                 {"filter_order_source_id", 9},
                                                 {"include_custom_extra_fields", true},
                                                 {"date_confirmed_from", 12}});
}

TEST_CASE("Base: more than 100 orders of one second are all read, and those after them",
          "[base][orders]") {
  PaperTable table;
  std::int64_t id = 1000;
  for (int i = 0; i < 30; ++i) table.service.orders.push_back({++id, kDayBefore});
  for (int i = 0; i < 350; ++i) table.service.orders.push_back({++id, kDayBefore + 5});
  for (int i = 0; i < 120; ++i) table.service.orders.push_back({++id, kDayBefore + 6});
  // Confirmed last, though it was the first to come.
  table.service.orders.push_back({3, kDayBefore + 7});
  Given given;
  REQUIRE(read_confirmed_orders(table.client, UnixTime{std::chrono::seconds{kDayBefore}}, {},
                                into(given))
              .ok());
  CHECK(given.ids.size() == 501);
  CHECK(each_once(given.ids));
}

TEST_CASE("Base: a backlog whose every second is full is read in few calls", "[base][orders]") {
  PaperTable table;
  for (std::int64_t i = 0; i < 10'000; ++i) {
    table.service.orders.push_back({i + 1, kDayBefore + i / 250});
  }
  Given given;
  REQUIRE(read_confirmed_orders(table.client, UnixTime{}, {}, into(given)).ok());
  CHECK(given.ids.size() == 10'000);
  CHECK(each_once(given.ids));
  CHECK(table.service.calls["getOrders"] < 260);
  CHECK(table.service.blocks == 0);
}

TEST_CASE("Base: 10,000 orders are read under the limit, none lost, none twice, without a block",
          "[base][orders]") {
  PaperTable table;
  for (std::int64_t i = 0; i < 10'000; ++i) {
    table.service.orders.push_back({20'000 - i, kDayBefore + i * 7});
  }
  Given given;
  REQUIRE(read_confirmed_orders(table.client, UnixTime{}, {}, into(given)).ok());
  CHECK(given.ids.size() == 10'000);
  CHECK(each_once(given.ids));
  CHECK(table.service.calls["getOrders"] <= 102);
  CHECK(table.service.blocks == 0);
  CHECK(std::is_sorted(given.complete_before.begin(), given.complete_before.end()));
}

TEST_CASE("Base: a full second of this very moment is left only when it is over",
          "[base][orders]") {
  PaperTable table;
  const auto now = std::chrono::floor<std::chrono::seconds>(table.clock.now());
  const std::int64_t second = seconds_of(now);
  for (std::int64_t i = 1; i <= 100; ++i) table.service.orders.push_back({i * 10, second});
  int call = 0;
  table.service.before_call = [&] {
    // Right after the first page one more is confirmed, whose id is below.
    if (++call == 2) table.service.orders.push_back({5, second});
  };
  Given given;
  REQUIRE(read_confirmed_orders(table.client, now, {}, into(given)).ok());
  CHECK(given.ids.size() == 101);
  CHECK(table.clock.waited == std::vector{Duration{10'000}});
}

TEST_CASE("Base: orders that do not come in the order of their moments are read by ids",
          "[base][orders]") {
  PaperTable table;
  table.service.in_order_of_moments = false;
  for (std::int64_t i = 0; i < 450; ++i) {
    table.service.orders.push_back({i + 1, kDayBefore + (i * 7919) % 450});
  }
  Given given;
  REQUIRE(read_confirmed_orders(table.client, UnixTime{std::chrono::seconds{kDayBefore + 100}}, {},
                                into(given))
              .ok());
  CHECK(given.ids.size() == 350);
  CHECK(each_once(given.ids));
}

TEST_CASE("Base: every order that is there throughout is read once, whatever comes and goes",
          "[base][orders]") {
  CHECK(rc::check("random lists", [] {
    Chance chance(*rc::gen::arbitrary<std::uint32_t>());
    PaperTable table;
    auto& orders = table.service.orders;
    const auto now = [&] {
      return seconds_of(std::chrono::floor<std::chrono::seconds>(table.clock.now()));
    };
    const int count = chance(700);
    const int seconds = 1 + chance(12);
    std::int64_t id = 0;
    std::set<std::int64_t> throughout;
    for (int i = 0; i < count; ++i) {
      id += 1 + chance(2);
      const bool confirmed = chance(5) > 0;
      orders.push_back({id, confirmed ? kDayBefore + chance(seconds) : 0});
      if (confirmed) throughout.insert(id);
    }
    table.service.before_call = [&] {
      for (int changes = chance(6); changes > 0 && !orders.empty(); --changes) {
        auto& order = orders[static_cast<std::size_t>(chance(static_cast<int>(orders.size())))];
        switch (chance(3)) {
          case 0:  // One vanishes: deleted or merged.
            throughout.erase(order.id);
            orders.erase(orders.begin() + (&order - orders.data()));
            break;
          case 1: orders.push_back({++id, now()}); break;
          case 2:
            if (order.confirmed == 0) order.confirmed = now();
            break;
          default: break;
        }
      }
      table.clock.advance(Duration{chance(3000)});
    };
    table.service.lose_answer = [&] { return chance(20) == 0; };
    Given given;
    RC_ASSERT(read_confirmed_orders(table.client, UnixTime{std::chrono::seconds{kDayBefore}}, {},
                                    into(given))
                  .ok());
    RC_ASSERT(each_once(given.ids));
    RC_ASSERT(
        std::includes(given.ids.begin(), given.ids.end(), throughout.begin(), throughout.end()));
    RC_ASSERT(table.service.blocks == 0);
  }));
}

TEST_CASE("Base: a reading that dies goes on from where all before was given", "[base][orders]") {
  CHECK(rc::check("random deaths", [] {
    Chance chance(*rc::gen::arbitrary<std::uint32_t>());
    PaperTable table;
    const int seconds = 1 + chance(40);
    const int count = chance(900);
    for (int i = 1; i <= count; ++i) {
      table.service.orders.push_back({i, kDayBefore + chance(seconds)});
    }
    std::set<std::int64_t> got;
    UnixTime from{std::chrono::seconds{kDayBefore}};
    int pages_left = 1 + chance(12);
    for (bool dead = true; dead;) {
      dead = false;
      RC_ASSERT(read_confirmed_orders(table.client, from, {}, [&](OrderPage page) {
                  if (pages_left-- == 0) {
                    dead = true;
                    pages_left = 100;
                    return false;  // Before anything of this page was kept.
                  }
                  for (const Order& order : page.orders) got.insert(std::stoll(order.id));
                  if (page.complete_before) from = std::max(from, *page.complete_before);
                  return true;
                }).ok());
    }
    RC_ASSERT(got.size() == table.service.orders.size());
  }));
}

TEST_CASE("Base: orders that are not confirmed are read by their ids when asked for",
          "[base][orders]") {
  PaperTable table;
  for (std::int64_t i = 1; i <= 250; ++i) {
    table.service.orders.push_back({i, i % 3 == 0 ? kDayBefore : 0});
  }
  Given all;
  REQUIRE(read_orders_by_id(table.client, 11, Unconfirmed::Included, {}, into(all)).ok());
  CHECK(all.ids.size() == 240);
  Given confirmed;
  REQUIRE(read_orders_by_id(table.client, 0, Unconfirmed::LeftOut, {}, into(confirmed)).ok());
  CHECK(confirmed.ids.size() == 83);
}

TEST_CASE("Base: a full page that is not in the order of ids is an error, for going on would lose",
          "[base][orders]") {
  BaseTable table;
  std::string rows;
  for (int i = 100; i >= 1; --i) {
    rows += (rows.empty() ? "" : ",") + (R"({"order_id":)" + std::to_string(i)) + "}";
  }
  table.script.says(R"({"status":"SUCCESS","orders":[)" + rows + "]}");
  Given given;
  const auto read = read_orders_by_id(table.client, 0, Unconfirmed::LeftOut, {}, into(given));
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().text.find("order of their ids") != std::string::npos);
}

TEST_CASE("Base: the journal is read once, whether the last id comes again or not",
          "[base][journal]") {
  CHECK(rc::check("random journals", [] {
    PaperTable table;
    Chance chance(*rc::gen::arbitrary<std::uint32_t>());
    table.service.inclusive_journal = chance(2) == 0;
    table.service.journal_page = static_cast<std::size_t>(2 + chance(58));
    std::int64_t id = 0;
    const int events = chance(200);
    for (int i = 0; i < events; ++i) table.service.ids.push_back(id += 1 + chance(3));
    const std::int64_t last = chance(static_cast<int>(id) + 2);
    std::vector<std::int64_t> read;
    table.service.before_call = [&] {
      if (chance(4) == 0) table.service.ids.push_back(++id);
    };
    RC_ASSERT(read_journal(table.client, last, {}, [&](std::vector<OrderEvent> page) {
                for (const OrderEvent& event : page) read.push_back(event.log_id);
                return true;
              }).ok());
    std::vector<std::int64_t> expected;
    for (const std::int64_t one : table.service.ids) {
      if (one > last && (read.empty() || one <= read.back())) expected.push_back(one);
    }
    RC_ASSERT(read == expected);
  }));
}

TEST_CASE("Base: journal rows bear their id under the table's name or the sample's",
          "[base][journal]") {
  BaseTable table;
  table.script
      .says(
          R"({"status":"SUCCESS","logs":[{"id":8,"order_id":"7","log_type":"18","object_id":3,"date":1772352000},)"
          R"({"log_id":"6","order_id":7,"log_type":1,"object_id":0}]})")
      .says(R"({"status":"SUCCESS","logs":[]})");
  std::vector<OrderEvent> events;
  REQUIRE(read_journal(table.client, 5, {1, 18}, [&](std::vector<OrderEvent> page) {
            events = std::move(page);
            return true;
          }).ok());
  REQUIRE(events.size() == 2);
  CHECK(events[0].log_id == 6);
  CHECK_FALSE(events[0].at.has_value());
  CHECK(events[1].log_id == 8);
  CHECK(events[1].order_id == "7");
  CHECK(events[1].type == 18);
  CHECK(events[1].object_id == "3");
  CHECK(table.script.parameters(0) == test::Json{{"last_log_id", 5}, {"logs_types", {1, 18}}});
  CHECK(table.script.parameters(1)["last_log_id"] == 8);
}

TEST_CASE("Base: statuses and sources are read, sources in lists too", "[base][orders]") {
  BaseTable table;
  table.script.says(R"({"status":"SUCCESS","statuses":[{"id":"5","name":"Nowe"},{"id":6}]})");
  const auto statuses = read_order_statuses(table.client);
  REQUIRE(statuses.ok());
  CHECK(statuses->at(0).name == "Nowe");
  CHECK(statuses->at(1).id == "6");

  table.script.says(
      R"({"status":"SUCCESS","sources":{"shop":{"5007":"Sklep"},"personal":[],"order_return":["Zwroty"]}})");
  const auto sources = read_order_sources(table.client);
  REQUIRE(sources.ok());
  CHECK(*sources == OrderSources{{"shop", {{"5007", "Sklep"}}},
                                 {"personal", {}},
                                 {"order_return", {{"0", "Zwroty"}}}});

  table.script.says(NoAnswer::Ambiguous).says(R"({"status":"SUCCESS"})");
  REQUIRE(set_order_status(table.client, "7", "5").ok());
  CHECK(table.script.asked.back().method == "setOrderStatus");
  CHECK(table.script.asked.back().parameters == test::Json{{"order_id", 7}, {"status_id", 5}});
}

}  // namespace atrapa::core::base
