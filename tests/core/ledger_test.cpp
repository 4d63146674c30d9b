#include "core/ledger/ledger.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <rapidcheck.h>
#include <sqlite3.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "paper_shop.hpp"

using namespace atrapa::core;
using test::ProcessKilled;

namespace {

const Instant kNow{Duration{1'772'438'400'000}};
constexpr auto kMarch = std::chrono::year{2026} / 3 / 2;

ErpOrder an_order(const std::string& shop_order_id, std::chrono::year_month_day day = kMarch) {
  ErpOrder order;
  order.shop_order_id = shop_order_id;
  order.integration = "systim-shoper@x";
  order.contractor = "Zażółć 'gęślą' \"jaźń\"";
  order.origin = 0;
  order.placed_at = order.fetched_at = kNow;
  order.placed_on = day;
  ErpOrderLine line;
  line.product_id = "E1";
  line.code = " BUT 42 ";
  line.name = "But";
  line.quantity = Quantity{1'500'000};
  line.unit_price = Price{100'000};
  line.vat = "23";
  line.value = Money{1500};
  order.lines = {line};
  order.omitted = {{"X", "Nieznany", "1", "5.00", "line_unknown"}};
  order.shipping_cost = Money{1299};
  order.shipping_vat = "23";
  order.total_gross = Money{2799};
  order.shop_total = "32.99";
  return order;
}

std::string key(const std::string& id) { return Ledger::idempotency_key("systim-shoper@x", id); }

/// A file that goes with the test.
struct TemporaryFile {
  std::filesystem::path path;
  explicit TemporaryFile(const std::string& name)
      : path(std::filesystem::temp_directory_path() / ("atrapa-core-" + name)) {
    clean();
  }
  ~TemporaryFile() { clean(); }
  void clean() const {
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + suffix);
  }
};

}  // namespace

TEST_CASE("Books in memory are empty, migrated and independent of each other", "[ledger]") {
  const auto one = Ledger::in_memory();
  const auto two = Ledger::in_memory();
  CHECK(one->schema_version() == 6);
  one->save_order(an_order("1"), key("1"));
  CHECK(one->order_count() == 1);
  CHECK(two->order_count() == 0);
}

TEST_CASE("A product comes back from the books byte for byte", "[ledger]") {
  const auto ledger = Ledger::in_memory();
  ErpProduct product;
  product.id = "E1";
  product.code = "  Kod\xC2\xA0 'x\n\"; DROP TABLE products; --";
  product.name = "Żółć";
  product.unit = "szt.";
  product.vat = "zw";
  product.gross_price = read_price("0,01");
  product.categories = {{"Obuwie", "Buty \"x\""}, {}};
  product.stock = read_quantity("1.50");
  ErpProduct bare;
  bare.id = "E0";
  ledger->put_products(std::vector{product, bare});
  CHECK(ledger->products() == std::vector{product, bare});
  product.stock = read_quantity("2");
  ledger->put_products(std::vector{product});
  CHECK(ledger->products() == std::vector{product, bare});  // Changed, and still the first.
}

TEST_CASE("An order comes back whole, and its key keeps a second one out", "[ledger]") {
  const auto ledger = Ledger::in_memory();
  const auto saved = ledger->save_order(an_order("17"), key("17"));
  CHECK(saved.number == "ZS/1/2026");
  CHECK(ledger->has_order("systim-shoper@x", "17"));
  CHECK_FALSE(ledger->has_order("systim-shoper@y", "17"));
  const auto again = ledger->save_order(an_order("17"), key("17"));
  CHECK(again.already_there);
  CHECK(again.id == saved.id);
  const auto orders = ledger->orders();
  REQUIRE(orders.size() == 1);
  CHECK(orders[0].contractor == an_order("17").contractor);
  CHECK(orders[0].lines.at(0).code == " BUT 42 ");
  CHECK(orders[0].lines.at(0).value == Money{1500});
  CHECK(orders[0].omitted.at(0).reason == "line_unknown");
  CHECK(orders[0].total_gross == Money{2799});
  CHECK(orders[0].placed_on == std::chrono::year_month_day(kMarch));
  CHECK(ledger->order(saved.id)->number == "ZS/1/2026");
}

