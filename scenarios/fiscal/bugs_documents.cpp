#include <chrono>
#include <map>
#include <string>

#include "core/ledger/ledger.hpp"
#include "core/policy/ksef.hpp"
#include "core/policy/receipts.hpp"
#include "scenarios/fiscal/families.hpp"
#include "scenarios/fiscal/spoilt.hpp"

// Wrong in which documents there are, and in their numbers.

namespace atrapa::scenarios::fiscal {
namespace {

using core::Document;
using core::DocumentKind;
using core::Ledger;
using core::Money;
using core::Objection;
using core::ReceiptWish;
using core::Result;
using core::SalesIssue;
using core::Seller;
using Refusal = std::optional<Objection>;

// Invoices to receipts ---------------------------------------------------------------------------

/// The right answer to a wish with something of it changed.
template <typename Change>
auto wished(Change change) {
  return [change](const ReceiptWish& wish) -> Refusal {
    ReceiptWish other = wish;
    if (other.receipt) change(other);
    return core::invoice_to_receipt_objection(other);
  };
}

/// Above any limit.
void no_limit(ReceiptWish& wish) { wish.receipt->total_gross = {100'000'00}; }
void limit_left_out(ReceiptWish& wish) { wish.receipt->total_gross.grosze += 1; }
void all_in_zlotys(ReceiptWish& wish) { wish.receipt->currency = "PLN"; }
void any_nip(ReceiptWish& wish) { wish.nip = wish.receipt->nip; }
/// Counts days of one month for three.
void a_month_alone(ReceiptWish& wish) {
  const auto age =
      std::chrono::sys_days(wish.today) - std::chrono::sys_days(wish.receipt->issued_on);
  if (age > std::chrono::days(30)) wish.receipt->issued_on -= std::chrono::years(1);
}

// Numbers ----------------------------------------------------------------------------------------

/// Counts on over the end of the year.
Result<Document> never_anew(Ledger& ledger, const SalesIssue& issue) {
  if (auto series = ledger.series(issue.series)) {
    series->reset = core::SeriesReset::Never;
    static_cast<void>(ledger.put_series(*series));
  }
  return ledger.issue_sales(issue);
}

/// The day in London: an hour or two behind.
Result<Document> day_before_at_month_start(Ledger& ledger, const SalesIssue& issue) {
  SalesIssue late = issue;
  if (issue.issued_on.day() == std::chrono::day{1}) {
    late.issued_on = std::chrono::sys_days(issue.issued_on) - std::chrono::days(1);
  }
  return ledger.issue_sales(late);
}

/// What KSeF refused is issued once more.
Result<Document> new_number_on_retry(Ledger& ledger, const SalesIssue& issue) {
  const auto known = ledger.sales_document(issue.order_id);
  if (!known || known->ksef_number != "" || known->kind != DocumentKind::Invoice) {
    return ledger.issue_sales(issue);
  }
  Document again = *known;
  again.issued_on = issue.issued_on;
  return ledger.add_document(std::move(again));
}

// KSeF -------------------------------------------------------------------------------------------

/// The right flag of another seller, day or buyer.
bool duty_for_consumers(DocumentKind kind, std::string_view, std::chrono::year_month_day date,
                        const Seller& seller) {
  return core::ksef_required(kind, "5250000009", date, seller);
}
bool duty_a_day_late(DocumentKind kind, std::string_view nip, std::chrono::year_month_day date,
                     const Seller& seller) {
  const std::chrono::year_month_day before = std::chrono::sys_days(date) - std::chrono::days(1);
  return core::ksef_required(kind, nip, before, seller);
}
bool duty_of_all_alike(DocumentKind kind, std::string_view nip, std::chrono::year_month_day date,
                       const Seller& seller) {
  return core::ksef_required(kind, nip, date, {.nip = seller.nip});
}

Refusal any_number_of_35(const Document&, std::string_view number, const Seller&) {
  if (number.size() == 35) return std::nullopt;
  return Objection{core::Reason::KsefRefused, "not 35 characters"};
}

/// Takes small letters and stores them so.
Refusal small_letters_too(const Document& document, std::string_view number, const Seller& seller) {
  std::string capitals(number);
  for (char& c : capitals) {
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  }
  return core::ksef_objection(document, capitals, seller);
}

Refusal any_day(const Document& document, std::string_view number, const Seller& seller) {
  Document old = document;
  old.issued_on = std::chrono::year{2000} / 1 / 1;
  return core::ksef_objection(old, number, seller);
}

// What is shown ----------------------------------------------------------------------------------

void papers_in_zlotys(harness::ErpView& view) {
  for (harness::ErpDocument& paper : view.papers) paper.currency = "PLN";
}

/// The first of a month as the last day of the month before.
void days_in_london(harness::ErpView& view) {
  static const std::map<std::string, std::string> days = {
      {"2026-04-01", "2026-03-31"}, {"2027-01-01", "2026-12-31"}, {"2027-02-01", "2027-01-31"}};
  for (harness::ErpDocument& paper : view.papers) {
    const auto day = days.find(paper.issued_on);
    if (day != days.end()) paper.issued_on = day->second;
  }
}

}  // namespace

std::vector<Bug> document_bugs() {
  const auto parts = [](auto change) {
    return [change](harness::CoreParts& all) { change(all.ebiuro); };
  };
  using Parts = core::ebiuro_base::Parts;
  const auto wish = [&](void (*change)(ReceiptWish&)) {
    return parts([change](Parts& p) { p.fiscal.invoice_to_receipt_objection = wished(change); });
  };
  const auto misnumbers = [](int by) {
    return
        [by](std::unique_ptr<harness::Subject> right) { return misnumbered(std::move(right), by); };
  };
  return {
      {"invoices-simplified-invoice",
       "Puts an invoice on top of a receipt that is one already.",
       {"PL-DOC-01"},
       wish(no_limit)},
      {"leaves-450-out",
       "Takes a receipt over exactly 450 PLN or 100 EUR for one above the limit.",
       {"PL-DOC-01"},
       wish(limit_left_out)},
      {"counts-euros-as-zlotys",
       "Holds the limit of 450 against euros.",
       {"PL-DOC-01"},
       wish(all_in_zlotys)},
      {"papers-in-zlotys",
       "Shows documents over euros in zlotys.",
       {"PL-DOC-01"},
       {},
       shows(papers_in_zlotys)},
      {"makes-companies-of-receipts",
       "Makes a company's invoice to a receipt without its NIP.",
       {"PL-DOC-02"},
       parts([](Parts& p) { p.fiscal.invoice_to_receipt_objection = wished(any_nip); })},
      {"three-months-of-one",
       "Refuses a consumer after one month.",
       {"PL-DOC-02"},
       wish(a_month_alone)},
      {"reuses-number-after-refusal",
       "Gives the number before once more after a refused issue.",
       {"PL-DOC-03"},
       {},
       misnumbers(-1)},
      {"skips-number-after-refusal",
       "A refused issue uses a number up.",
       {"PL-DOC-03"},
       {},
       misnumbers(1)},
      {"two-series-one-pattern",
       "Takes a second series of a pattern and gives the same numbers.",
       {"PL-DOC-03"},
       {},
       twins},
      {"numbers-on-over-new-year",
       "Does not begin anew in a new year or month.",
       {"PL-DOC-03"},
       parts([](Parts& p) { p.issue = never_anew; })},
      {"numbers-by-day-of-utc",
       "Numbers the first hours of a month with the month before.",
       {"PL-DOC-03"},
       parts([](Parts& p) { p.issue = day_before_at_month_start; })},
      {"dates-papers-by-day-of-utc",
       "Dates documents of the first hours of a month with the day before.",
       {"PL-DOC-03"},
       {},
       shows(days_in_london)},
      {"asks-ksef-for-consumers",
       "Holds invoices to consumers for a duty.",
       {"PL-KSEF-01"},
       parts([](Parts& p) { p.fiscal.ksef_required = duty_for_consumers; })},
      {"asks-ksef-a-day-late",
       "Begins a day after the duty does.",
       {"PL-KSEF-01"},
       parts([](Parts& p) { p.fiscal.ksef_required = duty_a_day_late; })},
      {"asks-ksef-of-all-alike",
       "Knows neither large sellers nor small sums.",
       {"PL-KSEF-01"},
       parts([](Parts& p) { p.fiscal.ksef_required = duty_of_all_alike; })},
      {"takes-any-ksef-number",
       "Looks at the length of a KSeF number alone.",
       {"PL-KSEF-02"},
       parts([](Parts& p) { p.fiscal.ksef_objection = any_number_of_35; })},
      {"takes-small-ksef-letters",
       "Stores a KSeF number in small letters.",
       {"PL-KSEF-02"},
       parts([](Parts& p) { p.fiscal.ksef_objection = small_letters_too; })},
      {"takes-ksef-before-issue",
       "Takes an acceptance from before the day of issue.",
       {"PL-KSEF-03"},
       parts([](Parts& p) { p.fiscal.ksef_objection = any_day; })},
      {"numbers-ksef-retry-anew",
       "Another try at KSeF makes a new invoice.",
       {"PL-KSEF-03"},
       parts([](Parts& p) { p.issue = new_number_on_retry; })},
  };
}

}  // namespace atrapa::scenarios::fiscal
