#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "scenarios/common/story.hpp"
#include "scenarios/fiscal/families.hpp"
#include "scenarios/fiscal/office.hpp"
#include "scenarios/fiscal/sentences.hpp"

// PL-DOC-01, -02: an invoice to a receipt.

namespace atrapa::scenarios::fiscal {
namespace {

using harness::Bench;
using harness::ErpDocument;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

constexpr const char* kBuyer = "5250000009";
constexpr const char* kOtherBuyer = "7770001111";

/// A receipt, and how many invoices may stand beside it once somebody has asked for one.
struct Receipt {
  std::string_view what;
  const char* price;
  const char* currency;
  const char* nip;
  int invoices;
  const char* delivery = "0";
  const char* paid_first = "";  ///< A part of it; the rest follows.
};
constexpr std::array kReceipts{
    Receipt{"450.00 with a NIP", "450.00", "PLN", kBuyer, 0},
    Receipt{"449.99 with a NIP", "449.99", "PLN", kBuyer, 0},
    Receipt{"450.01 with a NIP", "450.01", "PLN", kBuyer, 1},
    Receipt{"0.01 with a NIP", "0.01", "PLN", kBuyer, 0},
    Receipt{"100.00 EUR with a NIP", "100.00", "EUR", kBuyer, 0},
    Receipt{"100.01 EUR with a NIP", "100.01", "EUR", kBuyer, 1},
    Receipt{"449.99 EUR with a NIP", "449.99", "EUR", kBuyer, 1},
    Receipt{"100.00 without a NIP", "100.00", "PLN", "", 1},
    Receipt{"450.00 of which 10.00 are delivery", "440.00", "PLN", kBuyer, 0, "10.00"},
    Receipt{"455.00 of which 15.00 are delivery", "440.00", "PLN", kBuyer, 1, "15.00"},
    Receipt{"600.00 paid in two parts of 300.00", "600.00", "PLN", kBuyer, 1, "0", "300.00"},
    Receipt{"450.00 paid in two parts", "450.00", "PLN", kBuyer, 0, "0", "200.00"},
};

/// What is tried before the invoice to the receipt is asked for.
constexpr std::array kBefore{"", "an invoice by hand", "the status once more"};

Story build_simplified(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story;
  for (const Gene& gene : genes) {
    const Receipt& one = kReceipts[static_cast<std::size_t>(gene.edge)];
    const std::string before = kBefore[static_cast<std::size_t>(gene.a)];
    story.records.push_back(
        {.what = std::string(one.what) + (before.empty() ? "" : ", " + before),
         .given = {{"fields",
                    {{"extra_field_1", "paragon"},
                     {"currency", one.currency},
                     {"delivery_price", one.delivery},
                     {"invoice_company", one.nip[0] == '\0' ? "" : "Młyn"},
                     {"invoice_nip", one.nip}}},
                   {"lines", {{{"price_brutto", one.price}}}},
                   {"before", before},
                   {"paid_first", one.paid_first}},
         .expected = {{"invoices", one.invoices}, {"nip", one.nip}, {"currency", one.currency}}});
  }
  return story;
}

std::vector<ErpDocument> of_kind(Office& office, std::int64_t order, std::string_view kind) {
  auto papers = office.papers(order);
  std::erase_if(papers, [&](const ErpDocument& one) { return one.kind != kind; });
  return papers;
}

void status_again(Office& office, std::int64_t order) {
  office.base().move(order, BaseAccount::kNew);
  office.base().move(order, BaseAccount::kSent);
}

/// The receipt that everything starts from; false where there is none.
bool has_receipt(Office& office, std::int64_t order, const std::string& nip,
                 const std::string& name, Judgement& judgement) {
  const auto receipt = office.document(order);
  judgement.expect(receipt && receipt->kind == "receipt", "the receipt of " + name, "issued",
                   "none");
  if (!receipt) return false;
  judgement.expect_equal("NIP on the receipt of " + name, nip, receipt->nip);
  return receipt->nip == nip;
}

void judge_simplified(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement);
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    const std::string name = order_name(i, record.what);
    const std::int64_t order = office.order(record.given);
    if (const std::string part = record.given.at("paid_first"); !part.empty()) {
      office.base().panel("pay-order", {{"order", order}, {"amount", part}});
      office.base().panel("pay-order", {{"order", order}});
    }
    if (!has_receipt(office, order, record.expected.at("nip"), name, judgement)) continue;
    const std::string before = record.given.at("before");
    if (before == kBefore[1]) office.issue(order, "invoice");
    if (before == kBefore[2]) status_again(office, order);
    office.issue_to_receipt(order);
    judgement.expect_equal("invoices of " + name, record.expected.at("invoices").get<int>(),
                           static_cast<int>(of_kind(office, order, "invoice").size()));
    judgement.expect_equal("receipts of " + name, 1,
                           static_cast<int>(of_kind(office, order, "receipt").size()));
    for (const ErpDocument& paper : office.papers(order)) {
      if (paper.currency.empty()) continue;  // Not shown.
      judgement.expect_equal(fmt::format("currency of the {} of {}", paper.kind, name),
                             record.expected.at("currency").get<std::string>(), paper.currency);
    }
  }
}

