#include <fmt/format.h>

#include <array>
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "scenarios/platform/families.hpp"
#include "scenarios/platform/sentences.hpp"
#include "scenarios/platform/shoper_stage.hpp"

// PLATFORM-SHOPER-03 to -06, -17: what lists are like.

namespace atrapa::scenarios::platform {
namespace {

using harness::Rule;
using harness::SwitchValues;
using mocks::kit::Request;
using mocks::kit::Response;

constexpr std::array<std::string_view, 2> kLists{"products", "orders"};

/// A page of that list, and not its last one.
bool is_page_of(std::string_view list, const Request& request, const Response& answer) {
  if (request.method != "GET" || answer.status != 200) return false;
  const std::string what = resource_of(request.target);
  if (what != list && !(list == "products" && what == "product-stocks")) return false;
  const Json json = list_of(answer);
  if (!json.is_object() || json.at("list").empty()) return false;
  const auto target = mocks::kit::parse_target(request.target);
  const auto page = target ? target->parameter("page") : std::nullopt;
  return pages_of(json) > (page ? std::stoi("0" + std::string(*page)) : 1);
}

// Rows that come and go --------------------------------------------------------------------------

constexpr std::array kRows{51, 60, 101};
/// Which row of the first page goes: the first, one in the middle, the fiftieth.
constexpr std::array kPlaces{0, 24, 49};
constexpr std::array kGone{1, 2, 10};

Story build_vanish(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const std::string list(chosen(kLists, gene.edge));
  const int rows = chosen(kRows, gene.a);
  const int gone = chosen(kGone, gene.c);
  const int place = std::min(chosen(kPlaces, gene.b), rows - gone - 1);
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} {}; {} from no. {} on go after the first page", rows, list, gone,
                           place + 1),
       .given = {{"list", list}, {"rows", rows}, {"place", place}, {"gone", gone}}});
  return story;
}

/// Puts the rows of a case there: pairs, or orders of one pair.
void fill(ShoperStage& stage, std::string_view list, int rows) {
  stage.add_pairs(list == "products" ? rows : 1);
  stage.configure();
  if (list == "products") return;
  stage.bench().advance(std::chrono::minutes(1));
  for (int i = 0; i < rows; ++i) stage.place_order();
}

void judge_vanish(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  const std::string list = given.at("list");
  ShoperStage stage(bench);
  fill(stage, list, given.at("rows"));
  const auto place = given.at("place").get<std::size_t>();
  std::set<std::int64_t> gone;
  bench.on_answer([&](const Request& request, Response& answer) {
    if (!gone.empty() || !is_page_of(list, request, answer)) return;
    for (std::size_t i = 0; i < given.at("gone").get<std::size_t>(); ++i) {
      const std::int64_t id =
          list == "products" ? stage.pairs()[place + i].shop : stage.orders()[place + i];
      bench.shop().remove(list, id);
      gone.insert(id);
    }
  });
  const harness::CommandResult first = stage.run(list == "products" ? "stock" : "orders");
  if (gone.empty()) return;  // It read no such page, as it may.
  if (list == "products") {
    if (!first.ok) stage.run("stock");
    return stage.expect_levels(judgement, "after rows went between two pages", gone);
  }
  stage.run("orders");
  std::vector<std::int64_t> left;
  for (const std::int64_t id : stage.orders()) {
    if (!gone.contains(id)) left.push_back(id);
  }
  expect_orders(judgement, bench, "a run after rows went between two pages", left,
                {gone.begin(), gone.end()});
}

constexpr std::array kNew{1, 3};

Story build_appear(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const std::string list(chosen(kLists, gene.edge));
  const int rows = chosen(kRows, gene.a);
  const int fresh = chosen(kNew, gene.b);
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} {}; {} more come after the first page", rows, list, fresh),
       .given = {{"list", list}, {"rows", rows}, {"new", fresh}}});
  return story;
}

