#pragma once

#include <string>

#include "harness/report/console.hpp"
#include "harness/report/run_facts.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// The campaign as JUnit XML, as build servers read it: a suite per integration, a test case per
/// rule; violated is a failure with the whole finding, not judged is skipped with its reason.
std::string junit_xml(const CampaignResult& result, const RunFacts& run,
                      const ReplayFileOf& replay_file);

}  // namespace atrapa::harness::report
