#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string>

#include "scenarios/common/story.hpp"
#include "scenarios/fiscal/families.hpp"
#include "scenarios/fiscal/moments.hpp"
#include "scenarios/fiscal/office.hpp"
#include "scenarios/fiscal/sentences.hpp"

// PL-KSEF: which invoices need a number of KSeF, and what becomes of one that came. Sending itself
// is seen by nobody here: a person tells the connector what came of it.

namespace atrapa::scenarios::fiscal {
namespace {

using harness::Bench;
using harness::ErpDocument;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

constexpr const char* kSeller = "9112223336";
constexpr const char* kBuyerNip = "5250000009";

/// Numbers as KSeF gives them: the seller's NIP, the day of acceptance, and the checksum worked out
/// beforehand.
constexpr std::array<std::string_view, 8> kNumbers{
    "9112223336-20260302-0100001AF62A-B7", "9112223336-20260302-0100001AF629-D8",
    "9112223336-20260302-0200002BE3D4-21", "9112223336-20260302-A1B2C3D4E5F6-88",
    "9112223336-20260302-000000000001-3B", "9112223336-20260302-FFFFFFFFFFFF-21",
    "9112223336-20260302-0100007C0DE8-D3", "9112223336-20260302-3E9A00C1B7F2-A9"};
/// The same from before 2 March 2026.
constexpr std::array<std::string_view, 3> kEarlier{"9112223336-20260301-0100001AF629-F0",
                                                   "9112223336-20250826-3E9A00C1B7F2-31",
                                                   "9112223336-20250228-0D15EA5E0001-53"};

Json invoice_fields(const char* nip) {
  return {{"extra_field_1", "faktura"},
          {"invoice_company", nip[0] == '\0' ? "" : "Młyn"},
          {"invoice_nip", nip}};
}

// The duty --------------------------------------------------------------------------------------

/// The first of moments(), to the first second of 2027.
constexpr int kMoments = 5;

/// By moment: the duty of an invoice to a business.
struct SellerKind {
  std::string_view what;
  bool large, small_sales;
  std::array<bool, kMoments> duty;
};
constexpr std::array kSellers{
    SellerKind{"a seller", false, false, {false, false, true, true, true}},
    SellerKind{"a large seller", true, false, {true, true, true, true, true}},
    SellerKind{"a seller of small sums", false, true, {false, false, false, false, true}},
};
constexpr std::array kPapers{"an invoice to a business", "an invoice to a consumer",
                             "a receipt without a NIP", "a simplified invoice"};

Story build_duty(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story;
  const SellerKind& seller = kSellers[static_cast<std::size_t>(genes.front().c)];
  story.setup["seller"] = {
      {"nip", kSeller}, {"large", seller.large}, {"small_sales", seller.small_sales}};
  std::size_t at = 0;
  for (const Gene& gene : genes) {
    at = std::max(at, static_cast<std::size_t>(gene.b));
    const Moment& moment = moments()[at];
    const bool business = gene.edge == 0;
    const bool simplified = gene.edge == 3;
    Record record{.what = fmt::format("{} of {}, {}", kPapers[static_cast<std::size_t>(gene.edge)],
                                      seller.what, moment.what),
                  .given = {{"fields", invoice_fields(business || simplified ? kBuyerNip : "")},
                            {"at", moment.utc}},
                  .expected = {{"required", business && seller.duty[at]},
                               // What receipts with a NIP are from 2027 on is not said.
                               {"open", simplified && moment.year != "2026"}}};
    if (gene.edge >= 2) record.given["fields"]["extra_field_1"] = "paragon";
    story.records.push_back(std::move(record));
  }
  return story;
}

void judge_duty(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement, story.setup);
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    const std::string name = order_name(i, record.what);
    go_to(bench, record.given.at("at").get<std::string>());
    const auto paper = office.document(office.order(record.given));
    judgement.expect(paper.has_value(), "the document of " + name, "issued", "none");
    if (!paper || record.expected.at("open").get<bool>()) continue;
    judgement.expect_equal("KSeF needed for " + name, record.expected.at("required").get<bool>(),
                           paper->ksef_required);
  }
}

// The number ------------------------------------------------------------------------------------

