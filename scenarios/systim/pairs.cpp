#include "scenarios/systim/pairs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace atrapa::scenarios::systim {
namespace {

using Paths = std::vector<std::vector<std::string>>;

/// Differences that no documented condition minds.
void flavour(Pair& pair, int which) {
  ErpProduct& erp = *pair.erp;
  ShopProduct& shop = *pair.shop;
  switch (which) {
    case 1:
      erp.vat = "8%";
      shop.tax = "8%";
      break;
    case 2:
      erp.vat = "zw.";
      shop.tax = "zw.";
      break;
    case 3:
      erp.vat = "5%";
      shop.tax = "5%";
      erp.categories = shop.categories = {{"Dom", "Kuchnia", "Książki"}};
      break;
    case 4:  // Prices need not be equal.
      erp.gross_price = "1299.99";
      shop.price = "0.50";
      break;
    case 5:
      erp.unit = shop.unit = "kg";
      erp.stock += ".5";
      break;
    case 6:  // Nor names.
      erp.name = "Żółta łódź";
      shop.name = "Yellow boat";
      break;
    case 7: shop.foreign_category = "Shoes"; break;
    default: break;
  }
}

std::string title(const Pair& pair) {
  const std::string code = pair.shop  ? pair.shop->code
                           : pair.erp ? pair.erp->code.value_or("")
                                      : "";
  return fmt::format("'{}' ({})", code, pair.planted);
}

}  // namespace

Pair eligible(std::size_t index, const Gene& gene) {
  const std::string number = fmt::format("{:03}", index + 1);
  const int erp_stock = 1 + gene.a;
  const int shop_stock = gene.b >= erp_stock ? gene.b + 1 : gene.b;
  Pair pair;
  pair.planted = "meets every condition";
  pair.erp = ErpProduct{};
  pair.erp->id = "P-" + number;
  pair.erp->code = "BUT-" + number;
  pair.erp->name = "Towar " + number;
  pair.erp->vat = "23%";  // Equal in every reading, as a label too.
  pair.erp->gross_price = "10.00";
  pair.erp->categories = {{"Obuwie", "Buty"}};
  pair.erp->stock = std::to_string(erp_stock);
  pair.shop = ShopProduct{.code = "BUT-" + number,
                          .name = "Towar " + number,
                          .categories = {{"Obuwie", "Buty"}},
                          .stock = std::to_string(shop_stock)};
  flavour(pair, gene.c);
  settle(pair, Fate::Written);
  return pair;
}

void settle(Pair& pair, Fate fate) {
  pair.fate = fate;
  if (!pair.shop) {
    pair.expected.clear();
  } else if (fate == Fate::Written) {
    pair.expected = plain_decimal(pair.erp->stock);
  } else {
    pair.expected = plain_decimal(pair.first_stock ? *pair.first_stock : pair.shop->stock);
  }
}

PairCase build_pairs(const std::vector<Gene>& genes, const std::vector<PairEdge>& edges) {
  PairCase input;
  for (const Gene& gene : genes) {
    Pair pair = eligible(input.pairs.size(), gene);
    std::map<std::string, const PairEdge*>
        planted;  // The later one of an aspect replaces the earlier.
    for (const int index : {gene.edge, gene.second}) {
      if (index == 0) continue;
      const PairEdge& edge = edges[static_cast<std::size_t>(index) - 1];
      planted[edge.aspect] = &edge;
    }
    Fate fate = Fate::Written;
    bool never_written = false;  // Something but the stock level stands in the way, from the start.
    bool equal_levels = false;
    std::string names;
    for (const auto& [aspect, edge] : planted) {
      edge->plant(pair);
      if (edge->fate != Fate::Written) fate = edge->fate;
      if (edge->fate != Fate::Written && aspect != "stock" && !edge->later) never_written = true;
      equal_levels = equal_levels || edge->equal_levels;
      names += (names.empty() ? "" : "; ") + edge->name;
    }
    if (!names.empty()) pair.planted = names;
    if (pair.shop && pair.erp && !equal_levels &&
        plain_decimal(pair.erp->stock) == plain_decimal(pair.shop->stock)) {
      pair.shop->stock = "77";  // The levels differ, so that a write shows.
    }
    settle(pair, fate);
    if (never_written && pair.shop) pair.expected = plain_decimal(pair.shop->stock);
    input.pairs.push_back(std::move(pair));
  }
  return input;
}

