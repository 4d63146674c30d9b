#include <catch2/catch.hpp>

#include "harness/chaos/chaos_table.hpp"
#include "scenarios/all.hpp"
#include "tests/scenarios/support.hpp"

using namespace atrapa;
using namespace atrapa::scenarios::tests;

namespace {

harness::ChaosTable table_of(const harness::ChaosFlow& flow, std::string_view name) {
  return harness::chaos_table(flow, {.subject = &subject(name), .switches = switches()});
}

}  // namespace

TEST_CASE(
    "The core is safe at every boundary of its order fetch, its stock push and its product sync",
    "[chaos]") {
  REQUIRE(scenarios::all_rules().flows.size() == 3);
  for (const harness::ChaosFlow& flow : scenarios::all_rules().flows) {
    const harness::ChaosTable table = table_of(flow, "core");
    INFO(flow.name);
    CHECK(table.quiet.empty());
    CHECK(table.boundaries >= 3);
    for (const harness::ChaosRow& row : table.rows) {
      INFO("exchange " << row.boundary << " (" << row.exchange << "), " << to_string(row.accident)
                       << ": " << row.reason
                       << (row.findings.empty() ? "" : row.findings.front().what));
      CHECK(row.safety == harness::Safety::Safe);
    }
  }
}

TEST_CASE("A second call after a lost answer adds a product twice, which is unsafe", "[chaos]") {
  const harness::ChaosTable table =
      table_of(scenarios::all_rules().flows.back(), "core:posts-again-after-lost-answer");
  REQUIRE(table.flow == "systim-shoper products");
  CHECK(table.quiet.empty());
  int unsafe = 0;
  for (const harness::ChaosRow& row : table.rows) {
    if (row.safety != harness::Safety::Unsafe) continue;
    ++unsafe;
    INFO(row.exchange << ", " << to_string(row.accident));
    CHECK(row.exchange == "POST /webapi/rest/products");
  }
  CHECK(unsafe > 0);
}

TEST_CASE("A retry after an ambiguous time-out that saves twice is unsafe", "[chaos]") {
  const harness::ChaosTable table =
      table_of(scenarios::all_rules().flows.front(), "core:retry-creates-second-order");
  CHECK(table.quiet.empty());
  int unsafe = 0;
  for (const harness::ChaosRow& row : table.rows) {
    if (row.safety == harness::Safety::Unsafe) ++unsafe;
  }
  CHECK(unsafe > 0);
}
