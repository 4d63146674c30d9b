#include <fmt/format.h>

#include <array>
#include <string>
#include <vector>

#include "scenarios/platform/base_stage.hpp"
#include "scenarios/platform/families.hpp"
#include "scenarios/platform/sentences.hpp"

// PLATFORM-BASE-13, -17, -19: what a connector writes into Base, and what it leaves alone.

namespace atrapa::scenarios::platform {
namespace {

using harness::Rule;
using harness::SwitchValues;
using mocks::kit::Exchange;

constexpr std::array kShelves{1, 2, 5, 12};
constexpr std::array<std::string_view, 3> kRunsAgain{"stock", "orders", "stock, then orders"};

Rule base_write_rule(std::string_view id, Shape shape,
                     Story (*build)(const std::vector<Gene>&, const SwitchValues&),
                     void (*judge)(const Story&, Bench&, Judgement&)) {
  shape.most = 1;
  return make_story(base_page(), {.id = id,
                                  .shape = [shape](const SwitchValues&) { return shape; },
                                  .build = build,
                                  .oracle = judge});
}

// Quiet runs -------------------------------------------------------------------------------------

Story build_base_quiet(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int pairs = chosen(kShelves, gene.a);
  const std::string again(chosen(kRunsAgain, gene.edge));
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} products, {} orders; once more: {}", pairs, gene.b, again),
       .given = {{"pairs", pairs}, {"orders", gene.b}, {"again", again}}});
  return story;
}

void judge_base_quiet(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(given.at("pairs"));
  stage.configure();
  bench.advance(std::chrono::hours(1));
  for (int i = 0; i < given.at("orders").get<int>(); ++i) stage.place_order(600);
  stage.run("orders");
  stage.run("stock");
  const std::string again = given.at("again");
  std::vector<std::string> commands{again};
  if (again == kRunsAgain[2]) commands = {"stock", "orders"};
  const std::uint64_t from = bench.exchange_count();
  for (const std::string& command : commands) stage.run(command);
  expect_ended(judgement, bench);
  std::vector<std::string> writes;
  for (const Exchange& exchange : bench.exchanges()) {
    if (exchange.number > from && changes_base(exchange.request)) {
      writes.push_back(method_of(exchange.request));
    }
  }
  expect_none(judgement, "writes of a run before which nothing had changed", "none", writes);
}

// What is not the ERP's --------------------------------------------------------------------------

constexpr std::array kOwn{1, 3, 20};

Story build_own(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int pairs = chosen(kShelves, gene.a);
  const int strangers = chosen(kOwn, gene.edge);
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} products on both sides, {} of Base's own", pairs, strangers),
       .given = {{"pairs", pairs}, {"strangers", strangers}}});
  return story;
}

/// What a person sees of a product, in one text.
std::string face_of(const mocks::base::Product* product) {
  if (product == nullptr) return "gone";
  std::string face = fmt::format("{} {}", product->sku, product->ean);
  for (const auto& [field, text] : product->text_fields) face += fmt::format(" {}={}", field, text);
  for (const auto& [store, pieces] : product->stock) face += fmt::format(" {}={}", store, pieces);
  for (const auto& [group, price] : product->prices) {
    face += fmt::format(" {}={}", group, price.text());
  }
  return face;
}

void judge_own(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  BaseStage stage(bench);
  stage.add_pairs(given.at("pairs"));
  stage.add_strangers(given.at("strangers"));
  stage.configure();
  bench.advance(std::chrono::hours(1));
  const std::int64_t order = stage.place_order(600);
  std::vector<std::string> before;
  for (const std::int64_t id : stage.strangers())
    before.push_back(face_of(stage.base().product(id)));
  stage.run("stock");
  stage.run("orders");
  expect_ended(judgement, bench);
  std::vector<std::string> changed;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const std::string after = face_of(stage.base().product(stage.strangers()[i]));
    if (after != before[i]) changed.push_back(fmt::format("'{}' became '{}'", before[i], after));
  }
  const mocks::base::Order* const row = stage.base().order(order);
  if (row == nullptr || row->order_status_id != BaseAccount::kNew) {
    changed.push_back(fmt::format("order {} was moved", order));
  }
  const std::size_t expected = stage.pairs().size() + stage.strangers().size();
  if (stage.base().products().size() != expected) {
    changed.push_back(
        fmt::format("{} products instead of {}", stage.base().products().size(), expected));
  }
  expect_none(judgement, "what nobody asked it to change", "as it was", changed);
}

// Orders once ------------------------------------------------------------------------------------

constexpr std::array kCarts{1, 2, 9, 101};
constexpr std::array<std::string_view, 3> kTwice{"run twice", "run again after a restart",
                                                 "an order moves before the second run"};

Story build_carts(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int orders = chosen(kCarts, gene.a);
  const std::string again(chosen(kTwice, gene.edge));
  Story story;
  story.records.push_back({.what = fmt::format("{} orders, {}", orders, again),
                           .given = {{"orders", orders}, {"again", again}}});
  return story;
}

void judge_carts(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  const std::string again = given.at("again");
  BaseStage stage(bench);
  stage.add_pairs(1);
  stage.configure();
  bench.advance(std::chrono::hours(1));
  const int orders = given.at("orders");
  for (int i = 0; i < orders; ++i) stage.place_order(600 + orders - i);
  stage.run("orders");
  if (again == kTwice[1]) bench.restart();
  if (again == kTwice[2]) stage.base().move(stage.orders().front(), BaseAccount::kSent);
  stage.run("orders");
  expect_ended(judgement, bench);
  expect_orders(judgement, bench, "after two runs", stage.orders());
}

}  // namespace

std::vector<Rule> base_write_rules() {
  constexpr int kShelfCount = static_cast<int>(kShelves.size());
  return {
      base_write_rule("PLATFORM-BASE-13",
                      {.edges = static_cast<int>(kRunsAgain.size()), .a = kShelfCount, .b = 3},
                      build_base_quiet, judge_base_quiet),
      base_write_rule("PLATFORM-BASE-17",
                      {.edges = static_cast<int>(kOwn.size()), .a = kShelfCount}, build_own,
                      judge_own),
      base_write_rule(
          "PLATFORM-BASE-19",
          {.edges = static_cast<int>(kTwice.size()), .a = static_cast<int>(kCarts.size())},
          build_carts, judge_carts),
  };
}

}  // namespace atrapa::scenarios::platform
