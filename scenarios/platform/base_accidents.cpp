#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "scenarios/platform/base_stage.hpp"
#include "scenarios/platform/families.hpp"
#include "scenarios/platform/sentences.hpp"

// PLATFORM-BASE-06, -10 to -12, -14, -16: answers that refuse, break or get lost.

namespace atrapa::scenarios::platform {
namespace {

using harness::CommandResult;
using harness::KillPoint;
using harness::Rule;
using harness::SwitchValues;
using mocks::kit::Request;
using mocks::kit::Response;

constexpr std::string_view kStockWrite = "updateInventoryProductsStock";
constexpr int kFirstCalls = 14;
constexpr int kAll = 1000;
constexpr std::array kHits{1, 2, kAll};
constexpr int kHitCount = static_cast<int>(kHits.size());

Rule base_accident_rule(std::string_view id, Shape shape,
                        Story (*build)(const std::vector<Gene>&, const SwitchValues&),
                        void (*judge)(const Story&, Bench&, Judgement&)) {
  shape.most = 1;
  return make_story(base_page(), {.id = id,
                                  .shape = [shape](const SwitchValues&) { return shape; },
                                  .build = build,
                                  .oracle = judge});
}

std::string hits_text(int hits) { return hits == kAll ? "all" : std::to_string(hits); }

/// A clean run makes everything good.
void expect_mended(BaseStage& stage, Judgement& judgement, std::string_view after) {
  stage.bench().on_answer({});
  const CommandResult result = stage.run("stock");
  judgement.expect(result.ok, fmt::format("the run after {}", after), "goes well", result.summary);
  stage.expect_levels(judgement, fmt::format("a run after {}", after));
  stage.expect_no_twins(judgement, fmt::format("a run after {}", after));
}

// Refusals ---------------------------------------------------------------------------------------

struct Refusal {
  std::string_view code;
  std::string_view message;
};
constexpr std::array kRefusals{
    Refusal{"ERROR_STORAGE_ID", "The storage is not on this account"},
    Refusal{"ERROR_USER_ACCOUNT_BLOCKED", "The account is blocked"},
    Refusal{"ERROR_UNKNOWN_METHOD", "There is no such method"},
};

Story build_refusals(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const Refusal& refusal = chosen(kRefusals, gene.edge);
  const int hits = chosen(kHits, gene.b);
  Story story;
  story.setup = {{"pairs", gene.c + 1}};
  story.records.push_back({.what = fmt::format("{} reads from no. {} on are refused by {} with 200",
                                               hits_text(hits), gene.a, refusal.code),
                           .given = {{"call", gene.a},
                                     {"hits", hits},
                                     {"code", refusal.code},
                                     {"message", refusal.message}}});
  return story;
}

void judge_refusals(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(story.setup.at("pairs"));
  stage.configure();
  const Json body = {{"status", "ERROR"},
                     {"error_code", given.at("code")},
                     {"error_message", given.at("message")}};
  const int first = given.at("call");
  const int hits = given.at("hits");
  int call = 0;
  // Writes are left out: they have been carried out by then.
  bench.on_answer([&](const Request& request, Response& answer) {
    if (changes_base(request)) return;
    const int number = call++;
    if (number >= first && number - first < hits) answer.body = body.dump();
  });
  const CommandResult result = stage.run("stock");
  stage.expect_honest(judgement, "after a run", result);
  expect_mended(stage, judgement, "calls were refused");
}

// Warnings ---------------------------------------------------------------------------------------

constexpr std::array kBulks{2, 3, 9};
constexpr std::array<std::string_view, 3> kWarned{"the first", "one in the middle", "the last"};

Story build_warned(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int pairs = chosen(kBulks, gene.a);
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} products, Base does not take {}", pairs, chosen(kWarned, gene.edge)),
       .given = {{"pairs", pairs}, {"warned", gene.edge * (pairs - 1) / 2}}});
  return story;
}

