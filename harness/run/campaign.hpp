#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/rule.hpp"
#include "mocks/kit/journal.hpp"

namespace atrapa::harness {

/// What is known of a rule after a campaign. Unproven never looks like a pass.
enum class Verdict { Holds, Violated, NotJudged };

std::string_view to_string(Verdict verdict);  ///< "holds", "violated", "not_judged"

struct CampaignOptions {
  const SubjectKind* subject = nullptr;
  std::shared_ptr<const SubjectKind> foreign = {};  ///< Keeps `subject` where nobody else does.
  SwitchValues switches = {};  ///< All of them, as resolve_switches() gives them.
  std::uint64_t seed = 1;
  int cases = 100;         ///< For each rule.
  int jobs = 1;            ///< Threads; the result does not depend on their number.
  bool wire = false;       ///< Real sockets between subject and fakes.
  int max_shrinks = 2000;  ///< Candidates tried at most for one violation.
  bool stop_at_first =
      false;  ///< Leave a rule at its first violation (always so) and the campaign with it.
};

/// The smallest case that shows a broken sentence.
struct Violation {
  int case_index = 0;       ///< Which of the generated cases first showed it.
  Json input;               ///< The smallest case; `Rule::read_case` reads it back.
  std::size_t records = 0;  ///< `Case::size()` of it.
  int shrinks = 0;          ///< Candidates that were smaller and still violated.
  std::vector<Finding> findings;
  std::vector<mocks::kit::Exchange> exchanges;   ///< Of the smallest case.
  std::vector<mocks::kit::Delivery> calls = {};  ///< The platform's calls of the connector in it.
  std::vector<FailedRun> failed_runs = {};       ///< What the connector said of its runs in it.
};

struct RuleResult {
  const Rule* rule = nullptr;
  Verdict verdict = Verdict::NotJudged;
  int cases = 0;
  std::uint64_t exchanges = 0;
  std::uint64_t checks =
      0;             ///< Expectations looked at; 0 after a campaign means NotJudged: unproven.
  int left_out = 0;  ///< Of `cases`: not judged to their end; see CaseOutcome.
  /// Why NotJudged: the rule's own reason, what the subject cannot do, "unproven", or an accident
  /// of ours. Where cases were left out of a rule that holds: why they were.
  std::string reason;
  std::optional<Violation> violation;

  /// Why the rule is not judged as a matter of course, here or at all: its own reason, or what the
  /// subject cannot do. Nothing for a rule that is judged, and for one that ought to have been.
  std::optional<std::string> declared_reason() const {
    if (rule->not_judged) return rule->not_judged;
    if (verdict == Verdict::NotJudged && cases > 0 && left_out == cases) return reason;
    return std::nullopt;
  }
};

struct CampaignResult {
  std::vector<RuleResult> rules;  ///< In the order of the rules given.
  std::uint64_t cases = 0;
  std::uint64_t exchanges = 0;
  double seconds = 0;  ///< Left at 0: filled in by whoever holds a real clock, the command line.
};

/// Judges each rule by `cases` cases, up to its first violation: the i-th case of a rule comes from
/// the campaign's seed, the rule's id and i alone (its size from i and `cases`), so that neither
/// selection nor jobs change it. Exceptions that escape an oracle or the harness make that rule
/// NotJudged with their text
/// ("accident: ..."). Cases that ask of the subject what it cannot do are left out; a rule all of
/// whose cases are is NotJudged with that reason. A SubjectFailure breaks the campaign off and is
/// thrown on. A subject that passes its exchange budget violates whatever rule is being
/// judged. With `stop_at_first` the results end with the first violated rule. `progress` is called
/// in the order of the rules, from one thread at a time.
CampaignResult run_campaign(const std::vector<const Rule*>& rules, const CampaignOptions& options,
                            const std::function<void(const RuleResult&)>& progress = {});

/// The seed of a rule's i-th case, and from it the seed of that case's bench.
std::uint64_t case_seed(std::uint64_t campaign_seed, std::string_view rule_id, int index);
std::uint64_t bench_seed(std::uint64_t case_seed);
/// The size of the i-th of `cases` cases: from 0 for the first to 100 for the last; 50 for a
/// single case.
int case_size(int index, int cases);

/// Judges one case on a fresh bench: what `replay` and the shrinker do.
struct CaseOutcome {
  Judgement judgement;
  /// Why the case was not judged to its end: something that the subject cannot do or does not show.
  /// What was found wrong until then stands.
  std::optional<std::string> left_out = {};
  std::vector<mocks::kit::Exchange> exchanges;
  std::vector<mocks::kit::Delivery> calls;
  std::vector<FailedRun> failed_runs = {};
  std::uint64_t exchange_count = 0;
};
CaseOutcome judge_case(const Rule& rule, const Case& input, const CampaignOptions& options,
                       std::uint64_t bench_seed);

}  // namespace atrapa::harness
