#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/integrations/systim_shoper.hpp"
#include "paper_shop.hpp"

using namespace atrapa::core;
using namespace atrapa::core::systim_shoper;
using test::Fault;
using test::PaperShop;
using test::ProcessKilled;
using test::TestClock;

namespace {

ErpProduct product(const std::string& id, const std::string& code, const std::string& stock) {
  ErpProduct made;
  made.id = id;
  made.code = code;
  made.name = "Produkt " + code;
  made.unit = "szt.";
  made.vat = "23";
  made.gross_price = read_price("10.00");
  made.categories = {{"Buty"}};
  made.stock = read_quantity(stock);
  return made;
}

/// A shop on paper, empty books, and a connector between them that can die and be started again.
struct Bench {
  PaperShop shop;
  TestClock clock;
  std::unique_ptr<Ledger> ledger = Ledger::in_memory();
  Config config;
  Parts parts;
  std::optional<Connector> connector;

  Bench() {
    config.shop_url = "https://Shop.example/";
    config.login = "jan";
    config.password = "tajne-haslo";
  }

  void start() { connector.emplace(config, *ledger, shop, clock, parts); }
  void configure() {
    start();
    connector->save_configuration();
    clock.advance(std::chrono::seconds(60));
  }
  RunReport run(Command command) { return connector->run(command); }

  /// Runs until the connector ends by itself; each planned death starts a new one. Returns the
  /// starts.
  int run_through_deaths(Command command) {
    for (int starts = 1;; ++starts) {
      try {
        const RunReport report = run(command);
        if (report.ok) return starts;
        if (starts > 50) throw std::logic_error("it never ends well: " + report.summary.back());
      } catch (const ProcessKilled&) {
        start();
      }
    }
  }

  std::vector<std::string> shop_ids() const {
    std::vector<std::string> ids;
    for (const ErpOrder& order : ledger->orders()) ids.push_back(order.shop_order_id);
    return ids;
  }
  std::vector<std::string> reasons_for(const std::string& record) const {
    std::vector<std::string> reasons;
    for (const LoggedEntry& logged : ledger->log()) {
      if (logged.entry.record == record) reasons.emplace_back(to_string(logged.entry.reason));
    }
    return reasons;
  }
};

/// Three products that differ, one that does not, one that must not; three orders that count, one
/// from the panel, one old.
void fill(Bench& bench) {
  for (int i = 1; i <= 5; ++i) {
    bench.shop.add_product(i, "K" + std::to_string(i), "10.00", "1");
  }
  bench.shop.row("products", 5)["tax_id"] = "5";
  std::vector<ErpProduct> products;
  for (const auto& [code, stock] : std::vector<std::pair<std::string, std::string>>{
           {"K1", "5"}, {"K2", "6"}, {"K3", "7"}, {"K4", "1"}, {"K5", "9"}}) {
    products.push_back(product("E" + code, code, stock));
  }
  bench.ledger->put_products(products);
  bench.shop.add_order(1, "2026-03-01 12:00:00", 0, "10.00");
  bench.shop.add_order(2, "2026-03-02 09:00:30", 0, "32.99", "12.99");
  bench.shop.add_order(3, "2026-03-02 09:00:31", 5, "10.00");
  bench.shop.add_order(4, "2026-03-02 09:00:31", 0, "30.00");
  bench.shop.add_order(5, "2026-03-02 09:00:40", 4, "10.00");
  bench.shop.add_line(1, 1, "K1", "10.00", "1");
  bench.shop.add_line(2, 2, "K1", "10.00", "2");
  bench.shop.add_line(3, 3, "K1", "10.00", "1");
  bench.shop.add_line(4, 4, "K2", "10.00", "1");
  bench.shop.add_line(5, 4, "OBCY", "20.00", "1");
  bench.shop.add_line(6, 5, "K3", "10.00", "1", "zw.");
}

void check_all_done(const Bench& bench) {
  CHECK(bench.shop.stock_of("K1") == "5");
  CHECK(bench.shop.stock_of("K2") == "6");
  CHECK(bench.shop.stock_of("K3") == "7");
  CHECK(bench.shop.stock_of("K4") == "1");
  CHECK(bench.shop.stock_of("K5") == "1");
  CHECK(bench.shop_ids() == std::vector<std::string>{"2", "4", "5"});
  CHECK(bench.shop.other_writes == 0);
  CHECK(bench.ledger->open_intents(bench.connector->integration()).empty());
  CHECK(bench.ledger->document_count() == 0);
  std::vector<std::string> numbers;
  for (const ErpOrder& order : bench.ledger->orders()) numbers.push_back(order.number);
  CHECK(numbers == std::vector<std::string>{"ZS/1/2026", "ZS/2/2026", "ZS/3/2026"});
}

const std::vector<Fault> kFaults{Fault::Refused,     Fault::Lost,      Fault::TooManyRequests,
                                 Fault::ServerError, Fault::Truncated, Fault::KillBefore,
                                 Fault::KillAfter};

}  // namespace

