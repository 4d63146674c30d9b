#include "harness/run/readings.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "scenarios/all.hpp"
#include "tests/scenarios/support.hpp"

using namespace atrapa;
using namespace atrapa::scenarios::tests;

TEST_CASE("Any two readings of a switch of Base's integrations are told apart by a rule",
          "[readings]") {
  const auto results = harness::measure_readings(
      scenarios::all_rules(),
      {.subject = &subject("core"), .switches = switches(), .seed = 5, .cases = 60},
      {"ebiuro.", "firmino.", "pl."});
  CHECK(results.size() >= 2 * (7 + 5 + 2));
  std::set<std::string> seen;
  for (const harness::ReadingResult& one : results) {
    seen.insert(one.of->name);
    INFO(one.of->name << ": judged by " << one.judged << ", the core keeps to " << one.kept);
    CHECK(one.not_judged_by.empty());
    // A status known by asking is the shop's own: no reading forbids a connector to know more.
    if (one.of->name == "ebiuro.status_refresh" && one.judged == "configured_statuses") continue;
    CHECK_FALSE(one.told_by.empty());
  }
  CHECK(seen.size() == 7 + 5 + 2);
}

TEST_CASE("A switch that does not exist is refused", "[readings]") {
  CHECK_THROWS_WITH(harness::measure_readings(scenarios::all_rules(),
                                              {.subject = &subject("core"), .switches = switches()},
                                              {"ebiuro.nothing"}),
                    Catch::Contains("ebiuro.nothing"));
}
