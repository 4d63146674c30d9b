#pragma once

#include <string>

#include "core/sync/run_report.hpp"
#include "harness/report/text.hpp"

namespace atrapa::harness::cli {

/// What a run of the sync did, and what it left alone: the reasons with their counts, the most
/// serious and most frequent first, and a few records of each.
std::string sync_report(const core::RunReport& report, const report::Style& style);

/// The same on one line of JSON:
/// {"ok","run","orders":{...},"stock":{...},"failed","reasons":[{"reason",
/// "severity","kind","count"}],"summary":[...]}.
std::string sync_report_line(const core::RunReport& report);

}  // namespace atrapa::harness::cli
