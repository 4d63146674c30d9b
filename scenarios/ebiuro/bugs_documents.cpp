#include <algorithm>
#include <map>
#include <set>

#include "core/integrations/ebiuro_base.hpp"
#include "scenarios/ebiuro/spoiled.hpp"

namespace atrapa::scenarios::ebiuro {
namespace {

using core::Document;
using core::DocumentKind;
using core::Ledger;
using core::Profile;
using core::Result;
using core::SalesIssue;
using core::ebiuro_base::Settings;
using harness::CoreParts;
using harness::DeedResult;
using mocks::kit::Request;
using mocks::kit::Response;

/// The document as the books would file it, tied to no order.
Document draft_of(const Ledger& ledger, const SalesIssue& sale) {
  Document draft;
  const auto order = ledger.order(sale.order_id);
  if (!order) return draft;
  draft.kind = sale.kind;
  draft.series = sale.series;
  draft.order_id = sale.order_id;
  draft.contractor = order->contractor;
  draft.nip = sale.nip;
  draft.buyer = order->buyer;
  draft.issued_on = sale.issued_on;
  draft.lines = order->lines;
  draft.total_gross = order->total_gross;
  return draft;
}

Result<Document> issues_always(Ledger& ledger, const SalesIssue& sale) {
  return ledger.add_document(draft_of(ledger, sale));
}

/// Remembers the status beside the buyer.
Result<Document> issues_for_each_status(Ledger& ledger, const SalesIssue& sale) {
  Document draft = draft_of(ledger, sale);
  const auto order = ledger.order(sale.order_id);
  draft.buyer.phone = order ? order->status_id : "";
  for (const Document& issued : ledger.documents_of(sale.order_id)) {
    if (issued.buyer.phone == draft.buyer.phone) return core::fail("it has its document");
  }
  return ledger.add_document(std::move(draft));
}

/// One document for an order, and the order does not know of it.
Result<Document> forgets_the_document(Ledger& ledger, const SalesIssue& sale) {
  if (!ledger.documents_of(sale.order_id).empty()) return core::fail("it has its document");
  return ledger.add_document(draft_of(ledger, sale));
}

std::optional<core::ErpOrder> of_any_integration(const Ledger& ledger, const Profile&,
                                                 const std::string& order_id) {
  for (core::ErpOrder& order : ledger.orders()) {
    if (order.shop_order_id == order_id) return std::move(order);
  }
  return std::nullopt;
}

/// After a failed issue the last number of a kind is given again and again.
class ReusesNumbers final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    const std::size_t papers = inner().look().papers.size();
    DeedResult result = inner().perform(deed, arguments);
    if (deed == "issue" && !result.done && failed_at_ == 0)
      failed_at_ = std::max<std::size_t>(papers, 1);
    return result;
  }
  harness::ErpView look() override {
    harness::ErpView view = inner().look();
    if (failed_at_ == 0) return view;
    for (std::size_t i = failed_at_; i < view.papers.size(); ++i) {
      for (std::size_t before = i; before-- > 0;) {
        if (view.papers[before].kind != view.papers[i].kind) continue;
        view.papers[i].number = view.papers[before].number;
        break;
      }
    }
    return view;
  }

 private:
  std::size_t failed_at_ = 0;
};

/// Shows with each document what its order costs now; behind it orders are refreshed for good.
class DocumentsFollow final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  harness::ErpView look() override {
    harness::ErpView view = inner().look();
    for (const harness::ErpOrder& order : view.orders) {
      for (harness::ErpDocument& paper : view.papers) {
        if (paper.order_id == order.id) paper.total_gross = order.total_gross;
      }
    }
    return view;
  }
};

/// Fetches an order that it does not know when a document is asked for.
class IssuesUnknownOrders final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    DeedResult result = inner().perform(deed, arguments);
    if (deed == "add_integration" && result.done) {
      id_ = result.answer.value("id", "");
      secret_ = result.answer.value("secret", "");
    }
    if (deed != "issue" || result.done) return result;
    const std::size_t orders = inner().look().orders.size();
    inner().receive({.method = "GET",
                     .target = "/v1/order/sync/baselinker/" + id_ + "?secretKey=" + secret_ +
                               "&orderId=" + arguments.value("order", ""),
                     .headers = {},
                     .body = {}});
    const auto now = inner().look().orders;
    if (now.size() == orders) return result;
    Json own = arguments;
    own["order"] = now.back().id;
    return inner().perform(deed, own);
  }

 private:
  std::string id_, secret_;
};

/// Spoils the rows of the list of orders.
class SpoilsRows : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    DeedResult result = inner().perform(deed, arguments);
    if (deed != "list_orders" || !result.answer.contains("orders")) return result;
    for (Json& row : result.answer["orders"]) spoil(row);
    return result;
  }
  virtual void spoil(Json& row) = 0;
};

