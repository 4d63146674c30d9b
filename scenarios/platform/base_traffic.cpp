#include <fmt/format.h>

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include "scenarios/platform/base_stage.hpp"
#include "scenarios/platform/families.hpp"
#include "scenarios/platform/sentences.hpp"

// PLATFORM-BASE-01, -02, -07 to -09: how a connector calls Base.

namespace atrapa::scenarios::platform {
namespace {

using harness::Rule;
using harness::SwitchValues;
using mocks::kit::Exchange;
using mocks::kit::Request;
using mocks::kit::Response;

Rule base_traffic_rule(std::string_view id, Shape shape,
                       Story (*build)(const std::vector<Gene>&, const SwitchValues&),
                       void (*judge)(const Story&, Bench&, Judgement&)) {
  shape.most = 1;
  return make_story(base_page(), {.id = id,
                                  .shape = [shape](const SwitchValues&) { return shape; },
                                  .build = build,
                                  .oracle = judge});
}

// Blocks -----------------------------------------------------------------------------------------

constexpr std::array kBlocks{30, 90, 600};
constexpr std::array kTokenLimits{1, 3, 8};
constexpr std::array kCards{1, 3, 12};

Story build_blocked(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int seconds = chosen(kBlocks, gene.edge);
  const int limit = chosen(kTokenLimits, gene.a);
  const int pairs = chosen(kCards, gene.b);
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} products; others use the token too, so that {} calls a minute are "
                           "left, then a block of {} s",
                           pairs, limit, seconds),
       .given = {{"pairs", pairs}, {"limit", limit}, {"block_seconds", seconds}}});
  return story;
}

void judge_blocked(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(given.at("pairs"));
  stage.configure();
  bench.advance(std::chrono::minutes(15));
  stage.base().set({{"limit", given.at("limit")}, {"block_seconds", given.at("block_seconds")}});
  bench.run("stock");
  const std::chrono::seconds block(given.at("block_seconds").get<int>());
  const Exchange* blocked = nullptr;
  for (const Exchange& exchange : bench.exchanges()) {
    if (blocked != nullptr) {
      const auto passed = exchange.at - blocked->at;
      judgement.expect(
          passed >= block,
          fmt::format("the next call after {} was answered by ERROR_BLOCKED_TOKEN",
                      method_of(blocked->request)),
          fmt::format("not before the named moment, {} s later", block.count()),
          fmt::format("{} after {} ms", method_of(exchange.request),
                      std::chrono::duration_cast<std::chrono::milliseconds>(passed).count()));
    }
    const bool refused = exchange.response.body.find("ERROR_BLOCKED_TOKEN") != std::string::npos;
    blocked = refused ? &exchange : nullptr;
  }
}

constexpr std::array kBacklogs{1, 12, 40, 80};
constexpr std::array<std::string_view, 2> kWindows{"fixed", "sliding"};

Story build_minute(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int pairs = chosen(kBacklogs, gene.a);
  const std::string window(chosen(kWindows, gene.edge));
  Story story;
  story.records.push_back({.what = fmt::format("{} products, a {} window", pairs, window),
                           .given = {{"pairs", pairs}, {"window", window}}});
  return story;
}

void judge_minute(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(given.at("pairs"));
  stage.configure();
  stage.base().set({{"window", given.at("window")}});
  if (!stage.run("stock").ok) stage.run("stock");
  stage.expect_levels(judgement, "after two runs at most");
}

// Calls as they are documented -------------------------------------------------------------------

constexpr std::array kFew{1, 3};

Story build_plain(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int pairs = chosen(kFew, gene.a);
  Story story;
  story.records.push_back({.what = fmt::format("{} products, {} orders", pairs, gene.b),
                           .given = {{"pairs", pairs}, {"orders", gene.b}}});
  return story;
}

void run_plain(BaseStage& stage, const Story& story) {
  const Json& given = story.records.front().given;
  stage.add_pairs(given.at("pairs"));
  stage.configure();
  stage.bench().advance(std::chrono::minutes(5));
  for (int i = 0; i < given.at("orders").get<int>(); ++i) stage.place_order(60);
  stage.run("stock");
  stage.run("orders");
}