void judge_appear(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  const std::string list = given.at("list");
  const int fresh = given.at("new");
  ShoperStage stage(bench);
  if (list == "products") stage.add_missing(fresh);
  fill(stage, list, given.at("rows"));
  bool done = false;
  bench.on_answer([&](const Request& request, Response& answer) {
    if (done || !is_page_of(list, request, answer)) return;
    done = true;
    for (int i = 0; i < fresh; ++i) {
      if (list == "products") {
        stage.bring(static_cast<std::size_t>(i));
      } else {
        stage.place_order();
      }
    }
  });
  const std::string command = list == "products" ? "stock" : "orders";
  stage.run(command);
  stage.run(command);
  if (!done) return;
  if (list == "products") {
    stage.expect_levels(judgement, "a run after rows came between two pages");
  } else {
    expect_orders(judgement, bench, "a run after rows came between two pages", stage.orders());
  }
}

// The end of a list ------------------------------------------------------------------------------

/// A page past the end, as settings of the fake know it; what the envelope says too much.
struct End {
  std::string_view what;
  std::string_view past_end;
  int more_pages;
  int more_rows;
};
constexpr std::array kEnds{End{"a plain envelope", "last", 0, 0},
                           End{"past the end the first page is named", "first", 0, 0},
                           End{"one page too many is named", "last", 1, 0},
                           End{"three pages too many are named", "first", 3, 0},
                           End{"seven rows too many are counted", "last", 0, 7}};
constexpr std::array kEndRows{0, 1, 49, 50, 51, 100};

Story build_end(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const End& end = chosen(kEnds, gene.edge);
  const int rows = chosen(kEndRows, gene.a);
  Story story;
  story.records.push_back({.what = fmt::format("{} products, {}", rows, end.what),
                           .given = {{"rows", rows},
                                     {"page_past_end", end.past_end},
                                     {"more_pages", end.more_pages},
                                     {"more_rows", end.more_rows}}});
  return story;
}

void judge_end(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  ShoperStage stage(bench);
  stage.add_pairs(given.at("rows"));
  stage.configure();
  bench.shop().set({{"page_past_end", given.at("page_past_end")}});
  const int pages = given.at("more_pages");
  const int rows = given.at("more_rows");
  bench.on_answer([&](const Request& request, Response& answer) {
    if (request.method != "GET" || (pages == 0 && rows == 0)) return;
    Json json = list_of(answer);
    if (!json.is_object() || pages_of(json) == 0) return;
    json["pages"] = pages_of(json) + pages;
    json["count"] = std::to_string(std::stoi(json.at("count").get<std::string>()) + rows);
    answer.body = json.dump();
  });
  stage.run("stock");
  stage.run("orders");
  stage.expect_levels(judgement, "after the runs");
}

// Envelopes --------------------------------------------------------------------------------------

/// What an envelope may look like; changes one answer of a list.
struct Envelope {
  std::string_view what;
  void (*change)(Json& list);
};

void text_member(Json& list, const char* name) {
  if (list.contains(name) && list[name].is_number()) list[name] = list[name].dump();
}

void count_number(Json& list) { list["count"] = std::stoi("0" + list["count"].get<std::string>()); }

void keyed_list(Json& list) {
  Json rows = Json::object();
  for (std::size_t i = 0; i < list["list"].size(); ++i) rows[std::to_string(i)] = list["list"][i];
  // An empty one stays an array, as PHP writes it.
  if (!rows.empty()) list["list"] = std::move(rows);
}

const std::array kEnvelopes{
    Envelope{"count is a text, pages and page are numbers", [](Json&) {}},
    Envelope{"pages is a text", [](Json& list) { text_member(list, "pages"); }},
    Envelope{"pages and page are texts",
             [](Json& list) {
               text_member(list, "pages");
               text_member(list, "page");
             }},
    Envelope{"count is a number", count_number},
    Envelope{"list is an object keyed by number", keyed_list},
};

Story build_envelope(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const int rows = chosen(kRows, gene.a);
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} products, {}", rows, chosen(kEnvelopes, gene.edge).what),
       .given = {{"rows", rows}, {"envelope", gene.edge}}});
  return story;
}

