#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "scenarios/platform/base_stage.hpp"
#include "scenarios/platform/families.hpp"
#include "scenarios/platform/sentences.hpp"

// PLATFORM-BASE-03 to -05, -15, -18, -20: what Base's answers and lists are like.

namespace atrapa::scenarios::platform {
namespace {

using harness::CommandResult;
using harness::Rule;
using harness::SwitchValues;
using mocks::kit::Request;
using mocks::kit::Response;

constexpr std::int64_t kTenMinutes = 600;

Rule base_list_rule(std::string_view id, Shape shape,
                    Story (*build)(const std::vector<Gene>&, const SwitchValues&),
                    void (*judge)(const Story&, Bench&, Judgement&)) {
  shape.most = 1;
  return make_story(base_page(), {.id = id,
                                  .shape = [shape](const SwitchValues&) { return shape; },
                                  .build = build,
                                  .oracle = judge});
}

// Shapes -----------------------------------------------------------------------------------------

struct WireForm {
  std::string_view what;
  std::string_view shape;
  bool php_arrays;
};
constexpr std::array kForms{WireForm{"as the samples, empty maps as []", "sample", true},
                            WireForm{"as the samples, empty maps as {}", "sample", false},
                            WireForm{"as the tables, empty maps as []", "table", true},
                            WireForm{"as the tables, empty maps as {}", "table", false}};
constexpr std::array kPairCounts{1, 2, 5};

Story build_shapes(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const WireForm& form = chosen(kForms, gene.edge);
  const int pairs = chosen(kPairCounts, gene.a);
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} products, one that Base lacks, {} orders; answers {}", pairs, gene.b,
                           form.what),
       .given = {{"pairs", pairs},
                 {"orders", gene.b},
                 {"settings", {{"shape", form.shape}, {"php_arrays", form.php_arrays}}}}});
  return story;
}

void judge_shapes(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(given.at("pairs"));
  // Looking for it finds an empty map.
  stage.add_missing(1);
  stage.configure();
  stage.base().set(given.at("settings"));
  for (int i = 0; i < given.at("orders").get<int>(); ++i) stage.place_order(kTenMinutes);
  for (const char* const command : {"stock", "orders"}) {
    const CommandResult result = stage.run(command);
    judgement.expect(result.ok, fmt::format("the run of {}", command), "goes well", result.summary);
  }
  expect_ended(judgement, bench);
  stage.expect_levels(judgement, "after the run");
  expect_orders(judgement, bench, "after the run", stage.orders());
}

// Seconds ----------------------------------------------------------------------------------------

/// Orders of one second behind so many of other seconds.
struct Second {
  int before;
  int together;
};
constexpr std::array kSeconds{Second{0, 2},    Second{0, 99},  Second{0, 100}, Second{0, 101},
                              Second{0, 150},  Second{60, 50}, Second{99, 2},  Second{100, 2},
                              Second{30, 171}, Second{0, 201}};

Story build_second(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const Second& second = chosen(kSeconds, gene.edge);
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} orders of one second behind {} others, {} after them",
                           second.together, second.before, gene.a),
       .given = {{"before", second.before}, {"together", second.together}, {"after", gene.a}}});
  return story;
}

void judge_second(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(1);
  stage.configure();
  bench.advance(std::chrono::hours(1));
  const int before = given.at("before");
  const int after = given.at("after");
  for (int i = 0; i < before; ++i) stage.place_order(kTenMinutes + 1 + before - i);
  for (int i = 0; i < given.at("together").get<int>(); ++i) stage.place_order(kTenMinutes);
  for (int i = 0; i < after; ++i) stage.place_order(kTenMinutes - 1 - i);
  stage.run("orders");
  stage.run("orders");
  expect_ended(judgement, bench);
  expect_orders(judgement, bench, "after two runs", stage.orders());
}

// Confirmed late ---------------------------------------------------------------------------------

