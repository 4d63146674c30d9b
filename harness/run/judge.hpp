#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "harness/run/campaign.hpp"

namespace atrapa::harness {

/// The case of that seed. RapidCheck keeps its implicit parameters in process-wide stacks, so that
/// generating and shrinking take turns: these two functions hold one mutex. Judging runs in
/// parallel.
std::unique_ptr<Case> generate_case(const Rule& rule, std::uint64_t seed, int size,
                                    const SwitchValues& switches);

/// The smaller candidates of one case, taken one at a time under the same mutex.
class Candidates {
 public:
  explicit Candidates(const Case& input);
  ~Candidates();
  Candidates(const Candidates&) = delete;
  Candidates& operator=(const Candidates&) = delete;

  /// Null when there are no more.
  std::unique_ptr<Case> next();

 private:
  std::function<std::unique_ptr<Case>()> next_;
};

/// As judge_case(), but copies the exchanges only of a case that is violated.
CaseOutcome judge_quickly(const Case& input, const CampaignOptions& options,
                          std::uint64_t bench_seed);

/// A violating case made smaller.
struct Shrunk {
  std::unique_ptr<Case> input;
  CaseOutcome outcome;
  int steps = 0;  ///< Candidates that were smaller and still violated.
};

/// Takes the first smaller candidate that still violates, again and again, until none does or
/// `options.max_shrinks` candidates have been judged. A candidate whose judging throws counts as
/// tried.
Shrunk shrink(std::unique_ptr<Case> input, CaseOutcome outcome, const CampaignOptions& options,
              std::uint64_t bench_seed);

}  // namespace atrapa::harness