void judge_warned(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(given.at("pairs"));
  stage.configure();
  const Pair& warned = stage.pairs()[given.at("warned").get<std::size_t>()];
  bench.on_answer([&](const Request& request, Response& answer) {
    if (method_of(request) != kStockWrite) return;
    Json json = Json::parse(answer.body, nullptr, false);
    if (!json.is_object() || stage.pieces(warned) == std::to_string(warned.before)) return;
    bench.base().change().catalogue.products.edit(warned.shop, [&](mocks::base::Product& product) {
      product.stock["bl_206"] = warned.before;
    });
    json["counter"] = std::max(0, json.value("counter", 1) - 1);
    json["warnings"] = {{std::to_string(warned.shop), "The stock could not be saved"}};
    answer.body = json.dump();
  });
  stage.run("stock");
  stage.expect_levels(judgement, "after Base did not take one product", {warned.shop});
  bench.on_answer({});
  stage.run("stock");
  stage.expect_levels(judgement, "after the run that followed");
}

// Lost writes ------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 2> kLostEnds{"carried out", "not carried out"};

Story build_lost_writes(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int hits = chosen(kHits, gene.b);
  const std::string end(chosen(kLostEnds, gene.edge));
  Story story;
  story.setup = {{"pairs", gene.c}, {"missing", gene.d + 1}};
  story.records.push_back(
      {.what = fmt::format("the answers of {} writes from no. {} on are lost, which are {}",
                           hits_text(hits), gene.a, end),
       .given = {{"write", gene.a}, {"hits", hits}, {"end", end}}});
  return story;
}

void judge_lost_writes(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(story.setup.at("pairs"));
  stage.add_missing(story.setup.at("missing"));
  stage.configure();
  const int first = given.at("write");
  const int hits = given.at("hits");
  const bool undone = given.at("end") == kLostEnds[1];
  int write = 0;
  mocks::base::Catalogue before = stage.base().look().catalogue;
  bench.on_answer([&](const Request& request, Response& answer) {
    if (changes_base(request)) {
      const int number = write++;
      if (number >= first && number - first < hits) {
        if (undone) bench.base().change().catalogue = before;
        answer.status = 0;
      }
    }
    before = stage.base().look().catalogue;
  });
  const CommandResult result = stage.run("stock");
  stage.expect_honest(judgement, "after a run", result);
  stage.expect_no_twins(judgement, "after that run");
  expect_mended(stage, judgement, "answers of writes were lost");
}

// Bodies -----------------------------------------------------------------------------------------

constexpr std::string_view kCutInTheMiddle = "cut in the middle";
constexpr std::string_view kWebPage = "a web page";
constexpr std::string_view kEmpty = "empty";
constexpr std::string_view kEmptyUndone = "empty, and the call is not carried out";
constexpr std::array kGarbage{kCutInTheMiddle, kWebPage, kEmpty,
                              std::string_view("cut before the last character"), kEmptyUndone};

std::string spoilt_body(std::string_view how, const std::string& right) {
  if (how == kCutInTheMiddle) return right.substr(0, right.size() / 2);
  if (how == kWebPage) return "<!DOCTYPE html><html><body>Przerwa techniczna</body></html>";
  if (how == kEmpty || how == kEmptyUndone) return "";
  return right.substr(0, right.size() - 1);
}

Story build_garbage(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const std::string how(chosen(kGarbage, gene.edge));
  const bool stock = gene.d == 1;  // All writes of it, so that no try goes well.
  const int hits = stock ? kAll : chosen(kHits, gene.b);
  const int first = stock ? 0 : gene.a;
  Story story;
  story.setup = {{"pairs", gene.c + 1}};
  story.records.push_back(
      {.what = fmt::format("{} answers from {} {} on are {}", hits_text(hits),
                           stock ? "write of stock" : "call", first, how),
       .given = {{"call", first}, {"stock", stock}, {"hits", hits}, {"body", how}}});
  return story;
}

void judge_garbage(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(story.setup.at("pairs"));
  stage.configure();
  const int first = given.at("call");
  const int hits = given.at("hits");
  const std::string how = given.at("body");
  const bool stock = given.at("stock");
  int call = 0;
  mocks::base::Catalogue before = stage.base().look().catalogue;
  bench.on_answer([&](const Request& request, Response& answer) {
    const int number = !stock || method_of(request) == kStockWrite ? call++ : -1;
    if (number >= first && number - first < hits) {
      // Whoever shows a page about maintenance has carried out nothing.
      if (how == kWebPage || how == kEmptyUndone) bench.base().change().catalogue = before;
      answer.body = spoilt_body(how, answer.body);
    }
    before = stage.base().look().catalogue;
  });
  const CommandResult result = stage.run("stock");
  stage.expect_honest(judgement, "after a run", result);
  expect_mended(stage, judgement, "answers were broken");
}