class ShowsOrderNumbers final : public SpoilsRows {
 public:
  using SpoilsRows::SpoilsRows;
  void spoil(Json& row) override {
    if (row["document_number"] != "") row["document_number"] = row["number"];
  }
};

class KeepsTheButton final : public SpoilsRows {
 public:
  using SpoilsRows::SpoilsRows;
  void spoil(Json& row) override { row["can_issue"] = true; }
};

class FirstStatusStays final : public SpoilsRows {
 public:
  using SpoilsRows::SpoilsRows;
  Response receive(const Request& call) override {
    Response answer = inner().receive(call);
    for (const harness::ErpOrder& order : inner().look().orders)
      first_.emplace(order.id, order.status);
    return answer;
  }
  void spoil(Json& row) override {
    const auto first = first_.find(row.value("order", ""));
    if (first != first_.end()) row["status"] = first->second;
  }

 private:
  std::map<std::string, std::string> first_;
};

class AlwaysInvoices final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    Json own = arguments;
    if (deed == "issue") own["kind"] = "invoice";
    return inner().perform(deed, own);
  }
};

}  // namespace

std::vector<Bug> document_bugs() {
  return {
      {"second-call-second-document",
       "Issues a second document when a call comes again.",
       {"EBIURO-DOC-01", "EBIURO-LIST-05", "EBIURO-ORD-06"},
       [](CoreParts& parts) { parts.ebiuro.issue = issues_always; }},
      {"document-on-every-status",
       "Issues a document for every status that an order is given.",
       {"EBIURO-ORD-04"},
       [](CoreParts& parts) { parts.ebiuro.issue = issues_for_each_status; }},
      {"documents-follow-their-orders",
       "Changes a document with its order.",
       {"EBIURO-ORD-06"},
       [](CoreParts& parts) { parts.ebiuro.issue = forgets_the_document; },
       [](std::unique_ptr<harness::Subject> inner) -> std::unique_ptr<harness::Subject> {
         return std::make_unique<DocumentsFollow>(std::move(inner));
       }},
      {"issues-by-hand-alone",
       "Makes no document when an order is moved.",
       {"EBIURO-DOC-01", "EBIURO-NEW-01"},
       [](CoreParts& parts) {
         parts.ebiuro.wanted = [](const core::DocumentWish&, const core::EbiuroSwitches&) {
           return std::optional<DocumentKind>();
         };
       }},
      {"unknown-word-is-a-receipt",
       "Issues a receipt where extra field 1 holds another word.",
       {"EBIURO-NEW-02"},
       [](CoreParts& parts) {
         parts.ebiuro.wanted = [](const core::DocumentWish& wish,
                                  const core::EbiuroSwitches& switches) {
           const auto kind = core::wanted_document(wish, switches);
           return kind ? kind : std::optional(DocumentKind::Receipt);
         };
       }},
      {"tick-decides-the-document",
       "Goes by the buyer's tick instead of extra field 1.",
       {"EBIURO-NEW-01"},
       [](CoreParts& parts) {
         parts.ebiuro.wanted = [](const core::DocumentWish& wish, const core::EbiuroSwitches&) {
           return std::optional(wish.wants_invoice.value_or(false) ? DocumentKind::Invoice
                                                                   : DocumentKind::Receipt);
         };
       }},
      {"receipts-in-the-invoice-series",
       "Numbers receipts in the series of invoices.",
       {"EBIURO-CONF-06"},
       [](CoreParts& parts) {
         parts.ebiuro.series = [](DocumentKind, const Settings& settings) {
           return settings.invoice_series;
         };
       }},
      around<ReusesNumbers>("reuses-numbers-after-failure",
                            "Gives a number once more after an issue has failed.",
                            {"EBIURO-CONF-06"}),
      {"order-numbers-of-all-shops",
       "Takes one shop's order for the other shop's of the same number.",
       {"EBIURO-LIFE-05"},
       [](CoreParts& parts) { parts.ebiuro.known_order = of_any_integration; }},
      around<IssuesUnknownOrders>("issues-for-unsent-orders",
                                  "Issues documents for orders that were never sent.",
                                  {"EBIURO-ORD-03"}),
      around<ShowsOrderNumbers>("order-number-for-document",
                                "Shows the order's number in the column of the document.",
                                {"EBIURO-LIST-01"}),
      around<KeepsTheButton>("button-stays", "Shows the button beside the document's number.",
                             {"EBIURO-LIST-01", "EBIURO-LIST-04"}),
      around<FirstStatusStays>("first-status-stays", "Shows the first status for ever.",
                               {"EBIURO-LIST-02"}),
      around<AlwaysInvoices>("invoices-whatever-was-chosen",
                             "Issues an invoice where a receipt was chosen by hand.",
                             {"EBIURO-LIST-03"}),
  };
}

}  // namespace atrapa::scenarios::ebiuro