constexpr std::array<std::string_view, 3> kLate{"stays unconfirmed", "is confirmed after a run",
                                                "is confirmed after two runs"};

Story build_late(const std::vector<Gene>& genes, const SwitchValues&) {
  Story story;
  for (const Gene& gene : genes) {
    const std::string late(chosen(kLate, gene.edge));
    story.records.push_back(
        {.what = fmt::format("{} confirmed orders, then one that {}, then {} confirmed orders",
                             gene.a, late, gene.b),
         .given = {{"before", gene.a}, {"after", gene.b}, {"late", late}}});
  }
  return story;
}

void judge_late(const Story& story, Bench& bench, Judgement& judgement) {
  BaseStage stage(bench);
  stage.add_pairs(1);
  stage.configure();
  bench.advance(std::chrono::hours(1));
  std::vector<std::int64_t> sure;
  std::vector<std::pair<std::string, std::int64_t>> late;
  const auto place_sure = [&](int count) {
    for (int i = 0; i < count; ++i) sure.push_back(stage.place_order(kTenMinutes));
  };
  for (const Record& record : story.records) {
    place_sure(record.given.at("before"));
    late.emplace_back(record.given.at("late"), stage.place_order(-1));
    place_sure(record.given.at("after"));
  }
  for (std::size_t run = 0; run < kLate.size(); ++run) {
    stage.run("orders");
    expect_orders(judgement, bench, fmt::format("after run {}", run + 1), sure);
    bench.advance(std::chrono::minutes(1));
    for (const auto& [when, order] : late) {
      if (run + 1 >= kLate.size() || when != kLate.at(run + 1)) continue;
      stage.confirm(order);
      sure.push_back(order);
    }
  }
  expect_ended(judgement, bench);
}

// Ends of lists ----------------------------------------------------------------------------------

constexpr std::array kFullPages{0, 1, 100, 200};

Story build_empty(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int orders = chosen(kFullPages, gene.edge);
  Story story;
  story.records.push_back({.what = fmt::format("{} products, {} orders", gene.a, orders),
                           .given = {{"pairs", gene.a}, {"orders", orders}}});
  return story;
}

void judge_empty(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(given.at("pairs"));
  stage.configure();
  bench.advance(std::chrono::hours(1));
  const int orders = given.at("orders");
  for (int i = 0; i < orders; ++i) stage.place_order(kTenMinutes + orders - i);
  for (const char* const command : {"orders", "stock"}) {
    const CommandResult result = stage.run(command);
    judgement.expect(result.ok, fmt::format("the run of {}", command), "goes well", result.summary);
  }
  expect_ended(judgement, bench);
  expect_orders(judgement, bench, "after the run", stage.orders());
  stage.expect_levels(judgement, "after the run");
}

// Pages of products ------------------------------------------------------------------------------

/// Rows that the catalogue has besides: a page holds 1000, so that the first of the products behind
/// them is the first of the second page.
constexpr int kFilling = 999;
constexpr std::array<std::string_view, 2> kMoves{"go", "come"};

Story build_pages(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const std::string move(chosen(kMoves, gene.edge));
  const int rows = gene.a + 1;
  Story story;
  story.records.push_back(
      {.what = fmt::format("a product of both sides before and behind {} of Base's own; {} rows {} "
                           "after the first page",
                           kFilling, rows, move),
       .given = {{"filling", kFilling}, {"rows", rows}, {"move", move}}});
  return story;
}

/// A full page of a list of products.
bool is_full_page(const Request& request, const Response& answer) {
  constexpr std::size_t kPageRows = 1000;
  const std::string method = method_of(request);
  if (method != "getInventoryProductsList" && method != "getInventoryProductsStock") return false;
  const Json json = Json::parse(answer.body, nullptr, false);
  return json.is_object() && json.contains("products") && json.at("products").size() >= kPageRows;
}

