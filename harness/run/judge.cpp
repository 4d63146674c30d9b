#include "harness/run/judge.hpp"

#include <fmt/format.h>

#include <mutex>

#include "harness/bench/bench.hpp"

namespace atrapa::harness {
namespace {

std::mutex& generator_mutex() {
  static std::mutex mutex;
  return mutex;
}

enum class Keep { Violated, All };

CaseOutcome judge(const Case& input, const CampaignOptions& options, std::uint64_t bench_seed,
                  Keep keep) {
  const BenchOptions bench_options{.subject = options.subject,
                                   .switches = options.switches,
                                   .seed = bench_seed,
                                   .wire = options.wire};
  Bench bench(bench_options);
  CaseOutcome outcome;
  try {
    input.judge(bench, outcome.judgement);
  } catch (const Incapable& reason) {
    outcome.left_out = reason.what();
  } catch (const SubjectFailure&) {
    throw;
  } catch (...) {
    // An oracle may stumble over what a broken-off command left behind; that it was broken off says
    // more.
    if (!bench.stuck()) throw;
  }
  if (bench.stuck()) {
    outcome.judgement.expect(false, "the connector ends its work", "every command comes to its end",
                             fmt::format("a command broken off after {} exchanges or waits",
                                         bench_options.exchange_budget));
  }
  outcome.exchange_count = bench.exchange_count();
  if (keep == Keep::All || outcome.judgement.violated()) {
    outcome.exchanges.assign(bench.exchanges().begin(), bench.exchanges().end());
    outcome.calls.assign(bench.calls().begin(), bench.calls().end());
    outcome.failed_runs = bench.failed_runs();
  }
  return outcome;
}

}  // namespace

std::unique_ptr<Case> generate_case(const Rule& rule, std::uint64_t seed, int size,
                                    const SwitchValues& switches) {
  const std::lock_guard lock(generator_mutex());
  return rule.generate(seed, size, switches);
}

Candidates::Candidates(const Case& input) {
  const std::lock_guard lock(generator_mutex());
  next_ = input.shrinks();
}

Candidates::~Candidates() {
  const std::lock_guard lock(generator_mutex());
  next_ = nullptr;
}

std::unique_ptr<Case> Candidates::next() {
  const std::lock_guard lock(generator_mutex());
  return next_();
}

CaseOutcome judge_quickly(const Case& input, const CampaignOptions& options,
                          std::uint64_t bench_seed) {
  return judge(input, options, bench_seed, Keep::Violated);
}

CaseOutcome judge_case(const Rule&, const Case& input, const CampaignOptions& options,
                       std::uint64_t bench_seed) {
  return judge(input, options, bench_seed, Keep::All);
}

Shrunk shrink(std::unique_ptr<Case> input, CaseOutcome outcome, const CampaignOptions& options,
              std::uint64_t bench_seed) {
  Shrunk best{.input = std::move(input), .outcome = std::move(outcome)};
  int tried = 0;
  for (bool smaller = true; smaller && tried < options.max_shrinks;) {
    smaller = false;
    Candidates candidates(*best.input);
    while (tried < options.max_shrinks) {
      std::unique_ptr<Case> candidate = candidates.next();
      if (!candidate) break;
      ++tried;
      try {
        CaseOutcome again = judge_quickly(*candidate, options, bench_seed);
        if (!again.judgement.violated()) continue;
        best.input = std::move(candidate);
        best.outcome = std::move(again);
      } catch (const SubjectFailure&) {
        return best;  // It would not get better.
      } catch (...) {
        continue;  // An accident of ours is no smaller violation.
      }
      ++best.steps;
      smaller = true;
      break;
    }
  }
  return best;
}

}  // namespace atrapa::harness