// Who may ask ------------------------------------------------------------------------------------

struct Wish {
  std::string_view what;
  const char* nip;        ///< On the receipt.
  int days = 0;           ///< Until somebody asks.
  const char* edit = "";  ///< What is changed in Base before: "nip", "want_invoice".
  const char* typed = nullptr;
  int asked = 1;
  int least = 1, most = 1;  ///< Invoices afterwards,
  const char* bears = "";   ///< each with this NIP.
};
constexpr std::array kWishes{
    Wish{"a consumer asks at once", ""},
    Wish{"a consumer asks after a month", "", 31},
    Wish{"a consumer asks after 85 days", "", 85},
    Wish{"a consumer asks twice", "", 1, "", nullptr, 2},
    Wish{"a consumer ticks the invoice later", "", 2, "want_invoice"},
    // After three months nobody has to, and nobody is forbidden to.
    Wish{"a consumer asks after a year", "", 366, "", nullptr, 1, 0, 1},
    Wish{"a company types its NIP in later", "", 1, "", kBuyer, 1, 0, 1},
    Wish{"a NIP comes to the order later", "", 1, "nip", nullptr, 1, 0, 1},
    Wish{"a NIP comes to the order later and is typed in", "", 1, "nip", kBuyer, 1, 0, 1},
    Wish{"a company with its NIP on the receipt", kBuyer, 1, "", nullptr, 1, 1, 1, kBuyer},
    Wish{"a company types in the NIP of the receipt", kBuyer, 1, "", kBuyer, 1, 1, 1, kBuyer},
    Wish{"a company asks twice", kBuyer, 1, "", nullptr, 2, 1, 1, kBuyer},
    Wish{"another company's NIP is typed in", kBuyer, 1, "", kOtherBuyer, 1, 0, 1, kBuyer},
};

Story build_wishes(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story;
  for (const Gene& gene : genes) {
    const Wish& one = kWishes[static_cast<std::size_t>(gene.edge)];
    Record record{
        .what = std::string(one.what),
        .given = {{"fields",
                   {{"extra_field_1", "paragon"},
                    {"invoice_company", one.nip[0] == '\0' ? "" : "Młyn"},
                    {"invoice_nip", one.nip}}},
                  {"lines", {{{"price_brutto", "499.99"}, {"quantity", gene.a + 1}}}},
                  {"days", one.days},
                  {"edit", one.edit},
                  {"asked", one.asked}},
        .expected = {
            {"least", one.least}, {"most", one.most}, {"bears", one.bears}, {"nip", one.nip}}};
    if (one.typed != nullptr) record.given["typed"] = one.typed;
    story.records.push_back(std::move(record));
  }
  return story;
}

void judge_wishes(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement);
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    const std::string name = order_name(i, record.what);
    const std::int64_t order = office.order(record.given);
    if (!has_receipt(office, order, record.expected.at("nip"), name, judgement)) continue;
    bench.advance(std::chrono::hours(24 * record.given.at("days").get<int>()));
    const std::string edit = record.given.at("edit");
    if (edit == "nip") {
      office.base().edit_order(order, {{"invoice_nip", kBuyer}, {"invoice_company", "Młyn"}});
    }
    if (edit == "want_invoice") office.base().edit_order(order, {{"want_invoice", true}});
    if (!edit.empty()) status_again(office, order);
    for (int n = 0; n < record.given.at("asked").get<int>(); ++n) {
      office.issue_to_receipt(order, record.given.contains("typed")
                                         ? std::optional(record.given["typed"].get<std::string>())
                                         : std::nullopt);
    }
    const auto invoices = of_kind(office, order, "invoice");
    const int count = static_cast<int>(invoices.size());
    const int least = record.expected.at("least"), most = record.expected.at("most");
    judgement.expect(count >= least && count <= most, "invoices to the receipt of " + name,
                     least == most ? std::to_string(most) : fmt::format("{} to {}", least, most),
                     std::to_string(count));
    for (const ErpDocument& invoice : invoices) {
      judgement.expect_equal("NIP on the invoice to the receipt of " + name,
                             record.expected.at("bears").get<std::string>(), invoice.nip);
    }
  }
}

}  // namespace

std::vector<Rule> receipt_rules() {
  const auto shape = [](Shape bounds) { return [bounds](const SwitchValues&) { return bounds; }; };
  return {
      make_story(page(),
                 {.id = "PL-DOC-01",
                  .shape = shape({.edges = static_cast<int>(kReceipts.size()), .a = 3, .most = 6}),
                  .build = build_simplified,
                  .oracle = judge_simplified}),
      make_story(page(),
                 {.id = "PL-DOC-02",
                  .shape = shape({.edges = static_cast<int>(kWishes.size()), .a = 2, .most = 6}),
                  .build = build_wishes,
                  .oracle = judge_wishes}),
  };
}

}  // namespace atrapa::scenarios::fiscal