TEST_CASE(
    "Each command saves orders, then sends stock, and leaves alone what must be, with its reason",
    "[systim]") {
  for (const Command command : {Command::Stock, Command::Orders, Command::All, Command::Tick}) {
    Bench bench;
    fill(bench);
    bench.configure();
    int saved_before_writing = -1;
    bench.shop.after_exchange = [&](const HttpRequest& request) {
      const bool writes = request.method != "GET" && request.url.find("/auth") == std::string::npos;
      if (writes && saved_before_writing < 0)
        saved_before_writing = static_cast<int>(bench.ledger->order_count());
    };
    const RunReport report = bench.run(command);
    INFO(to_string(command));
    REQUIRE(report.ok);
    check_all_done(bench);
    CHECK(saved_before_writing == 3);
    CHECK(report.orders_saved == 3);
    CHECK(report.stock_written == 3);
    CHECK(report.stock_unchanged == 1);
    CHECK(bench.reasons_for("K5") == std::vector<std::string>{"vat_differs"});
    CHECK(bench.reasons_for("3") == std::vector<std::string>{"placed_in_panel"});
    CHECK(bench.reasons_for("4") == std::vector<std::string>{"line_unknown"});
    const auto orders = bench.ledger->orders();
    CHECK(orders[0].total_gross == Money{3299});
    CHECK(orders[0].contractor == "Jan Łoś");
    CHECK(orders[1].total_gross == Money{1000});
    CHECK(orders[1].omitted.at(0).code == "OBCY");
    CHECK(orders[2].lines.at(0).vat == "zw");
  }
}

TEST_CASE("A second run without outside changes writes nothing and saves nothing", "[systim]") {
  Bench bench;
  fill(bench);
  bench.configure();
  REQUIRE(bench.run(Command::All).ok);
  const int writes = bench.shop.stock_writes;
  const auto intents = bench.ledger->intent_count();
  const auto entries = bench.ledger->log().size();
  const RunReport quiet = bench.run(Command::Tick);
  REQUIRE(quiet.ok);
  CHECK(bench.shop.stock_writes == writes);
  CHECK(bench.ledger->intent_count() == intents);
  CHECK(quiet.orders_saved == 0);
  CHECK(bench.ledger->order_count() == 3);
  CHECK(bench.ledger->log().size() ==
        entries + 1);  // K5 is still left alone; the orders are not told twice.
}

TEST_CASE("Nothing happens before the configuration, and no automatic run while the option is off",
          "[systim]") {
  Bench bench;
  fill(bench);
  bench.config.automatic = false;
  bench.start();
  const RunReport unconfigured = bench.run(Command::All);
  CHECK_FALSE(unconfigured.ok);
  CHECK(unconfigured.entries.at(0).reason == Reason::NotConfigured);
  CHECK(bench.shop.exchanges == 0);

  bench.connector->save_configuration();
  CHECK(bench.run(Command::Tick).ok);
  CHECK(bench.shop.exchanges == 0);
  REQUIRE(bench.run(Command::Stock).ok);  // By hand it works.
  CHECK(bench.shop.stock_of("K1") == "5");
}

