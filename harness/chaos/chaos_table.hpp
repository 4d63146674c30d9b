#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/chaos/flow.hpp"
#include "harness/run/rule.hpp"
#include "mocks/kit/journal.hpp"

namespace atrapa::harness {

/// What happens at a boundary: between two exchanges; between two commits of the subject's books
/// (only for subjects that ask Wire::may_commit); on the way of a call of the platform's.
enum class Accident {
  RefusedBeforeSend,
  LostAfterCommit,
  TooManyRequests,
  ServerError,
  TruncatedAnswer,
  KilledBeforeSend,
  KilledAfterAnswer,
  KilledBeforeCommit,
  CallLost,
  CallDoubled,
  CallOvertaken,
};

std::string_view to_string(Accident accident);  ///< "refused_before_send", ..., "call_overtaken"

enum class Safety { Safe, Unsafe, NotJudged };

std::string_view to_string(Safety safety);  ///< "safe", "unsafe", "not_judged"

/// One accident at one boundary of a flow, and what became of it.
struct ChaosRow {
  std::string flow;
  std::uint64_t boundary = 0;  ///< Exchange of the quiet run, or its commit, or its call; from 0.
  std::string exchange;  ///< "GET /webapi/rest/orders", "commit 3 of the books", "call 2: ..."
  Accident accident = Accident::ServerError;
  Safety safety = Safety::NotJudged;
  int runs = 0;                   ///< Runs it took until one ended well, the first included.
  std::vector<Finding> findings;  ///< Why unsafe.
  std::string reason;             ///< Why not judged.
};

/// All accidents at all boundaries of one flow.
struct ChaosTable {
  std::string flow;
  std::uint64_t boundaries = 0;  ///< Exchanges of the quiet run.
  std::uint64_t commits = 0;     ///< Commits of the books in the quiet run.
  std::uint64_t calls = 0;       ///< Calls of the platform in the quiet run.
  /// What was wrong without any accident; then there are no rows, for nothing could be told from
  /// them.
  std::vector<Finding> quiet;
  /// Why the flow cannot be judged on this subject: what it cannot do or does not show.
  std::optional<std::string> cannot = {};
  std::vector<ChaosRow> rows;   ///< By boundary, then by accident; commits, then calls last.
  std::uint64_t exchanges = 0;  ///< Of all runs together.

  /// At least one row, every row safe, nothing found in the quiet run.
  bool safe() const;
  /// Boundaries of every kind, and how many of them every accident leaves safe.
  struct Count {
    std::size_t safe = 0, all = 0;
  };
  Count safe_boundaries() const;
};

struct ChaosOptions {
  const SubjectKind* subject = nullptr;
  SwitchValues switches = {};  ///< All of them, as resolve_switches() gives them.
  std::uint64_t seed = 1;
  int jobs = 1;  ///< Threads; the table does not depend on their number.
  bool wire = false;
  int max_runs = 8;     ///< Starts at most until one must end well.
  bool commits = true;  ///< Also kill before each commit of the books.
  /// Virtual time between an unsuccessful run and the next start.
  mocks::kit::Duration pause = std::chrono::minutes(1);
};

/// `progress` (rows done, rows in all) is called from one thread at a time.
ChaosTable chaos_table(const ChaosFlow& flow, const ChaosOptions& options,
                       const std::function<void(std::size_t, std::size_t)>& progress = {});

/// One cell again, with its exchanges: what a report shows of an unsafe row.
struct ChaosCell {
  ChaosRow row;
  /// The runs: the number of the first exchange of each, and how it ended in words.
  struct Run {
    std::uint64_t first_exchange = 0;
    std::string ended;
  };
  std::vector<Run> runs;
  std::vector<mocks::kit::Exchange> exchanges;
  std::uint64_t exchange_count = 0;
};
ChaosCell chaos_cell(const ChaosFlow& flow, const ChaosOptions& options, std::uint64_t boundary,
                     Accident accident);

}  // namespace atrapa::harness
