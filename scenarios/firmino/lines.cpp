#include <fmt/format.h>

#include <array>
#include <map>
#include <set>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Lines of orders and the cards that they are, and what leaves which warehouse.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

/// Texts that spoil what is not handled as it came; alike on both sides they are one text.
constexpr std::array kOddTexts{"A&B+C%20=D",           "quote \" and ' and /", "leading 007",
                               "no\u00a0break",        "zero\u200bwidth",      "Zażółć gęślą jaźń",
                               "hyphen\u2011en\u2013", "two  spaces",          "line\nbreak",
                               "C\u0327 decomposed"};

/// Texts that are nearly the same; whether they are one is not said.
struct NearText {
  const char* in_books;
  const char* in_base;
};
constexpr std::array kNearTexts{NearText{"Kubek A", "Kubek A "}, NearText{"Kubek B", "kubek b"},
                                NearText{"Kubek C", "Kubek\u00a0C"},
                                NearText{"Kubek D", "Kubek  D"},
                                NearText{"Kubek \u00f3", "Kubek o\u0301"}};

Json card(const std::string& id, const std::string& name, const std::string& code,
          const Json& stocks) {
  return {{"id", id},    {"code", code},           {"name", name},
          {"vat", "23"}, {"gross_price", "19.99"}, {"stocks", stocks}};
}

Json line(const std::string& name, int quantity, const std::string& sku = {}) {
  Json made = {{"name", name}, {"quantity", quantity}};
  if (!sku.empty()) made["sku"] = sku;
  return made;
}

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

/// Warehouses of Base by the names that cases use.
using Stores = std::map<std::string, std::string>;  // Keys: "bl_206".

class Counter {
 public:
  Counter(const Story& story, Bench& bench, Judgement& judgement)
      : story_(story), bench_(bench), judgement_(judgement), office_(bench) {}

  void play() {
    for (const Record& record : story_.records) {
      for (const Json& one : record.given.at("cards")) office_.put_card(one);
    }
    stores_ = {{"first", "bl_206"},
               {"second", office_.base().add_warehouse("Drugi")},
               {"third", office_.base().add_warehouse("Trzeci")}};
    office_.connect(story_.setup.at("settings"));
    const Json joins = story_.setup.value("joins", Json::object());
    for (const auto& [store, warehouse] : joins.items()) {
      if (!office_.join(stores_.at(store), warehouse.get<std::string>()).done) {
        throw std::runtime_error("the connector refuses to join a warehouse");
      }
    }
    stores_["new"] = office_.base().add_warehouse("Dodany po połączeniu");
    sell(/*later=*/false);
    if (story_.setup.value("drop_third", false)) {
      bench_.base().change().catalogue.warehouses.erase(
          std::stoll(stores_.at("third").substr(std::string_view("bl_").size())));
    }
    office_.tick();
    sell(/*later=*/true);
    office_.tick();
    for (std::size_t i = 0; i < story_.records.size(); ++i) compare(i);
  }

 private:
  void sell(bool later) {
    ids_.resize(story_.records.size());
    for (std::size_t i = 0; i < story_.records.size(); ++i) {
      for (const Json& order : story_.records[i].given.at("orders")) {
        if (order.value("later", false) != later) continue;
        Json given = order;
        for (Json& one : given["lines"]) {
          if (!one.contains("from")) continue;
          const std::string key = stores_.at(one["from"].get<std::string>());
          one.erase("from");
          one["warehouse_id"] = std::stoll(key.substr(key.find('_') + 1));
        }
        ids_[i].push_back(plant(office_.base(), bench_, given));
      }
    }
  }

  void compare(std::size_t i) {
    const Record& record = story_.records[i];
    std::vector<std::string> linked;
    std::vector<std::string> numbers;
    for (const std::int64_t id : ids_[i]) {
      numbers.push_back(std::to_string(id));
      for (const harness::ErpOrder& order : office_.orders(id)) {
        for (const harness::ErpOrderLine& one : order.lines) linked.push_back(one.product_id);
      }
    }
    const harness::ErpView erp = bench_.erp();
    if (record.expected.contains("cards")) {
      std::vector<std::string> wanted = record.expected.at("cards").get<std::vector<std::string>>();
      for (std::size_t at = 0; at < wanted.size() && at < linked.size(); ++at) {
        if (wanted[at] == "*" && is_card(erp, linked[at])) wanted[at] = linked[at];
      }
      judgement_.expect_equal(record.what + ": cards of its lines", wanted, linked);
    }
    const Json counts = record.expected.value("called", Json::object());
    for (const auto& [name, count] : counts.items()) {
      judgement_.expect_equal(record.what + ": cards called '" + name + "'",
                              count.get<std::size_t>(), office_.cards_called(name).size());
    }
    for (const harness::ErpProduct& one : erp.products) {
      const Json pieces = record.expected.value("pieces", Json::object());
      if (pieces.contains(one.id)) {
        judgement_.expect_equal(record.what + ": millionths of pieces left of '" + one.name + "'",
                                millionths(pieces.at(one.id).get<std::string>()), all_pieces(one));
      }
      const Json stocks = record.expected.value("stocks", Json::object());
      if (!stocks.contains(one.id)) continue;
      for (const auto& [warehouse, left] : stocks.at(one.id).items()) {
        const std::string observed = office_.pieces(one.id, warehouse);
        // Where nobody says whence it goes, nothing may change without a word.
        const bool told = record.expected.value("or_told", false) && office_.log_names(numbers);
        judgement_.expect(told || observed == left.get<std::string>(),
                          record.what + ": pieces of '" + one.name + "' in " + warehouse,
                          left.get<std::string>(), observed);
      }
    }
  }

