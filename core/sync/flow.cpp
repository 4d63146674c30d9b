#include "core/sync/flow.hpp"

namespace atrapa::core {

void report_only(Flow& flow, std::vector<LogEntry> entries) {
  for (LogEntry& entry : entries) {
    if (entry.severity == Severity::Error) ++flow.report.failed;
    flow.report.entries.push_back(std::move(entry));
  }
}

void record(Flow& flow, std::vector<LogEntry> entries) {
  flow.ledger.add_entries(flow.run, entries);
  report_only(flow, std::move(entries));
}

ShopResult<Done> still_let_in(const Flow& flow) {
  auto objection = flow.parts.erp_access(flow.ledger, flow.erp);
  if (!objection) return Done{};
  return fail(ShopError{ShopError::Kind::ErpDenied, 0, std::move(objection->text)});
}

void tell(const Flow& flow, std::string_view stage, std::int64_t done,
          std::optional<std::int64_t> total) {
  if (flow.progress) flow.progress({stage, done, total});
}

}  // namespace atrapa::core
