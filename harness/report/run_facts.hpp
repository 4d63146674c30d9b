#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/run/campaign.hpp"

namespace atrapa::harness::report {

/// What was asked of a campaign: all that a reader needs to run it again.
struct RunFacts {
  std::string subject = "core";  ///< As people read it.
  /// What names a subject that is not of the set, as words of a command line: {"--driver", "..."}.
  std::vector<std::string> subject_options = {};
  std::uint64_t seed = 1;
  int cases = 100;
  bool wire = false;
  SwitchValues switches;  ///< Only what differs from the defaults.

  bool operator==(const RunFacts&) const = default;
};

/// `text` as one word of a shell command, quoted only where it must be.
std::string shell_argument(const std::string& text);

/// The command that finds the same again: `atrapa replay FILE` where there is a file, else the
/// check of that one rule with this seed.
std::string repeat_command(const RunFacts& run, const RuleResult& result,
                           const std::string& replay_file);

/// "stated by the seed document" and the like: what the mark of a rule means.
std::string in_words(Provenance provenance);
std::string in_words(Level level);

/// Document and section with the mark: "Systim help page, section 'Orders' (stated by the ...)".
std::string source_line(const Rule& rule);

/// "SYSTIM-STOCK" of "SYSTIM-STOCK-04".
std::string group_of(const std::string& rule_id);

}  // namespace atrapa::harness::report