void judge_pages(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(1);
  stage.add_strangers(given.at("filling"));
  stage.add_pairs(2);
  stage.configure();
  const int rows = given.at("rows");
  bool done = false;
  bench.on_answer([&](const Request& request, Response& answer) {
    if (done || !is_full_page(request, answer)) return;
    done = true;
    if (given.at("move") == kMoves[1]) return stage.add_strangers(rows);
    auto& products = bench.base().change().catalogue.products;
    for (int i = 0; i < rows; ++i) products.erase(stage.strangers()[static_cast<std::size_t>(i)]);
  });
  const CommandResult result = stage.run("stock");
  if (!result.ok) stage.run("stock");
  expect_ended(judgement, bench);
  if (done) stage.expect_levels(judgement, "after rows moved between two pages");
}

// More than is documented ------------------------------------------------------------------------

constexpr const char* kNewField = "nowe_pole";
const std::array kNewValues{Json("tekst"), Json(7), Json(nullptr), Json::object(),
                            Json::array({1})};
constexpr std::array<std::string_view, 2> kPlacesOfNew{"beside status",
                                                       "in orders and their lines"};

Story build_new_fields(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const Json& value = chosen(kNewValues, gene.a);
  const std::string where(chosen(kPlacesOfNew, gene.edge));
  Story story;
  story.records.push_back(
      {.what = fmt::format("\"{}\": {} {}, {} orders", kNewField, value.dump(), where, gene.b + 1),
       .given = {{"where", where}, {"value", value}, {"orders", gene.b + 1}}});
  return story;
}

void judge_new_fields(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  const bool outside = given.at("where") == kPlacesOfNew[0];
  BaseStage stage(bench);
  stage.add_pairs(2);
  stage.configure();
  bench.on_answer([&](const Request&, Response& answer) {
    Json json = Json::parse(answer.body, nullptr, false);
    if (!json.is_object()) return;
    if (outside) json[kNewField] = given.at("value");
    if (!outside && json.contains("orders") && json["orders"].is_array()) {
      for (Json& order : json["orders"]) {
        order[kNewField] = given.at("value");
        if (!order.contains("products")) continue;
        for (Json& line : order["products"]) line[kNewField] = given.at("value");
      }
    }
    answer.body = json.dump();
  });
  stage.run("stock");
  for (int i = 0; i < given.at("orders").get<int>(); ++i) stage.place_order(kTenMinutes);
  stage.run("orders");
  expect_ended(judgement, bench);
  stage.expect_levels(judgement, "after the run");
  expect_orders(judgement, bench, "after the run", stage.orders());
}

}  // namespace

std::vector<Rule> base_list_rules() {
  Rule late = make_story(
      base_page(), {.id = "PLATFORM-BASE-05",
                    .shape =
                        [](const SwitchValues&) {
                          return Shape{
                              .edges = static_cast<int>(kLate.size()), .a = 3, .b = 3, .most = 3};
                        },
                    .build = build_late,
                    .oracle = judge_late});
  return {
      base_list_rule("PLATFORM-BASE-03",
                     {.edges = static_cast<int>(kForms.size()),
                      .a = static_cast<int>(kPairCounts.size()),
                      .b = 3},
                     build_shapes, judge_shapes),
      base_list_rule("PLATFORM-BASE-04", {.edges = static_cast<int>(kSeconds.size()), .a = 3},
                     build_second, judge_second),
      std::move(late),
      base_list_rule("PLATFORM-BASE-15", {.edges = static_cast<int>(kFullPages.size()), .a = 3},
                     build_empty, judge_empty),
      base_list_rule("PLATFORM-BASE-18", {.edges = static_cast<int>(kMoves.size()), .a = 3},
                     build_pages, judge_pages),
      base_list_rule("PLATFORM-BASE-20",
                     {.edges = static_cast<int>(kPlacesOfNew.size()),
                      .a = static_cast<int>(kNewValues.size()),
                      .b = 2},
                     build_new_fields, judge_new_fields),
  };
}

}  // namespace atrapa::scenarios::platform