TEST_CASE("With orders_only a suspended tick still sends stock", "[systim][switch]") {
  Bench bench;
  fill(bench);
  bench.config.switches.suspend_scope = SuspendScope::OrdersOnly;
  bench.configure();
  bench.connector->set_automatic(false);
  REQUIRE(bench.run(Command::Tick).ok);
  CHECK(bench.shop.stock_of("K1") == "5");
  CHECK(bench.ledger->order_count() == 0);
}

TEST_CASE(
    "Orders placed while the option was off are caught up only where the switch says so, or by "
    "hand",
    "[systim][switch]") {
  for (const CatchUpOnResume catch_up : {CatchUpOnResume::No, CatchUpOnResume::Yes}) {
    Bench bench;
    fill(bench);
    bench.config.switches.catch_up_on_resume = catch_up;
    bench.configure();
    bench.connector->set_automatic(false);  // 09:01:00 in Warsaw.
    bench.shop.add_order(6, "2026-03-02 09:01:30", 0, "10.00");
    bench.shop.add_line(7, 6, "K1", "10.00", "1");
    bench.clock.advance(std::chrono::minutes(1));
    bench.connector->set_automatic(true);  // 09:02:00.
    bench.shop.add_order(7, "2026-03-02 09:02:00", 0, "10.00");
    bench.shop.add_line(8, 7, "K1", "10.00", "1");
    REQUIRE(bench.run(Command::Tick).ok);
    REQUIRE(bench.run(Command::Tick).ok);
    const bool caught_up = catch_up == CatchUpOnResume::Yes;
    const auto ids = bench.shop_ids();
    CHECK((std::count(ids.begin(), ids.end(), "6") == 1) == caught_up);
    CHECK(std::count(ids.begin(), ids.end(), "7") == 1);
    if (caught_up) continue;
    CHECK(bench.reasons_for("6") == std::vector<std::string>{"placed_while_suspended"});
    REQUIRE(bench.run(Command::Orders).ok);
    CHECK(bench.ledger->order_count() == 5);
  }
}

TEST_CASE(
    "Every exchange in turn goes wrong in every way, and started again nothing is lost or doubled",
    "[systim][chaos]") {
  int boundaries = 0;
  {
    Bench calm;
    fill(calm);
    calm.configure();
    REQUIRE(calm.run(Command::All).ok);
    boundaries = calm.shop.exchanges;
  }
  REQUIRE(boundaries > 8);
  for (const Fault fault : kFaults) {
    for (int at = 0; at < boundaries; ++at) {
      Bench bench;
      fill(bench);
      bench.configure();
      bench.shop.fault = [&](int exchange, const HttpRequest&) {
        return exchange == at ? fault : Fault::None;
      };
      INFO("fault " << static_cast<int>(fault) << " at exchange " << at);
      bench.run_through_deaths(Command::All);
      REQUIRE(bench.run(Command::All).ok);
      check_all_done(bench);
      const int writes = bench.shop.stock_writes;
      REQUIRE(bench.run(Command::All).ok);
      CHECK(bench.shop.stock_writes == writes);
    }
  }
}

TEST_CASE(
    "Killed before and after every commit of the ledger, and started again, nothing is lost or "
    "doubled",
    "[systim][kill]") {
  for (const CommitPoint point : {CommitPoint::Before, CommitPoint::After}) {
    for (int at = 0;; ++at) {
      Bench bench;
      fill(bench);
      bench.configure();
      int commits = 0;
      bool died = false;
      bench.ledger->on_commit([&](CommitPoint reached) {
        if (reached != point || commits++ != at) return;
        died = true;
        throw ProcessKilled{};
      });
      INFO("commit " << at << (point == CommitPoint::Before ? ", before" : ", after"));
      bench.run_through_deaths(Command::All);
      check_all_done(bench);
      for (const char* id : {"3", "4"}) CHECK(bench.reasons_for(id).size() == 1);
      if (!died) {
        CHECK(at > 8);
        break;
      }
    }
  }
}

