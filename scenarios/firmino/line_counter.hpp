#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/common/gene.hpp"
#include "scenarios/firmino/office.hpp"

// Orders whose lines are counted: what cards they are, and what leaves which warehouse.

namespace atrapa::scenarios::firmino {

/// A card as a world holds it, with its pieces by warehouse.
Json line_card(const std::string& id, const std::string& name, const std::string& code,
               const Json& stocks);
/// A line of an order; no SKU where it is "".
Json line(const std::string& name, int quantity, const std::string& sku = {});

/// Cards and orders of one record. The order of an element "later" is placed after a first fetch.
struct Lines {
  Record record;

  explicit Lines(std::string what)
      : record{.what = std::move(what),
               .given = {{"cards", Json::array()}, {"orders", Json::array()}},
               .expected = Json::object()} {}
  Lines& with(Json one) {
    record.given["cards"].push_back(std::move(one));
    return *this;
  }
  Lines& sold(std::vector<Json> lines, bool later = false) {
    record.given["orders"].push_back({{"lines", std::move(lines)}, {"later", later}});
    return *this;
  }
  /// The card that each line of all orders is; "*": some card.
  Lines& linked(std::vector<std::string> cards) {
    record.expected["cards"] = std::move(cards);
    return *this;
  }
  Lines& left(const std::string& card, const std::string& pieces) {
    record.expected["pieces"][card] = pieces;
    return *this;
  }
  Lines& left_in(const std::string& card, const std::string& warehouse, const std::string& pieces) {
    record.expected["stocks"][card][warehouse] = pieces;
    return *this;
  }
  Lines& called(const std::string& name, int cards) {
    record.expected["called"][name] = cards;
    return *this;
  }
};

/// Plants cards and orders of all records, fetches twice, and compares.
void play_lines(const Story& story, Bench& bench, Judgement& judgement);

/// A story of one record for each gene.
template <typename Make>
std::function<Story(const std::vector<Gene>&, const harness::SwitchValues&)> lines_story(
    Json settings, Make make) {
  return [settings, make](const std::vector<Gene>& genes, const harness::SwitchValues& switches) {
    Story story{.setup = {{"settings", settings}}, .records = {}};
    for (std::size_t i = 0; i < genes.size(); ++i) {
      story.records.push_back(make(genes[i], i, switches));
    }
    return story;
  };
}

inline std::function<Shape(const harness::SwitchValues&)> shape_of(Shape shape) {
  return [shape](const harness::SwitchValues&) { return shape; };
}

}  // namespace atrapa::scenarios::firmino