  static bool is_card(const harness::ErpView& erp, const std::string& id) {
    for (const harness::ErpProduct& one : erp.products) {
      if (one.id == id) return true;
    }
    return false;
  }

  const Story& story_;
  Bench& bench_;
  Judgement& judgement_;
  Office office_;
  Stores stores_;
  std::vector<std::vector<std::int64_t>> ids_;
};

void play_lines(const Story& story, Bench& bench, Judgement& judgement) {
  Counter(story, bench, judgement).play();
}

bool sku_first(const SwitchValues& switches) {
  return value_of(switches, "firmino.line_match") == "sku_then_name";
}

constexpr int kLinkEdges = 11;

Record link_record(const Gene& gene, std::size_t i, bool by_sku) {
  const std::string k = fmt::format("K{}", i), s = fmt::format("S{}", i);
  const std::string name = fmt::format("Kubek {}", i), code = fmt::format("KUB-{}", i);
  const Json ten = {{"M1", "10"}};
  switch (gene.edge) {
    case 1:
      return Lines("two lines of one product")
          .with(card(k, name, code, ten))
          .sold({line(name, 1), line(name, 3)})
          .linked({k, k})
          .left(k, "6")
          .record;
    case 2:
      return Lines("one product in two orders")
          .with(card(k, name, code, ten))
          .sold({line(name, 2)})
          .sold({line(name, 1)}, true)
          .linked({k, k})
          .left(k, "7")
          .record;
    case 3: {
      const std::string offer = fmt::format("Oferta {}", i);
      Lines lines("equal SKU, another name");
      lines.with(card(k, name, code, ten)).sold({line(offer, 2, code)});
      if (by_sku) return lines.linked({k}).left(k, "8").record;
      return lines.linked({"*"}).left(k, "10").called(offer, 1).record;
    }
    case 4:
      return Lines("equal name, another SKU")
          .with(card(k, name, code, ten))
          .sold({line(name, 2, code + "-X")})
          .linked({k})
          .left(k, "8")
          .record;
    case 5:
      return Lines("its name is one card's, its SKU another's")
          .with(card(k, name, code, ten))
          .with(card(s, fmt::format("Talerz {}", i), code + "-T", ten))
          .sold({line(name, 2, code + "-T")})
          .linked({by_sku ? s : k})
          .left(k, by_sku ? "10" : "8")
          .left(s, by_sku ? "8" : "10")
          .record;
    case 6:
      return Lines("a line of no pieces")
          .with(card(k, name, code, ten))
          .sold({line(name, 0), line(name, 1)})
          .left(k, "9")
          .record;
    case 7: {
      const std::string odd = fmt::format("{} {}", chosen(kOddTexts, gene.a), i);
      return Lines(fmt::format("a name of odd characters, no. {}", gene.a))
          .with(card(k, odd, code, ten))
          .sold({line(odd, 2)})
          .linked({k})
          .left(k, "8")
          .record;
    }
    case 8: {
      const std::string odd = fmt::format("{} {}", chosen(kOddTexts, gene.a), i);
      Lines lines(fmt::format("an SKU of odd characters, no. {}, another name", gene.a));
      lines.with(card(k, name, odd, ten)).sold({line(name + " w ofercie", 2, odd)});
      if (by_sku) return lines.linked({k}).left(k, "8").record;
      return lines.linked({"*"}).left(k, "10").record;
    }
    case 9: {
      const NearText& near = chosen(kNearTexts, gene.a % static_cast<int>(kNearTexts.size()));
      return Lines("a name that is nearly the card's")
          .with(card(k, fmt::format("{} {}", near.in_books, i), code, ten))
          .sold({line(fmt::format("{} {}", near.in_base, i), 2)})
          .linked({"*"})
          .record;
    }
    case 10:
      return Lines("one and a half pieces in stock, a variant sold")
          .with(card(k, name + " L", code + "-L", {{"M1", "1.5"}}))
          .sold({Json{{"name", name + " L"},
                      {"quantity", 1},
                      {"product_id", "8001"},
                      {"variant_id", "8002"},
                      {"sku", code + "-L"}}})
          .linked({k})
          .left(k, "0.5")
          .record;
    default:
      return Lines("a known product")
          .with(card(k, name, code, ten))
          .sold({line(name, 2)})
          .linked({k})
          .left(k, "8")
          .record;
  }
}

constexpr int kNewCardEdges = 7;

