#include <fmt/format.h>

#include <array>
#include <map>

#include "scenarios/firmino/line_counter.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Lines of orders and the warehouses that they leave.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

Json from(Json one, const char* store) {
  one["from"] = store;
  return one;
}

constexpr int kWarehouseEdges = 6;

/// What the warehouses "first" and "second" of Base are joined with.
struct Joins {
  const char* first;
  const char* second;
};
constexpr std::array kJoins{Joins{"M1", "M2"}, Joins{"M2", "M1"}, Joins{"M2", "M2"}};

Record warehouse_record(const Gene& gene, std::size_t i, const Joins& joins) {
  const std::string k = fmt::format("K{}", i), name = fmt::format("Kubek {}", i);
  const char* pieces = gene.edge == 4 ? "1000000" : gene.edge == 5 ? "1.5" : "10";
  const Json both = {{"M1", pieces}, {"M2", pieces}};
  std::map<std::string, std::int64_t> sold;  // By warehouse of the books.
  Lines lines(gene.edge == 1   ? "from the second warehouse"
              : gene.edge == 2 ? "two lines from two warehouses"
              : gene.edge == 3 ? "two orders from two warehouses"
              : gene.edge == 4 ? "a million pieces in stock"
              : gene.edge == 5 ? "one and a half pieces in stock"
                               : "from the first warehouse");
  lines.with(line_card(k, name, fmt::format("KUB-{}", i), both));
  const auto sell = [&](const char* store, int quantity) {
    sold[std::string_view(store) == "first" ? joins.first : joins.second] += quantity;
    return from(line(name, quantity), store);
  };
  if (gene.edge == 1) {
    lines.sold({sell("second", 3)});
  } else if (gene.edge == 2) {
    lines.sold({sell("first", 1), sell("second", 4)});
  } else if (gene.edge == 3) {
    lines.sold({sell("first", 2)}).sold({sell("second", 5)}, true);
  } else {
    lines.sold({sell("first", 1)});
  }
  for (const char* warehouse : {"M1", "M2"}) {
    const std::int64_t left = millionths(pieces) - 1'000'000 * sold[warehouse];
    const std::string text = fmt::format("{}.{:06}", left / 1'000'000, left % 1'000'000);
    lines.left_in(k, warehouse, short_decimal(text));
  }
  return lines.record;
}

constexpr int kUnjoinedEdges = 4;

Record unjoined_record(const Gene& gene, std::size_t i) {
  const std::string k = fmt::format("K{}", i), name = fmt::format("Kubek {}", i);
  const Json both = {{"M1", "10"}, {"M2", "10"}};
  const bool with_joined = gene.edge == 3;
  const char* store = gene.edge == 1 ? "new" : "third";
  Lines lines(gene.edge == 1   ? "from a warehouse added since"
              : gene.edge == 2 ? "from a warehouse that is not joined, in a later order"
              : with_joined    ? "from a joined warehouse and one that is not"
                               : "from a warehouse that is not joined");
  lines.with(line_card(k, name, fmt::format("KUB-{}", i), both));
  std::vector<Json> sold{from(line(name, 2), store)};
  if (with_joined) sold.push_back(from(line(name, 1), "first"));
  lines.sold(std::move(sold), gene.edge == 2);
  lines.left_in(k, "M1", with_joined ? "9" : "10").left_in(k, "M2", "10");
  lines.record.expected["or_told"] = true;
  return lines.record;
}

const Json kWithWarehouses = {{"orders", true}, {"link_products", true}, {"warehouses", true}};

}  // namespace

std::vector<Rule> line_warehouse_rules() {
  return {
      make_story(page(),
                 {.id = "FIRMINO-WH-02",
                  .shape = shape_of(
                      {.edges = kWarehouseEdges, .a = static_cast<int>(kJoins.size()), .most = 6}),
                  .build =
                      [](const std::vector<Gene>& genes, const SwitchValues& switches) {
                        const Joins& joins = chosen(kJoins, genes.front().a);
                        Story story =
                            lines_story(kWithWarehouses,
                                        [&](const Gene& gene, std::size_t i, const SwitchValues&) {
                                          return warehouse_record(gene, i, joins);
                                        })(genes, switches);
                        story.setup["joins"] = {{"first", joins.first}, {"second", joins.second}};
                        return story;
                      },
                  .oracle = play_lines}),
      make_story(page(), {.id = "FIRMINO-WH-03",
                          .shape = shape_of({.edges = kUnjoinedEdges, .a = 2, .most = 6}),
                          .build =
                              [](const std::vector<Gene>& genes, const SwitchValues& switches) {
                                Story story = lines_story(
                                    kWithWarehouses,
                                    [](const Gene& gene, std::size_t i, const SwitchValues&) {
                                      return unjoined_record(gene, i);
                                    })(genes, switches);
                                story.setup["joins"] = {{"first", "M1"}, {"second", "M2"}};
                                if (genes.front().a == 1) story.setup["drop_third"] = true;
                                return story;
                              },
                          .oracle = play_lines}),
  };
}

}  // namespace atrapa::scenarios::firmino
