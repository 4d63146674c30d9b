#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/subject/subject.hpp"

// Connectors of anybody's, outside this process.
namespace atrapa::harness {

struct DriverOptions {
  std::string where;  ///< A command for `sh -c`, or the address of a driver that runs already.
  std::chrono::milliseconds timeout{30'000};  ///< For each answer.
  double time_scale = 1;  ///< Of a driver with a clock of its own; see OutsideClock.
};

/// Whether DriverOptions::where is the address of a driver that runs already.
bool is_address(std::string_view where);

/// The whole protocol (PROTOCOL.md). A driver is started when the first case needs it and kept for
/// further ones, one for each case that runs at a time; one at an address serves one case at a
/// time. Throws SubjectFailure, from wherever the subject is used, when the driver breaks down.
std::shared_ptr<const SubjectKind> driver_subject(DriverOptions options);

struct ExecOptions {
  std::string command;  ///< For `sh -c`; run once per sync, exit code 0 when it went well.
  /// Prints what the ERP holds as `look` answers it; nothing: the ERP is not seen.
  std::optional<std::string> erp_dump = {};
  /// Variables of the program's own: their values are texts in which "{ATRAPA_...}" stands for one
  /// of ours; a bare "ATRAPA_..." for that one alone.
  std::map<std::string, std::string> environment = {};
  /// What one run of the command does: "stock", "orders", ...
  std::vector<std::string> commands{"stock", "orders"};
  std::chrono::milliseconds timeout{30'000};  ///< For each run.
  bool virtual_clock = false;                 ///< The program waits by the clock's address.
  double time_scale = 1;
};

/// No adapter at all: a program that finds in its environment ATRAPA_SHOP_URL, ATRAPA_SHOP_LOGIN,
/// ATRAPA_SHOP_PASSWORD, ATRAPA_INTEGRATION, ATRAPA_COMMAND ("stock", "orders", ...),
/// ATRAPA_PRODUCTS (a file: the ERP's products as a JSON list), ATRAPA_STATE (a directory that is
/// its own for the case), ATRAPA_AUTOMATIC ("1", "0"), ATRAPA_NOW and ATRAPA_CLOCK (PROTOCOL.md,
/// "Time").
std::shared_ptr<const SubjectKind> exec_subject(ExecOptions options);

}  // namespace atrapa::harness
