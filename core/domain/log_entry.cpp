#include "core/domain/log_entry.hpp"

namespace atrapa::core {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::Info: return "info";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
  }
  return "";
}

std::string_view to_string(RecordKind kind) {
  switch (kind) {
    case RecordKind::Product: return "product";
    case RecordKind::Order: return "order";
    case RecordKind::Run: return "run";
    case RecordKind::Document: return "document";
    case RecordKind::Buyer: return "buyer";
    case RecordKind::Warehouse: return "warehouse";
    case RecordKind::Event: return "event";
  }
  return "";
}

}  // namespace atrapa::core
