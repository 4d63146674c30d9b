#include <fmt/format.h>

#include <array>
#include <map>
#include <string>
#include <vector>

#include "harness/bench/prepared.hpp"
#include "scenarios/platform/families.hpp"
#include "scenarios/platform/sentences.hpp"
#include "scenarios/platform/shoper_stage.hpp"

// PLATFORM-SHOPER-10 to -12, -18: answers that fail, break or get lost.

namespace atrapa::scenarios::platform {
namespace {

using harness::CommandResult;
using harness::Rule;
using harness::SwitchValues;
using mocks::kit::Exchange;
using mocks::kit::FaultKind;
using mocks::kit::Request;
using mocks::kit::Response;

constexpr std::array kAmounts{1, 2, 26, 51};
constexpr int kAmountCount = static_cast<int>(kAmounts.size());

/// A stage with so many pairs, configured, its bucket empty.
void open_stage(ShoperStage& stage, int pairs) {
  stage.add_pairs(pairs);
  stage.configure();
}

/// A clean run afterwards makes everything good.
void expect_good_after(ShoperStage& stage, Judgement& judgement, std::string_view after) {
  stage.bench().on_answer({});
  stage.bench().arm({});
  stage.run("stock");
  stage.expect_levels(judgement, fmt::format("a run after {}", after));
}

// Lost answers of writes -------------------------------------------------------------------------

constexpr std::array<std::string_view, 2> kFates{"carried out", "not carried out"};
constexpr std::array kTimes{1, 2, 1000};

Story build_lost(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int pairs = chosen(kAmounts, gene.a);
  const int times = chosen(kTimes, gene.b);
  const std::string fate(chosen(kFates, gene.edge));
  Story story;
  story.setup = {{"pairs", pairs}};
  story.records.push_back(
      {.what = fmt::format(
           "the answers of {} are lost, which are {}",
           times == 1000 ? std::string("all writes") : fmt::format("{} writes", times), fate),
       .given = {{"times", times}, {"fate", fate}}});
  return story;
}

void judge_lost(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  ShoperStage stage(bench);
  open_stage(stage, story.setup.at("pairs"));
  int left = given.at("times");
  const bool undone = given.at("fate") == kFates[1];
  std::map<std::int64_t, std::string> levels;
  for (const Pair& pair : stage.pairs()) levels[pair.shop] = stage.pieces(pair);
  bench.on_answer([&](const Request& request, Response& answer) {
    if (!is_write(request)) return;
    for (const Pair& pair : stage.pairs()) {
      if (left > 0 && undone && stage.pieces(pair) != levels[pair.shop]) {
        bench.shop().edit("product-stocks", stage.stock_id(pair), {{"stock", levels[pair.shop]}});
      }
      levels[pair.shop] = stage.pieces(pair);
    }
    if (left <= 0) return;
    --left;
    answer.status = 0;
  });
  const std::size_t products = bench.shop().ids("products").size();
  const CommandResult result = stage.run("stock");
  stage.expect_honest(judgement, "after a run", result);
  expect_good_after(stage, judgement, "answers of writes were lost");
  judgement.expect_equal("products of the shop", std::to_string(products),
                         std::to_string(bench.shop().ids("products").size()));
}

// Bodies that are none ---------------------------------------------------------------------------

struct Body {
  std::string_view what;
  std::string (*make)(const std::string& right);
};
const std::array kBodies{
    Body{"cut in the middle",
         [](const std::string& right) { return right.substr(0, right.size() / 2); }},
    Body{"a web page",
         [](const std::string&) {
           return std::string("<!DOCTYPE html><html><body>Przerwa techniczna</body></html>");
         }},
    Body{"empty", [](const std::string&) { return std::string(); }},
    Body{"cut before its last character",
         [](const std::string& right) { return right.substr(0, right.size() - 1); }},
};
constexpr std::array kBroken{1, 2, 1000};
constexpr int kBrokenCalls = 14;

Story build_broken(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int times = chosen(kBroken, gene.b);
  const int pairs = chosen(kAmounts, gene.c);
  Story story;
  story.setup = {{"pairs", pairs}};
  story.records.push_back({.what = fmt::format("from call {} on {} are 200 and {}", gene.a,
                                               times == 1000 ? std::string("all answers")
                                                             : fmt::format("{} answers", times),
                                               chosen(kBodies, gene.edge).what),
                           .given = {{"call", gene.a}, {"times", times}, {"body", gene.edge}}});
  return story;
}

void judge_broken(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  ShoperStage stage(bench);
  open_stage(stage, story.setup.at("pairs"));
  stage.place_order();
  const Body& body = kBodies.at(given.at("body").get<std::size_t>());
  const int first = given.at("call");
  const int times = given.at("times");
  int call = 0;
  bench.on_answer([&](const Request&, Response& answer) {
    const int number = call++;
    if (number < first || number - first >= times || answer.status != 200) return;
    if (answer.body.size() > 1) answer.body = body.make(answer.body);
  });
  const CommandResult result = stage.run("stock");
  stage.expect_honest(judgement, "after a run", result);
  expect_good_after(stage, judgement, "answers were broken");
}

// 5xx --------------------------------------------------------------------------------------------

constexpr std::array kStatuses{500, 502, 503};
constexpr std::array kFailing{1, 2, 1000};

Story build_failing(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int times = chosen(kFailing, gene.b);
  const int pairs = chosen(kAmounts, gene.c);
  const int status = chosen(kStatuses, gene.edge);
  Story story;
  story.setup = {{"pairs", pairs}};
  story.records.push_back({.what = fmt::format("{} from call {} on are answered {}",
                                               times == 1000 ? std::string("all calls")
                                                             : fmt::format("{} calls", times),
                                               gene.a, status),
                           .given = {{"call", gene.a}, {"times", times}, {"status", status}}});
  return story;
}

/// Ids of base stocks, as numbers in texts, that a write names; those of its bulk's parts too.
std::vector<std::string> stocks_written(const Request& request) {
  std::vector<std::string> targets;
  const auto note = [&](const std::string& path) {
    if (resource_of(path) == "product-stocks" || resource_of(path) == "products") {
      targets.push_back(path.substr(path.find("webapi/rest/") + 12));
    }
  };
  if (resource_of(request.target) != "bulk") {
    note(request.target);
    return targets;
  }
  const Json parts = Json::parse(request.body, nullptr, false);
  if (!parts.is_array()) return targets;
  for (const Json& part : parts) {
    if (part.is_object() && part.value("method", "GET") != "GET") note(part.value("path", ""));
  }
  return targets;
}

void judge_failing(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  ShoperStage stage(bench);
  open_stage(stage, story.setup.at("pairs"));
  const int status = given.at("status");
  const auto first = given.at("call").get<std::uint64_t>();
  const auto times = given.at("times").get<std::uint64_t>();
  mocks::kit::FaultPlan plan;
  for (std::uint64_t i = first; i < first + times; ++i) plan.push_back({i, FaultKind::ServerError});
  bench.advance(std::chrono::minutes(10));
  bench.arm(plan);
  bench.on_answer([&](const Request&, Response& answer) {
    if (answer.status == 500) answer.status = status;
  });
  const CommandResult result = bench.run("stock");
  stage.expect_honest(judgement, "after a run", result);
  std::vector<std::string> settled;
  for (const Pair& pair : stage.pairs()) {
    if (!stage.right(pair)) continue;
    settled.push_back(fmt::format("product-stocks/{}", stage.stock_id(pair)));
    settled.push_back(fmt::format("products/{}", pair.shop));
  }
  const std::uint64_t from = bench.exchange_count();
  expect_good_after(stage, judgement, fmt::format("calls were answered {}", status));
  std::vector<std::string> again;
  for (const Exchange& exchange : bench.exchanges()) {
    if (exchange.number <= from || !is_write(exchange.request)) continue;
    for (const std::string& target : stocks_written(exchange.request)) {
      for (const std::string& done : settled) {
        if (target == done) again.push_back(target);
      }
    }
  }
  expect_none(judgement, "writes of what the shop had acknowledged already", "none", again);
}

// Logs -------------------------------------------------------------------------------------------

Story build_log(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int status = std::array{500, 401, 403}[static_cast<std::size_t>(gene.edge)];
  Story story;
  story.records.push_back(
      {.what = fmt::format("call {} and those after it are answered {} and quote the request",
                           gene.a, status),
       .given = {{"call", gene.a}, {"status", status}}});
  return story;
}

void judge_log(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  ShoperStage stage(bench);
  open_stage(stage, 2);
  const int first = given.at("call");
  const int status = given.at("status");
  std::vector<std::string> secrets{harness::prepared().access.password};
  int call = 0;
  bench.on_answer([&](const Request& request, Response& answer) {
    const Json json = Json::parse(answer.body, nullptr, false);
    if (is_auth(request) && json.is_object()) secrets.push_back(json.value("access_token", ""));
    if (call++ < first) return;
    answer.status = status;
    answer.body = Json{{"error", status == 500 ? "server_error" : "unauthorized_client"},
                       {"error_description", fmt::format("{} {}", request.method, request.target)}}
                      .dump();
  });
  stage.run("stock");
  std::vector<std::string> wrong;
  for (const harness::ErpLogEntry& entry : bench.erp().log) {
    for (const std::string& secret : secrets) {
      if (secret.empty()) continue;
      if ((entry.text + entry.record + entry.reason).find(secret) != std::string::npos) {
        wrong.push_back(fmt::format("{} {}: a secret stands in it", entry.severity, entry.kind));
      }
    }
  }
  expect_none(judgement, "entries of the log", "neither password nor token", wrong);
}

Rule accident_rule(std::string_view id, Shape shape,
                   Story (*build)(const std::vector<Gene>&, const SwitchValues&),
                   void (*judge)(const Story&, Bench&, Judgement&)) {
  shape.most = 1;
  return make_story(shoper_page(), {.id = id,
                                    .shape = [shape](const SwitchValues&) { return shape; },
                                    .build = build,
                                    .oracle = judge});
}

}  // namespace

std::vector<Rule> shoper_accident_rules() {
  return {
      accident_rule("PLATFORM-SHOPER-10",
                    {.edges = static_cast<int>(kFates.size()),
                     .a = kAmountCount,
                     .b = static_cast<int>(kTimes.size())},
                    build_lost, judge_lost),
      accident_rule("PLATFORM-SHOPER-11",
                    {.edges = static_cast<int>(kBodies.size()),
                     .a = kBrokenCalls,
                     .b = static_cast<int>(kBroken.size()),
                     .c = kAmountCount},
                    build_broken, judge_broken),
      accident_rule("PLATFORM-SHOPER-12",
                    {.edges = static_cast<int>(kStatuses.size()),
                     .a = kBrokenCalls,
                     .b = static_cast<int>(kFailing.size()),
                     .c = kAmountCount},
                    build_failing, judge_failing),
      accident_rule("PLATFORM-SHOPER-18", {.edges = 3, .a = kBrokenCalls}, build_log, judge_log),
  };
}

}  // namespace atrapa::scenarios::platform
