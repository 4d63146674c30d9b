#include "scenarios/systim/bugs.hpp"

namespace atrapa::scenarios::systim {
namespace {

/// The shop sets the page of its envelope back once one asks past the end, so this never gets
/// there.
std::optional<int> by_envelope(const core::PageSeen& seen) {
  if (!seen.page || !seen.pages) return std::nullopt;
  if (*seen.page > *seen.pages) return std::nullopt;
  return static_cast<int>(*seen.page) + 1;
}

std::optional<int> without_the_last(const core::PageSeen& seen) {
  if (seen.pages && seen.requested + 1 >= *seen.pages) return std::nullopt;
  return core::next_page(seen);
}

/// A list without rows has 0 pages, and no page is number 0.
std::optional<int> until_pages_are_reached(const core::PageSeen& seen) {
  if (seen.pages && seen.requested == *seen.pages) return std::nullopt;
  return seen.requested + 1;
}

/// Asks again without a pause where the shop says for how long it takes no call.
core::RetryDecision at_once_when_throttled(const core::Attempt& attempt) {
  core::RetryDecision decision = core::retry(attempt);
  if (attempt.status == 429) decision.wait = core::Duration{0};
  return decision;
}

}  // namespace

std::vector<Bug> paging_bugs() {
  return {
      {"ignores-retry-after",
       "Repeats a call at once that was refused by 429, until it has no tries left.",
       {"SYSTIM-CMD-02"},
       [](core::Parts& parts) { parts.retry = at_once_when_throttled; }},
      {"trusts-envelope-page",
       "Counts pages by the envelope's page, which the shop sets back past the end: never ends.",
       {"SYSTIM-ORD-02", "SYSTIM-STOCK-13"},
       [](core::Parts& parts) { parts.next_page = by_envelope; }},
      {"drops-last-page",
       "Leaves out the last page of every list that has several.",
       {"SYSTIM-ORD-02"},
       [](core::Parts& parts) { parts.next_page = without_the_last; }},
      {"empty-page-never-ends",
       "Ends a list only at its last page, which an empty list does not have.",
       {"SYSTIM-CMD-03", "SYSTIM-CMD-04"},
       [](core::Parts& parts) { parts.next_page = until_pages_are_reached; }},
  };
}

}  // namespace atrapa::scenarios::systim
