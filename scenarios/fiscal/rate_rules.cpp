#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "scenarios/common/story.hpp"
#include "scenarios/fiscal/families.hpp"
#include "scenarios/fiscal/office.hpp"
#include "scenarios/fiscal/sentences.hpp"

// PL-VAT: Base's rates on their way to a document and to an e-invoice.

namespace atrapa::scenarios::fiscal {
namespace {

using harness::Bench;
using harness::ErpDocument;
using harness::ErpDocumentLine;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

constexpr const char* kNip = "5250000009";

/// A rate as Base writes it, where the goods go, and what an e-invoice may say of it.
struct RateEdge {
  std::string_view what;
  const char* rate;
  const char* country;
  const char* number;
  std::vector<std::string> codes;  ///< Any of them; "" is a line without a code.
  bool must = true;                ///< The invoice must be made; else it may wait for a person.
};

const std::vector<RateEdge>& rate_edges() {
  static const std::vector<RateEdge> edges = {
      {"23", "23", "PL", kNip, {"23"}},
      {"8", "8", "PL", kNip, {"8"}},
      {"5", "5", "PL", kNip, {"5"}},
      {"23.00", "23.00", "PL", kNip, {"23"}},
      {"former 22", "22", "PL", kNip, {"22"}},
      {"former 7", "7", "PL", kNip, {"7"}},
      {"4", "4", "PL", kNip, {"4"}},
      {"former 3", "3", "PL", kNip, {"3"}},
      {"exempt", "-1", "PL", kNip, {"zw"}},
      {"reverse charge", "-0.03", "PL", kNip, {"oo"}},
      // Which kind of np it is depends on what is sold, which no order says.
      {"not subject", "-0.02", "PL", kNip, {"np I", "np II", ""}, false},
      {"0 at home", "0", "PL", kNip, {"0 KR", ""}, false},
      {"0 to a company in the Union", "0", "DE", "DE999999999", {"0 WDT", ""}, false},
      {"0 outside the Union", "0", "US", kNip, {"0 EX", ""}, false},
      // 23 % or a quarter of a percent is nobody's to guess.
      {"0.23", "0.23", "PL", kNip, {""}, false},
      // Another member state's rates stand in a field of their own.
      {"19 of another country", "19", "DE", "", {""}, false},
      {"21 of another country", "21", "LT", "", {""}, false},
  };
  return edges;
}

Story build_codes(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story;
  for (const Gene& gene : genes) {
    const RateEdge& edge = rate_edges()[static_cast<std::size_t>(gene.edge)];
    story.records.push_back(
        {.what = std::string(edge.what),
         .given = {{"fields",
                    {{"extra_field_1", "faktura"},
                     {"invoice_company", edge.number[0] == '\0' ? "" : "Młyn"},
                     {"invoice_nip", edge.number},
                     {"invoice_country_code", edge.country},
                     {"delivery_country_code", edge.country}}},
                   {"lines", {{{"tax_rate", edge.rate}}}}},
         .expected = {
             {"codes", edge.codes}, {"must", edge.must}, {"lines", Json::array({"Kubek"})}}});
    if (gene.a == 0) continue;
    story.records.back().given["lines"].push_back({{"name", "Talerz"}});
    story.records.back().expected["lines"].push_back("Talerz");
  }
  return story;
}

void judge_codes(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement);
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    const std::string name = order_name(i, record.what);
    const std::int64_t order = office.order(record.given);
    const auto paper = office.document(order);
    const bool must = record.expected.at("must");
    judgement.expect(paper.has_value() || !must, "the invoice of " + name, "issued", "none");
    if (!paper) continue;
    expect_lines(paper->lines, record.expected.at("lines").get<std::vector<std::string>>(),
                 "the invoice of " + name, judgement);
    const auto codes = record.expected.at("codes").get<std::vector<std::string>>();
    for (const ErpDocumentLine& line : paper->lines) {
      const bool other = line.name == "Talerz";
      const std::string code = rate_name(line.rate_code);
      const bool right =
          other ? code == "23" : std::find(codes.begin(), codes.end(), code) != codes.end();
      judgement.expect(right, fmt::format("e-invoice code of '{}' on {}", line.name, name),
                       other ? "23" : fmt::format("{}", fmt::join(codes, " or ")), code);
    }
  }
}

// Codes that all give no tax ---------------------------------------------------------------------

