#pragma once

#include <filesystem>
#include <string>

#include "harness/report/console.hpp"
#include "harness/run/campaign.hpp"

namespace atrapa::harness::cli {

/// Makes the directory and writes a replay file for each violated rule. Gives where each one lies.
/// Throws where that fails.
report::ReplayFileOf write_replays(const CampaignResult& result, const CampaignOptions& options,
                                   const std::filesystem::path& directory);

}  // namespace atrapa::harness::cli
