#include "harness/run/bugs.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "scenarios/all.hpp"
#include "tests/scenarios/support.hpp"

using namespace atrapa;
using namespace atrapa::scenarios::tests;

namespace {

// Bugs that need many records by their nature: a list of several pages.
const std::set<std::string> kNeedMany = {"drops-last-page", "exports-first-page"};

}  // namespace

TEST_CASE("There are at least 15 planted bugs, each with its name, sentence and rules", "[bugs]") {
  const auto& set = scenarios::all_rules();
  CHECK(set.bugs.size() >= 15);
  REQUIRE(set.subjects.size() == set.bugs.size() + 1);
  CHECK(set.subjects.front()->name() == "core");
  std::set<std::string> names;
  for (const auto& bug : set.bugs) {
    INFO(bug.name);
    CHECK(names.insert(bug.name).second);
    CHECK_FALSE(bug.about.empty());
    CHECK_FALSE(bug.caught_by.empty());
    CHECK(subject("core:" + bug.name).name() == "core:" + bug.name);
    for (const std::string& id : bug.caught_by) CHECK_FALSE(rule(id).not_judged);
  }
}

TEST_CASE("Every planted bug is caught by each rule that names it, by a small case", "[bugs]") {
  const auto results = harness::measure_bugs(scenarios::all_rules(),
                                             {.switches = switches(), .seed = 42, .cases = 60});
  for (const harness::BugResult& result : results) {
    INFO(result.bug->name);
    CHECK(result.caught());
    CHECK(result.missed_by.empty());
    CHECK(result.not_judged_by.empty());
    if (kNeedMany.contains(result.bug->name)) continue;
    for (const harness::BugCatch& one : result.catches) {
      INFO(one.rule->id << ": " << one.violation.input.dump());
      CHECK(one.violation.records <= 3);
    }
  }
}

TEST_CASE("Every judged rule has a planted bug that proves its teeth", "[bugs]") {
  std::set<std::string> covered;
  for (const auto& bug : scenarios::all_rules().bugs) {
    covered.insert(bug.caught_by.begin(), bug.caught_by.end());
  }
  for (const harness::Rule* one : judged_rules()) {
    INFO(one->id);
    CHECK(covered.contains(one->id));
  }
}
