#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Documents on their way back to Base.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

constexpr std::array kSendingMethods{"addInvoice", "addReceipt", "addOrderInvoiceFile",
                                     "addOrderReceiptFile"};

bool sends_document(const BaseCall& call) {
  return std::find(kSendingMethods.begin(), kSendingMethods.end(), call.method) !=
         kSendingMethods.end();
}

/// Files that Base took for that document of its own, answers that were lost included.
std::size_t files_of(const BaseAccount& base, std::string_view method, const char* member,
                     std::int64_t document) {
  std::size_t files = 0;
  for (const BaseCall& call : base.calls(0, method)) {
    if (!call.parameters.is_object() || !call.parameters.contains(member)) continue;
    const Json& id = call.parameters.at(member);
    const std::string text = id.is_string() ? id.get<std::string>() : id.dump();
    const bool taken = call.answer.is_object() && call.answer.value("status", "") == "SUCCESS";
    if (taken && text == std::to_string(document)) ++files;
  }
  return files;
}

class Sending {
 public:
  Sending(const Story& story, Bench& bench, Judgement& judgement)
      : story_(story), bench_(bench), judgement_(judgement), office_(bench) {}

  void play() {
    office_.connect({{"orders", true}, {"send_documents", true}, {"usual_document", "invoice"}});
    for (const Record& record : story_.records) {
      ids_.push_back(plant(office_.base(), bench_, record.given));
    }
    office_.run("orders");
    // At the moment of the fetch the usual kind is issued, else the one asked for.
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      office_.fulfil(ids_[i], story_.records[i].given.value("kind", ""));
    }
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (!story_.records[i].given.value("deleted", false)) continue;
      bench_.base().change().sales.orders.erase(ids_[i]);
    }
    if (const Json faults = story_.setup.value("faults", Json::array()); !faults.empty()) {
      mocks::kit::FaultPlan plan;
      for (const Json& fault : faults) {
        plan.push_back({.exchange = fault.at("exchange").get<std::uint64_t>(),
                        .kind = *mocks::kit::fault_kind(fault.at("kind").get<std::string>())});
      }
      bench_.arm(std::move(plan));
    }
    for (int i = 0; i < 5; ++i) office_.tick();
    for (std::size_t i = 0; i < ids_.size(); ++i) compare(i);
    // What a printout looks like is not said; it is that of one document.
    for (const auto& [file, documents] : files_) {
      judgement_.expect(documents.size() == 1, documents.front() + ": its file in Base",
                        "one of its own", fmt::format("that of {} documents", documents.size()));
    }
  }

 private:
  void compare(std::size_t i) {
    const Record& record = story_.records[i];
    const auto papers = office_.documents(ids_[i]);
    judgement_.expect_equal(record.what + ": documents in the ERP", std::size_t{1}, papers.size());
    if (papers.size() != 1) return;
    const harness::ErpDocument& paper = papers.front();
    std::vector<mocks::base::Invoice> invoices = office_.base().invoices();
    std::erase_if(invoices, [&](const auto& one) { return one.order_id != ids_[i]; });
    std::vector<mocks::base::Receipt> receipts = office_.base().receipts();
    std::erase_if(receipts, [&](const auto& one) { return one.order_id != ids_[i]; });
    const bool invoice = record.expected.at("invoice").get<bool>();
    judgement_.expect_equal(record.what + ": invoices at the order in Base",
                            std::size_t{invoice ? 1U : 0U}, invoices.size());
    judgement_.expect(receipts.size() <= 1, record.what + ": receipts at the order in Base",
                      "one at most", std::to_string(receipts.size()));
    for (const auto& one : invoices) {
      expect_file(record, paper, one.file, one.external_invoice_number);
      judgement_.expect_equal(
          record.what + ": times that its file was sent", std::size_t{1},
          files_of(office_.base(), "addOrderInvoiceFile", "invoice_id", one.id));
      judgement_.expect_equal(record.what + ": how the ERP marks it", std::string("sent"),
                              paper.sent);
      std::vector<std::string> rates;
      for (const mocks::base::SoldItem& item : one.items) rates.push_back(item.tax_rate.text());
      judgement_.expect_equal(record.what + ": VAT rates of its lines in Base",
                              record.expected.at("rates").get<std::vector<std::string>>(), rates);
    }
    for (const auto& one : receipts) {
      // The option speaks of invoices; a receipt that is sent all the same has its file once.
      expect_file(record, paper, one.file, one.external_receipt_number);
      judgement_.expect_equal(
          record.what + ": times that its file was sent", std::size_t{1},
          files_of(office_.base(), "addOrderReceiptFile", "receipt_id", one.id));
    }
  }

  void expect_file(const Record& record, const harness::ErpDocument& paper, const std::string& file,
                   const std::string& number) {
    judgement_.expect(!file.empty(), record.what + ": its file in Base", "there", "none");
    if (!file.empty()) files_[file].push_back(record.what);
    judgement_.expect_equal(record.what + ": its number in Base", paper.number, number);
  }

  const Story& story_;
  Bench& bench_;
  Judgement& judgement_;
  Office office_;
  std::vector<std::int64_t> ids_;
  std::map<std::string, std::vector<std::string>> files_;  ///< Whose each of them is.
};

