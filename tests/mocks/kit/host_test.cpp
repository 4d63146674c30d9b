#include "mocks/kit/host.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "mocks/kit/fault.hpp"
#include "tests/mocks/kit/clerk.hpp"

using namespace atrapa::mocks::kit;
using namespace atrapa::tests;

TEST_CASE("A host answers, and its journal tells when, whose, what and the diagnosis", "[host]") {
  Desk desk;
  const Outcome outcome = desk.host.handle(
      {.method = "GET", .target = "/%", .headers = {{"X-Account", "demo"}}, .body = {}});

  CHECK(outcome.kind == Outcome::Kind::Answered);
  CHECK(outcome.response.status == 400);
  const Exchange& kept = desk.host.journal().exchanges().back();
  CHECK(kept.number == 1);
  CHECK(kept.at == desk.clock.now());
  CHECK(kept.platform == "clerk");
  CHECK(kept.account == "demo");
  CHECK(kept.note == "the target cannot be read");
  CHECK(kept.request.target == "/%");
  CHECK(kept.response.status == 400);
  CHECK_FALSE(kept.fault);
}

TEST_CASE("A fault plan hits the exchanges it names, counted from its arming", "[host][fault]") {
  Desk desk;
  desk.host.handle(post("/notes", "before"));
  desk.host.arm({{.exchange = 1, .kind = FaultKind::ServerError},
                 {.exchange = 2, .kind = FaultKind::TooManyRequests}});
  CHECK(desk.host.exchanges_since_armed() == 0);

  CHECK(desk.host.handle(post("/notes", "a")).response.status == 200);
  CHECK(desk.host.handle(post("/notes", "b")).response.status == 500);
  CHECK(desk.host.handle(post("/notes", "c")).response.status == 429);
  CHECK(desk.host.handle(post("/notes", "d")).response.status == 200);
  CHECK(desk.host.exchanges_since_armed() == 4);
  CHECK(desk.notes() == 3);
  CHECK(desk.host.journal().exchanges()[2].fault == FaultKind::ServerError);
  CHECK(desk.host.journal().exchanges()[2].response.body == "the clerk is ill");
}

TEST_CASE("A refused exchange changes nothing and shows nothing", "[host][fault]") {
  Desk desk;
  desk.host.arm({{.exchange = 0, .kind = FaultKind::RefusedBeforeSend}});
  const Outcome outcome =
      desk.host.handle(post("/notes", "a", {{"X-Hook", "http://127.0.0.1:1/"}}));

  CHECK(outcome.kind == Outcome::Kind::Refused);
  CHECK(outcome.response.body.empty());
  CHECK(desk.notes() == 0);
  CHECK_FALSE(desk.host.has_webhooks());
  CHECK(desk.host.journal().exchanges().back().fault == FaultKind::RefusedBeforeSend);
}

TEST_CASE("A lost answer was carried out: state, journal and webhook are there", "[host][fault]") {
  Desk desk;
  desk.host.arm({{.exchange = 0, .kind = FaultKind::LostAfterCommit}});
  const Outcome outcome =
      desk.host.handle(post("/notes", "a", {{"X-Hook", "http://127.0.0.1:1/"}}));

  CHECK(outcome.kind == Outcome::Kind::Lost);
  CHECK(outcome.response.body.empty());
  CHECK(desk.notes() == 1);
  CHECK(desk.host.journal().exchanges().back().response.body == "1");
  const auto webhooks = desk.host.take_webhooks();
  REQUIRE(webhooks.size() == 1);
  CHECK(webhooks[0].event == "note.create");
  CHECK(desk.host.take_webhooks().empty());
}

TEST_CASE("A truncated answer keeps its head and half of its body", "[host][fault]") {
  Desk desk;
  desk.host.arm({{.exchange = 0, .kind = FaultKind::TruncatedAnswer}});
  const Outcome outcome = desk.host.handle(get("/big?bytes=1000"));

  CHECK(outcome.kind == Outcome::Kind::Truncated);
  CHECK(outcome.response.status == 200);
  CHECK(outcome.response.body.size() == 1000);
  CHECK(outcome.bytes == 500);
}

TEST_CASE("HEAD has the head of GET and no body", "[host]") {
  Desk desk;
  Request head = get("/big?bytes=1000");
  head.method = "HEAD";
  const Outcome outcome = desk.host.handle(head);

  CHECK(outcome.response.body.empty());
  CHECK(outcome.response.headers.get("content-length") == "1000");
}

TEST_CASE("An accident of the platform is noted and passed on", "[host]") {
  Desk desk;
  CHECK_THROWS_WITH(desk.host.handle(get("/accident")), "the clerk fell off the chair");
  CHECK(desk.host.journal().exchanges().back().note ==
        "accident in the fake: the clerk fell off the chair");
}

TEST_CASE("Fault kinds are read by the names they are written with", "[fault]") {
  for (const FaultKind kind :
       {FaultKind::RefusedBeforeSend, FaultKind::LostAfterCommit, FaultKind::TooManyRequests,
        FaultKind::ServerError, FaultKind::TruncatedAnswer}) {
    CHECK(fault_kind(to_string(kind)) == kind);
  }
  CHECK_FALSE(fault_kind("flood"));
}

TEST_CASE("A guard stops a request before anything is done with it, or its answer", "[host]") {
  Desk desk;
  bool enters = false;
  bool leaves = false;
  desk.host.guard_by(
      {.enter = [&](const Request& request) { return enters && request.method == "POST"; },
       .leave =
           [&](const Request&, Outcome& outcome) {
             if (!leaves) outcome.kind = Outcome::Kind::Lost;
           }});
  desk.host.arm({{.exchange = 1, .kind = FaultKind::ServerError}});

  CHECK(desk.host.handle(post("/notes", "a")).kind == Outcome::Kind::Refused);
  CHECK(desk.notes() == 0);
  CHECK(desk.host.journal().exchanges_seen() == 0);
  CHECK(desk.host.exchanges_since_armed() == 0);

  enters = true;
  CHECK(desk.host.handle(post("/notes", "a")).kind == Outcome::Kind::Lost);
  CHECK(desk.notes() == 1);

  leaves = true;
  CHECK(desk.host.handle(post("/notes", "b")).response.status == 500);
  CHECK(desk.host.handle(post("/notes", "c")).kind == Outcome::Kind::Answered);

  enters = false;
  CHECK(desk.host.handle_past_guard(post("/notes", "d")).kind == Outcome::Kind::Answered);
  CHECK(desk.notes() == 3);
}
