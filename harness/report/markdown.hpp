#pragma once

#include <string>
#include <string_view>

#include "harness/report/console.hpp"
#include "harness/report/policy.hpp"
#include "harness/report/run_facts.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// Bytes of a summary at most: what does not fit is counted, and the reader sent to the other
/// files.
inline constexpr std::size_t kMaxSummaryBytes = 60'000;

/// The campaign in GitHub's Markdown, for the page of a job: counts, a table of what is violated
/// with the command that repeats it, each violation in full below a fold.
std::string markdown(const CampaignResult& result, const RunFacts& run,
                     const ReplayFileOf& replay_file, const Policy& policy = {});

/// The text as itself in the middle of Markdown, also in the cell of a table.
std::string markdown_text(std::string_view text);

/// The text as a block of code: nothing in it ends the block.
std::string markdown_block(std::string_view text);

}  // namespace atrapa::harness::report
