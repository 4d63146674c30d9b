#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "scenarios/common/story.hpp"
#include "scenarios/fiscal/families.hpp"
#include "scenarios/fiscal/moments.hpp"
#include "scenarios/fiscal/office.hpp"
#include "scenarios/fiscal/sentences.hpp"

// PL-DOC-03: the numbers of documents.

namespace atrapa::scenarios::fiscal {
namespace {

using harness::Bench;
using harness::ErpDocument;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

constexpr std::array kAccidents{"",
                                "an invoice with half a NIP is asked for before",
                                "it is asked for again",
                                "the connector dies on the way",
                                "a second series of the pattern is set up",
                                "the status is told twice"};

/// `edge` is what happens on the way, `a` the kind, `b` the moment, `c` of the first gene whether
/// the numbers start anew each month.
Story build_numbers(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story;
  const bool monthly = genes.front().c == 1;
  story.setup["monthly"] = monthly;
  if (monthly) {
    story.setup["series"] = {
        {{"id", "FV"}, {"kind", "invoice"}, {"pattern", "FV/{n}/{mm}/{yyyy}"}, {"reset", "month"}},
        {{"id", "PAR"},
         {"kind", "receipt"},
         {"pattern", "PAR/{n}/{mm}/{yyyy}"},
         {"reset", "month"}}};
  }
  int latest = 0;
  for (const Gene& gene : genes) {
    // Time does not go back, and begins with the first of them.
    latest = story.records.empty() ? 0 : std::max(latest, gene.b);
    const Moment& moment = moments()[static_cast<std::size_t>(latest)];
    const std::string accident = kAccidents[static_cast<std::size_t>(gene.edge)];
    const std::string word = gene.a == 1 ? "paragon" : "faktura";
    story.records.push_back(
        {.what =
             fmt::format("{} {}{}{}", word, moment.what, accident.empty() ? "" : "; ", accident),
         .given = {{"fields", {{"extra_field_1", word}}},
                   {"accident", accident},
                   {"at", moment.utc},
                   {"commit", gene.d}},
         .expected = {{"period", monthly ? moment.month : moment.year}, {"date", moment.date}}});
  }
  return story;
}

/// Documents in the order in which they came, each with the number that it must have: the next one
/// of its kind in the period in which it came; and with the day on which it came, in Warsaw.
class Numbers {
 public:
  /// How two series of one pattern share the numbers is not said: from now on none comes twice.
  void twins() { twins_ = true; }

  void see(const std::vector<ErpDocument>& papers, const Record& record, const std::string& name,
           Judgement& judgement) {
    const std::string period = record.expected.at("period");
    const std::string date = record.expected.at("date");
    for (; seen_ < papers.size(); ++seen_) {
      const ErpDocument& paper = papers[seen_];
      const int times = ++times_[{paper.kind, paper.number}];
      judgement.expect_equal(
          fmt::format("documents ({}) of the number {}", paper.kind, paper.number), 1, times);
      if (!paper.issued_on.empty()) {
        judgement.expect_equal(fmt::format("day of a document ({}) after {}", paper.kind, name),
                               date, paper.issued_on);
      }
      const std::string series = paper.kind == "receipt" ? "PAR" : "FV";
      const int next = ++given_[{series, period}];
      if (twins_) continue;
      judgement.expect_equal(fmt::format("number of a document ({}) after {}", paper.kind, name),
                             fmt::format("{}/{}/{}", series, next, period), paper.number);
    }
  }

 private:
  std::size_t seen_ = 0;
  bool twins_ = false;
  std::map<std::pair<std::string, std::string>, int> given_, times_;
};

void judge_numbers(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement, story.setup);
  Numbers numbers;
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    const std::string name = order_name(i, record.what);
    const std::string accident = record.given.at("accident");
    go_to(bench, record.given.at("at").get<std::string>());
    if (accident == kAccidents[1]) {
      office.document(
          office.order({{"fields", {{"extra_field_1", "faktura"}, {"invoice_nip", "525000000"}}}}));
    }
    if (accident == kAccidents[4]) {
      const bool monthly = story.setup.at("monthly");
      office.document(office.order({{"fields", {{"extra_field_1", "faktura"}}}}));
      numbers.see(bench.erp().papers, record, name, judgement);
      const auto twin = office.perform(
          "put_series", {{"id", "FV2"},
                         {"kind", "invoice"},
                         {"pattern", monthly ? "FV/{n}/{mm}/{yyyy}" : "FV/{n}/{yyyy}"},
                         {"reset", monthly ? "month" : "year"}});
      if (twin.done) {
        office.number_invoices_by("FV2");
        numbers.twins();
      }
    }
    const bool dies = accident == kAccidents[3];
    if (dies) bench.kill_at_commit(record.given.at("commit").get<std::uint64_t>());
    const std::int64_t order = office.order(record.given);
    if (dies) {
      bench.kill_at_commit(1'000'000'000);
      if (bench.killed()) bench.restart();
      office.base().move(order, BaseAccount::kNew);
      office.base().move(order, BaseAccount::kSent);
    }
    if (accident == kAccidents[5]) {
      office.base().move(order, BaseAccount::kNew);
      office.base().move(order, BaseAccount::kSent);
    }
    judgement.expect(office.document(order).has_value(), "the document of " + name, "issued",
                     "none");
    if (accident == kAccidents[2]) {
      office.issue(order, "invoice");
      office.issue(order, "receipt");
    }
    numbers.see(bench.erp().papers, record, name, judgement);
  }
}

}  // namespace

std::vector<Rule> number_rules() {
  return {make_story(page(), {.id = "PL-DOC-03",
                              .shape =
                                  [](const SwitchValues&) {
                                    return Shape{.edges = static_cast<int>(kAccidents.size()),
                                                 .a = 2,
                                                 .b = static_cast<int>(moments().size()),
                                                 .c = 2,
                                                 .d = 5,
                                                 .most = 8};
                                  },
                              .build = build_numbers,
                              .oracle = judge_numbers})};
}

}  // namespace atrapa::scenarios::fiscal
