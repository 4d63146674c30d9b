#include <fmt/format.h>

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "scenarios/platform/families.hpp"
#include "scenarios/platform/sentences.hpp"
#include "scenarios/platform/shoper_stage.hpp"

// PLATFORM-SHOPER-09, -14, -16, -19: what a connector writes, and what it leaves alone.

namespace atrapa::scenarios::platform {
namespace {

using harness::Rule;
using harness::SwitchValues;
using mocks::kit::Exchange;

constexpr std::array kMasses{1, 2, 5, 26, 51};
constexpr std::array<std::string_view, 3> kCommands{"stock", "orders", "stock, then orders"};

// Quiet runs -------------------------------------------------------------------------------------

Story build_quiet(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int pairs = chosen(kMasses, gene.a);
  const int orders = gene.b;
  const std::string command(chosen(kCommands, gene.edge));
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} products, {} orders; once more: {}", pairs, orders, command),
       .given = {{"pairs", pairs}, {"orders", orders}, {"again", command}}});
  return story;
}

std::vector<std::string> written_since(Bench& bench, std::uint64_t from) {
  std::vector<std::string> writes;
  for (const Exchange& exchange : bench.exchanges()) {
    if (exchange.number <= from || !is_write(exchange.request)) continue;
    writes.push_back(exchange.request.method + " " + exchange.request.target);
  }
  return writes;
}

void judge_quiet(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  ShoperStage stage(bench);
  stage.add_pairs(given.at("pairs"));
  stage.configure();
  bench.advance(std::chrono::minutes(1));
  for (int i = 0; i < given.at("orders").get<int>(); ++i) stage.place_order();
  stage.run("orders");
  stage.run("stock");
  const std::string again = given.at("again");
  std::vector<std::string> commands{again};
  if (again == kCommands[2]) commands = {"stock", "orders"};
  const std::uint64_t from = bench.exchange_count();
  for (const std::string& command : commands) stage.run(command);
  // A bulk of reads is no write.
  if (bench.writes_since(from) == 0) return expect_none(judgement, "writes", "none", {});
  expect_none(judgement, "writes of a run before which nothing had changed", "none",
              written_since(bench, from));
}

// What is not the ERP's --------------------------------------------------------------------------

constexpr std::array kStrangers{1, 3, 51};

Story build_strangers(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int pairs = chosen(kMasses, gene.a);
  const int strangers = chosen(kStrangers, gene.edge);
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} products on both sides, {} of the shop's own", pairs, strangers),
       .given = {{"pairs", pairs}, {"strangers", strangers}}});
  return story;
}

/// All that a sync of stock has no business with.
Json others_of(ShoperStage& stage) {
  Json rows = Json::object();
  for (const std::int64_t id : stage.strangers()) {
    rows[fmt::format("products/{}", id)] = *stage.shop().row("products", id);
  }
  for (const char* const resource :
       {"categories", "taxes", "units", "orders", "statuses", "users", "shippings", "payments"}) {
    for (const std::int64_t id : stage.shop().ids(resource)) {
      rows[fmt::format("{}/{}", resource, id)] = *stage.shop().row(resource, id);
    }
  }
  return rows;
}

void judge_strangers(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  ShoperStage stage(bench);
  stage.add_pairs(given.at("pairs"));
  stage.add_strangers(given.at("strangers"));
  stage.configure();
  bench.advance(std::chrono::minutes(1));
  stage.place_order();
  const Json before = others_of(stage);
  stage.run("stock");
  stage.run("orders");
  const Json after = others_of(stage);
  std::vector<std::string> changed;
  for (const auto& [name, row] : before.items()) {
    if (!after.contains(name)) {
      changed.push_back(name + " is gone");
    } else if (after.at(name) != row) {
      changed.push_back(name + " has changed");
    }
  }
  for (const auto& [name, row] : after.items()) {
    if (!before.contains(name)) changed.push_back(name + " is new");
  }
  expect_none(judgement, "what nobody asked it to change", "as it was", changed);
}

// Bulks with a refused part ----------------------------------------------------------------------

/// Which of the pairs an administrator has open: the first, one in the middle, the last.
constexpr std::array<std::string_view, 3> kHeld{"the first", "one in the middle", "the last"};

Story build_refused(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int pairs = chosen(kMasses, gene.a + 1);
  Story story;
  story.records.push_back({.what = fmt::format("{} products, an administrator has {} of them open",
                                               pairs, chosen(kHeld, gene.edge)),
                           .given = {{"pairs", pairs}, {"held", gene.edge * (pairs - 1) / 2}}});
  return story;
}

void judge_refused(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  ShoperStage stage(bench);
  stage.add_pairs(given.at("pairs"));
  stage.configure();
  const Pair& held = stage.pairs()[given.at("held").get<std::size_t>()];
  const std::int64_t stock = stage.stock_id(held);
  bench.shop().hold("product-stocks", stock);
  bench.shop().hold("products", held.shop);
  stage.run("stock");
  stage.expect_levels(judgement, "while one product is locked", {held.shop});
  bench.shop().release("product-stocks", stock);
  bench.shop().release("products", held.shop);
  stage.run("stock");
  stage.expect_levels(judgement, "after the lock was lifted");
}

// Orders once ------------------------------------------------------------------------------------

constexpr std::array kOrders{1, 2, 9, 51};
constexpr std::array<std::string_view, 3> kAgain{"run twice", "run again after a restart",
                                                 "an order is edited before the second run"};

Story build_once(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int orders = chosen(kOrders, gene.a);
  const std::string again(chosen(kAgain, gene.edge));
  Story story;
  story.records.push_back({.what = fmt::format("{} orders, {}", orders, again),
                           .given = {{"orders", orders}, {"again", again}}});
  return story;
}

void judge_once(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  const std::string again = given.at("again");
  ShoperStage stage(bench);
  stage.add_pairs(1);
  stage.configure();
  bench.advance(std::chrono::minutes(1));
  for (int i = 0; i < given.at("orders").get<int>(); ++i) stage.place_order();
  stage.run("orders");
  if (again == kAgain[1]) bench.restart();
  if (again == kAgain[2]) {
    bench.shop().edit("orders", stage.orders().front(), {{"status_id", "2"}});
  }
  stage.run("orders");
  expect_orders(judgement, bench, "after two runs", stage.orders());
}

Rule write_rule(std::string_view id, Shape shape,
                Story (*build)(const std::vector<Gene>&, const SwitchValues&),
                void (*judge)(const Story&, Bench&, Judgement&)) {
  shape.most = 1;
  return make_story(shoper_page(), {.id = id,
                                    .shape = [shape](const SwitchValues&) { return shape; },
                                    .build = build,
                                    .oracle = judge});
}

}  // namespace

std::vector<Rule> shoper_write_rules() {
  constexpr int kMassCount = static_cast<int>(kMasses.size());
  return {
      write_rule("PLATFORM-SHOPER-09",
                 {.edges = static_cast<int>(kCommands.size()), .a = kMassCount, .b = 3},
                 build_quiet, judge_quiet),
      write_rule("PLATFORM-SHOPER-14",
                 {.edges = static_cast<int>(kStrangers.size()), .a = kMassCount}, build_strangers,
                 judge_strangers),
      write_rule("PLATFORM-SHOPER-16",
                 {.edges = static_cast<int>(kHeld.size()), .a = kMassCount - 1}, build_refused,
                 judge_refused),
      write_rule("PLATFORM-SHOPER-19",
                 {.edges = static_cast<int>(kAgain.size()), .a = static_cast<int>(kOrders.size())},
                 build_once, judge_once),
  };
}

}  // namespace atrapa::scenarios::platform