constexpr std::array kFaultKinds{"lost_after_commit", "truncated_answer", "server_error",
                                 "refused_before_send", "too_many_requests"};

Rule sending_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-ORD-05",
       .switches = {"firmino.document_moment"},
       .shape = [](const SwitchValues&) { return Shape{.edges = 6, .a = 6, .b = 9, .most = 4}; },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues& switches) {
             Story story;
             const Gene& first = genes.front();
             if (first.a > 0) {
               story.setup["faults"] = {
                   {{"exchange", first.b}, {"kind", chosen(kFaultKinds, first.a - 1)}}};
             }
             for (const Gene& gene : genes) {
               Record record{.what = "an invoice",
                             .given = {{"kind", "invoice"}},
                             .expected = {{"invoice", true}, {"rates", {"23"}}}};
               if (gene.edge == 1) {
                 record.what = "an invoice for a company";
                 record.given["order"] = {{"invoice_company", "Młyn"},
                                          {"invoice_nip", "5250000009"},
                                          {"email", "biuro@example.com"}};
               } else if (gene.edge == 2 && !on_fetch(switches)) {
                 record.what = "a receipt";
                 record.given["kind"] = "receipt";
                 record.expected["invoice"] = false;
               } else if (gene.edge == 3 && !on_fetch(switches)) {
                 record.what = "an invoice whose order is deleted in Base";
                 record.given["deleted"] = true;
                 record.expected["invoice"] = false;
               } else if (gene.edge == 4) {
                 record.what = "an invoice at 8 %";
                 record.given["lines"] = {{{"name", "Gazeta"}, {"tax_rate", 8}}};
                 record.expected["rates"] = {"8"};
               } else if (gene.edge == 5) {
                 record.what = "an invoice at two rates";
                 record.given["lines"] = {{{"name", "Kurs"}, {"tax_rate", -1}},
                                          {{"name", "Chleb"}, {"tax_rate", 5}}};
                 record.expected["rates"] = {"-1", "5"};
               }
               story.records.push_back(std::move(record));
             }
             return story;
           },
       .oracle = [](const Story& story, Bench& bench,
                    Judgement& judgement) { Sending(story, bench, judgement).play(); }});
}

void judge_silence(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  const bool late = story.setup.at("switched_off").get<std::string>() == "before the upload";
  office.connect({{"orders", true}, {"send_documents", late}, {"usual_document", "invoice"}});
  std::vector<std::int64_t> ids;
  for (const Record& record : story.records) {
    ids.push_back(plant(office.base(), bench, record.given));
  }
  const std::uint64_t from = bench.exchange_count();
  office.run("orders");
  // What was issued within this run may have been sent by it already.
  const bool issued_before = !office.documents(ids.front()).empty();
  const std::uint64_t fetched = bench.exchange_count();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    office.fulfil(ids[i], story.records[i].given.value("kind", ""));
  }
  const std::uint64_t fulfilled = bench.exchange_count();
  if (late) office.configure({{"send_documents", false}});
  office.tick();
  office.tick();
  const std::uint64_t since = !late ? from : issued_before ? fetched : fulfilled;
  std::vector<std::string> sent;
  for (const BaseCall& call : office.base().calls(since)) {
    if (sends_document(call)) sent.push_back(call.method);
  }
  judgement.expect_equal("documents sent to Base", std::vector<std::string>{}, sent);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    judgement.expect_equal(story.records[i].what + ": documents in the ERP",
                           story.records[i].expected.at("documents").get<std::size_t>(),
                           office.documents(ids[i]).size());
  }
}

Rule silence_rule() {
  return make_story(
      page(), {.id = "FIRMINO-ORD-06",
               .shape = [](const SwitchValues&) { return Shape{.edges = 2, .a = 2, .most = 4}; },
               .build =
                   [](const std::vector<Gene>& genes, const SwitchValues&) {
                     Story story;
                     story.setup["switched_off"] =
                         genes.front().a == 0 ? "from the start" : "before the upload";
                     for (const Gene& gene : genes) {
                       const char* const kind = gene.edge == 0 ? "invoice" : "receipt";
                       story.records.push_back({.what = fmt::format("an {}", kind),
                                                .given = {{"kind", kind}},
                                                .expected = {{"documents", 1}}});
                     }
                     return story;
                   },
               .oracle = judge_silence});
}

}  // namespace

std::vector<Rule> delivery_rules() { return {sending_rule(), silence_rule()}; }

}  // namespace atrapa::scenarios::firmino
