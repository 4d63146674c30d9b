#include <fmt/format.h>

#include <array>

#include "scenarios/firmino/line_counter.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Lines of orders and the cards that they are.

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
          .with(line_card(k, name, code, ten))
          .sold({line(name, 1), line(name, 3)})
          .linked({k, k})
          .left(k, "6")
          .record;
    case 2:
      return Lines("one product in two orders")
          .with(line_card(k, name, code, ten))
          .sold({line(name, 2)})
          .sold({line(name, 1)}, true)
          .linked({k, k})
          .left(k, "7")
          .record;
    case 3: {
      const std::string offer = fmt::format("Oferta {}", i);
      Lines lines("equal SKU, another name");
      lines.with(line_card(k, name, code, ten)).sold({line(offer, 2, code)});
      if (by_sku) return lines.linked({k}).left(k, "8").record;
      return lines.linked({"*"}).left(k, "10").called(offer, 1).record;
    }
    case 4:
      return Lines("equal name, another SKU")
          .with(line_card(k, name, code, ten))
          .sold({line(name, 2, code + "-X")})
          .linked({k})
          .left(k, "8")
          .record;
    case 5:
      return Lines("its name is one card's, its SKU another's")
          .with(line_card(k, name, code, ten))
          .with(line_card(s, fmt::format("Talerz {}", i), code + "-T", ten))
          .sold({line(name, 2, code + "-T")})
          .linked({by_sku ? s : k})
          .left(k, by_sku ? "10" : "8")
          .left(s, by_sku ? "8" : "10")
          .record;
    case 6:
      return Lines("a line of no pieces")
          .with(line_card(k, name, code, ten))
          .sold({line(name, 0), line(name, 1)})
          .left(k, "9")
          .record;
    case 7: {
      const std::string odd = fmt::format("{} {}", chosen(kOddTexts, gene.a), i);
      return Lines(fmt::format("a name of odd characters, no. {}", gene.a))
          .with(line_card(k, odd, code, ten))
          .sold({line(odd, 2)})
          .linked({k})
          .left(k, "8")
          .record;
    }
    case 8: {
      const std::string odd = fmt::format("{} {}", chosen(kOddTexts, gene.a), i);
      Lines lines(fmt::format("an SKU of odd characters, no. {}, another name", gene.a));
      lines.with(line_card(k, name, odd, ten)).sold({line(name + " w ofercie", 2, odd)});
      if (by_sku) return lines.linked({k}).left(k, "8").record;
      return lines.linked({"*"}).left(k, "10").record;
    }
    case 9: {
      const NearText& near = chosen(kNearTexts, gene.a % static_cast<int>(kNearTexts.size()));
      return Lines("a name that is nearly the card's")
          .with(line_card(k, fmt::format("{} {}", near.in_books, i), code, ten))
          .sold({line(fmt::format("{} {}", near.in_base, i), 2)})
          .linked({"*"})
          .record;
    }
    case 10:
      return Lines("one and a half pieces in stock, a variant sold")
          .with(line_card(k, name + " L", code + "-L", {{"M1", "1.5"}}))
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
          .with(line_card(k, name, code, ten))
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
          .with(line_card(k, known, code, {{"M1", "10"}}))
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
  lines.with(line_card(k, name, fmt::format("KUB-{}", i), {{"M1", "10"}}));
  if (gene.edge == 0) return lines.sold({line(name, 2)}).linked({""}).left(k, "10").record;
  const std::string news = fmt::format("Nowość {}", i);
  return lines.sold({line(name, 2), line(news, 1)})
      .linked({"", ""})
      .left(k, "10")
      .called(news, 0)
      .record;
}

const Json kLinking = {{"orders", true}, {"link_products", true}};

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
  };
}

}  // namespace atrapa::scenarios::firmino