TEST_CASE("Without a key nothing keeps a second order out", "[ledger]") {
  const auto ledger = Ledger::in_memory();
  const auto first = ledger->save_order(an_order("17"), std::nullopt);
  const auto second = ledger->save_order(an_order("17"), std::nullopt);
  CHECK(ledger->order_count() == 2);
  CHECK(ledger->set_idempotency_key(first.id, key("17")));
  CHECK_FALSE(ledger->set_idempotency_key(second.id, key("17")));
}

TEST_CASE("Order numbers have neither gap nor double, also when saves are undone in between",
          "[ledger][numbering]") {
  CHECK(rc::check("numbers per year are 1..n", [] {
    const auto ledger = Ledger::in_memory();
    const auto years = *rc::gen::container<std::vector<int>>(rc::gen::inRange(2024, 2027));
    std::map<int, int> expected;
    int id = 0;
    for (const int year : years) {
      const auto day = std::chrono::year{year} / 12 / 31;
      if (*rc::gen::inRange(0, 3) == 0) {
        Ledger::Transaction undone(*ledger);
        ledger->save_order(an_order("x", day), std::nullopt);
      }
      const std::string name = std::to_string(++id);
      const auto saved = ledger->save_order(an_order(name, day), key(name));
      RC_ASSERT(saved.number ==
                "ZS/" + std::to_string(++expected[year]) + "/" + std::to_string(year));
    }
  }));
}

TEST_CASE("An invoice takes over the order's lines and amounts, once", "[ledger][documents]") {
  const auto ledger = Ledger::in_memory();
  const auto saved = ledger->save_order(an_order("17"), key("17"));
  CHECK(ledger->document_count() == 0);
  const auto invoice =
      ledger->issue_sales({.order_id = saved.id, .series = "FV", .issued_on = kMarch});
  REQUIRE(invoice.ok());
  CHECK(invoice->number == "FV/1/2026");
  CHECK(invoice->total_gross == Money{2799});
  REQUIRE(invoice->lines.size() == 2);
  CHECK(invoice->lines[0].value == Money{1500});
  CHECK(invoice->lines[1].value == Money{1299});
  REQUIRE(invoice->summary.size() == 1);
  CHECK(invoice->summary[0].gross == Money{2799});
  const auto again =
      ledger->issue_sales({.order_id = saved.id, .series = "FV", .issued_on = kMarch});
  REQUIRE_FALSE(again.ok());
  CHECK(again.error().find("FV/1/2026") != std::string::npos);
  CHECK_FALSE(ledger->issue_sales({.order_id = 99, .series = "FV", .issued_on = kMarch}).ok());
  const auto other = ledger->save_order(an_order("18"), key("18"));
  CHECK_FALSE(
      ledger->issue_sales({.order_id = other.id, .series = "ZS", .issued_on = kMarch}).ok());
  CHECK_FALSE(
      ledger
          ->issue_sales(
              {.order_id = other.id, .series = "FV", .issued_on = std::chrono::year{2026} / 2 / 30})
          .ok());
  CHECK(ledger->issue_sales({.order_id = other.id, .series = "FV", .issued_on = kMarch})->number ==
        "FV/2/2026");
  CHECK(ledger->documents().at(1).lines.size() == 2);
}

TEST_CASE("A monthly series counts each month by itself, whatever the order of issuing",
          "[ledger][numbering]") {
  const auto ledger = Ledger::in_memory();
  REQUIRE(
      ledger->put_series({"M", DocumentKind::Invoice, "F/{n:3}/{mm}/{yyyy}", SeriesReset::Month})
          .ok());
  auto issue = [&, n = 0](unsigned month) mutable {
    const auto saved = ledger->save_order(an_order(std::to_string(++n)), std::nullopt);
    return ledger
        ->issue_sales({.order_id = saved.id,
                       .series = "M",
                       .issued_on = std::chrono::year{2026} / static_cast<int>(month) / 1})
        ->number;
  };
  CHECK(issue(1) == "F/001/01/2026");
  CHECK(issue(2) == "F/001/02/2026");
  CHECK(issue(1) == "F/002/01/2026");
  CHECK_FALSE(
      ledger->put_series({"N", DocumentKind::Invoice, "F/{n:3}/{mm}/{yyyy}", SeriesReset::Month})
          .ok());
  CHECK_FALSE(ledger->put_series({"N", DocumentKind::Invoice, "{n}", SeriesReset::Month}).ok());
}

