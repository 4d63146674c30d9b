#pragma once

#include <string>
#include <vector>

#include "harness/report/baseline.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// Which violations fail a run. By itself: each of them.
struct Policy {
  Level fail_on = Level::Info;  ///< The lowest level whose violation fails.
  bool has_baseline = false;
  Baseline baseline;
  std::string baseline_file;  ///< As it was named, for messages.

  /// Whether anything was asked for. Reports of a run without it stay as they are.
  bool asked() const { return has_baseline || fail_on != Level::Info; }
};

/// What a violation means for the run.
enum class Standing {
  Fails,       ///< It fails the run.
  FailsAnew,   ///< It fails the run: the rule is in the baseline, but fails by something else.
  Known,       ///< The baseline has it.
  BelowLevel,  ///< Its rule's level is below `fail_on`.
};

std::string_view to_string(Standing standing);  ///< "fails", "fails_anew", "known", "below_level"

/// Of a violated rule. Being known comes before being below the level.
Standing standing_of(const RuleResult& violated, const Policy& policy);
bool fails(const RuleResult& result, const Policy& policy);

/// Why a violation does not fail the run, or fails it although its rule is known; "" else.
std::string standing_in_words(const RuleResult& violated, const Policy& policy);

/// Whether the rule holds although the baseline has it: to be taken out there.
bool is_fixed(const RuleResult& result, const Policy& policy);
/// Their ids, in the order of the results.
std::vector<std::string> fixed_rules(const CampaignResult& result, const Policy& policy);

/// "fails on must; known failures: known.json (3)", or "" where nothing was asked for.
std::string policy_in_words(const Policy& policy);

}  // namespace atrapa::harness::report