void judge_token_place(const Story& story, Bench& bench, Judgement& judgement) {
  BaseStage stage(bench);
  const std::string token = bench.base_access().token;
  std::vector<std::string> wrong;
  bench.on_answer([&](const Request& request, Response&) {
    if (request.target.find(token) != std::string::npos) {
      wrong.push_back(method_of(request) + ": in the address");
    }
    // The field `token` is old, and documented still.
    for (const auto& [name, value] :
         mocks::kit::parse_form(request.body)
             .value_or(std::vector<std::pair<std::string, std::string>>())) {
      if (name == "token" || value.find(token) == std::string::npos) continue;
      wrong.push_back(fmt::format("{}: in the field {}", method_of(request), name));
    }
  });
  run_plain(stage, story);
  if (bench.exchanges().empty()) return;  // Who never called has not shown how it does.
  for (const Exchange& exchange : bench.exchanges()) {
    if (exchange.request.target.find("***") == std::string::npos) continue;
    wrong.push_back(method_of(exchange.request) + ": a secret in the address");
  }
  expect_none(judgement, "the token outside of its header", "nowhere", wrong);
}

/// What is wrong with a call; "" for nothing.
std::string flaw_of(const Request& request) {
  if (request.method != "POST") return request.method + " instead of POST";
  const auto form = mocks::kit::parse_form(request.body);
  if (!form) return "a body that is no form";
  int methods = 0;
  for (const auto& [name, value] : *form) {
    if (name == "method") ++methods;
    if (name != "parameters" || value.empty()) continue;
    const Json json = Json::parse(value, nullptr, false);
    // A call without parameters may send [].
    if (json.is_object() || (json.is_array() && json.empty())) continue;
    return "parameters that are no JSON object";
  }
  return methods == 1 ? "" : fmt::format("{} fields called method", methods);
}

void judge_form(const Story& story, Bench& bench, Judgement& judgement) {
  BaseStage stage(bench);
  run_plain(stage, story);
  if (bench.exchanges().empty()) return;
  std::vector<std::string> wrong;
  for (const Exchange& exchange : bench.exchanges()) {
    if (!exchange.request.target.starts_with("/connector.php")) continue;
    const std::string flaw = flaw_of(exchange.request);
    if (!flaw.empty()) wrong.push_back(method_of(exchange.request) + ": " + flaw);
  }
  expect_none(judgement, "calls of connector.php",
              "POST, one method, its parameters as one JSON object", wrong);
}

// Sizes ------------------------------------------------------------------------------------------

/// Many take a thousand times as long as one: few cases have them.
constexpr int kSizeChoices = 16;
constexpr int kAboveChunk = 1001;

Story build_chunks(const std::vector<Gene>& genes, const SwitchValues&) {
  const int pairs = genes.front().edge + 1 == kSizeChoices ? kAboveChunk : genes.front().edge + 1;
  Story story;
  story.records.push_back({.what = fmt::format("{} products", pairs), .given = {{"pairs", pairs}}});
  return story;
}

void judge_chunks(const Story& story, Bench& bench, Judgement& judgement) {
  constexpr std::size_t kMostRows = 1000;
  BaseStage stage(bench);
  stage.add_pairs(story.records.front().given.at("pairs"));
  stage.configure();
  stage.base().set({{"throttle", false}});
  // Whoever needs many calls for a product is broken off before the end, as it may be.
  stage.run("stock");
  std::vector<std::string> wrong;
  bool written = false;
  for (const char* const method :
       {"updateInventoryProductsStock", "updateInventoryProductsPrices"}) {
    for (const BaseCall& call : stage.base().calls(0, method)) {
      if (!call.parameters.is_object() || !call.parameters.contains("products")) continue;
      written = true;
      const std::size_t rows = call.parameters.at("products").size();
      if (rows > kMostRows) wrong.push_back(fmt::format("{} of {}", method, rows));
    }
  }
  if (!written) return;  // Nothing that has a size came: other calls write products one by one.
  expect_none(judgement, "products in one call", "at most 1000", wrong);
}

}  // namespace

std::vector<Rule> base_traffic_rules() {
  constexpr int kFewCount = static_cast<int>(kFew.size());
  return {
      base_traffic_rule("PLATFORM-BASE-01",
                        {.edges = static_cast<int>(kBlocks.size()),
                         .a = static_cast<int>(kTokenLimits.size()),
                         .b = static_cast<int>(kCards.size())},
                        build_blocked, judge_blocked),
      base_traffic_rule(
          "PLATFORM-BASE-02",
          {.edges = static_cast<int>(kWindows.size()), .a = static_cast<int>(kBacklogs.size())},
          build_minute, judge_minute),
      base_traffic_rule("PLATFORM-BASE-07", {.a = kFewCount, .b = 3}, build_plain,
                        judge_token_place),
      base_traffic_rule("PLATFORM-BASE-08", {.a = kFewCount, .b = 3}, build_plain, judge_form),
      base_traffic_rule("PLATFORM-BASE-09", {.edges = kSizeChoices}, build_chunks, judge_chunks),
  };
}

}  // namespace atrapa::scenarios::platform