TEST_CASE("However often and wherever it dies, orders over several pages are there once",
          "[systim][kill]") {
  CHECK(rc::check("random deaths", [] {
    Bench bench;
    bench.ledger->put_products(std::vector{product("E1", "K1", "5")});
    const int orders = *rc::gen::inRange(1, 130);
    for (int i = 1; i <= orders; ++i) {
      bench.shop.add_order(i, "2026-03-02 09:00:30", 0, "10.00");
      bench.shop.add_line(i, i, "K1", "10.00", "1");
    }
    bench.configure();
    const auto deaths = *rc::gen::container<std::set<int>>(rc::gen::inRange(0, 60));
    const auto commit_deaths = *rc::gen::container<std::set<int>>(rc::gen::inRange(0, 150));
    bench.shop.fault = [&](int exchange, const HttpRequest&) {
      return !deaths.contains(exchange) ? Fault::None
             : exchange % 2 == 0        ? Fault::KillAfter
                                        : Fault::KillBefore;
    };
    int commits = 0;
    bench.ledger->on_commit([&](CommitPoint) {
      if (commit_deaths.contains(commits++)) throw ProcessKilled{};
    });
    for (bool done = false; !done;) {
      try {
        done = bench.run(Command::Orders).ok;
      } catch (const ProcessKilled&) {
        bench.start();
      }
    }
    const auto ids = bench.shop_ids();
    RC_ASSERT(static_cast<int>(ids.size()) == orders);
    RC_ASSERT(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
  }));
}

TEST_CASE("Orders arriving while pages are read, and ids that appear late, are not lost",
          "[systim][paging]") {
  Bench bench;
  bench.ledger->put_products(std::vector{product("E1", "K1", "5")});
  const auto place = [&](int id) {
    bench.shop.add_order(id, "2026-03-02 09:00:30", 0, "10.00");
    bench.shop.add_line(id, id, "K1", "10.00", "1");
  };
  for (int id = 1; id <= 120; ++id) {
    if (id != 115) place(id);
  }
  bench.configure();
  bool placed = false;
  bench.shop.after_exchange = [&](const HttpRequest& request) {
    if (!placed && request.url.find("/orders?") != std::string::npos) {
      placed = true;
      place(121);
    }
  };
  REQUIRE(bench.run(Command::Orders).ok);
  CHECK(bench.ledger->order_count() == 120);
  place(115);
  REQUIRE(bench.run(Command::Tick).ok);
  CHECK(bench.ledger->order_count() == 121);
}

TEST_CASE("A quiet run reads one page of orders however many there were", "[systim][paging]") {
  Bench bench;
  bench.ledger->put_products(std::vector{product("E1", "K1", "5")});
  for (int id = 1; id <= 400; ++id) {
    bench.shop.add_order(id, "2026-03-02 09:00:30", 0, "10.00");
    bench.shop.add_line(id, id, "K1", "10.00", "1");
  }
  bench.configure();
  REQUIRE(bench.run(Command::Orders).ok);
  bench.shop.requests.clear();
  REQUIRE(bench.run(Command::Tick).ok);
  CHECK(std::count_if(bench.shop.requests.begin(), bench.shop.requests.end(),
                      [](const HttpRequest& request) {
                        return request.url.find("/orders?") != std::string::npos;
                      }) == 1);
}

TEST_CASE("Stock goes in bulks of 25, one intent and one receipt for each figure",
          "[systim][stock]") {
  Bench bench;
  std::vector<ErpProduct> products;
  for (int i = 1; i <= 60; ++i) {
    const std::string code = "K" + std::to_string(i);
    bench.shop.add_product(i, code, "10.00", "0");
    products.push_back(product("E" + code, code, std::to_string(i)));
  }
  bench.ledger->put_products(products);
  bench.configure();
  REQUIRE(bench.run(Command::Stock).ok);
  std::vector<std::size_t> sizes;
  for (const HttpRequest& request : bench.shop.requests) {
    if (request.url.ends_with("/bulk")) sizes.push_back(test::Json::parse(request.body).size());
  }
  CHECK(sizes == std::vector<std::size_t>{25, 25, 10});
  CHECK(bench.ledger->intent_count() == 60);
  CHECK(bench.ledger->receipt_count() == 60);
  for (int i = 1; i <= 60; ++i)
    CHECK(bench.shop.stock_of("K" + std::to_string(i)) == std::to_string(i));
}

TEST_CASE("A variant is paired by its own code, and a code shared with its parent is left alone",
          "[systim][stock]") {
  Bench bench;
  bench.shop.add_product(1, "K1", "10.00", "0");
  bench.shop.add_variant(2001, 1, "K1-42", "0.00", "0", "0");
  bench.shop.add_variant(2002, 1, "K1-43", "0.00", "1", "0");
  bench.shop.add_product(2, "K2", "10.00", "0");
  bench.shop.add_variant(2003, 2, "K2", "0.00", "0", "0");
  bench.ledger->put_products(std::vector{product("E1", "K1-42", "4"), product("E2", "K1-43", "5"),
                                         product("E3", "K2", "6")});
  bench.configure();
  REQUIRE(bench.run(Command::Stock).ok);
  CHECK(bench.shop.stock_of("K1-42") == "4");
  CHECK(bench.shop.stock_of("K1-43") == "0");
  CHECK(bench.reasons_for("K1-43") == std::vector<std::string>{"price_not_above_zero"});
  CHECK(bench.shop.stock_of("K2") == "0");
  CHECK(bench.reasons_for("K2") == std::vector<std::string>{"code_not_unique_in_shop",
                                                            "code_not_unique_in_shop",
                                                            "code_not_unique_in_shop"});
}

TEST_CASE("A stock that fell to 0 is sent as the switch says", "[systim][switch]") {
  for (const ZeroStock reading :
       {ZeroStock::NeverSent, ZeroStock::SentAfterFirst, ZeroStock::Always}) {
    Bench bench;
    bench.config.switches.zero_stock = reading;
    bench.shop.add_product(1, "ONCE", "10.00", "2");
    bench.shop.add_product(2, "NEVER", "10.00", "2");
    bench.ledger->put_products(
        std::vector{product("E1", "ONCE", "3"), product("E2", "NEVER", "0")});
    bench.configure();
    REQUIRE(bench.run(Command::Stock).ok);
    CHECK(bench.shop.stock_of("ONCE") == "3");
    CHECK(bench.shop.stock_of("NEVER") == (reading == ZeroStock::Always ? "0" : "2"));
    bench.ledger->put_products(std::vector{product("E1", "ONCE", "0")});
    bench.start();
    REQUIRE(bench.run(Command::Stock).ok);
    CHECK(bench.shop.stock_of("ONCE") == (reading == ZeroStock::NeverSent ? "3" : "0"));
  }
}

TEST_CASE(
    "A half in a shop of whole numbers is skipped, refused by the shop, or cut, and always "
    "reported",
    "[systim][switch]") {
  const std::map<FractionInIntegerShop, std::pair<std::string, std::string>> expected{
      {FractionInIntegerShop::SkipAndReport, {"9", "stock_fractional"}},
      {FractionInIntegerShop::Reject, {"9", "stock_refused"}},
      {FractionInIntegerShop::Truncate, {"1", "stock_truncated"}}};
  for (const auto& [reading, outcome] : expected) {
    Bench bench;
    bench.config.switches.fraction_in_integer_shop = reading;
    bench.shop.add_product(1, "A", "10.00", "9");
    bench.shop.add_product(2, "B", "10.00", "9");
    bench.shop.add_product(3, "KG", "10.00", "9");
    bench.shop.row("products", 3)["unit_id"] = "2";
    bench.ledger->put_products(std::vector{product("E1", "A", "1.5"), product("E2", "B", "4"),
                                           product("E3", "KG", "1.5")});
    bench.configure();
    REQUIRE(bench.run(Command::Stock).ok);
    CHECK(bench.shop.stock_of("A") == outcome.first);
    CHECK(bench.reasons_for("A") == std::vector<std::string>{outcome.second});
    CHECK(bench.shop.stock_of("B") == "4");
    CHECK(bench.shop.stock_of("KG") == "1.5");
  }
}

TEST_CASE("An order of unknown products waits, is reported, and comes in once the ERP knows them",
          "[systim][switch]") {
  Bench bench;
  bench.shop.add_order(1, "2026-03-02 09:00:30", 0, "10.00");
  bench.shop.add_line(1, 1, "NOWY", "10.00", "1");
  bench.configure();
  REQUIRE(bench.run(Command::Tick).ok);
  CHECK(bench.ledger->order_count() == 0);
  CHECK(bench.reasons_for("1") == std::vector<std::string>{"line_unknown", "no_line_known"});
  bench.ledger->put_products(std::vector{product("E1", "NOWY", "5")});
  REQUIRE(bench.run(Command::Tick).ok);
  CHECK(bench.ledger->order_count() == 1);
  CHECK(bench.ledger->waiting_orders(bench.connector->integration()).empty());
}

TEST_CASE("A waiting order that the shop no longer has is reported and forgotten", "[systim]") {
  Bench bench;
  bench.shop.add_order(1, "2026-03-02 09:00:30", 0, "10.00");
  bench.configure();
  REQUIRE(bench.run(Command::Tick).ok);
  CHECK(bench.reasons_for("1") == std::vector<std::string>{"order_has_no_lines"});
  bench.shop.tables["orders"].clear();
  REQUIRE(bench.run(Command::Tick).ok);
  REQUIRE(bench.run(Command::Tick).ok);
  CHECK(bench.reasons_for("1") == std::vector<std::string>{"order_has_no_lines", "order_gone"});
}

TEST_CASE(
    "An unknown line refuses the whole order, and unknown lines alone make an empty one, where the "
    "switches say so",
    "[systim][switch]") {
  Bench bench;
  bench.config.switches.unknown_line = UnknownLine::RefuseOrder;
  fill(bench);
  bench.configure();
  REQUIRE(bench.run(Command::Orders).ok);
  CHECK(bench.shop_ids() == std::vector<std::string>{"2", "5"});
  CHECK(bench.reasons_for("4") == std::vector<std::string>{"line_unknown", "order_refused"});

  Bench empty;
  empty.config.switches.all_lines_unknown = AllLinesUnknown::EmptyOrder;
  empty.shop.add_order(1, "2026-03-02 09:00:30", 0, "22.99", "12.99");
  empty.shop.add_line(1, 1, "NOWY", "10.00", "1");
  empty.configure();
  REQUIRE(empty.run(Command::Orders).ok);
  REQUIRE(empty.ledger->order_count() == 1);
  CHECK(empty.ledger->orders()[0].total_gross == Money{1299});
}

TEST_CASE("Line prices come from the order or from the product, and the total follows",
          "[systim][switch]") {
  for (const LinePrice reading : {LinePrice::FromOrder, LinePrice::FromErpProduct}) {
    Bench bench;
    bench.config.switches.line_price = reading;
    bench.ledger->put_products(std::vector{product("E1", "K1", "5")});
    bench.shop.add_order(1, "2026-03-02 09:00:30", 0, "18.00");
    bench.shop.add_line(1, 1, "K1", "9.00", "2");
    bench.shop.row("order-products", 1)["discount_perc"] = "50.0000";
    bench.configure();
    REQUIRE(bench.run(Command::Orders).ok);
    const ErpOrder order = bench.ledger->orders().at(0);
    CHECK(order.total_gross == Money{reading == LinePrice::FromOrder ? 900 : 2000});
    CHECK(bench.reasons_for("1") == std::vector<std::string>{"shop_total_differs"});
  }
}

TEST_CASE("With webhook_only an order comes in once a webhook told of it", "[systim][switch]") {
  Bench bench;
  fill(bench);
  bench.config.switches.panel_order_test = PanelOrderTest::WebhookOnly;
  bench.configure();
  REQUIRE(bench.run(Command::Tick).ok);
  CHECK(bench.ledger->order_count() == 0);
  bench.connector->order_announced("2");
  REQUIRE(bench.run(Command::Tick).ok);
  CHECK(bench.shop_ids() == std::vector<std::string>{"2"});
}

TEST_CASE("A shop with several warehouses fails the whole run before anything is written",
          "[systim][limits]") {
  for (const test::Json& on : {test::Json(true), test::Json("1"), test::Json(1)}) {
    Bench bench;
    fill(bench);
    bench.shop.config["warehouses_enabled"] = on;
    bench.configure();
    const RunReport report = bench.run(Command::All);
    CHECK_FALSE(report.ok);
    CHECK(report.entries.back().reason == Reason::WarehousesOn);
    CHECK(bench.shop.stock_writes == 0);
    CHECK(bench.ledger->order_count() == 0);
    CHECK(bench.ledger->runs().back().outcome == "failed");
    bench.shop.config["warehouses_enabled"] = false;
    REQUIRE(bench.run(Command::All).ok);
    check_all_done(bench);
  }
}

TEST_CASE("A shop of another default language is refused, a second active language is warned of",
          "[systim][limits]") {
  Bench bench;
  fill(bench);
  bench.shop.config["default_language_name"] = "en_US";
  bench.configure();
  const RunReport refused = bench.run(Command::All);
  CHECK_FALSE(refused.ok);
  CHECK(refused.entries.back().reason == Reason::LanguageNotPolish);
  CHECK(bench.shop.stock_writes == 0);
  bench.shop.config["default_language_name"] = "pl_PL";
  bench.shop.row("languages", 2)["active"] = "1";
  const RunReport warned = bench.run(Command::All);
  CHECK(warned.ok);
  CHECK(warned.entries.at(0).reason == Reason::SeveralLanguages);
  check_all_done(bench);
}

TEST_CASE("The path of a category is read from the tree only where the switch asks for it",
          "[systim][switch]") {
  for (const CategoryMatch match : {CategoryMatch::LeafAny, CategoryMatch::Path}) {
    Bench bench;
    bench.config.switches.category_match = match;
    bench.shop.add_product(1, "K1", "10.00", "0");
    bench.shop.tables["categories"][9] = {{"category_id", "9"},
                                          {"translations", {{"pl_PL", {{"name", "Obuwie"}}}}}};
    bench.shop.tree = test::Json::array(
        {{{"id", 9},
          {"children", test::Json::array({{{"id", 1}, {"children", test::Json::array()}}})}}});
    bench.ledger->put_products(std::vector{product("E1", "K1", "5")});
    bench.configure();
    REQUIRE(bench.run(Command::Stock).ok);
    const bool by_path = match == CategoryMatch::Path;
    CHECK(bench.shop.stock_of("K1") == (by_path ? "0" : "5"));
    CHECK(std::any_of(bench.shop.requests.begin(), bench.shop.requests.end(),
                      [](const HttpRequest& request) {
                        return request.url.find("categories-tree") != std::string::npos;
                      }) == by_path);
  }
}

TEST_CASE("No secret stands in the books, in the report or in an address", "[systim][secrets]") {
  Bench bench;
  fill(bench);
  bench.configure();
  bench.shop.fault = [](int, const HttpRequest&) { return Fault::ServerError; };
  const RunReport report = bench.run(Command::All);
  CHECK_FALSE(report.ok);
  std::string everything;
  for (const std::string& line : report.summary) everything += line;
  for (const LoggedEntry& logged : bench.ledger->log()) everything += logged.entry.text;
  for (const HttpRequest& request : bench.shop.requests) everything += request.url;
  CHECK(everything.find("tajne-haslo") == std::string::npos);
  CHECK(everything.find(std::string(40, 'a')) == std::string::npos);
  CHECK(report.summary.back().starts_with("failed: "));
}

TEST_CASE("Saving the configuration again changes nothing, another shop starts anew",
          "[systim][config]") {
  Bench bench;
  fill(bench);
  bench.configure();
  REQUIRE(bench.run(Command::Orders).ok);
  bench.clock.advance(std::chrono::hours(5));
  bench.start();
  bench.connector->save_configuration();
  bench.shop.add_order(9, "2026-03-02 09:30:00", 0, "10.00");
  bench.shop.add_line(9, 9, "K1", "10.00", "1");
  REQUIRE(bench.run(Command::Orders).ok);
  CHECK(bench.ledger->order_count() == 4);
  CHECK(bench.connector->integration() == "systim-shoper@shop.example");

  bench.config.shop_url = "https://other.example";
  bench.start();
  bench.connector->save_configuration();
  REQUIRE(bench.run(Command::Orders).ok);
  CHECK(bench.ledger->order_count() == 4);  // Its orders are all older.
}

TEST_CASE("Progress is told for orders, products and stock", "[systim]") {
  Bench bench;
  fill(bench);
  bench.configure();
  std::map<std::string, std::int64_t> last;
  REQUIRE(bench.connector
              ->run(Command::All,
                    [&](const Progress& progress) {
                      last[std::string(progress.stage)] = progress.done;
                    })
              .ok);
  CHECK(last == std::map<std::string, std::int64_t>{{"orders", 5}, {"products", 5}, {"stock", 3}});
}

TEST_CASE("The look at the shop's settings, the pairing and the handing over are parts too",
          "[systim][parts]") {
  Bench bench;
  fill(bench);
  bench.shop.config["warehouses_enabled"] = true;
  std::vector<std::string> handed_over;
  bench.parts.warehouses_ok = [](const ShopSettings&) { return std::nullopt; };
  bench.parts.pair_products = [](std::span<const ErpProduct> erp, std::span<const ShopItem> shop,
                                 const CodeKey& code_key, const SystimSwitches& switches) {
    Pairing pairing = pair_by_code(erp, shop, code_key, switches);
    pairing.pairs.resize(1);
    return pairing;
  };
  bench.parts.write_stock = [&](Shop& shop, std::span<const StockWrite> writes) {
    for (const StockWrite& write : writes) handed_over.push_back(to_text(write.value));
    return shop.write_stock(writes);
  };
  bench.configure();
  const RunReport report = bench.run(Command::Stock);
  CHECK(report.ok);
  CHECK(report.products_paired == 1);
  CHECK(handed_over == std::vector<std::string>{"5"});
  CHECK(bench.shop.stock_of("K1") == "5");
  CHECK(bench.shop.stock_of("K2") == "1");
}

TEST_CASE("A part can be replaced, and only that changes", "[systim][parts]") {
  Bench bench;
  fill(bench);
  bench.parts.accept_origin = [](const ShopOrder&, const OrderFacts&, const SystimSwitches&) {
    return std::nullopt;
  };
  bench.parts.write_value = [](Quantity figure, std::optional<Quantity> in_shop) {
    return Quantity{figure.millionths - in_shop.value_or(Quantity{}).millionths};
  };
  bench.configure();
  REQUIRE(bench.run(Command::All).ok);
  CHECK(bench.ledger->order_count() == 4);
  CHECK(bench.shop.stock_of("K1") == "4");
}
