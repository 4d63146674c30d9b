#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/campaign.hpp"

namespace atrapa::harness {

/// A violation kept as a file: everything that is needed to see it again, and what was seen.
///
/// {"format": "atrapa-replay/1", "rule", "statement", "subject", "switches": {name: value},
///  "seed": "1", "bench_seed": "1", "wire": false, "world": "empty", "input": {...},
///  "findings": [{"what", "expected", "observed"}], "exchanges": ["1 08:00:00.000 GET /... -> 200
///  ..."]}
///
/// Seeds are texts: they use all 64 bits. `exchanges` is for people and is not read back for
/// judging.
struct Replay {
  std::string rule;
  std::string statement;
  std::string subject;           ///< "core", "core:trims-codes"
  SwitchValues switches;         ///< All of them.
  std::uint64_t seed = 0;        ///< Of the campaign that found it.
  std::uint64_t bench_seed = 0;  ///< Of the bench of the smallest case.
  bool wire = false;
  std::string world = "empty";  ///< Where the bench started; "empty" is the only one so far.
  Json input;
  std::vector<Finding> findings;
  std::vector<std::string> exchanges;
  std::string origin;  ///< The file it was read from, for messages; no part of what is written.
};

/// A replay file that cannot be used: the file, the JSON pointer or line, what was expected.
class ReplayError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What is to be kept of a violated rule; `result.violation` must be there.
Replay make_replay(const RuleResult& result, const CampaignOptions& options);

Json to_json(const Replay& replay);
/// Throws ReplayError, also for members that a replay file does not have. `origin` names the file
/// in messages.
Replay parse_replay(std::string_view text, const std::string& origin);

/// Writes beside the target and renames: a reader sees the old file or the whole new one. Makes
/// missing directories. Throws std::runtime_error naming the file where that fails.
void write_replay(const Replay& replay, const std::filesystem::path& file);
Replay read_replay(const std::filesystem::path& file);

/// A name for it in a directory of findings: "SYSTIM-STOCK-04.core-trims-codes.json".
std::string replay_file_name(const Replay& replay);

/// What running it again gave.
struct ReplayOutcome {
  const Rule* rule = nullptr;
  Verdict verdict = Verdict::NotJudged;
  bool same = false;   ///< The very findings of the file.
  std::string reason;  ///< Why NotJudged.
  std::vector<Finding> findings;
  std::vector<mocks::kit::Exchange> exchanges;
  std::vector<mocks::kit::Delivery> calls;
  std::vector<FailedRun> failed_runs;
  std::uint64_t exchange_count = 0;
};

/// Judges the file's input again by the rule and subject of that name, or by the subject given.
/// Throws ReplayError where the set lacks one of them or the input does not fit the rule, and
/// SubjectFailure.
ReplayOutcome run_replay(const Replay& replay, const RuleSet& set,
                         const SubjectKind* subject = nullptr);

/// "12 08:00:01.500 PUT /webapi/rest/product-stocks/5 {"stock":4} -> 200 1": one exchange in one
/// line, long bodies cut.
std::string exchange_line(const mocks::kit::Exchange& exchange);

}  // namespace atrapa::harness
