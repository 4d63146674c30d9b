#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/run/campaign.hpp"

namespace atrapa::harness {

/// One rule that found a planted bug.
struct BugCatch {
  const Rule* rule = nullptr;
  int cases = 0;  ///< Cases until the first violation, that one included.
  Violation violation;
};

/// What the rules made of one planted bug.
struct BugResult {
  const RuleSet::PlantedBug* bug = nullptr;
  std::vector<BugCatch> catches;           ///< In the order of `caught_by`.
  std::vector<std::string> missed_by;      ///< Rules that should have caught it and did not.
  std::vector<std::string> not_judged_by;  ///< "RULE: reason" of those that could not tell.

  bool caught() const { return !catches.empty(); }
  /// By the quickest rule; nothing when no rule caught it.
  std::optional<int> cases_to_catch() const;
  /// Records of the smallest case of any rule; nothing when no rule caught it.
  std::optional<std::size_t> smallest_records() const;
};

/// Runs for each planted bug its `caught_by` rules with subject "core:NAME", each until its first
/// violation. `options.subject` is not looked at; switches, seed, cases and jobs are. With `only`,
/// the bugs of those names. Throws std::runtime_error for a name that does not exist, and for a bug
/// whose subject or rules are not in the set, naming them. `progress` is called after each bug.
std::vector<BugResult> measure_bugs(const RuleSet& set, const CampaignOptions& options,
                                    const std::vector<std::string>& only = {},
                                    const std::function<void(const BugResult&)>& progress = {});

}  // namespace atrapa::harness
