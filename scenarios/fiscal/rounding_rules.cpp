#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "scenarios/common/story.hpp"
#include "scenarios/fiscal/families.hpp"
#include "scenarios/fiscal/office.hpp"
#include "scenarios/fiscal/sentences.hpp"

// PL-ROUND: what the lines of an order add up to. The taxes were worked out by hand, for each
// reading of pl.vat_rounding; none is computed here.

namespace atrapa::scenarios::fiscal {
namespace {

using harness::Bench;
using harness::ErpDocument;
using harness::ErpTaxRow;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

struct Goods {
  const char* price;
  int pieces = 1;
  int lines = 1;
};

/// Lines of one rate, and the tax of them that a document must show.
struct Basket {
  std::string_view what;
  const char* rate;
  std::vector<Goods> goods;
  const char* gross;
  const char* from_gross;
  std::vector<std::string> from_net;  ///< Of the lines' nets, or of the net of their sum.
  const char* per_line;
};

/// One line each, so that the readings part in nothing but where net comes first. 0.13 at 4 % has
/// 0.005 of tax, 0.39 has 0.015, 26.13 has 1.005: halves go up, whatever the digit before them.
const std::vector<Basket>& single() {
  static const std::vector<Basket> baskets = {
      {"19.99", "23", {{"19.99"}}, "19.99", "3.74", {"3.74"}, "3.74"},
      {"tax of 0.005", "4", {{"0.13"}}, "0.13", "0.01", {"0.01"}, "0.01"},
      {"tax of 0.015", "4", {{"0.39"}}, "0.39", "0.02", {"0.02"}, "0.02"},
      {"tax of 1.005", "4", {{"26.13"}}, "26.13", "1.01", {"1.01"}, "1.01"},
      {"tax of 2.005", "4", {{"52.13"}}, "52.13", "2.01", {"2.01"}, "2.01"},
      {"tax of 10.025", "4", {{"260.65"}}, "260.65", "10.03", {"10.03"}, "10.03"},
      {"tax below half a grosz", "23", {{"0.02"}}, "0.02", "0.00", {"0.00"}, "0.00"},
      {"tax above half a grosz", "23", {{"0.03"}}, "0.03", "0.01", {"0.00"}, "0.01"},
      {"one grosz", "23", {{"0.01"}}, "0.01", "0.00", {"0.00"}, "0.00"},
      {"9.99", "8", {{"9.99"}}, "9.99", "0.74", {"0.74"}, "0.74"},
      {"4.35", "5", {{"4.35"}}, "4.35", "0.21", {"0.21"}, "0.21"},
      {"almost a million",
       "23",
       {{"999999.99"}},
       "999999.99",
       "186991.87",
       {"186991.87"},
       "186991.87"},
  };
  return baskets;
}

/// Several lines of a rate, in most of which the readings part.
const std::vector<Basket>& several() {
  static const std::vector<Basket> baskets = {
      {"3 lines of 9.99", "23", {{"9.99", 1, 3}}, "29.97", "5.60", {"5.60", "5.61"}, "5.61"},
      {"100 lines of 0.01", "23", {{"0.01", 1, 100}}, "1.00", "0.19", {"0.19", "0.23"}, "0.00"},
      {"3 lines of 0.33", "23", {{"0.33", 1, 3}}, "0.99", "0.19", {"0.18", "0.19"}, "0.18"},
      {"5 lines of 0.05", "8", {{"0.05", 1, 5}}, "0.25", "0.02", {"0.02"}, "0.00"},
      {"7 lines of 0.09", "5", {{"0.09", 1, 7}}, "0.63", "0.03", {"0.03"}, "0.00"},
      {"4 lines of 1.23", "5", {{"1.23", 1, 4}}, "4.92", "0.23", {"0.23"}, "0.24"},
      {"3 pieces of 9.99 in a line",
       "23",
       {{"9.99", 3}},
       "29.97",
       "5.60",
       {"5.60", "5.61"},
       "5.60"},
      {"100 pieces of 1.15 in a line",
       "23",
       {{"1.15", 100}},
       "115.00",
       "21.50",
       {"21.51"},
       "21.50"},
      {"19.99 and 0.07", "8", {{"19.99"}, {"0.07"}}, "20.06", "1.49", {"1.49"}, "1.49"},
      {"0.10, 0.20 and three of 19.99",
       "23",
       {{"0.10"}, {"0.20"}, {"19.99", 3}},
       "60.27",
       "11.27",
       {"11.27"},
       "11.27"},
  };
  return baskets;
}

std::vector<std::string> taxes_of(const Basket& basket, const SwitchValues& switches) {
  const auto reading = value_of(switches, "pl.vat_rounding");
  if (reading == "per_rate_from_net") return basket.from_net;
  return {reading == "per_line" ? basket.per_line : basket.from_gross};
}

std::string zlotys(std::int64_t grosze) {
  return fmt::format("{}.{:02}", grosze / 100, grosze % 100);
}

void put_basket(Record& record, const Basket& basket, const SwitchValues& switches) {
  for (const Goods& goods : basket.goods) {
    for (int i = 0; i < goods.lines; ++i) {
      record.given["lines"].push_back(
          {{"price_brutto", goods.price}, {"quantity", goods.pieces}, {"tax_rate", basket.rate}});
    }
  }
  record.expected["rates"][basket.rate] = {{"gross", basket.gross},
                                           {"tax", taxes_of(basket, switches)}};
  record.what +=
      (record.what.empty() ? "" : " + ") + fmt::format("{} at {} %", basket.what, basket.rate);
}

/// `edge` picks a basket, `second` a further one of another rate, `c` the document.
Story build_baskets(const std::vector<Gene>& genes, const SwitchValues& switches,
                    const std::vector<Basket>& baskets) {
  Story story;
  for (const Gene& gene : genes) {
    const Basket& first = baskets[static_cast<std::size_t>(gene.edge)];
    Record record;
    record.given["fields"] = {{"extra_field_1", gene.c == 1 ? "paragon" : "faktura"}};
    put_basket(record, first, switches);
    std::int64_t total = grosze_in(first.gross);
    if (gene.second > 0) {
      const Basket& more = baskets[static_cast<std::size_t>(gene.second - 1)];
      if (std::string_view(more.rate) != first.rate) {
        put_basket(record, more, switches);
        total += grosze_in(more.gross);
      }
    }
    record.expected["total"] = zlotys(total);
    story.records.push_back(std::move(record));
  }
  return story;
}

/// The rows of a summary that belong to a rate, added up.
ErpTaxRow row_of(const ErpDocument& paper, const std::string& rate) {
  std::int64_t net = 0, tax = 0, gross = 0;
  bool whole = true;
  for (const ErpTaxRow& row : paper.vat_summary) {
    if (rate_name(row.vat) != rate) continue;
    for (const std::string* text : {&row.net, &row.tax, &row.gross}) {
      whole = whole && grosze_in(*text) >= 0;
    }
    net += grosze_in(row.net);
    tax += grosze_in(row.tax);
    gross += grosze_in(row.gross);
  }
  // An amount that is not in whole grosze is shown as it is.
  if (!whole && !paper.vat_summary.empty()) return paper.vat_summary.front();
  return {rate, zlotys(net), zlotys(tax), zlotys(gross)};
}

/// Every sum of the paper; calls `tax(rate, expected, row)` for each rate.
template <typename Tax>
void judge_papers(const Story& story, Bench& bench, Judgement& judgement, const Tax& tax) {
  Office office(bench, judgement);
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    const std::string name = order_name(i, record.what);
    const auto paper = office.document(office.order(record.given));
    judgement.expect(paper.has_value(), "the document of " + name, "issued", "none");
    if (!paper) continue;
    tax(*paper, record, name);
  }
}

void expect_taxes(const ErpDocument& paper, const Record& record, const std::string& name,
                  Judgement& judgement) {
  for (const auto& [rate, expected] : record.expected.at("rates").items()) {
    const ErpTaxRow row = row_of(paper, rate);
    const auto taxes = expected.at("tax").get<std::vector<std::string>>();
    judgement.expect(std::find(taxes.begin(), taxes.end(), row.tax) != taxes.end(),
                     fmt::format("tax at {} % of {}", rate, name),
                     fmt::format("{}", fmt::join(taxes, " or ")), row.tax);
  }
}

void judge_taxes(const Story& story, Bench& bench, Judgement& judgement) {
  judge_papers(story, bench, judgement,
               [&](const ErpDocument& paper, const Record& record, const std::string& name) {
                 expect_taxes(paper, record, name, judgement);
               });
}

/// The goods' own rows of a paper that charges delivery too, at one of their rates or several. The
/// formula is the default reading's; in the others tax is taken at all.
void expect_goods(const ErpDocument& paper, const Record& record, std::int64_t delivery,
                  bool by_formula, const std::string& name, Judgement& judgement) {
  for (const auto& [rate, expected] : record.expected.at("rates").items()) {
    const ErpTaxRow row = row_of(paper, rate);
    const std::string goods = expected.at("gross");
    const std::int64_t gross = grosze_in(row.gross), least_gross = grosze_in(goods);
    judgement.expect(gross >= least_gross && gross <= least_gross + delivery,
                     fmt::format("gross at {} % of {}", rate, name),
                     fmt::format("{} to {}", goods, zlotys(least_gross + delivery)), row.gross);
    const auto taxes = expected.at("tax").get<std::vector<std::string>>();
    std::int64_t least = grosze_in(taxes.front());
    for (const std::string& tax : taxes) least = std::min(least, grosze_in(tax));
    if (!by_formula) least = std::min<std::int64_t>(least, 1);
    judgement.expect(grosze_in(row.tax) >= least, fmt::format("tax at {} % of {}", rate, name),
                     fmt::format("{} or more", zlotys(least)), row.tax);
  }
}

void judge_totals(const Story& story, Bench& bench, Judgement& judgement) {
  const bool from_gross = bench.switch_value("pl.vat_rounding") == "per_rate_from_gross";
  judge_papers(
      story, bench, judgement,
      [&](const ErpDocument& paper, const Record& record, const std::string& name) {
        const std::string total = record.expected.at("total");
        judgement.expect_equal("total of " + name, total, paper.total_gross);
        std::int64_t sum = 0;
        for (const ErpTaxRow& row : paper.vat_summary) {
          sum += grosze_in(row.gross);
          judgement.expect_equal(fmt::format("net and tax at {} of {}", row.vat, name), row.gross,
                                 zlotys(grosze_in(row.net) + grosze_in(row.tax)));
        }
        judgement.expect_equal("sum of the rates of " + name, total, zlotys(sum));
        if (const std::string delivery = record.expected.at("delivery"); delivery != "0.00") {
          expect_goods(paper, record, grosze_in(delivery), from_gross, name, judgement);
          return;
        }
        for (const auto& [rate, expected] : record.expected.at("rates").items()) {
          judgement.expect_equal(fmt::format("gross at {} % of {}", rate, name),
                                 expected.at("gross").get<std::string>(),
                                 row_of(paper, rate).gross);
        }
        if (from_gross) expect_taxes(paper, record, name, judgement);
      });
}

Story build_totals(const std::vector<Gene>& genes, const SwitchValues& switches) {
  Story story = build_baskets(genes, switches, several());
  static constexpr std::array kDelivery{"0.00", "0.01", "9.99", "15.50"};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    Record& record = story.records[i];
    // At which rate shipping is charged is not said: it may be in any row of the summary.
    const std::string price = kDelivery[static_cast<std::size_t>(genes[i].a)];
    record.expected["delivery"] = price;
    if (genes[i].a == 0) continue;
    record.given["fields"]["delivery_price"] = price;
    record.what += " + delivery " + price;
    record.expected["total"] =
        zlotys(grosze_in(record.expected["total"].get<std::string>()) + grosze_in(price));
  }
  return story;
}