struct ZeroRate {
  const char* rate;
  const char* family;
};
constexpr std::array kZeroRates{ZeroRate{"-1", "zw"}, ZeroRate{"0", "0"}, ZeroRate{"-0.02", "np"},
                                ZeroRate{"-0.03", "oo"}, ZeroRate{"23", "23"}};
constexpr std::array kZeroPrices{"19.99", "0.01", "100.00"};

/// Each gene is an order; `edge` says which of the five rates it has, as bits.
Story build_zeros(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story;
  for (const Gene& gene : genes) {
    Record record;
    record.given["fields"] = {{"extra_field_1", gene.a == 1 ? "faktura" : "paragon"}};
    record.given["lines"] = Json::array();
    std::vector<std::string> families;
    for (std::size_t i = 0; i < kZeroRates.size(); ++i) {
      if (((gene.edge + 1) & (1 << i)) == 0) continue;
      const std::string price = kZeroPrices[(i + static_cast<std::size_t>(gene.b)) % 3];
      record.given["lines"].push_back({{"name", fmt::format("Towar {}", i + 1)},
                                       {"price_brutto", price},
                                       {"tax_rate", kZeroRates[i].rate}});
      record.expected["lines"][fmt::format("Towar {}", i + 1)] = kZeroRates[i].family;
      record.expected["gross"][kZeroRates[i].family] = price;
      families.emplace_back(kZeroRates[i].family);
    }
    record.what = fmt::format("{}; {}", record.given["fields"]["extra_field_1"].get<std::string>(),
                              fmt::join(families, ", "));
    story.records.push_back(std::move(record));
  }
  return story;
}

void judge_zeros(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement);
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    const std::string name = order_name(i, record.what);
    const std::int64_t order = office.order(record.given);
    const Json& lines = record.expected.at("lines");
    std::vector<std::string> names;
    for (const auto& line : lines.items()) names.push_back(line.key());
    const auto row = office.in_erp(order);
    judgement.expect(row.has_value(), name + " in the ERP", "there", "missing");
    if (row) {
      expect_lines(row->lines, names, name, judgement);
      for (const harness::ErpOrderLine& line : row->lines) {
        judgement.expect_equal(fmt::format("rate of '{}' in {}", line.name, name),
                               lines.value(line.name, ""), rate_family(line.vat));
      }
    }
    const auto paper = office.document(order);
    if (!paper) continue;  // A plain 0 or np may wait for a person.
    expect_lines(paper->lines, names, "the document of " + name, judgement);
    for (const ErpDocumentLine& line : paper->lines) {
      judgement.expect_equal(fmt::format("rate of '{}' on the document of {}", line.name, name),
                             lines.value(line.name, ""), rate_family(line.vat));
    }
    std::map<std::string, std::int64_t> gross, observed;
    for (const auto& [family, price] : record.expected.at("gross").items()) {
      gross[family] = grosze_in(price.get<std::string>());
    }
    for (const harness::ErpTaxRow& one : paper->vat_summary) {
      observed[rate_family(one.vat)] += grosze_in(one.gross);
      if (rate_family(one.vat) == "23") continue;
      judgement.expect_equal(fmt::format("tax of {} on the document of {}", one.vat, name),
                             std::int64_t{0}, grosze_in(one.tax));
    }
    const auto shown = [](const std::map<std::string, std::int64_t>& sums) {
      std::vector<std::string> texts;
      for (const auto& [family, sum] : sums) texts.push_back(fmt::format("{}: {}", family, sum));
      return texts;
    };
    judgement.expect_equal("grosze by rate on the document of " + name, shown(gross),
                           shown(observed));
  }
}

}  // namespace

std::vector<Rule> rate_rules() {
  return {
      make_story(page(), {.id = "PL-VAT-01",
                          .shape =
                              [](const SwitchValues&) {
                                return Shape{.edges = static_cast<int>(rate_edges().size()),
                                             .a = 2,
                                             .most = 8};
                              },
                          .build = build_codes,
                          .oracle = judge_codes}),
      make_story(page(), {.id = "PL-VAT-02",
                          .shape =
                              [](const SwitchValues&) {
                                return Shape{.edges = 31, .a = 2, .b = 3, .most = 6};
                              },
                          .build = build_zeros,
                          .oracle = judge_zeros}),
  };
}

}  // namespace atrapa::scenarios::fiscal
