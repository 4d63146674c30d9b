#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/run/campaign.hpp"

namespace atrapa::harness {

/// A connector that keeps to one reading of a switch, judged by another one.
struct ReadingResult {
  const Switch* of = nullptr;
  std::string judged;                      ///< The value by which the cases are made.
  std::string kept;                        ///< The value to which the connector keeps.
  std::vector<std::string> told_by;        ///< Rules that tell the two apart: violated.
  std::vector<std::string> not_judged_by;  ///< "RULE: reason" of those that could not.
};

/// For every switch (or those named) and every two of its values: which of its rules a subject
/// violates that was told another value than the cases were made by. Between two values that no
/// rule tells apart the switch is of no use. `progress` is called after each pair. Throws
/// SwitchError for a name that does not exist.
std::vector<ReadingResult> measure_readings(
    const RuleSet& set, const CampaignOptions& options, const std::vector<std::string>& only = {},
    const std::function<void(const ReadingResult&)>& progress = {});

}  // namespace atrapa::harness