// Deaths -----------------------------------------------------------------------------------------

constexpr std::array kQueues{1, 3, 12, 120};
constexpr std::array<std::string_view, 3> kDeaths{"before a call", "after an answer",
                                                  "before a commit"};

Story build_death(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int orders = chosen(kQueues, gene.a);
  const std::string death(chosen(kDeaths, gene.edge));
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} orders; the process dies {}, no. {}", orders, death, gene.b),
       .given = {{"orders", orders}, {"death", death}, {"number", gene.b}}});
  return story;
}

void judge_death(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(1);
  stage.configure();
  bench.advance(std::chrono::hours(1));
  const int orders = given.at("orders");
  for (int i = 0; i < orders; ++i) stage.place_order(600 + orders - i);
  bench.advance(std::chrono::minutes(15));
  const std::string death = given.at("death");
  const auto number = given.at("number").get<std::uint64_t>();
  if (death == kDeaths[0]) bench.kill_at(number, KillPoint::BeforeSend);
  if (death == kDeaths[1]) bench.kill_at(number, KillPoint::AfterAnswer);
  if (death == kDeaths[2]) bench.kill_at_commit(number);
  bench.run("orders");
  if (bench.killed()) bench.restart();
  stage.run("orders");
  if (bench.killed()) {
    bench.restart();
    stage.run("orders");
  }
  stage.run("orders");
  expect_orders(judgement, bench, "after the process was started again", stage.orders());
}

// Logs -------------------------------------------------------------------------------------------

Story build_base_log(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const Refusal& refusal = chosen(kRefusals, gene.edge);
  Story story;
  story.records.push_back(
      {.what = fmt::format("from call {} on Base refuses by {} and quotes the token", gene.a,
                           refusal.code),
       .given = {{"call", gene.a}, {"code", refusal.code}}});
  return story;
}

void judge_base_log(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(2);
  stage.configure();
  const std::string token = bench.base_access().token;
  const Json body = {{"status", "ERROR"},
                     {"error_code", given.at("code")},
                     {"error_message", fmt::format("The token {} may not do that", token)}};
  const int first = given.at("call");
  int call = 0;
  bench.on_answer([&](const Request&, Response& answer) {
    if (call++ >= first) answer.body = body.dump();
  });
  stage.run("stock");
  stage.run("orders");
  std::vector<std::string> wrong;
  for (const harness::ErpLogEntry& entry : bench.erp().log) {
    if ((entry.text + entry.record + entry.reason).find(token) == std::string::npos) continue;
    wrong.push_back(fmt::format("{} {}: the token stands in it", entry.severity, entry.kind));
  }
  expect_none(judgement, "entries of the log", "no token", wrong);
}

}  // namespace

std::vector<Rule> base_accident_rules() {
  return {
      base_accident_rule(
          "PLATFORM-BASE-06",
          {.edges = static_cast<int>(kRefusals.size()), .a = kFirstCalls, .b = kHitCount, .c = 3},
          build_refusals, judge_refusals),
      base_accident_rule(
          "PLATFORM-BASE-10",
          {.edges = static_cast<int>(kWarned.size()), .a = static_cast<int>(kBulks.size())},
          build_warned, judge_warned),
      base_accident_rule(
          "PLATFORM-BASE-11",
          {.edges = static_cast<int>(kLostEnds.size()), .a = 5, .b = kHitCount, .c = 3, .d = 3},
          build_lost_writes, judge_lost_writes),
      base_accident_rule("PLATFORM-BASE-12",
                         {.edges = static_cast<int>(kGarbage.size()),
                          .a = kFirstCalls,
                          .b = kHitCount,
                          .c = 3,
                          .d = 2},
                         build_garbage, judge_garbage),
      base_accident_rule("PLATFORM-BASE-14",
                         {.edges = static_cast<int>(kDeaths.size()),
                          .a = static_cast<int>(kQueues.size()),
                          .b = kFirstCalls},
                         build_death, judge_death),
      base_accident_rule("PLATFORM-BASE-16", {.edges = static_cast<int>(kRefusals.size()), .a = 6},
                         build_base_log, judge_base_log),
  };
}

}  // namespace atrapa::scenarios::platform
