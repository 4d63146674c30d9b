#include "harness/run/campaign.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <climits>
#include <exception>
#include <memory>
#include <mutex>

#include "harness/run/judge.hpp"
#include "harness/run/workers.hpp"
#include "mocks/kit/random.hpp"

namespace atrapa::harness {
namespace {

/// Cases that one thread judges in a row. Has no influence on the result.
constexpr int kChunk = 8;

/// FNV-1a, 64 bits: the same on every machine, unlike std::hash.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325u;
  for (const char c : text) {
    value ^= static_cast<unsigned char>(c);
    value *= 0x100000001b3u;
  }
  return value;
}

/// What ends the judging of a rule before its last case.
struct End {
  int index = 0;
  std::unique_ptr<Case> input;  ///< Null for an accident.
  CaseOutcome outcome;
  std::string accident;
};

struct Chunk {
  int first = 0;
  int last = 0;  ///< One past the end.
  std::uint64_t exchanges = 0;
  std::uint64_t checks = 0;
  int left_out = 0;
  std::string left_out_why = {};  ///< Of the first such case.
  std::optional<End> end = {};
};

struct RuleWork {
  std::vector<Chunk> chunks;
  std::atomic<std::size_t> open{0};        ///< Chunks not judged yet.
  std::atomic<int> earliest_end{INT_MAX};  ///< No case beyond it needs to be judged.
};

void lower(std::atomic<int>& value, int to) {
  for (int seen = value; to < seen && !value.compare_exchange_weak(seen, to);) {
  }
}

class Campaign {
 public:
  Campaign(const std::vector<const Rule*>& rules, const CampaignOptions& options,
           const std::function<void(const RuleResult&)>& progress)
      : rules_(rules),
        options_(options),
        progress_(progress),
        work_(rules.size()),
        results_(rules.size()),
        done_(rules.size(), false) {
    for (std::size_t r = 0; r < rules.size(); ++r) plan(r);
  }

  CampaignResult run() {
    for_each_index(tasks_.size(), options_.jobs, [this](std::size_t task) {
      const auto [rule, chunk] = tasks_[task];
      if (static_cast<int>(rule) > stop_after_ || broken_off_) return;
      RuleWork& work = work_[rule];
      if (chunk < work.chunks.size()) judge_chunk(rule, work.chunks[chunk]);
      if (--work.open == 0) finish(rule);
    });
    if (failure_) std::rethrow_exception(failure_);
    CampaignResult result;
    results_.resize(reported_);
    for (const RuleResult& one : results_) {
      result.cases += static_cast<std::uint64_t>(one.cases);
      result.exchanges += one.exchanges;
    }
    result.rules = std::move(results_);
    return result;
  }

 private:
  /// At least one task for each rule, so that every rule is finished and reported in its turn.
  void plan(std::size_t rule) {
    RuleWork& work = work_[rule];
    if (!rules_[rule]->not_judged) {
      for (int first = 0; first < options_.cases; first += kChunk) {
        work.chunks.push_back(
            {.first = first, .last = std::min(first + kChunk, options_.cases), .end = {}});
      }
    }
    const std::size_t tasks = std::max<std::size_t>(work.chunks.size(), 1);
    work.open = tasks;
    for (std::size_t chunk = 0; chunk < tasks; ++chunk) tasks_.emplace_back(rule, chunk);
  }

  void judge_chunk(std::size_t rule, Chunk& chunk) {
    RuleWork& work = work_[rule];
    for (int index = chunk.first; index < chunk.last && index < work.earliest_end && !broken_off_;
         ++index) {
      chunk.end = judge_one(*rules_[rule], index, chunk);
      if (!chunk.end) continue;
      lower(work.earliest_end, index);
      return;
    }
  }

  std::optional<End> judge_one(const Rule& rule, int index, Chunk& chunk) {
    const std::uint64_t seed = case_seed(options_.seed, rule.id, index);
    try {
      std::unique_ptr<Case> input =
          generate_case(rule, seed, case_size(index, options_.cases), options_.switches);
      CaseOutcome outcome = judge_quickly(*input, options_, bench_seed(seed));
      chunk.exchanges += outcome.exchange_count;
      if (!outcome.judgement.violated()) {
        if (!outcome.left_out) chunk.checks += outcome.judgement.checks();
        if (outcome.left_out && ++chunk.left_out == 1) chunk.left_out_why = *outcome.left_out;
        return std::nullopt;
      }
      return End{
          .index = index, .input = std::move(input), .outcome = std::move(outcome), .accident = {}};
    } catch (const SubjectFailure&) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      broken_off_ = true;
      return std::nullopt;
    } catch (const std::exception& error) {
      return End{.index = index, .input = {}, .outcome = {}, .accident = error.what()};
    } catch (...) {
      return End{.index = index, .input = {}, .outcome = {}, .accident = "unknown exception"};
    }
  }

