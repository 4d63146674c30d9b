#include "harness/run/replay.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/harness/toy.hpp"

namespace atrapa::harness {
namespace {

namespace fs = std::filesystem;

/// A directory of this test's own, gone afterwards.
class Scratch {
 public:
  explicit Scratch(const std::string& name) : path_(fs::temp_directory_path() / name) {
    fs::remove_all(path_);
  }
  ~Scratch() { fs::remove_all(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Found {
  RuleSet set = toy::rule_set();
  Replay replay;
};

Found found() {
  Found made;
  const CampaignOptions options{.subject = made.set.subjects[1].get(),
                                .switches = {{"toy.colour", "blue"}},
                                .seed = ~std::uint64_t{0},
                                .cases = 40};
  const CampaignResult result = run_campaign({&made.set.rules[0]}, options);
  made.replay = make_replay(result.rules.at(0), options);
  return made;
}

TEST_CASE("a violation written to a file is seen again from it") {
  const Scratch scratch("atrapa_replay_round_trip");
  const Found made = found();
  const fs::path file = scratch.path() / "deeper" / replay_file_name(made.replay);
  write_replay(made.replay, file);
  const Replay read = read_replay(file);

  CHECK(to_json(read) == to_json(made.replay));
  CHECK(read.seed == ~std::uint64_t{0});
  CHECK(fs::directory_iterator(file.parent_path())->path() == file);
  const ReplayOutcome outcome = run_replay(read, made.set);
  CHECK(outcome.verdict == Verdict::Violated);
  CHECK(outcome.same);
  CHECK(outcome.rule->id == "TOY-MARK");
}

TEST_CASE("a replay of a connector that was repaired holds") {
  Found made = found();
  made.replay.subject = "core";
  const ReplayOutcome outcome = run_replay(made.replay, made.set);

  CHECK(outcome.verdict == Verdict::Holds);
  CHECK_FALSE(outcome.same);
}

TEST_CASE("a replay that shows something else says so") {
  Found made = found();
  made.replay.findings.at(0).observed = "the moon";
  const ReplayOutcome outcome = run_replay(made.replay, made.set);

  CHECK(outcome.verdict == Verdict::Violated);
  CHECK_FALSE(outcome.same);
}

TEST_CASE("a replay names its rule and subject in its file name") {
  CHECK(replay_file_name(found().replay) == "TOY-MARK.core-forgets-large.json");
}

TEST_CASE("a replay of what the program does not have is refused by name") {
  Found made = found();
  SECTION("rule") {
    made.replay.rule = "TOY-GONE";
    CHECK_THROWS_WITH(run_replay(made.replay, made.set), Catch::Contains("'TOY-GONE'"));
  }
  SECTION("subject") {
    made.replay.subject = "core:gone";
    CHECK_THROWS_WITH(run_replay(made.replay, made.set),
                      Catch::Contains("'core:gone'") && Catch::Contains("core:forgets-large"));
  }
  SECTION("input") {
    made.replay.input = Json{{"values", "many"}};
    CHECK_THROWS_WITH(run_replay(made.replay, made.set), Catch::Contains("/input"));
  }
  SECTION("switch") {
    made.replay.switches["toy.taste"] = "sour";
    CHECK_THROWS_WITH(run_replay(made.replay, made.set), Catch::Contains("toy.taste"));
  }
}

TEST_CASE("a broken replay file is refused with the place and the expectation") {
  const std::string good = to_json(found().replay).dump();
  const auto refusal = [&](const std::function<void(Json&)>& spoil) {
    Json json = Json::parse(good);
    spoil(json);
    try {
      parse_replay(json.dump(), "x.json");
    } catch (const ReplayError& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };

  CHECK(refusal([](Json&) {}) == "accepted");
  CHECK(refusal([](Json& json) { json["format"] = "atrapa-replay/9"; }) ==
        R"(x.json: /format: expected "atrapa-replay/1", found "atrapa-replay/9")");
  CHECK(refusal([](Json& json) { json.erase("rule"); }) == "x.json: /rule: missing");
  CHECK(refusal([](Json& json) { json["seed"] = 5; }) == "x.json: /seed: expected a text");
  CHECK_THAT(refusal([](Json& json) { json["bench_seed"] = "-1"; }),
             Catch::StartsWith("x.json: /bench_seed: expected a whole number"));
  CHECK(refusal([](Json& json) { json["findings"][0].erase("what"); }) ==
        "x.json: /findings/0/what: missing");
  CHECK(refusal([](Json& json) { json["switches"]["a"] = 1; }) ==
        "x.json: /switches/a: expected a text");
  CHECK_THAT(refusal([](Json& json) { json["world"] = "demo"; }),
             Catch::StartsWith("x.json: /world: expected"));
  CHECK_THROWS_WITH(parse_replay("{\n\"format\": ]", "x.json"), Catch::StartsWith("x.json:2: "));
  CHECK_THROWS_WITH(parse_replay("[]", "x.json"), Catch::Contains("expected an object"));
  CHECK_THROWS_WITH(read_replay("/nowhere/x.json"), Catch::StartsWith("/nowhere/x.json: "));
}

TEST_CASE("a replay file with a member that nobody reads is refused by name") {
  const Found made = found();
  const auto refusal = [&](const std::function<void(Json&)>& spoil) {
    Json json = to_json(made.replay);
    spoil(json);
    try {
      run_replay(parse_replay(json.dump(), "x.json"), made.set);
    } catch (const ReplayError& error) {
      return std::string(error.what());
    }
    return std::string("judged");
  };

  CHECK(refusal([](Json&) {}) == "judged");
  CHECK(refusal([](Json& json) { json["note"] = "mended"; }) ==
        "x.json: /note: no such member; there are: format, rule, statement, subject, switches, "
        "seed, bench_seed, wire, world, input, findings, exchanges");
  CHECK(refusal([](Json& json) { json["findings"][0]["why"] = ""; }) ==
        "x.json: /findings/0/why: no such member; there are: what, expected, observed");
  CHECK(refusal([](Json& json) { json["input"]["valuess"] = Json::array(); }) ==
        "x.json: /input/valuess: does not fit rule TOY-MARK: it reads no such member; there are: "
        "values");
  CHECK(refusal([](Json& json) { json["input"]["values"][0] = "many"; }) ==
        "x.json: /input/values/0: does not fit rule TOY-MARK: expected a number, found a text");
  CHECK(refusal([](Json& json) { json["input"]["values"][0] = 2.5; }) ==
        "x.json: /input/values/0: does not fit rule TOY-MARK: 2.5 would be read as 2");
  CHECK(refusal([](Json& json) { json["input"].erase("values"); }) ==
        "x.json: /input: does not fit rule TOY-MARK: 'values' is missing");
  CHECK_THAT(refusal([](Json& json) { json["switches"]["toy.taste"] = "sour"; }),
             Catch::StartsWith("x.json: /switches: there is no switch 'toy.taste'"));
  CHECK_THAT(refusal([](Json& json) { json["rule"] = "TOY-GONE"; }),
             Catch::StartsWith("x.json: /rule: there is no rule 'TOY-GONE'"));
}

TEST_CASE("a replay file that cannot be written leaves nothing beside it") {
  const Scratch scratch("atrapa_replay_no_room");
  fs::create_directories(scratch.path() / "taken");
  CHECK_THROWS_WITH(write_replay(found().replay, scratch.path() / "taken"),
                    Catch::Contains("taken: cannot be written"));
  CHECK(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("an exchange is one line, its time, bodies and fault included") {
  mocks::kit::Exchange exchange;
  exchange.number = 3;
  exchange.at = mocks::kit::Instant{} + std::chrono::hours(8) + std::chrono::milliseconds(61005);
  exchange.request = {.method = "PUT",
                      .target = "/webapi/rest/product-stocks/5",
                      .headers = {},
                      .body = "{\"stock\":\n4}"};
  exchange.response = {.status = 200, .headers = {}, .body = std::string(1000, 'x')};
  exchange.fault = mocks::kit::FaultKind::LostAfterCommit;

  const std::string line = exchange_line(exchange);
  CHECK_THAT(line,
             Catch::StartsWith(
                 "3 08:01:01.005 PUT /webapi/rest/product-stocks/5 {\"stock\": 4} -> 200 xxx"));
  CHECK_THAT(line, Catch::EndsWith("... (1000 bytes) [lost_after_commit]"));
}

}  // namespace
}  // namespace atrapa::harness
