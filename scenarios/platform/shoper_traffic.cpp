#include <fmt/format.h>

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "harness/bench/prepared.hpp"
#include "scenarios/platform/families.hpp"
#include "scenarios/platform/sentences.hpp"
#include "scenarios/platform/shoper_stage.hpp"

// PLATFORM-SHOPER-01, -02, -07, -08, -13, -15: how a connector calls.

namespace atrapa::scenarios::platform {
namespace {

using harness::Rule;
using harness::SwitchValues;
using mocks::kit::Exchange;
using mocks::kit::Fault;
using mocks::kit::FaultKind;
using mocks::kit::Request;
using mocks::kit::Response;

/// How many pairs a case has: one page and several, one bulk and several.
constexpr std::array kCrowds{1, 2, 26, 51, 76};
constexpr int kCrowdCount = static_cast<int>(kCrowds.size());

std::string of_pairs(int count) { return fmt::format("{} products", count); }

// 429 --------------------------------------------------------------------------------------------

constexpr std::array kRetryAfter{1, 7, 30, 61};
constexpr int kLastExchange = 14;

Story build_retry_after(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story;
  story.setup = {{"pairs", chosen(kCrowds, genes.front().b)}};
  for (const Gene& gene : genes) {
    const int seconds = chosen(kRetryAfter, gene.edge);
    story.records.push_back(
        {.what = fmt::format("call {} is refused by 429, Retry-After: {}", gene.a, seconds),
         .given = {{"call", gene.a}, {"seconds", seconds}}});
  }
  return story;
}

void judge_retry_after(const Story& story, Bench& bench, Judgement& judgement) {
  ShoperStage stage(bench);
  stage.add_pairs(story.setup.at("pairs"));
  stage.configure();
  mocks::kit::FaultPlan plan;
  std::map<int, std::int64_t> seconds;
  for (const Record& record : story.records) {
    const int call = record.given.at("call");
    if (!seconds.emplace(call, record.given.at("seconds")).second) continue;
    plan.push_back({static_cast<std::uint64_t>(call), FaultKind::TooManyRequests});
  }
  bench.advance(std::chrono::minutes(10));
  const std::uint64_t from = bench.exchange_count();
  bench.arm(plan);
  std::map<std::uint64_t, std::int64_t> told;  // By the number of the exchange.
  bench.on_answer([&](const Request&, Response& answer) {
    if (answer.status != 429) return;
    const auto own = seconds.find(static_cast<int>(bench.exchange_count() - from) - 1);
    if (own == seconds.end()) return;
    told[bench.exchange_count()] = own->second;
    answer.headers.set("Retry-After", std::to_string(own->second));
  });
  bench.run("stock");
  const Exchange* refused = nullptr;
  for (const Exchange& exchange : bench.exchanges()) {
    if (exchange.number <= from) continue;
    if (refused != nullptr) {
      const auto own = told.find(refused->number);
      const std::int64_t wait =
          own != told.end()
              ? own->second
              : std::stoll("0" + std::string(refused->response.headers.get("Retry-After")));
      const auto passed = exchange.at - refused->at;
      judgement.expect(
          passed >= std::chrono::seconds(wait),
          fmt::format("the next call after {} {} was refused by 429", refused->request.method,
                      refused->request.target),
          fmt::format("not before {} s have passed", wait),
          fmt::format("{} {} after {} ms", exchange.request.method, exchange.request.target,
                      std::chrono::duration_cast<std::chrono::milliseconds>(passed).count()));
    }
    refused = exchange.response.status == 429 ? &exchange : nullptr;
  }
}

// The bucket -------------------------------------------------------------------------------------

struct Bucket {
  std::string_view what;
  int limit;
  int bandwidth;
};
constexpr std::array kBuckets{
    Bucket{"10 calls, 2 a second", 10, 2}, Bucket{"3 calls, 1 a second", 3, 1},
    Bucket{"1 call, 1 a second", 1, 1}, Bucket{"10 calls, 10 a second", 10, 10}};

Story build_backlog(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const Bucket& bucket = chosen(kBuckets, gene.edge);
  const int pairs = chosen(kCrowds, gene.a);
  Story story;
  story.records.push_back(
      {.what = fmt::format("{}, {}", of_pairs(pairs), bucket.what),
       .given = {{"pairs", pairs}, {"limit", bucket.limit}, {"bandwidth", bucket.bandwidth}}});
  return story;
}

void judge_backlog(const Story& story, Bench& bench, Judgement& judgement) {
  constexpr int kRuns = 3;
  for (const Record& record : story.records) {
    ShoperStage stage(bench);
    stage.add_pairs(record.given.at("pairs"));
    stage.configure();
    bench.shop().set(
        {{"limit", record.given.at("limit")}, {"bandwidth", record.given.at("bandwidth")}});
    for (int run = 0; run < kRuns; ++run) {
      if (stage.run("stock").ok) break;
    }
    stage.expect_levels(judgement, fmt::format("after {} runs at most", kRuns));
  }
}

// Tokens -----------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 2> kEndings{"another login ends it", "its time is over"};

Story build_token(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int pairs = chosen(kCrowds, gene.b);
  const std::string how(chosen(kEndings, gene.edge));
  Story story;
  story.setup = {{"pairs", pairs}};
  story.records.push_back({.what = gene.edge == 0 ? fmt::format("{} after call {}", how, gene.a)
                                                  : fmt::format("{} in the middle of the run", how),
                           .given = {{"how", how}, {"call", gene.a}}});
  return story;
}

void judge_token(const Story& story, Bench& bench, Judgement& judgement) {
  ShoperStage stage(bench);
  stage.add_pairs(story.setup.at("pairs"));
  stage.configure();
  const Record& record = story.records.front();
  const bool cut = record.given.at("how") == kEndings[0];
  const auto call = record.given.at("call").get<std::uint64_t>();
  // Calls have to take time for a token to grow old in between.
  if (!cut) bench.shop().set({{"token_seconds", 6}, {"limit", 1}, {"bandwidth", 1}});
  bench.advance(std::chrono::minutes(10));
  const std::uint64_t from = bench.exchange_count();
  bool done = false;
  bench.on_answer([&](const Request&, Response&) {
    if (!cut || done || bench.exchange_count() <= from + call) return;
    done = true;
    bench.shop().set({{"auth_cancels_former", true}});
    bench.call_shop("GET", "taxes", "");
    bench.shop().set({{"auth_cancels_former", false}});
  });
  const harness::CommandResult result = bench.run("stock");
  judgement.expect(result.ok, "the run during which the token ended", "goes on with a new one",
                   result.summary);
  stage.expect_levels(judgement, "after that run");
}

Story build_reuse(const std::vector<Gene>& genes, const SwitchValues&) {
  const int pairs = chosen(kCrowds, genes.front().edge);
  Story story;
  story.records.push_back({.what = of_pairs(pairs), .given = {{"pairs", pairs}}});
  return story;
}

void judge_reuse(const Story& story, Bench& bench, Judgement& judgement) {
  ShoperStage stage(bench);
  stage.add_pairs(story.records.front().given.at("pairs"));
  stage.configure();
  stage.run("stock");
  stage.run("orders");
  std::int64_t logins = 0;
  std::int64_t others = 0;
  for (const Exchange& exchange : bench.exchanges()) {
    // What was refused by 401 or 429 has to be asked for again.
    if (exchange.response.status == 200) ++(is_auth(exchange.request) ? logins : others);
  }
  if (logins + others == 0) return;  // Who never called has not shown how it does.
  // A program may run several workers, and may forget its token between two commands.
  const std::int64_t allowed = 2 + others / 10;
  judgement.expect(logins <= allowed, fmt::format("logins for {} other calls", others),
                   fmt::format("at most {}", allowed), std::to_string(logins));
}

// Secrets ----------------------------------------------------------------------------------------

Story build_secrets(const std::vector<Gene>& genes, const SwitchValues&) {
  const int pairs = chosen(kCrowds, genes.front().edge);
  Story story;
  story.records.push_back({.what = of_pairs(pairs), .given = {{"pairs", pairs}}});
  return story;
}

/// The secret that a text holds; "" for none.
std::string secret_in(const std::string& text, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (!secret.empty() && text.find(secret) != std::string::npos) return secret;
  }
  return {};
}

void judge_secrets(const Story& story, Bench& bench, Judgement& judgement) {
  ShoperStage stage(bench);
  stage.add_pairs(story.records.front().given.at("pairs"));
  stage.configure();
  std::vector<std::string> secrets{harness::prepared().access.password};
  std::vector<std::string> wrong;
  std::size_t seen = 0;
  bench.on_answer([&](const Request& request, Response& answer) {
    ++seen;
    const std::string call = request.method + " " + resource_of(request.target);
    // The login itself may carry them in its query or its form: three ways are in use.
    if (!is_auth(request)) {
      if (!secret_in(request.target, secrets).empty()) wrong.push_back(call + ": in the address");
      if (!secret_in(request.body, secrets).empty()) wrong.push_back(call + ": in the body");
    }
    const Json json = Json::parse(answer.body, nullptr, false);
    if (is_auth(request) && json.is_object()) secrets.push_back(json.value("access_token", ""));
  });
  stage.run("stock");
  stage.run("orders");
  if (seen == 0) return;  // Past the subject's wire nothing unmasked is seen.
  expect_none(judgement, "password or token outside of the login",
              "in the header Authorization alone", wrong);
}

// Sizes ------------------------------------------------------------------------------------------

Story build_sizes(const std::vector<Gene>& genes, const SwitchValues&) {
  const int pairs = chosen(kCrowds, genes.front().edge);
  Story story;
  story.records.push_back({.what = of_pairs(pairs), .given = {{"pairs", pairs}}});
  return story;
}

void judge_sizes(const Story& story, Bench& bench, Judgement& judgement) {
  constexpr std::size_t kMostParts = 25;
  constexpr int kMostRows = 50;
  ShoperStage stage(bench);
  stage.add_pairs(story.records.front().given.at("pairs"));
  stage.configure();
  stage.run("stock");
  if (bench.exchanges().empty()) return;
  std::vector<std::string> bulks;
  std::vector<std::string> limits;
  for (const Exchange& exchange : bench.exchanges()) {
    const Request& request = exchange.request;
    if (resource_of(request.target) == "bulk") {
      const Json parts = Json::parse(request.body, nullptr, false);
      if (parts.is_array() && parts.size() > kMostParts) {
        bulks.push_back(fmt::format("{} parts", parts.size()));
      }
    }
    const auto target = mocks::kit::parse_target(request.target);
    const auto limit = target ? target->parameter("limit") : std::nullopt;
    if (limit && limit->find_first_not_of("0123456789") == limit->npos && limit->size() < 9 &&
        std::stoi("0" + std::string(*limit)) > kMostRows) {
      limits.push_back(fmt::format("{} {}", request.method, request.target));
    }
  }
  expect_none(judgement, "size of bulks", "at most 25 parts", bulks);
  expect_none(judgement, "limit of lists", "at most 50", limits);
}

Rule one_record(std::string_view id, int edges, int a, int b,
                Story (*build)(const std::vector<Gene>&, const SwitchValues&),
                void (*judge)(const Story&, Bench&, Judgement&)) {
  return make_story(shoper_page(), {.id = id,
                                    .shape =
                                        [=](const SwitchValues&) {
                                          return Shape{.edges = edges, .a = a, .b = b, .most = 1};
                                        },
                                    .build = build,
                                    .oracle = judge});
}

}  // namespace

std::vector<Rule> shoper_traffic_rules() {
  return {
      make_story(shoper_page(), {.id = "PLATFORM-SHOPER-01",
                                 .shape =
                                     [](const SwitchValues&) {
                                       return Shape{.edges = static_cast<int>(kRetryAfter.size()),
                                                    .a = kLastExchange,
                                                    .b = kCrowdCount,
                                                    .most = 3};
                                     },
                                 .build = build_retry_after,
                                 .oracle = judge_retry_after}),
      one_record("PLATFORM-SHOPER-02", static_cast<int>(kBuckets.size()), kCrowdCount, 1,
                 build_backlog, judge_backlog),
      one_record("PLATFORM-SHOPER-07", static_cast<int>(kEndings.size()), kLastExchange,
                 kCrowdCount, build_token, judge_token),
      one_record("PLATFORM-SHOPER-08", kCrowdCount, 1, 1, build_reuse, judge_reuse),
      one_record("PLATFORM-SHOPER-13", kCrowdCount, 1, 1, build_secrets, judge_secrets),
      one_record("PLATFORM-SHOPER-15", kCrowdCount, 1, 1, build_sizes, judge_sizes),
  };
}

}  // namespace atrapa::scenarios::platform