Shape pair_shape(const std::vector<PairEdge>& edges, bool two_edges) {
  const int count = 1 + static_cast<int>(edges.size());
  return {.edges = count, .seconds = two_edges ? count : 1, .a = 40, .b = 40, .c = kFlavours};
}

Table::Table(const PairCase& input, harness::Bench& bench)
    : input_(input), bench_(bench), planter_(bench) {}

void Table::set() {
  for (const Pair& pair : input_.pairs) {
    products_.push_back(pair.shop ? std::optional(planter_.plant(*pair.shop)) : std::nullopt);
    if (!pair.erp) continue;
    ErpProduct product = *pair.erp;
    if (pair.first_stock) product.stock = *pair.first_stock;
    if (pair.same_id) product.id = std::to_string(products_.back().value());
    bench_.add_product(std::move(product));
  }
  bench_.configure(input_.automatic);
}

void Table::run(std::string_view command) {
  const bool twice = std::any_of(input_.pairs.begin(), input_.pairs.end(),
                                 [](const Pair& pair) { return pair.first_stock.has_value(); });
  if (twice) {
    bench_.run(command);
    bench_.advance(std::chrono::minutes(5));
    change_between_runs();
  }
  before_last_run_ = bench_.exchange_count();
  bench_.run(command);
}

void Table::change_between_runs() {
  for (std::size_t i = 0; i < input_.pairs.size(); ++i) {
    const Pair& pair = input_.pairs[i];
    if (pair.first_stock && pair.erp) bench_.edit_product(*pair.erp);
    if (pair.deleted_in_shop) bench_.shop().remove("products", *products_[i]);
    if (!pair.category_becomes.empty()) {
      planter_.rename_category(*products_[i], pair.category_becomes);
    }
    if (pair.unit_made_whole) planter_.make_unit_whole(*products_[i]);
  }
}

void Table::check_variants(std::size_t index, const harness::ErpView& erp,
                           harness::Judgement& judgement) {
  const std::vector<ShopVariant>& variants = input_.pairs[index].shop->variants;
  if (variants.empty()) return;
  const std::vector<std::string> observed = planter_.variant_stocks(*products_[index]);
  for (std::size_t i = 0; i < variants.size(); ++i) {
    const std::string expected = plain_decimal(variants[i].stock);
    const std::string found = i < observed.size() ? observed[i] : "no such variant";
    judgement.expect(found == expected || reported(erp, "product", variants[i].code),
                     fmt::format("stock of the variant '{}' of {} in the shop", variants[i].code,
                                 title(input_.pairs[index])),
                     expected + ", or a report of that code", found + " and no report");
  }
}

void Table::check_pair(std::size_t index, const harness::ErpView& erp,
                       harness::Judgement& judgement) {
  const Pair& pair = input_.pairs[index];
  if (pair.shop && !pair.deleted_in_shop) {
    const std::string observed = planter_.stock(*products_[index]);
    if (pair.fate == Fate::UntouchedOrReported) {
      judgement.expect(observed == pair.expected || reported(erp, "product", pair.shop->code),
                       "stock of " + title(pair) + " in the shop",
                       pair.expected + ", or a report of that code", observed + " and no report");
    } else {
      judgement.expect_equal("stock of " + title(pair) + " in the shop", pair.expected, observed);
    }
    check_variants(index, erp, judgement);
  }
  if (!pair.reported) return;
  const std::string record = pair.erp ? pair.erp->code.value_or("") : pair.shop->code;
  judgement.expect(reported(erp, "product", record), "report about " + title(pair),
                   "a warning or an error that names its code", "none");
}

void Table::check(harness::Judgement& judgement) {
  const harness::ErpView erp = bench_.erp();
  const std::set<std::int64_t> written = stock_writes(bench_, before_last_run_);
  for (std::size_t i = 0; i < input_.pairs.size(); ++i) {
    check_pair(i, erp, judgement);
    const Pair& pair = input_.pairs[i];
    if (pair.fate != Fate::LeftAlone || !products_[i]) continue;
    judgement.expect(!written.contains(*products_[i]), "writes to the stock of " + title(pair),
                     "none", "at least one");
  }
}

std::function<void(const PairCase&, harness::Bench&, harness::Judgement&)> judge_pairs(
    std::string command) {
  return [command = std::move(command)](const PairCase& input, harness::Bench& bench,
                                        harness::Judgement& judgement) {
    Table table(input, bench);
    table.set();
    table.run(command);
    table.check(judgement);
  };
}

}  // namespace atrapa::scenarios::systim
