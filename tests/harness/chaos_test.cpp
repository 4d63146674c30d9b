#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "harness/bench/bench.hpp"
#include "harness/chaos/chaos_table.hpp"
#include "tests/harness/toy.hpp"

namespace atrapa::harness {
namespace {

constexpr std::uint64_t kExchanges = 3;  // auth, page 1, page 2
constexpr std::uint64_t kCommits = 12;   // one for each order

std::string in_full(const ChaosTable& table) {
  std::string text = std::to_string(table.exchanges);
  for (const ChaosRow& row : table.rows) {
    text += fmt::format("\n{} {} {} {} {} {}", row.boundary, row.exchange, to_string(row.accident),
                        to_string(row.safety), row.runs, row.reason);
    for (const Finding& finding : row.findings) text += " | " + finding.observed;
  }
  return text;
}

TEST_CASE("a connector that looks before it keeps an order is safe at every boundary") {
  const auto kind = toy::subject({});
  const ChaosTable table = chaos_table(toy::order_flow(), {.subject = kind.get()});

  CHECK(table.quiet.empty());
  CHECK(table.boundaries == kExchanges);
  CHECK(table.commits == kCommits);
  CHECK(table.rows.size() == kExchanges * 7 + kCommits);
  CHECK(table.safe());
  CHECK(table.rows[0].exchange == "POST /webapi/rest/auth");
  CHECK(table.rows[7].exchange == "GET /webapi/rest/orders");
  CHECK(table.rows[21].exchange == "commit 1 of the books");
  CHECK(table.safe_boundaries().safe == kExchanges + kCommits);
  CHECK(table.safe_boundaries().all == kExchanges + kCommits);
  for (const ChaosRow& row : table.rows) CHECK(row.runs == 2);
}

TEST_CASE("a connector that keeps orders blindly is unsafe once some were kept and a run broke") {
  const auto kind = toy::subject({.keeps_order_blindly = true});
  const ChaosTable table = chaos_table(toy::order_flow(), {.subject = kind.get()});

  CHECK(table.quiet.empty());
  CHECK_FALSE(table.safe());
  for (const ChaosRow& row : table.rows) {
    CAPTURE(row.boundary, to_string(row.accident));
    const bool some_kept =
        row.accident == Accident::KilledBeforeCommit ? row.boundary > 0 : row.boundary == 2;
    CHECK(row.safety == (some_kept ? Safety::Unsafe : Safety::Safe));
    CHECK(row.findings.empty() == !some_kept);
  }
  // Safe are the sign-in, the first page and the first commit.
  CHECK(table.safe_boundaries().safe == 3);
  CHECK(table.safe_boundaries().all == kExchanges + kCommits);
}

TEST_CASE("a cell tells its runs, from which exchange on and how each ended") {
  const auto kind = toy::subject({.keeps_order_blindly = true});
  const ChaosCell cell =
      chaos_cell(toy::order_flow(), {.subject = kind.get()}, 2, Accident::ServerError);
  REQUIRE(cell.runs.size() == 3);
  CHECK(cell.runs[0].first_exchange == 1);
  CHECK(cell.runs[0].ended.starts_with("did not end well"));
  CHECK(cell.runs[1].first_exchange == 4);
  CHECK(cell.runs[1].ended == "ended well");
  CHECK(cell.runs[2].ended.empty());  // The further quiet one.
}

TEST_CASE("a flow of an integration that the subject does not have is not judged, with why") {
  struct Elsewhere final : SubjectKind {
    std::string_view name() const override { return "elsewhere"; }
    std::unique_ptr<Subject> make(Wire&, std::string_view) const override {
      throw Incapable("it has no such integration");
    }
  };
  const Elsewhere kind;
  const ChaosTable table = chaos_table(toy::order_flow(), {.subject = &kind});
  CHECK(table.cannot == "it has no such integration");
  CHECK(table.rows.empty());
  CHECK_FALSE(table.safe());
}

TEST_CASE("the number of jobs does not change the chaos table") {
  const auto kind = toy::subject({.keeps_order_blindly = true});
  const std::string alone = in_full(chaos_table(toy::order_flow(), {.subject = kind.get()}));
  CHECK(in_full(chaos_table(toy::order_flow(), {.subject = kind.get(), .jobs = 3})) == alone);
}

TEST_CASE("real sockets do not change the chaos table") {
  const auto kind = toy::subject({.keeps_order_blindly = true});
  const std::string direct = in_full(chaos_table(toy::order_flow(), {.subject = kind.get()}));
  CHECK(in_full(chaos_table(toy::order_flow(), {.subject = kind.get(), .wire = true})) == direct);
}

TEST_CASE("one cell is judged again with its exchanges") {
  const auto kind = toy::subject({.keeps_order_blindly = true});
  const ChaosCell cell =
      chaos_cell(toy::order_flow(), {.subject = kind.get()}, 2, Accident::LostAfterCommit);

  CHECK(cell.row.safety == Safety::Unsafe);
  REQUIRE(cell.exchanges.size() == cell.exchange_count);
  CHECK(cell.exchanges.at(2).fault == mocks::kit::FaultKind::LostAfterCommit);
}

TEST_CASE("an accident that never happens proves nothing") {
  const auto kind = toy::subject({});
  const ChaosCell cell =
      chaos_cell(toy::order_flow(), {.subject = kind.get()}, 500, Accident::ServerError);

  CHECK(cell.row.safety == Safety::NotJudged);
  CHECK_THAT(cell.row.reason, Catch::Contains("never happened"));
}

TEST_CASE("a flow that is wrong without any accident has no rows") {
  const auto kind = toy::subject({});
  ChaosFlow flow = toy::order_flow();
  flow.end_state = [](Bench&, Judgement& judgement) {
    judgement.expect(false, "the moon", "full", "new");
  };
  const ChaosTable table = chaos_table(flow, {.subject = kind.get()});

  CHECK(table.rows.empty());
  CHECK_FALSE(table.safe());
  REQUIRE_FALSE(table.quiet.empty());
  CHECK(table.quiet[0].what == "the moon");
}

TEST_CASE("a flow that checks nothing of its end is not judged") {
  const auto kind = toy::subject({});
  ChaosFlow flow = toy::order_flow();
  flow.end_state = [](Bench&, Judgement&) {};

  CHECK_THROWS_WITH(chaos_table(flow, {.subject = kind.get()}), Catch::Contains("checks nothing"));
}

TEST_CASE("a run that never ends well is unsafe") {
  const auto kind = toy::subject({});
  const ChaosCell cell = chaos_cell(toy::order_flow(), {.subject = kind.get(), .max_runs = 1}, 1,
                                    Accident::ServerError);

  CHECK(cell.row.safety == Safety::Unsafe);
  CHECK(cell.row.findings.at(0).observed == "no run ended well");
}

}  // namespace
}  // namespace atrapa::harness