// Net unit prices --------------------------------------------------------------------------------

struct NetPrice {
  const char* price;
  const char* rate;
  const char* net;
};
/// 0.50 at 4 % is 0.48077 and 19.99 at 23 % is 16.25203 before rounding.
constexpr std::array kNetPrices{NetPrice{"19.99", "23", "16.25"}, NetPrice{"1.99", "23", "1.62"},
                                NetPrice{"0.01", "23", "0.01"},   NetPrice{"0.01", "8", "0.01"},
                                NetPrice{"1.00", "8", "0.93"},    NetPrice{"9.99", "5", "9.51"},
                                NetPrice{"0.50", "4", "0.48"},    NetPrice{"19.99", "-1", "19.99"},
                                NetPrice{"1.23", "23", "1.00"}};

Story build_net_prices(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story;
  for (const Gene& gene : genes) {
    const NetPrice& one = kNetPrices[static_cast<std::size_t>(gene.edge)];
    story.records.push_back({.what = fmt::format("{} at {}", one.price, one.rate),
                             .given = {{"fields", {{"extra_field_1", "faktura"}}},
                                       {"lines",
                                        {{{"price_brutto", one.price},
                                          {"tax_rate", one.rate},
                                          {"quantity", gene.a + 1}}}}},
                             .expected = {{"net", one.net}}});
  }
  return story;
}

