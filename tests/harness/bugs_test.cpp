#include "harness/run/bugs.hpp"

#include <catch2/catch.hpp>

#include "tests/harness/toy.hpp"

namespace atrapa::harness {
namespace {

TEST_CASE("a planted bug is measured by the rules that should catch it") {
  const RuleSet set = toy::rule_set();
  const auto results = measure_bugs(set, {.seed = 3, .cases = 40});

  REQUIRE(results.size() == 1);
  CHECK(results[0].bug->name == "forgets-large");
  REQUIRE(results[0].caught());
  REQUIRE(results[0].catches.size() == 1);
  CHECK(results[0].catches[0].rule->id == "TOY-MARK");
  CHECK(results[0].cases_to_catch() == results[0].catches[0].violation.case_index + 1);
  CHECK(results[0].smallest_records() == 1u);
  CHECK(results[0].not_judged_by == std::vector<std::string>{"TOY-SILENT: unproven"});
  CHECK(results[0].missed_by.empty());
}

TEST_CASE("a bug that no rule catches is reported as missed") {
  RuleSet set = toy::rule_set();
  set.bugs[0].name = "keeps-order-blindly";
  set.bugs[0].caught_by = {"TOY-MARK"};
  const auto results = measure_bugs(set, {.seed = 3, .cases = 10});

  CHECK_FALSE(results.at(0).caught());
  CHECK(results[0].missed_by == std::vector<std::string>{"TOY-MARK"});
  CHECK_FALSE(results[0].cases_to_catch());
  CHECK_FALSE(results[0].smallest_records());
}

TEST_CASE("bugs can be chosen by name, and a wrong name lists those there are") {
  const RuleSet set = toy::rule_set();
  CHECK(measure_bugs(set, {.cases = 5}, {"forgets-large"}).size() == 1);
  CHECK_THROWS_WITH(measure_bugs(set, {.cases = 5}, {"forgets-small"}),
                    Catch::Contains("forgets-small") && Catch::Contains("forgets-large"));
}

TEST_CASE("a bug without its subject or rule is a broken set of rules") {
  RuleSet set = toy::rule_set();
  SECTION("subject") { set.bugs[0].name = "nobody"; }
  SECTION("rule") { set.bugs[0].caught_by = {"TOY-NOBODY"}; }
  CHECK_THROWS_WITH(measure_bugs(set, {.cases = 5}),
                    Catch::Contains("nobody", Catch::CaseSensitive::No));
}

}  // namespace
}  // namespace atrapa::harness