/// The number with another character in place `at`: no checksum of eight bits misses one.
std::string changed(std::string number, std::size_t at) {
  char& c = number[at];
  c = c == '-' ? '_' : c == '9' ? '0' : c == 'F' ? '0' : static_cast<char>(c + 1);
  return number;
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

Story build_accepted(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story;
  story.setup["seller"] = {{"nip", kSeller}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const Gene& gene = genes[i];
    // Each invoice has a number of its own.
    const std::string number(kNumbers[i % kNumbers.size()]);
    std::string what = "the right number", told = number;
    std::vector<std::string> stored{number};
    switch (gene.edge) {
      case 1:
      case 7:
      case 8: {
        const auto at = static_cast<std::size_t>(gene.a);
        what = fmt::format("character {} changed", at + 1);
        told = changed(number, at);
        stored = {""};
        break;
      }
      case 2:
        // Capitals alone are a number; who makes them of small letters has the right one.
        what = "small letters";
        told = lower(number);
        stored = told == number ? std::vector{number} : std::vector<std::string>{"", number};
        break;
      case 3: what = "one character missing", told.pop_back(), stored = {""}; break;
      case 4: what = "one character more", told += "0", stored = {""}; break;
      case 5: what = "nothing", told = "", stored = {""}; break;
      case 6: what = "another checksum", told.replace(33, 2, "00"), stored = {""}; break;
      default: break;
    }
    story.records.push_back({.what = what,
                             .given = {{"fields", invoice_fields(kBuyerNip)}, {"told", told}},
                             .expected = {{"stored", stored}, {"right", number}}});
  }
  return story;
}

std::string ksef_number(Office& office, std::int64_t order) {
  const auto papers = office.papers(order);
  return papers.empty() ? "" : papers.front().ksef_number;
}

void judge_accepted(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement, story.setup);
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    const std::string name = order_name(i, record.what);
    const std::int64_t order = office.order(record.given);
    const auto paper = office.document(order);
    judgement.expect(paper.has_value(), "the invoice of " + name, "issued", "none");
    if (!paper) continue;
    const auto accept = [&](const std::string& number) {
      office.perform("accept_ksef", {{"document", paper->number}, {"ksef_number", number}});
      return ksef_number(office, order);
    };
    const auto allowed = record.expected.at("stored").get<std::vector<std::string>>();
    const std::string stored = accept(record.given.at("told"));
    judgement.expect(std::find(allowed.begin(), allowed.end(), stored) != allowed.end(),
                     "KSeF number stored with the invoice of " + name,
                     fmt::format("'{}'", fmt::join(allowed, "' or '")),
                     fmt::format("'{}'", stored));
    if (!stored.empty()) continue;
    const std::string right = record.expected.at("right");
    judgement.expect_equal("KSeF number of the invoice of " + name + ", told rightly then", right,
                           accept(right));
  }
}

// Another try -----------------------------------------------------------------------------------

constexpr std::array kTries{"refused with 440", "refused with 440 and tried again in April",
                            "no answer", "accepted the day before it was issued", "refused twice"};

Story build_tries(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story;
  story.setup["seller"] = {{"nip", kSeller}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const auto edge = static_cast<std::size_t>(genes[i].edge);
    Record record{.what = kTries[edge],
                  .given = {{"fields", invoice_fields(kBuyerNip)},
                            {"refusals", edge == 0 || edge == 1 ? 1
                                         : edge == 4            ? 2
                                                                : 0},
                            {"early", ""},
                            {"at", edge == 1 ? moments()[2].utc : moments()[0].utc}},
                  .expected = {{"error", edge == 2 || edge == 3 ? "" : "440"}}};
    if (edge == 3) {
      record.given["early"] = kEarlier[static_cast<std::size_t>(genes[i].a) % kEarlier.size()];
    }
    story.records.push_back(std::move(record));
  }
  return story;
}

void judge_tries(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement, story.setup);
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    const std::string name = order_name(i, record.what);
    const std::int64_t order = office.order(record.given);
    const auto paper = office.document(order);
    judgement.expect(paper.has_value(), "the invoice of " + name, "issued", "none");
    if (!paper) continue;
    const std::string error = record.expected.at("error");
    for (int n = 0; n < record.given.at("refusals").get<int>(); ++n) {
      office.perform("refuse_ksef", {{"document", paper->number}, {"code", error}});
    }
    if (!error.empty()) {
      judgement.expect_equal("KSeF's error with the invoice of " + name, error,
                             office.papers(order).front().ksef_error);
    }
    if (const std::string early = record.given.at("early"); !early.empty()) {
      office.perform("accept_ksef", {{"document", paper->number}, {"ksef_number", early}});
      judgement.expect_equal("KSeF number of the invoice of " + name, std::string(),
                             ksef_number(office, order));
    }
    go_to(bench, record.given.at("at").get<std::string>());
    office.issue(order, "invoice");  // Another try, as people do it.
    std::vector<std::string> numbers;
    for (const ErpDocument& one : office.papers(order)) numbers.push_back(one.number);
    judgement.expect_equal("invoices after another try of " + name,
                           std::vector<std::string>{paper->number}, numbers);
  }
}

}  // namespace

std::vector<Rule> ksef_rules() {
  const auto shape = [](Shape bounds) { return [bounds](const SwitchValues&) { return bounds; }; };
  return {
      make_story(page(), {.id = "PL-KSEF-01",
                          .shape = shape({.edges = static_cast<int>(kPapers.size()),
                                          .b = kMoments,
                                          .c = static_cast<int>(kSellers.size()),
                                          .most = 6}),
                          .build = build_duty,
                          .oracle = judge_duty}),
      make_story(page(), {.id = "PL-KSEF-02",
                          .shape = shape({.edges = 9, .a = 35, .most = 8}),
                          .build = build_accepted,
                          .oracle = judge_accepted}),
      make_story(page(),
                 {.id = "PL-KSEF-03",
                  .shape = shape({.edges = static_cast<int>(kTries.size()), .a = 3, .most = 6}),
                  .build = build_tries,
                  .oracle = judge_tries}),
  };
}

}  // namespace atrapa::scenarios::fiscal
