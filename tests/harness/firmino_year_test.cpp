#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <random>
#include <set>

#include "core/integrations/firmino_base.hpp"
#include "mocks/base/backdoor.hpp"
#include "mocks/base/panel.hpp"
#include "tests/harness/base_wire.hpp"
#include "tests/harness/opened_account.hpp"

// A year of orders, documents and their numbers: 2 March 2026 to 2 March 2027.

using namespace atrapa;
using namespace std::chrono;
namespace firmino = core::firmino_base;
using mocks::kit::Json;

namespace {

constexpr int kDays = 365;
constexpr int kOrders = 5000;
constexpr int kSent = 403;
constexpr seconds kFirstMoment{1'772'438'400};  // 2026-03-02T08:00:00Z
// Warsaw's clocks, by hand.
constexpr seconds kSummerBegins{1'774'746'000};  // 2026-03-29T01:00:00Z
constexpr seconds kSummerEnds{1'792'890'000};    // 2026-10-25T01:00:00Z

/// The day of the month and all, as Warsaw has it.
year_month_day warsaw_day(core::Instant moment) {
  const seconds at = floor<seconds>(moment).time_since_epoch();
  const hours ahead{at >= kSummerBegins && at < kSummerEnds ? 2 : 1};
  return floor<days>(moment + ahead);
}

struct PlannedOrder {
  std::string shop_id;
  std::int64_t grosze = 0;
  std::string currency;
};

/// Half a grosz goes up; nothing here is below 0.
std::int64_t tax_out_of(std::int64_t gross, int rate) {
  return (2 * gross * rate + 100 + rate) / (2 * (100 + rate));
}

std::int64_t grosze_of(core::Money money) {
  const std::string text = core::to_text(money);
  std::string digits;
  for (const char c : text) {
    if (c != '.') digits += c;
  }
  return std::stoll(digits);
}

class Year {
 public:
  Year()
      : time(mocks::kit::Instant{kFirstMoment}),
        host(tests::base_account(), time, 1),
        clock(time),
        wire(host, time),
        ledger(core::Ledger::in_memory()),
        office({.base_url = "http://127.0.0.1:9", .new_uuid = [] { return "year"; }}, *ledger, wire,
               clock) {
    REQUIRE(ledger
                ->put_series(
                    {"FV", core::DocumentKind::Invoice, "FV/{n}/{yyyy}", core::SeriesReset::Year})
                .ok());
    REQUIRE(ledger
                ->put_series({"PAR", core::DocumentKind::Receipt, "PAR/{n:4}/{mm}/{yyyy}",
                              core::SeriesReset::Month})
                .ok());
    firmino::Settings settings;
    settings.orders = settings.confirmed = true;
    settings.date_from = "2026-03-02";
    settings.statuses = {"401"};
    settings.automatic_document = settings.send_documents = settings.link_contractors = true;
    profile = *office.add("Sklep", "made-up");
    REQUIRE(office.configure(profile.id, settings).ok());
  }

  void pass() {
    for (int day = 0; day < kDays; ++day) {
      const int today = kOrders * (day + 1) / kDays - kOrders * day / kDays;
      const milliseconds step = hours{24} / (today + 1);
      const core::Instant midnight = time.now();
      for (int i = 0; i < today; ++i) {
        time.advance(step);
        place();
      }
      if (random() % 7 != 0) tick();
      const core::Instant tomorrow = midnight + hours{24};
      if (time.now() < tomorrow) time.advance(tomorrow - time.now());
    }
    tick();
    tick();
  }

  void place() {
    static constexpr std::array kRates{23.0, 8.0, 5.0, 0.0, -1.0};
    PlannedOrder order{.shop_id = {}, .currency = random() % 20 == 0 ? "EUR" : "PLN"};
    Json lines = Json::array();
    const std::size_t count = 1 + random() % 4;
    for (std::size_t i = 0; i < count; ++i) {
      const auto price = static_cast<std::int64_t>(1 + random() % 99'999);
      const auto quantity = static_cast<std::int64_t>(1 + random() % 5);
      order.grosze += price * quantity;
      lines.push_back({{"name", fmt::format("Towar {}", random() % 50)},
                       {"price_brutto", static_cast<double>(price) / 100},
                       {"tax_rate", kRates[random() % kRates.size()]},
                       {"quantity", quantity}});
    }
    const auto delivery = static_cast<std::int64_t>(random() % 3 * 749);
    order.grosze += delivery;
    const bool company = random() % 3 == 0;
    Json answer;
    host.act([&](mocks::kit::Platform& platform, mocks::kit::Context& context) {
      answer = mocks::base::Panel(platform, "")
                   .perform("create-order",
                            {{"fields",
                              {{"currency", order.currency},
                               {"delivery_price", static_cast<double>(delivery) / 100},
                               {"want_invoice", company},
                               {"invoice_company", company ? "Młyn sp. z o.o." : ""},
                               {"invoice_nip", company ? "5250000009" : ""},
                               {"invoice_fullname", fmt::format("Klient {}", random() % 300)},
                               {"invoice_country_code", random() % 15 == 0 ? "DE" : "PL"}}},
                             {"lines", lines}},
                            context);
    });
    order.shop_id = std::to_string(answer["order_id"].get<std::int64_t>());
    planned.push_back(std::move(order));
  }

  void move(const std::string& order, int status) {
    host.act([&](mocks::kit::Platform& platform, mocks::kit::Context& context) {
      mocks::base::Panel(platform, "")
          .perform("change-status", {{"order", std::stoll(order)}, {"status", status}}, context);
    });
  }

  /// Fetches, and fulfils whatever came in; who has sent the parcel says so in Base.
  void tick() {
    const auto report = office.run(profile.id, "tick");
    REQUIRE(report.ok);
    const auto there = static_cast<std::int64_t>(ledger->order_count());
    while (fulfilled < there) {
      const auto issued = office.fulfil(++fulfilled);
      REQUIRE(issued.ok());
      days_of_issue[issued->number] = warsaw_day(time.now());
      move(ledger->order(fulfilled)->shop_order_id, kSent);
    }
  }

  std::mt19937 random{20260302};
  mocks::kit::VirtualClock time;
  mocks::kit::Host host;
  tests::PassingClock clock;
  tests::BaseWire wire;
  std::unique_ptr<core::Ledger> ledger;
  firmino::Office office;
  core::Profile profile;
  std::vector<PlannedOrder> planned;
  std::int64_t fulfilled = 0;
  std::map<std::string, year_month_day> days_of_issue;
};

}  // namespace

TEST_CASE("A year of Firmino: 5,000 orders, each document once, numbers without gaps, every grosz",
          "[firmino][year]") {
  Year year;
  year.pass();
  REQUIRE(year.planned.size() == kOrders);
  REQUIRE(year.ledger->order_count() == kOrders);
  CHECK(year.wire.blocked == 0);

  const auto documents = year.ledger->documents();
  REQUIRE(documents.size() == kOrders);
  std::map<std::string, std::int64_t> last;  // By what the number shows of its period.
  std::set<std::string> numbers, orders;
  std::size_t invoices = 0;
  int wrong = 0;
  for (const core::Document& document : documents) {
    numbers.insert(document.number);
    const auto order = year.ledger->order(*document.order_id);
    REQUIRE(order.has_value());
    orders.insert(order->shop_order_id);

    const year_month_day day = year.days_of_issue.at(document.number);
    wrong += document.issued_on != day;
    const auto month = static_cast<unsigned>(day.month());
    const int of_year = static_cast<int>(day.year());
    const bool invoice = document.kind == core::DocumentKind::Invoice;
    invoices += invoice;
    const std::int64_t n =
        ++last[invoice ? fmt::format("{}", of_year) : fmt::format("{}-{}", of_year, month)];
    wrong += document.number != (invoice ? fmt::format("FV/{}/{}", n, of_year)
                                         : fmt::format("PAR/{:04}/{:02}/{}", n, month, of_year));

    std::int64_t gross = 0;
    for (const core::VatSummary& rate : document.summary) {
      gross += grosze_of(rate.gross);
      wrong += grosze_of(rate.net) + grosze_of(rate.tax) != grosze_of(rate.gross);
      const bool taxed = rate.vat == "23" || rate.vat == "8" || rate.vat == "5";
      wrong += grosze_of(rate.tax) !=
               (taxed ? tax_out_of(grosze_of(rate.gross), std::stoi(rate.vat)) : 0);
    }
    wrong += gross != grosze_of(document.total_gross);
  }
  CHECK(wrong == 0);
  CHECK(numbers.size() == kOrders);
  CHECK(orders.size() == kOrders);
  CHECK(last.size() == 2 + 13);  // Two years; March 2026 to March 2027.
  CHECK(invoices > 0);
  CHECK(invoices < kOrders);

  std::map<std::string, const core::Document*> by_order;
  for (const core::Document& document : documents) {
    by_order[year.ledger->order(*document.order_id)->shop_order_id] = &document;
  }
  for (const PlannedOrder& order : year.planned) {
    const core::Document& document = *by_order.at(order.shop_id);
    wrong += grosze_of(document.total_gross) != order.grosze;
    wrong += document.currency != order.currency;
  }
  CHECK(wrong == 0);

  std::set<std::int64_t> with_invoice;
  std::size_t in_base = 0;
  mocks::base::Backdoor(year.host.platform())
      .look()
      .invoicing.invoices.each([&](const mocks::base::Invoice& invoice) {
        ++in_base;
        with_invoice.insert(invoice.order_id);
        wrong += invoice.external_invoice_number !=
                 by_order.at(std::to_string(invoice.order_id))->number;
        return true;
      });
  CHECK(wrong == 0);
  CHECK(in_base == with_invoice.size());
  CHECK(in_base == invoices);
  for (const core::Delivery& delivery : core::deliveries(*year.ledger)) {
    wrong += delivery.state != core::Delivery::State::Sent;
  }
  CHECK(wrong == 0);
}
