#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "mocks/base/invoices.hpp"
#include "tests/mocks/base/office.hpp"

// What holds for any sequence of sales documents.

using namespace atrapa::tests::base;
using namespace atrapa;

namespace {

/// A line of an order in whole grosze, and its rate in percent; below 0 for no tax.
struct PricedLine {
  std::int64_t grosze;
  int rate;
  std::int64_t quantity;
};

PricedLine any_line() {
  return {*rc::gen::inRange<std::int64_t>(0, 1'000'000), *rc::gen::element(0, 5, 8, 23, -1),
          *rc::gen::inRange<std::int64_t>(1, 40)};
}

Json line_json(const PricedLine& line) {
  return {{"price_brutto", fmt::format("{}.{:02}", line.grosze / 100, line.grosze % 100)},
          {"tax_rate", line.rate},
          {"quantity", line.quantity}};
}

/// A piece's net price in hundredths of a grosz, the nearest one; half of one goes up.
std::int64_t net_of(const PricedLine& line) {
  const std::int64_t whole = 100 + (line.rate > 0 ? line.rate : 0);
  return (2 * line.grosze * 10'000 + whole) / (2 * whole);
}

std::int64_t times(const Json& number, double by) {
  return std::llround(number.get<double>() * by);
}

}  // namespace

TEST_CASE("An invoice's totals are those of its lines and its delivery, to the grosz",
          "[base][invoice][property]") {
  CHECK(rc::check("orders of any lines", [] {
    Office office;
    std::vector<PricedLine> lines(*rc::gen::inRange<std::size_t>(1, 6));
    for (PricedLine& line : lines) line = any_line();
    Json given = Json::array();
    for (const PricedLine& line : lines) given.push_back(line_json(line));
    const std::int64_t delivery = *rc::gen::inRange<std::int64_t>(0, 5000);
    const auto order = office.order(
        given, {{"delivery_price", fmt::format("{}.{:02}", delivery / 100, delivery % 100)}});
    const Json invoice = office.invoice(office.add_invoice(order));

    if (delivery > 0) {
      int highest = lines[0].rate;
      for (const PricedLine& line : lines) highest = std::max(highest, line.rate);
      lines.push_back({delivery, highest, 1});
    }
    std::int64_t gross = 0;
    std::int64_t net = 0;
    for (const PricedLine& line : lines) {
      gross += line.grosze * line.quantity;
      net += net_of(line) * line.quantity;
    }
    RC_ASSERT(invoice["items"].size() == lines.size());
    RC_ASSERT(times(invoice["total_price_brutto"], 100) == gross);
    RC_ASSERT(times(invoice["total_price_netto"], 10'000) == net);
    RC_ASSERT(times(office.good("getReceipt",
                                {{"receipt_id", office.add_receipt(order)}})["total_price_brutto"],
                    100) == gross);
  }));
}

TEST_CASE("An invoice and all its corrections add up to how the goods stand at last",
          "[base][invoice][property]") {
  CHECK(rc::check("any corrections", [] {
    Office office;
    std::vector<PricedLine> lines(*rc::gen::inRange<std::size_t>(1, 4));
    for (PricedLine& line : lines) line = any_line();
    Json given = Json::array();
    for (const PricedLine& line : lines) given.push_back(line_json(line));
    const auto original = office.add_invoice(office.order(given));
    const Json items = office.invoice(original)["items"];
    const int corrections = *rc::gen::inRange(1, 5);
    for (int i = 0; i < corrections; ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, lines.size());
      lines[at] = any_line();
      Json item = {{"order_product_id", items[at]["order_product_id"]},
                   {"item_quantity", lines[at].quantity},
                   {"item_tax_rate", lines[at].rate}};
      item["item_price_brutto"] = line_json(lines[at])["price_brutto"];
      office.good("addInvoiceCorrection",
                  {{"original_invoice_id", original}, {"items", Json::array({item})}});
    }
    std::int64_t gross = 0;
    std::int64_t net = 0;
    for (const PricedLine& line : lines) {
      gross += line.grosze * line.quantity;
      net += net_of(line) * line.quantity;
    }
    const Json rows = office.good("getInvoices")["invoices"];
    for (const Json& one : rows) {
      gross -= times(one["total_price_brutto"], 100);
      net -= times(one["total_price_netto"], 10'000);
    }
    RC_ASSERT(gross == 0);
    RC_ASSERT(net == 0);
  }));
}

TEST_CASE("Numbers of a series run 1, 2, 3 without gap or double, across months and years",
          "[base][invoice][property]") {
  CHECK(rc::check("documents at any time, the last one deleted now and then", [] {
    Office office;
    int year = 2026;
    unsigned month = 11;
    std::map<std::string, std::vector<std::int64_t>> monthly;  // Ids by "month/year", in order.
    std::map<std::string, std::vector<std::int64_t>> yearly;
    const int steps = *rc::gen::inRange(1, 25);
    for (int step = 0; step < steps; ++step) {
      if (*rc::gen::inRange(0, 4) == 0 && ++month == 13) {
        month = 1;
        ++year;
      }
      office.on(year, month, *rc::gen::inRange(1u, 28u));
      const bool by_month = *rc::gen::arbitrary<bool>();
      auto& period =
          by_month ? monthly[fmt::format("{}/{}", month, year)] : yearly[fmt::format("{}", year)];
      if (!period.empty() && *rc::gen::inRange(0, 4) == 0) {
        RC_ASSERT(mocks::base::delete_invoice(office.door.change(), period.back(), office.now()));
        period.pop_back();
        continue;
      }
      period.push_back(office.add_invoice(office.tea_order(), by_month ? 15 : 16));
      const std::string expected = by_month ? fmt::format("{}/{}/{}", period.size(), month, year)
                                            : fmt::format("FV {}/{}", period.size(), year);
      RC_ASSERT(office.invoice(period.back())["number"] == expected);
    }
    std::set<std::string> numbers;
    const Json all = office.good("getInvoices")["invoices"];
    for (const Json& one : all) numbers.insert(one["number"]);
    RC_ASSERT(numbers.size() == all.size());
  }));
}

TEST_CASE("The queue holds the receipts that were made and not yet told of, at every moment",
          "[base][receipt][property]") {
  CHECK(rc::check("makers and printers at work", [] {
    Office office;
    std::map<std::int64_t, std::int64_t> waiting;  // Series by receipt.
    std::set<std::int64_t> made;
    const int steps = *rc::gen::inRange(1, 20);
    for (int step = 0; step < steps; ++step) {
      const std::int64_t series = *rc::gen::element(18, 19);
      if (made.empty() || *rc::gen::arbitrary<bool>()) {
        const auto id = office.add_receipt(office.tea_order(), series);
        waiting[id] = series;
        made.insert(id);
      } else {
        const auto id = *rc::gen::elementOf(made);
        office.good("setOrderReceipt", {{"receipt_id", id},
                                        {"date", office.now()},
                                        {"printer_error", *rc::gen::arbitrary<bool>()}});
        waiting.erase(id);
      }
      const std::int64_t from = *rc::gen::inRange(0, 5);
      std::set<std::int64_t> expected;
      for (const auto& [id, of] : waiting) {
        if (of == series && id >= from) expected.insert(id);
      }
      std::set<std::int64_t> seen;
      const Json filter = {{"series_id", series}, {"id_from", from}};
      const Json rows = office.good("getNewReceipts", filter)["orders"];
      for (const Json& one : rows) {
        seen.insert(one["receipt_id"].get<std::int64_t>());
      }
      RC_ASSERT(seen == expected);
    }
    RC_ASSERT(office.good("getReceipts")["receipts"].size() == made.size());
  }));
}