Record new_card_record(const Gene& gene, std::size_t i) {
  const std::string name = fmt::format("Nowość {}", i), k = fmt::format("K{}", i);
  const std::string known = fmt::format("Kubek {}", i), code = fmt::format("KUB-{}", i);
  switch (gene.edge) {
    case 1:
      return Lines("one unknown product in two orders")
          .sold({line(name, 1)})
          .sold({line(name, 2)})
          .linked({"*", "*"})
          .called(name, 1)
          .record;
    case 2:
      return Lines("two lines of one unknown product")
          .sold({line(name, 1), line(name, 4)})
          .linked({"*", "*"})
          .called(name, 1)
          .record;
    case 3:
      return Lines("an unknown product beside a known one")
          .with(card(k, known, code, {{"M1", "10"}}))
          .sold({line(known, 1), line(name, 1)})
          .linked({k, "*"})
          .called(known, 1)
          .called(name, 1)
          .record;
    case 4:
      return Lines("an unknown product, sold again after a fetch")
          .sold({line(name, 1)})
          .sold({line(name, 1)}, true)
          .linked({"*", "*"})
          .called(name, 1)
          .record;
    case 5: {
      // Whether names that differ by a space are one is not said.
      const std::string spaced = name + " ";
      return Lines("two unknown products whose names differ by a space")
          .sold({line(name, 1), line(spaced, 1)})
          .linked({"*", "*"})
          .record;
    }
    case 6:
      return Lines("an unknown product with an SKU")
          .sold({line(name, 1, code)})
          .sold({line(name, 1, code)}, true)
          .linked({"*", "*"})
          .called(name, 1)
          .record;
    default:
      return Lines("an unknown product").sold({line(name, 1)}).linked({"*"}).called(name, 1).record;
  }
}

Record unlinked_record(const Gene& gene, std::size_t i) {
  const std::string k = fmt::format("K{}", i), name = fmt::format("Kubek {}", i);
  Lines lines(gene.edge == 0 ? "a product that the books know" : "a known and an unknown product");
  lines.with(card(k, name, fmt::format("KUB-{}", i), {{"M1", "10"}}));
  if (gene.edge == 0) return lines.sold({line(name, 2)}).linked({""}).left(k, "10").record;
  const std::string news = fmt::format("Nowość {}", i);
  return lines.sold({line(name, 2), line(news, 1)})
      .linked({"", ""})
      .left(k, "10")
      .called(news, 0)
      .record;
}

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
  lines.with(card(k, name, fmt::format("KUB-{}", i), both));
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
  lines.with(card(k, name, fmt::format("KUB-{}", i), both));
  std::vector<Json> sold{from(line(name, 2), store)};
  if (with_joined) sold.push_back(from(line(name, 1), "first"));
  lines.sold(std::move(sold), gene.edge == 2);
  lines.left_in(k, "M1", with_joined ? "9" : "10").left_in(k, "M2", "10");
  lines.record.expected["or_told"] = true;
  return lines.record;
}

template <typename Make>
std::function<Story(const std::vector<Gene>&, const SwitchValues&)> lines_story(Json settings,
                                                                                Make make) {
  return [settings, make](const std::vector<Gene>& genes, const SwitchValues& switches) {
    Story story{.setup = {{"settings", settings}}, .records = {}};
    for (std::size_t i = 0; i < genes.size(); ++i) {
      story.records.push_back(make(genes[i], i, switches));
    }
    return story;
  };
}

std::function<Shape(const SwitchValues&)> shape_of(Shape shape) {
  return [shape](const SwitchValues&) { return shape; };
}

const Json kLinking = {{"orders", true}, {"link_products", true}};
const Json kWithWarehouses = {{"orders", true}, {"link_products", true}, {"warehouses", true}};

}  // namespace

std::vector<Rule> line_rules() {
  return {
      make_story(
          page(),
          {.id = "FIRMINO-ORD-07",
           .switches = {"firmino.line_match"},
           .shape =
               shape_of({.edges = kLinkEdges, .a = static_cast<int>(kOddTexts.size()), .most = 8}),
           .build = lines_story(kLinking,
                                [](const Gene& gene, std::size_t i, const SwitchValues& switches) {
                                  return link_record(gene, i, sku_first(switches));
                                }),
           .oracle = play_lines}),
      make_story(page(),
                 {.id = "FIRMINO-ORD-08",
                  .shape = shape_of({.edges = kNewCardEdges, .most = 8}),
                  .build = lines_story(kLinking,
                                       [](const Gene& gene, std::size_t i, const SwitchValues&) {
                                         return new_card_record(gene, i);
                                       }),
                  .oracle = play_lines}),
      make_story(page(),
                 {.id = "FIRMINO-ORD-09",
                  .shape = shape_of({.edges = 2, .most = 6}),
                  .build = lines_story({{"orders", true}},
                                       [](const Gene& gene, std::size_t i, const SwitchValues&) {
                                         return unlinked_record(gene, i);
                                       }),
                  .oracle = play_lines}),
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
