#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// A rule that is known to be violated.
struct KnownFailure {
  std::string rule;
  /// What may be found wrong with it, `*` standing for any text: "stock of *". Empty: anything.
  std::vector<std::string> fails_by;
  std::string note;  ///< For people: a ticket, a date. Kept when the file is written anew.

  bool operator==(const KnownFailure&) const = default;
};

/// The failures that a connector is known to have, as a file that people review:
///
///   {"format": "atrapa-baseline/1",
///    "known": [{"rule": "SYSTIM-STOCK-04", "fails_by": ["stock of *"], "note": "ERP-118"}]}
///
/// `fails_by` and `note` may be left out. A rule stands there once.
struct Baseline {
  std::vector<KnownFailure> known;  ///< Sorted by rule.

  /// The entry of the rule, or null.
  const KnownFailure* find(std::string_view rule) const;
  bool operator==(const Baseline&) const = default;
};

/// A baseline that cannot be used: the file, the line or JSON pointer, what was expected.
class BaselineError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws BaselineError. `origin` names the file in messages. Whether there are such rules is not
/// known here.
Baseline parse_baseline(std::string_view text, const std::string& origin);

/// One text a line and everything sorted, so that a version control system shows what changed.
std::string to_text(const Baseline& baseline);

/// What is violated in this campaign. Of an earlier baseline the notes stay, and the entries of
/// rules that this campaign did not judge: nothing is known of them.
Baseline baseline_of(const CampaignResult& result, const Baseline& earlier);

/// "stock of *" of "stock of 'KUB-1 '": what is quoted, and words with digits, differ from case to
/// case and are left out.
std::string general_form(std::string_view what);

/// Whether the text is of that form, `*` standing for any text.
bool is_of_form(std::string_view text, std::string_view form);

}  // namespace atrapa::harness::report