TEST_CASE("A number that another series gave already is refused and leaves no gap",
          "[ledger][numbering]") {
  const auto ledger = Ledger::in_memory();
  REQUIRE(ledger->put_series({"A", DocumentKind::Invoice, "F{n}", SeriesReset::Never}).ok());
  REQUIRE(ledger->put_series({"B", DocumentKind::Invoice, "F{n:1}", SeriesReset::Never}).ok());
  const auto first = ledger->save_order(an_order("1"), std::nullopt);
  const auto second = ledger->save_order(an_order("2"), std::nullopt);
  CHECK(ledger->issue_sales({.order_id = first.id, .series = "A", .issued_on = kMarch})->number ==
        "F1");
  CHECK_FALSE(
      ledger->issue_sales({.order_id = second.id, .series = "B", .issued_on = kMarch}).ok());
  CHECK(ledger->issue_sales({.order_id = second.id, .series = "A", .issued_on = kMarch})->number ==
        "F2");
}

TEST_CASE("Intents stay open until their receipt, and only those of the integration are seen",
          "[ledger]") {
  const auto ledger = Ledger::in_memory();
  const auto run = ledger->begin_run("a", "stock", kNow);
  const std::vector<IntentDraft> drafts{{"stock", "7", "5"}, {"stock", "8", "1.5"}};
  const auto ids = ledger->write_intents(run, drafts, kNow);
  CHECK(ledger->open_intents("a").size() == 2);
  CHECK(ledger->open_intents("b").empty());
  ledger->write_receipts(std::vector<Receipt>{{ids[0], Receipt::Outcome::Done, ""}}, kNow);
  const auto open = ledger->open_intents("a");
  REQUIRE(open.size() == 1);
  CHECK(open[0].record == "8");
  CHECK(open[0].value == "1.5");
  CHECK(ledger->intent_count() == 2);
  CHECK(ledger->receipt_count() == 1);
}

TEST_CASE("A run that never finished is closed as interrupted by the next one", "[ledger]") {
  const auto ledger = Ledger::in_memory();
  ledger->begin_run("a", "tick", kNow);
  const auto other = ledger->begin_run("b", "tick", kNow);
  const auto run = ledger->begin_run("a", "stock", kNow);
  ledger->add_entries(run, std::vector<LogEntry>{{Severity::Warning, RecordKind::Product, "A",
                                                  Reason::VatDiffers, "text"}});
  ledger->finish_run(run, "ok", {.read = 3, .created = 0, .updated = 1, .skipped = 1, .failed = 0},
                     kNow);
  const auto runs = ledger->runs();
  REQUIRE(runs.size() == 3);
  CHECK(runs[0].outcome == "interrupted");
  CHECK(runs[1].id == other);
  CHECK_FALSE(runs[1].finished.has_value());
  CHECK(runs[2].totals.read == 3);
  REQUIRE(ledger->log_of(run).size() == 1);
  CHECK(ledger->log()[0].entry.reason == Reason::VatDiffers);
}

TEST_CASE("Suspensions open and close, and saving the same again changes nothing", "[ledger]") {
  const auto ledger = Ledger::in_memory();
  const auto at = [](int seconds) { return Instant{Duration{seconds * 1000}}; };
  ledger->note_automatic("a", true, at(1));
  CHECK(ledger->suspensions("a").empty());
  ledger->note_automatic("a", false, at(2));
  ledger->note_automatic("a", false, at(3));
  REQUIRE(ledger->suspensions("a").size() == 1);
  CHECK_FALSE(ledger->suspensions("a")[0].to.has_value());
  ledger->note_automatic("a", true, at(4));
  CHECK(ledger->suspensions("a")[0].from == at(2));
  CHECK(ledger->suspensions("a")[0].to == at(4));
}

