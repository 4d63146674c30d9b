#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "harness/run/campaign.hpp"
#include "harness/run/make_rule.hpp"
#include "harness/run/switches.hpp"
#include "scenarios/all.hpp"
#include "scenarios/systim/pairs.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/goal.hpp"

namespace atrapa::bench {

namespace {

namespace systim = scenarios::systim;

constexpr int kCases = 1000;
constexpr std::uint64_t kExchanges = 100;
constexpr std::size_t kProducts = 10;
constexpr int kLevels = 1000;

/// A history of automatic runs: what each product has in stock at the first of them. It changes
/// before each further one.
struct History {
  std::vector<int> levels;
};

void to_json(harness::Json& json, const History& history) { json = history.levels; }
void from_json(const harness::Json& json, History& history) { json.get_to(history.levels); }
std::size_t records(const History& history) { return history.levels.size(); }

/// Runs the core until the fake has seen a hundred exchanges, and looks at the shop after each run.
void judge(const History& history, harness::Bench& bench, harness::Judgement& judgement) {
  systim::PairCase input;
  for (std::size_t i = 0; i < history.levels.size(); ++i) {
    input.pairs.push_back(systim::eligible(i, {.a = history.levels[i]}));
  }
  systim::Table table(input, bench);
  table.set();
  while (bench.exchange_count() < kExchanges && !bench.stuck()) {
    table.run("tick");
    table.check(judgement);
    bench.advance(std::chrono::minutes{5});
    for (systim::Pair& pair : input.pairs) {
      pair.erp->stock = std::to_string(std::stoi(pair.erp->stock) % kLevels + 1);
      systim::settle(pair, systim::Fate::Written);
      bench.edit_product(*pair.erp);
    }
  }
}

harness::Rule history_rule() {
  return harness::make_rule(harness::RuleSpec<History>{
      .id = "BENCH-01",
      .integration = "systim-shoper",
      .says = "Automatic runs keep the shop's stock at the ERP's.",
      .source = {},
      .inputs =
          [](const harness::SwitchValues&) {
            const auto levels =
                rc::gen::container<std::vector<int>>(kProducts, rc::gen::inRange(0, kLevels));
            return rc::gen::construct<History>(levels);
          },
      .oracle = judge,
  });
}

std::vector<Row> campaign(const Effort& effort) {
  const harness::RuleSet& all = scenarios::all_rules();
  const harness::Rule rule = history_rule();
  const harness::CampaignOptions options{.subject = all.subjects.front().get(),
                                         .switches = harness::resolve_switches(all.switches, {}),
                                         .cases = kCases,
                                         .jobs = 2};
  Watch watch;
  std::uint64_t exchanges = 0;
  for (int i = 0; i < effort.few_rounds(); ++i) {
    watch.start();
    const harness::CampaignResult result = harness::run_campaign({&rule}, options);
    watch.stop();
    if (result.rules.front().verdict != harness::Verdict::Holds) {
      throw std::runtime_error("the campaign to be measured does not hold: " +
                               result.rules.front().reason);
    }
    exchanges = result.exchanges / kCases;
  }
  return {part_of({10'000, 3'000, "ms"},
                  fmt::format("1,000 cases of {} exchanges, core, 2 jobs", exchanges),
                  watch.took())};
}

}  // namespace

std::vector<Bench> campaign_benches() { return {{"campaign.in_process", campaign}}; }

}  // namespace atrapa::bench