  void finish(std::size_t rule) {
    if (broken_off_) return;
    RuleResult result = sum_up(rule);
    const std::lock_guard lock(mutex_);
    if (options_.stop_at_first && result.verdict == Verdict::Violated) {
      lower(stop_after_, static_cast<int>(rule));
    }
    results_[rule] = std::move(result);
    done_[rule] = true;
    for (; reported_ < done_.size() && done_[reported_]; ++reported_) {
      if (static_cast<int>(reported_) > stop_after_) break;
      if (progress_) progress_(results_[reported_]);
    }
  }

  RuleResult sum_up(std::size_t index) {
    const Rule& rule = *rules_[index];
    RuleResult result{.rule = &rule, .reason = rule.not_judged.value_or(""), .violation = {}};
    if (rule.not_judged) return result;
    for (Chunk& chunk : work_[index].chunks) {
      result.exchanges += chunk.exchanges;
      result.checks += chunk.checks;
      result.cases = chunk.last;
      result.left_out += chunk.left_out;
      if (result.reason.empty()) result.reason = chunk.left_out_why;
      if (!chunk.end) continue;
      result.cases = chunk.end->index + 1;
      if (chunk.end->input) {
        result.reason.clear();
        result.verdict = Verdict::Violated;
        result.violation = smallest(rule, *std::move(chunk.end));
      } else {
        result.reason = "accident: " + chunk.end->accident;
      }
      return result;
    }
    if (result.cases > 0 && result.left_out == result.cases) return result;
    if (result.checks == 0) {
      result.reason = "unproven";
    } else {
      result.verdict = Verdict::Holds;
      if (result.left_out > 0) {
        result.reason = fmt::format("{} of {} cases left out: {}", result.left_out, result.cases,
                                    result.reason);
      }
    }
    return result;
  }

  Violation smallest(const Rule& rule, End end) {
    const std::uint64_t seed = bench_seed(case_seed(options_.seed, rule.id, end.index));
    Shrunk shrunk = shrink(std::move(end.input), std::move(end.outcome), options_, seed);
    return {.case_index = end.index,
            .input = shrunk.input->to_json(),
            .records = shrunk.input->size(),
            .shrinks = shrunk.steps,
            .findings = shrunk.outcome.judgement.findings(),
            .exchanges = std::move(shrunk.outcome.exchanges),
            .calls = std::move(shrunk.outcome.calls),
            .failed_runs = std::move(shrunk.outcome.failed_runs)};
  }

  const std::vector<const Rule*>& rules_;
  const CampaignOptions& options_;
  const std::function<void(const RuleResult&)>& progress_;
  std::vector<RuleWork> work_;
  std::vector<std::pair<std::size_t, std::size_t>> tasks_;  ///< Rule and chunk.
  std::atomic<int> stop_after_{
      INT_MAX};  ///< The first violated rule, where that ends the campaign.

  std::atomic<bool> broken_off_{false};

  std::mutex mutex_;  ///< Guards what follows while threads run.
  std::exception_ptr failure_;
  std::vector<RuleResult> results_;
  std::vector<bool> done_;
  std::size_t reported_ = 0;
};

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::Holds: return "holds";
    case Verdict::Violated: return "violated";
    case Verdict::NotJudged: return "not_judged";
  }
  return "";
}

std::uint64_t case_seed(std::uint64_t campaign_seed, std::string_view rule_id, int index) {
  mocks::kit::Random random(campaign_seed ^ hash(rule_id));
  return mocks::kit::Random(random.next() + static_cast<std::uint64_t>(index)).next();
}

std::uint64_t bench_seed(std::uint64_t case_seed) {
  return mocks::kit::Random(case_seed ^ hash("bench")).next();
}

int case_size(int index, int cases) {
  return cases <= 1 ? 50 : static_cast<int>(100LL * index / (cases - 1));
}

CampaignResult run_campaign(const std::vector<const Rule*>& rules, const CampaignOptions& options,
                            const std::function<void(const RuleResult&)>& progress) {
  return Campaign(rules, options, progress).run();
}

}  // namespace atrapa::harness
