#pragma once

#include <string>
#include <string_view>

#include "harness/report/console.hpp"
#include "harness/report/policy.hpp"
#include "harness/report/run_facts.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// The campaign as one page that needs nothing beside it and asks nobody for anything: a matrix of
/// the verdicts, every rule with its sentence and source, every violation with its smallest case
/// and exchanges. Without scripts only the filters are missing.
std::string html(const CampaignResult& result, const RunFacts& run, const ReplayFileOf& replay_file,
                 const Policy& policy = {});

/// The text as itself inside of an element or of a quoted attribute; control characters but the
/// line break become readable.
std::string html_text(std::string_view text);

}  // namespace atrapa::harness::report
