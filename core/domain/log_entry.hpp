#pragma once

#include <string>
#include <string_view>

#include "core/policy/reason.hpp"

namespace atrapa::core {

enum class Severity { Info, Warning, Error };
/// Kept by number: add at the end.
enum class RecordKind { Product, Order, Run, Document, Buyer, Warehouse, Event };

std::string_view to_string(Severity severity);  ///< "info", "warning", "error"
std::string_view to_string(RecordKind kind);    ///< "product", "order", "run", ...

/// What the user is told about one record, or about the run.
struct LogEntry {
  Severity severity = Severity::Info;
  RecordKind kind = RecordKind::Run;
  std::string record;  ///< Code of the product, id of the order in the shop; may be empty.
  Reason reason = Reason::Interrupted;
  std::string text;
};

}  // namespace atrapa::core