void judge_net_prices(const Story& story, Bench& bench, Judgement& judgement) {
  judge_papers(story, bench, judgement,
               [&](const ErpDocument& paper, const Record& record, const std::string& name) {
                 expect_lines(paper.lines, {"Kubek"}, "the document of " + name, judgement);
                 for (const harness::ErpDocumentLine& line : paper.lines) {
                   judgement.expect_equal("decimals of the net unit price of " + name, 2,
                                          decimals_of(line.net_unit_price));
                   judgement.expect_equal("net unit price of " + name,
                                          record.expected.at("net").get<std::string>(),
                                          line.net_unit_price);
                 }
               });
}

}  // namespace

std::vector<Rule> rounding_rules() {
  const auto shape = [](Shape bounds) { return [bounds](const SwitchValues&) { return bounds; }; };
  const auto of = [](const std::vector<Basket>& baskets) {
    return [&baskets](const std::vector<Gene>& genes, const SwitchValues& switches) {
      return build_baskets(genes, switches, baskets);
    };
  };
  const int singles = static_cast<int>(single().size());
  const int severals = static_cast<int>(several().size());
  return {
      make_story(page(),
                 {.id = "PL-ROUND-01",
                  .switches = {"pl.vat_rounding"},
                  .shape = shape({.edges = singles, .seconds = singles + 1, .c = 2, .most = 6}),
                  .build = of(single()),
                  .oracle = judge_taxes}),
      make_story(page(),
                 {.id = "PL-ROUND-02",
                  .switches = {"pl.vat_rounding"},
                  .shape = shape({.edges = severals, .seconds = severals + 1, .c = 2, .most = 4}),
                  .build = of(several()),
                  .oracle = judge_taxes}),
      make_story(
          page(),
          {.id = "PL-ROUND-03",
           .switches = {"pl.vat_rounding"},
           .shape = shape({.edges = severals, .seconds = severals + 1, .a = 4, .c = 2, .most = 4}),
           .build = build_totals,
           .oracle = judge_totals}),
      make_story(page(),
                 {.id = "PL-ROUND-04",
                  .shape = shape({.edges = static_cast<int>(kNetPrices.size()), .a = 3, .most = 6}),
                  .build = build_net_prices,
                  .oracle = judge_net_prices}),
  };
}

}  // namespace atrapa::scenarios::fiscal