void judge_envelope(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  ShoperStage stage(bench);
  stage.add_pairs(given.at("rows"));
  stage.configure();
  const Envelope& envelope = kEnvelopes.at(given.at("envelope").get<std::size_t>());
  bench.on_answer([&](const Request&, Response& answer) {
    Json json = list_of(answer);
    if (!json.is_object()) return;
    envelope.change(json);
    answer.body = json.dump();
  });
  stage.run("stock");
  stage.expect_levels(judgement, "after the run");
}

// More than is documented ------------------------------------------------------------------------

constexpr const char* kUnknown = "nowe_pole";
const std::array kValues{Json("tekst"), Json(7),        Json(nullptr),
                         Json(true),    Json::object(), Json::array({1, "2"})};
constexpr std::array<std::string_view, 3> kWhere{"in rows", "in envelopes", "in every answer"};

Story build_unknown(const std::vector<Gene>& genes, const SwitchValues&) {
  const Gene& gene = genes.front();
  const Json& value = chosen(kValues, gene.a);
  const std::string where(chosen(kWhere, gene.edge));
  const int rows = chosen(kRows, gene.b);
  Story story;
  story.records.push_back(
      {.what = fmt::format("{} products, \"{}\": {} {}", rows, kUnknown, value.dump(), where),
       .given = {{"rows", rows}, {"where", where}, {"value", value}}});
  return story;
}

void judge_unknown(const Story& story, Bench& bench, Judgement& judgement) {
  const Json& given = story.records.front().given;
  const std::string where = given.at("where");
  const Json& value = given.at("value");
  ShoperStage stage(bench);
  stage.add_pairs(given.at("rows"));
  stage.configure();
  bench.on_answer([&](const Request&, Response& answer) {
    Json json = Json::parse(answer.body, nullptr, false);
    // Answers that are no object (a bare 1) have no place for a field.
    if (!json.is_object()) return;
    const bool list = json.contains("list");
    if (where != kWhere[0] && (list || where == kWhere[2])) json[kUnknown] = value;
    if (where != kWhere[1]) {
      for (const char* const rows : {"list", "items"}) {
        if (!json.contains(rows)) continue;
        for (Json& row : json[rows]) row[kUnknown] = value;
      }
    }
    answer.body = json.dump();
  });
  stage.run("stock");
  stage.expect_levels(judgement, "after the run");
}

Rule list_rule(std::string_view id, Shape shape,
               Story (*build)(const std::vector<Gene>&, const SwitchValues&),
               void (*judge)(const Story&, Bench&, Judgement&)) {
  shape.most = 1;
  return make_story(shoper_page(), {.id = id,
                                    .shape = [shape](const SwitchValues&) { return shape; },
                                    .build = build,
                                    .oracle = judge});
}

template <typename List>
int size_of(const List& list) {
  return static_cast<int>(list.size());
}

}  // namespace

std::vector<Rule> shoper_list_rules() {
  return {
      list_rule("PLATFORM-SHOPER-03",
                {.edges = size_of(kLists),
                 .a = size_of(kRows),
                 .b = size_of(kPlaces),
                 .c = size_of(kGone)},
                build_vanish, judge_vanish),
      list_rule("PLATFORM-SHOPER-04",
                {.edges = size_of(kLists), .a = size_of(kRows), .b = size_of(kNew)}, build_appear,
                judge_appear),
      list_rule("PLATFORM-SHOPER-05", {.edges = size_of(kEnds), .a = size_of(kEndRows)}, build_end,
                judge_end),
      list_rule("PLATFORM-SHOPER-06", {.edges = size_of(kEnvelopes), .a = size_of(kRows)},
                build_envelope, judge_envelope),
      list_rule("PLATFORM-SHOPER-17",
                {.edges = size_of(kWhere), .a = size_of(kValues), .b = size_of(kRows)},
                build_unknown, judge_unknown),
  };
}

}  // namespace atrapa::scenarios::platform
