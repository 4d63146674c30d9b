#pragma once

#include <string>

#include "harness/report/console.hpp"
#include "harness/report/policy.hpp"
#include "harness/report/run_facts.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// The campaign as JUnit XML, as build servers read it: a suite per integration, a test case per
/// rule. A violation that fails the run is a failure with the whole finding; one that does not is
/// skipped, as an expected failure, with the finding beside it. A rule that is not judged by its
/// own word is skipped with its reason; one that ran and proved nothing is an error, never green.
std::string junit_xml(const CampaignResult& result, const RunFacts& run,
                      const ReplayFileOf& replay_file, const Policy& policy = {});

}  // namespace atrapa::harness::report
