#pragma once

#include <string>

#include "harness/report/console.hpp"
#include "harness/report/policy.hpp"
#include "harness/report/run_facts.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// The campaign as a SARIF 2.1.0 log of one run: all rules with their help, a result for each
/// violated one, an invocation with the exit code.
///
/// - A result lies in its replay file, from line 1; without one, at the made-up address
///   `atrapa/RULE`, since code scanning takes no result without a place.
/// - Its fingerprint is made of the rule and the general forms of what was found, so that another
///   seed gives the same.
/// - With a baseline, `baselineState` is unchanged (known), updated (known, but fails by something
///   else) or new; what is known is suppressed, too.
/// - What is not judged, unproven, left out or fixed is a notification of the invocation. The
/// format
///   has results of the kinds "notApplicable" and "review" for some of that, but code scanning
///   shows each result as an alert, whatever its kind.
std::string sarif(const CampaignResult& result, const RunFacts& run,
                  const ReplayFileOf& replay_file, const Policy& policy = {});

}  // namespace atrapa::harness::report
