#include <catch2/catch.hpp>
#include <stdexcept>

#include "harness/chaos/chaos_table.hpp"
#include "scenarios/all.hpp"
#include "tests/scenarios/support.hpp"

using namespace atrapa;
using namespace atrapa::scenarios::tests;

namespace {

harness::ChaosTable table_of(const harness::ChaosFlow& flow, std::string_view name) {
  return harness::chaos_table(flow, {.subject = &subject(name), .switches = switches()});
}

const harness::ChaosFlow& flow_named(std::string_view name) {
  for (const harness::ChaosFlow& flow : scenarios::all_rules().flows) {
    if (flow.name == name) return flow;
  }
  throw std::logic_error("no flow is called " + std::string(name));
}

}  // namespace

TEST_CASE("The core is safe at every boundary of each of its flows", "[chaos]") {
  REQUIRE(scenarios::all_rules().flows.size() >= 12);
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
      table_of(flow_named("systim-shoper products"), "core:posts-again-after-lost-answer");
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
      table_of(flow_named("systim-shoper orders"), "core:retry-creates-second-order");
  CHECK(table.quiet.empty());
  int unsafe = 0;
  for (const harness::ChaosRow& row : table.rows) {
    if (row.safety == harness::Safety::Unsafe) ++unsafe;
  }
  CHECK(unsafe > 0);
}

TEST_CASE("Each call of Base's is a boundary; whoever makes a document for each call is unsafe",
          "[chaos]") {
  const harness::ChaosFlow& calls = flow_named("ebiuro-base calls");
  const harness::ChaosTable right = table_of(calls, "core");
  CHECK(right.calls == 4);
  int at_calls = 0;
  for (const harness::ChaosRow& row : right.rows) {
    at_calls += row.accident >= harness::Accident::CallLost;
    CHECK(row.safety == harness::Safety::Safe);
  }
  CHECK(at_calls == 12);

  int unsafe = 0;
  for (const harness::ChaosRow& row : table_of(calls, "core:second-call-second-document").rows) {
    unsafe +=
        row.accident == harness::Accident::CallDoubled && row.safety == harness::Safety::Unsafe;
  }
  CHECK(unsafe == 4);
}
