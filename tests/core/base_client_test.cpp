#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/domain/shop_zone.hpp"
#include "core/shops/base/client.hpp"
#include "paper_base.hpp"

namespace atrapa::core::base {

namespace {

using test::BaseTable;
using test::PaperBase;
using test::TestClock;
using Kind = Error::Kind;

constexpr const char* kGood = R"({"status":"SUCCESS","value":1})";
const Shape kValue{{"value"}};

std::string refusal_of(const std::string& code, const std::string& message) {
  return nlohmann::json{{"status", "ERROR"}, {"error_code", code}, {"error_message", message}}
      .dump();
}

Error error_of(BaseTable& table, Repeat repeat = Repeat::Allowed) {
  const auto answer = table.client.call("getX", {}, kValue, repeat);
  REQUIRE_FALSE(answer.ok());
  return answer.error();
}

/// The most calls that any window of that length holds.
std::size_t fullest_window(const std::vector<Instant>& calls, Duration window) {
  std::size_t most = 0;
  for (std::size_t first = 0, last = 0; last < calls.size(); ++last) {
    while (calls[last] - calls[first] > window) ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

}  // namespace

TEST_CASE("Base: a call is a form with the method, its parameters as an object and the token",
          "[base][client]") {
  BaseTable table;
  table.script.says(kGood).says(kGood);
  Parameters parameters;
  parameters.text("file", "data:ab+/= &ż%").id("id", "307").id("key", "bl_2").flag("yes", true);
  parameters.object("map", Parameters()).exact("price", "19.90");
  REQUIRE(table.client.call("getX", parameters, kValue).ok());
  REQUIRE(table.client.call("getY", {}, kValue).ok());

  const HttpRequest& request = table.script.requests[0];
  CHECK(request.url == "https://base.example/connector.php");
  CHECK(request.method == "POST");
  CHECK(table.script.asked[0].token == "1-22-SECRET");
  CHECK(table.script.asked[0].method == "getX");
  CHECK(request.body.find('+') == std::string::npos);
  CHECK(request.body.find("ab%2B%2F") != std::string::npos);
  CHECK(table.script.parameters(0)["file"] == "data:ab+/= &ż%");
  CHECK(table.script.parameters(0).dump() ==
        R"({"file":"data:ab+/= &ż%","id":307,"key":"bl_2","map":{},"price":19.9,"yes":true})");
  CHECK(request.body.find("19.90") != std::string::npos);
  CHECK(table.script.requests[1].body == "method=getY&parameters=%7B%7D");
}

TEST_CASE("Base: a refusal with HTTP 200 is a value with its code and words, and not tried again",
          "[base][client]") {
  BaseTable table;
  table.script.says(refusal_of("ERROR_STORAGE_ID", "no such catalogue"));
  const Error error = error_of(table);
  CHECK(error.kind == Kind::Refused);
  CHECK(error.code == "ERROR_STORAGE_ID");
  CHECK(error.text == "getX: ERROR_STORAGE_ID: no such catalogue");
  CHECK_FALSE(error.may_have_happened);
  CHECK(table.clock.waited.empty());

  for (const char* code : {"ERROR_USER_ACCOUNT_BLOCKED", "ERROR_BAD_TOKEN", "ERROR_AUTH_TOKEN"}) {
    table.script.says(refusal_of(code, ""));
    CHECK(error_of(table).kind == Kind::AccessDenied);
  }
}

TEST_CASE("Base: each accident is named as what it was, after the tries that a read deserves",
          "[base][client]") {
  const auto after = [](const auto& accident) {
    BaseTable table;
    for (int i = 0; i < kMaxTries; ++i) accident(table.script);
    const Error error = error_of(table);
    CHECK(table.script.answers.empty());
    return error;
  };
  CHECK(after([](auto& script) { script.says(NoAnswer::NotSent); }).kind == Kind::Unreachable);
  CHECK(after([](auto& script) { script.says(NoAnswer::Ambiguous); }).kind == Kind::Lost);
  CHECK(after([](auto& script) { script.says("oops", 502); }).kind == Kind::ServerError);
  CHECK(after([](auto& script) { script.says("\n <html>later</html>"); }).kind ==
        Kind::Maintenance);
  CHECK(after([](auto& script) { script.says(R"({"status":"SUCC)"); }).kind == Kind::Unreadable);
  CHECK(after([](auto& script) { script.says(""); }).kind == Kind::Unreadable);

  BaseTable table;  // Whole JSON of another kind does not become better by asking again.
  for (const char* odd : {"[]", "null", "7", R"({"value":1})", R"({"status":"OK"})"}) {
    table.script.says(odd);
    CHECK(error_of(table).kind == Kind::Unreadable);
  }
  table.script.says("", 404);
  CHECK(error_of(table).kind == Kind::Refused);
}

TEST_CASE("Base: a read goes on after accidents of every kind", "[base][client]") {
  BaseTable table;
  table.script.says(NoAnswer::NotSent)
      .says(NoAnswer::Ambiguous)
      .says("<p>")
      .says("{")
      .says("", 503);
  table.script.says(kGood);
  CHECK(table.client.call("getX", {}, kValue).ok());
  CHECK(table.clock.waited == std::vector{Duration{1000}, Duration{2000}, Duration{4000},
                                          Duration{8000}, Duration{16000}});
}

TEST_CASE("Base: what makes something new is sent again only where it cannot have arrived",
          "[base][client]") {
  BaseTable table;
  table.script.says(NoAnswer::NotSent).says(kGood);
  CHECK(table.client.call("addX", {}, kValue, Repeat::Never).ok());

  const std::vector<std::variant<std::string, NoAnswer>> accidents{NoAnswer::Ambiguous, "{", "<p>",
                                                                   "[]"};
  for (const auto& accident : accidents) {
    if (const auto* body = std::get_if<std::string>(&accident)) {
      table.script.says(*body);
    } else {
      table.script.says(std::get<NoAnswer>(accident));
    }
    CHECK(error_of(table, Repeat::Never).may_have_happened);
    CHECK(table.script.answers.empty());
  }
  table.script.says("", 500);
  CHECK(error_of(table, Repeat::Never).may_have_happened);
  // A block is a refusal: nothing was done, so that the call waits and goes again.
  table.script.says(refusal_of("ERROR_BLOCKED_TOKEN", "limit")).says(kGood);
  CHECK(table.client.call("addX", {}, kValue, Repeat::Never).ok());
}

TEST_CASE("Base: the token stands in no error, whatever Base says", "[base][client]") {
  BaseTable table;
  table.script.says(refusal_of("ERROR_1-22-SECRET", "token 1-22-SECRET is 1-22-SECRET"));
  const Error error = error_of(table);
  CHECK(error.text == "getX: ERROR_[token]: token [token] is [token]");
  CHECK(error.code == "ERROR_[token]");

  table.script.says(refusal_of("E", std::string(299, 'x') + "żż"));
  CHECK(error_of(table).text == "getX: E: " + std::string(299, 'x'));

  Client client({"https://base.example", "t"}, table.script, table.clock, table.budget);
  table.script.says(refusal_of("E", "at"));
  CHECK(client.call("getX", {}, kValue).error().text == "getX: E: a[token]");
}

TEST_CASE("Base: a pasted token loses the space around it, and one that is none is never sent",
          "[base][client]") {
  test::BaseScript script;
  TestClock clock;
  Budget budget;
  script.says(kGood);
  Client pasted({"https://base.example/connector.php/", " \tabc-1\r\n"}, script, clock, budget);
  REQUIRE(pasted.call("getX", {}, kValue).ok());
  CHECK(script.asked[0].token == "abc-1");
  CHECK(script.requests[0].url == "https://base.example/connector.php");
  for (const char* token : {"", "  ", "a\r\nX-Other: 1", "zażółć", "a b"}) {
    Client client({"https://base.example", token}, script, clock, budget);
    const auto answer = client.call("getX", {}, kValue);
    REQUIRE_FALSE(answer.ok());
    CHECK(answer.error().kind == Kind::AccessDenied);
  }
  CHECK(script.asked.size() == 1);
}

TEST_CASE("Base: no window ever sees more calls than the limit, whatever the pattern of calls",
          "[base][budget]") {
  CHECK(rc::check("any pattern, any latency", [] {
    BudgetLimit limit;
    limit.calls = *rc::gen::inRange(1, 12);
    Budget budget(limit);
    Instant now{std::chrono::hours{10}};
    std::vector<Instant> counted;  // By the service, somewhere between start and answer.
    const auto pattern = *rc::gen::container<std::vector<std::pair<int, int>>>(rc::gen::pair(
        rc::gen::weightedOneOf<int>({{3, rc::gen::just(0)}, {1, rc::gen::inRange(0, 70'000)}}),
        rc::gen::inRange(0, 9000)));
    for (const auto& [idle, latency] : pattern) {
      now += Duration{idle};
      now += budget.wait(now);
      RC_ASSERT(budget.wait(now) == Duration{0});
      budget.left(now);
      counted.push_back(now + Duration{*rc::gen::inRange(0, latency + 1)});
      now += Duration{latency};
      budget.arrived(now);
    }
    RC_ASSERT(fullest_window(counted, Duration{60'000}) <= static_cast<std::size_t>(limit.calls));
  }));
}

TEST_CASE("Base: calls that were idle wait for nothing, and a clock set back costs one window",
          "[base][budget]") {
  Budget budget({.calls = 2});
  Instant now{std::chrono::hours{10}};
  for (int i = 0; i < 2; ++i) {
    CHECK(budget.wait(now) == Duration{0});
    budget.left(now);
  }
  CHECK(budget.wait(now) == Duration{61'000});
  CHECK(budget.wait(now + Duration{61'000}) == Duration{0});
  CHECK(budget.wait(now - std::chrono::hours{5}) == Duration{61'000});
}

TEST_CASE("Base: a backlog of calls is finished without a block", "[base][budget]") {
  TestClock clock;
  PaperBase service(clock);
  Budget budget;
  Client client({"https://base.example", "t"}, service, clock, budget);
  const Instant began = clock.now();
  for (int i = 0; i < 1000; ++i) REQUIRE(client.command("getX", {}).ok());
  CHECK(service.blocks == 0);
  CHECK(clock.now() - began < std::chrono::minutes{10});
}

TEST_CASE("Base: a release is read in the zone that makes it lie near ahead", "[base][block]") {
  const auto utc = *ShopZone::named("UTC");
  const auto warsaw = *ShopZone::named("Europe/Warsaw");
  const BlockLimits limits;
  for (const int month : {1, 7}) {
    const Instant now =
        std::chrono::sys_days{std::chrono::year{2026} /
                              std::chrono::month{static_cast<unsigned>(month)} / 9} +
        std::chrono::hours{21};
    for (const int seconds : {1, 60, 600, 2700}) {
      const Instant release = now + std::chrono::seconds{seconds};
      for (const ShopZone* zone : {&utc, &warsaw}) {
        const std::string message =
            "Limit exceeded, token blocked until " + zone->to_local(release) + ".";
        INFO(message);
        CHECK(block_wait(message, now, limits) == std::chrono::seconds{seconds + 1});
      }
    }
  }
}

TEST_CASE("Base: a release that is past, far off or missing is waited for within bounds",
          "[base][block]") {
  const Instant now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2};
  const BlockLimits limits;
  CHECK(block_wait("", now, limits) == limits.unnamed);
  CHECK(block_wait("until tomorrow 2026-13-99 99:00:00", now, limits) == limits.unnamed);
  CHECK(block_wait("until 2026-03-01 20:00:00", now, limits) == limits.unnamed);
  CHECK(block_wait("until 2026-03-05 20:00:00", now, limits) == limits.longest);
}

TEST_CASE(
    "Base: a blocked call waits for the release and goes again, with every client of the token",
    "[base][block]") {
  BaseTable table;
  Client other({"https://base.example", "1-22-SECRET"}, table.script, table.clock, table.budget,
               {.retry = core::retry, .block = {.tries = 0}});
  // 08:00 UTC is 09:00 in Warsaw.
  const std::string blocked = refusal_of("ERROR_BLOCKED_TOKEN", "until 2026-03-02 09:10:00");
  table.script.says(blocked);
  REQUIRE_FALSE(other.call("getX", {}, kValue).ok());
  CHECK(table.clock.waited.empty());
  table.script.says(blocked).says(kGood);
  CHECK(table.client.call("getX", {}, kValue).ok());
  CHECK(table.clock.waited ==
        std::vector{Duration{601'000}, Duration{60'000}});  // The second message is past.
}

TEST_CASE("Base: a block without end ends the call as blocked, in Base's words", "[base][block]") {
  BaseTable table;
  for (int i = 0; i < 6; ++i) table.script.says(refusal_of("ERROR_BLOCKED_TOKEN", "no more"));
  const Error error = error_of(table);
  CHECK(error.kind == Kind::Blocked);
  CHECK(error.text == "getX: ERROR_BLOCKED_TOKEN: no more");
  CHECK(table.clock.waited == std::vector<Duration>(5, Duration{60'000}));
  CHECK(table.script.answers.empty());
}

TEST_CASE("Base: a wait that is broken off ends the call as interrupted", "[base][client]") {
  BaseTable table;
  table.clock.waits_left = 0;
  table.script.says("", 500);
  const Error error = error_of(table);
  CHECK(error.kind == Kind::Interrupted);
  CHECK(error.may_have_happened);

  table.script.says(refusal_of("ERROR_BLOCKED_TOKEN", ""));
  CHECK(error_of(table).kind == Kind::Interrupted);
}

TEST_CASE("Base: no bytes of an answer make the client throw", "[base][client]") {
  CHECK(rc::check("random answers", [] {
    BaseTable table;
    for (int i = 0; i < kMaxTries; ++i) {
      table.script.says(*rc::gen::oneOf(
          rc::gen::arbitrary<std::string>(),
          rc::gen::element<std::string>("{\"status\":\"ERROR\",\"error_code\":[]}",
                                        "{\"status\":{}}", "{\"status\":\"ERROR\"}",
                                        "{\"status\":\"SUCCESS\",\"value\":{\"a\":[1,", "\xFF")));
    }
    RC_ASSERT_FALSE(table.client.call("getX", {}, kValue).ok());
  }));
}

}  // namespace atrapa::core::base