TEST_CASE("Killed before a commit nothing is there, after it everything", "[ledger][kill]") {
  for (const CommitPoint point : {CommitPoint::Before, CommitPoint::After}) {
    const auto ledger = Ledger::in_memory();
    ledger->on_commit([&](CommitPoint reached) {
      if (reached == point) throw ProcessKilled{};
    });
    CHECK_THROWS_AS(ledger->save_order(an_order("17"), key("17")), ProcessKilled);
    ledger->on_commit({});
    const bool after = point == CommitPoint::After;
    CHECK(ledger->order_count() == (after ? 1 : 0));
    const auto next = ledger->save_order(an_order("17"), key("17"));
    CHECK(next.already_there == after);
    CHECK(ledger->save_order(an_order("18"), key("18")).number == "ZS/2/2026");
  }
}

TEST_CASE("Cleared books hold exactly what new ones hold, in every table", "[ledger]") {
  const TemporaryFile file("cleared.db");
  const auto contents = [&] {
    SQLite::Database db(file.path.string(), SQLite::OPEN_READONLY);
    SQLite::Statement tables(db, "SELECT name FROM sqlite_master WHERE type='table' ORDER BY name");
    std::string all;
    while (tables.executeStep()) {
      const std::string table = tables.getColumn(0).getString();
      SQLite::Statement rows(db, "SELECT * FROM " + table);
      while (rows.executeStep()) {
        all += table;
        for (int i = 0; i < rows.getColumnCount(); ++i) all += "|" + rows.getColumn(i).getString();
        all += "\n";
      }
    }
    return all;
  };
  auto ledger = Ledger::open(file.path);
  REQUIRE(ledger.ok());
  Ledger& books = **ledger;
  const std::string fresh = contents();
  ErpProduct product;
  product.id = "E1";
  books.put_products(std::vector{product});
  const auto saved = books.save_order(an_order("1"), key("1"));
  REQUIRE(books.issue_sales({.order_id = saved.id, .series = "FV", .issued_on = kMarch}).ok());
  REQUIRE(books.put_series({"M", DocumentKind::Invoice, "F{n}", SeriesReset::Never}).ok());
  books.decide_order("a", {"2", OrderDecision::State::Waiting, Reason::NoLineKnown}, kNow);
  books.announce_order("a", "2", kNow);
  const auto run = books.begin_run("a", "stock", kNow);
  books.add_entries(
      run, std::vector<LogEntry>{{Severity::Info, RecordKind::Run, "", Reason::Interrupted, "x"}});
  const auto intents =
      books.write_intents(run, std::vector<IntentDraft>{{"stock", "7", "5"}}, kNow);
  books.write_receipts(std::vector<Receipt>{{intents[0], Receipt::Outcome::Done, ""}}, kNow);
  books.link("a", std::vector<Link>{{"E1", "7"}}, kNow);
  books.set_setting("a", "k", "v");
  books.note_automatic("a", false, kNow);
  CHECK(contents().size() > 2 * fresh.size());
  books.clear();
  CHECK(contents() == fresh);
  CHECK(books.save_order(an_order("1"), key("1")).number == "ZS/1/2026");
  CHECK(books.orders().at(0).id == 1);
}

TEST_CASE("A file keeps the books, and a newer or broken one is refused with its name",
          "[ledger]") {
  const TemporaryFile file("keeps.db");
  {
    auto ledger = Ledger::open(file.path);
    REQUIRE(ledger.ok());
    (*ledger)->save_order(an_order("1"), key("1"));
  }
  {
    auto ledger = Ledger::open(file.path);
    REQUIRE(ledger.ok());
    CHECK((*ledger)->has_order("systim-shoper@x", "1"));
    CHECK((*ledger)->save_order(an_order("1"), key("1")).already_there);
  }
  {
    SQLite::Database db(file.path.string(), SQLite::OPEN_READWRITE);
    db.exec("PRAGMA user_version=999");
  }
  CHECK(Ledger::open(file.path).error().find("version 999") != std::string::npos);
  file.clean();
  std::ofstream(file.path)
      << "this is no database, and long enough to be looked at as one ...............";
  const auto broken = Ledger::open(file.path);
  REQUIRE_FALSE(broken.ok());
  CHECK(broken.error().find("keeps.db") != std::string::npos);
  CHECK_FALSE(Ledger::open("/nowhere/at/all.db").ok());
}
