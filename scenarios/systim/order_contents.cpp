#include <fmt/format.h>

#include <array>

#include "scenarios/systim/edges.hpp"
#include "scenarios/systim/orders.hpp"
#include "scenarios/systim/rules.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::Bench;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

/// Each gene is a line; `d` 0 opens another order, anything else adds to the last one.
template <typename MakeLine>
OrderCase lines_into_orders(const std::vector<Gene>& genes, const MakeLine& make_line) {
  OrderCase input;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    if (input.orders.empty() || genes[i].d == 0) {
      input.orders.push_back(shop_order(input.orders.size()));
    }
    Order& order = input.orders.back();
    const Line* previous = order.lines.empty() ? nullptr : &order.lines.back();
    order.lines.push_back(make_line(i, genes[i], previous));
  }
  return input;
}

/// A first line of every order that is matched under any reading, so that the order comes in at
/// all.
void anchor(OrderCase& input) {
  for (std::size_t i = 0; i < input.orders.size(); ++i) {
    auto& lines = input.orders[i].lines;
    lines.insert(lines.begin(), known_line(900 + i));
  }
}

/// Where the switch says so, an order of which a line is unknown is refused whole, and reported.
void read_unknown_line(OrderCase& input, const SwitchValues& switches) {
  const bool refuse = value_of(switches, "systim.unknown_line") == "refuse_order";
  for (Order& order : input.orders) {
    bool left_out = false;
    for (const Line& line : order.lines) left_out = left_out || line.product.empty();
    if (left_out) order.planted = "a line is unknown in the ERP";
    order.imported = !(left_out && refuse);
    order.reported = left_out && refuse;
  }
}

// @ORDER, as lines. Quantity 0, shipping cost and discounts stand in the rule about totals: whether
// a line of quantity 0 is kept is said by nobody, but it adds nothing. A bundle is planted where
// the ERP knows its own code; what becomes of one whose members alone are known is said by nobody.
enum class LineEdge {
  Known,
  Unknown,
  NoCode,
  NameOnly,
  DeletedInShop,
  Free,
  SameAgain,
  Half,
  Variant,
  Bundle,
};
constexpr int kLineEdges = 10;

/// The ERP has a second product whose code ends like that.
void add_decoy(Line& line, const std::string& end) {
  ErpProduct decoy = line.erp.front();
  decoy.id += end;
  decoy.code = line.code + end;
  line.erp.push_back(std::move(decoy));
}

Line line_of(LineEdge edge, std::size_t index, const Line* previous) {
  Line line = known_line(index);
  switch (edge) {
    case LineEdge::Known: break;
    case LineEdge::Unknown:
      line.planted = "unknown in the ERP";
      line.erp.clear();
      line.product.clear();
      break;
    case LineEdge::NoCode:
      line.planted = "without a code; the ERP has a product without one";
      line.code.clear();
      line.erp.front().code.reset();
      line.product.clear();
      break;
    case LineEdge::NameOnly:
      line.planted = "only its name is known in the ERP";
      line.erp.front().code = "INNY-" + std::to_string(index);
      line.product.clear();
      break;
    case LineEdge::DeletedInShop:
      line.planted = "known; the shop's product was deleted since";
      line.shop_product = "deleted";
      break;
    case LineEdge::Free:
      line.planted = "known; a free line of the shop";
      line.shop_product = "free";
      break;
    case LineEdge::SameAgain:
      // Nothing to repeat, or the line before is not in the ERP: a plain known line.
      if (previous != nullptr && !previous->product.empty() && previous->unit == "szt.") {
        const std::string quantity = std::to_string(1 + index);
        line = *previous;
        line.planted = "same code as the line before";
        line.quantity = quantity;
        line.shop_product = "free";
        line.erp.clear();
      }
      break;
    case LineEdge::Half:
      line.planted = "known; half of a unit";
      line.unit = "kg";
      line.erp.front().unit = "kg";
      line.quantity = "0.5";
      break;
    case LineEdge::Variant:
      line.planted = "known; a variant, the ERP has its parent's code too";
      line.shop_product = "variant";
      add_decoy(line, "-PARENT");
      break;
    case LineEdge::Bundle:
      line.planted = "known; a bundle, the ERP has its member's code too";
      line.shop_product = "bundle";
      add_decoy(line, "-MEMBER");
      break;
  }
  return line;
}

LineEdge edge_of(const Gene& gene) { return static_cast<LineEdge>(gene.edge); }

// ORD-05 ----------------------------------------------------------------------------------------

/// Codes of @CODE: the shop's side on the line, the ERP's side on a product. With `second` the very
/// code is in the ERP as well.
OrderCase build_line_codes(const std::vector<Gene>& genes, const SwitchValues& switches) {
  std::vector<const CodeEdge*> edges;
  std::vector<bool> same;
  for (const CodeEdge& edge : code_edges()) {
    const auto equal = same_code(edge, value_of(switches, "systim.code_equality"));
    if (!equal) continue;
    edges.push_back(&edge);
    same.push_back(*equal);
  }
  OrderCase input =
      lines_into_orders(genes, [&](std::size_t index, const Gene& gene, const Line* previous) {
        if (gene.edge < kLineEdges) return line_of(edge_of(gene), index, previous);
        const auto at = static_cast<std::size_t>(gene.edge - kLineEdges) % edges.size();
        Line line = known_line(index);
        const std::string base = line.code;
        line.planted = edges[at]->name;
        line.code = edges[at]->shop(base);
        line.erp.front().code = edges[at]->erp(base);
        if (same[at]) return line;
        line.product.clear();
        if (gene.second > 0) {
          ErpProduct very = line.erp.front();
          very.id += "-very";
          very.code = line.code;
          line.product = very.id;
          line.planted += ", and the very code";
          line.erp.push_back(std::move(very));
        }
        return line;
      });
  anchor(input);
  read_unknown_line(input, switches);
  return input;
}

void judge_lines(const OrderCase& input, Bench& bench, Judgement& judgement) {
  Counter counter(input, bench);
  counter.set();
  counter.run("orders");
  counter.check_imported(judgement);
  counter.check_lines(judgement);
}

// ORD-06 ----------------------------------------------------------------------------------------

OrderCase build_unknown_lines(const std::vector<Gene>& genes, const SwitchValues& switches) {
  OrderCase input =
      lines_into_orders(genes, [](std::size_t index, const Gene& gene, const Line* previous) {
        return line_of(edge_of(gene), index, previous);
      });
  anchor(input);
  read_unknown_line(input, switches);
  return input;
}

void judge_unknown_lines(const OrderCase& input, Bench& bench, Judgement& judgement) {
  Counter counter(input, bench);
  counter.set();
  const std::size_t products = bench.erp().products.size();
  counter.run("orders");
  counter.check_imported(judgement);
  counter.check_lines(judgement);
  counter.check_reports(judgement);
  judgement.expect_equal("products in the ERP", std::to_string(products),
                         std::to_string(bench.erp().products.size()));
}

// ORD-07 ----------------------------------------------------------------------------------------

// Prices and discounts that binary fractions miss by a hair: 1.15 less 50 % is 0.58 and no 0.57.
constexpr std::array kPrices{"10.00", "0.01", "0.35", "1.15", "8.35",    "19.99",
                             "1.45",  "4.35", "0.07", "2.05", "1299.99", "33.33"};
constexpr std::array kQuantities{"1", "3", "7", "100", "0.5", "1.5", "0.333", "2.125", "0"};
constexpr std::array kDiscounts{"0", "50", "10", "33", "12.5", "100", "7.25"};
constexpr std::array kShipping{"0.00", "15.99", "0.01"};

OrderCase build_amounts(const std::vector<Gene>& genes, const SwitchValues& switches) {
  const bool from_order = value_of(switches, "systim.line_price") == "from_order";
  const bool refuse = value_of(switches, "systim.unknown_line") == "refuse_order";
  OrderCase input = lines_into_orders(genes, [&](std::size_t index, const Gene& gene, const Line*) {
    Line line = line_of(gene.edge == 1 ? LineEdge::Unknown : LineEdge::Known, index, nullptr);
    const std::string amount = kPrices[static_cast<std::size_t>(gene.a)];
    line.quantity = kQuantities[static_cast<std::size_t>(gene.b)];
    // Whoever drops a line of quantity 0 may have to refuse the order for it.
    if (refuse && line.quantity == "0") line.quantity = "1";
    if (line.quantity.find('.') != std::string::npos) line.unit = "kg";
    if (!line.erp.empty()) line.erp.front().unit = line.unit;
    if (from_order) {
      line.price = amount;
      line.discount = kDiscounts[static_cast<std::size_t>(gene.c)];
    } else if (!line.erp.empty()) {
      // Whether the order's discounts are taken off the ERP's price is said by nobody: none here.
      line.price = "77.77";
      line.erp.front().gross_price = amount;
    }
    return line;
  });
  for (std::size_t i = 0; i < input.orders.size(); ++i) {
    Order& order = input.orders[i];
    order.lines.insert(order.lines.begin(), known_line(900 + i));
    order.shipping = kShipping[static_cast<std::size_t>(genes[i].second)];
    settle(order);
    std::int64_t total = grosze(order.shipping);
    for (Line& line : order.lines) {
      if (line.product.empty()) continue;
      if (from_order) {
        // Whether a line shows its price before or after its discount is said by nobody.
        if (line.discount == "0") line.charged = line.price;
        continue;
      }
      line.charged = *line.erp.front().gross_price;
      total += grosze_of(line.charged, line.quantity, "0");
    }
    if (!from_order) order.total = grosze_text(total);
  }
  read_unknown_line(input, switches);
  return input;
}

void judge_totals(const OrderCase& input, Bench& bench, Judgement& judgement) {
  Counter counter(input, bench);
  counter.set();
  counter.run("orders");
  counter.check_imported(judgement);
  counter.check_prices(judgement);
  counter.check_totals(judgement);
}

// ORD-08 ----------------------------------------------------------------------------------------

OrderCase build_hopeless(const std::vector<Gene>& genes, const SwitchValues& switches) {
  const bool no_order = value_of(switches, "systim.all_lines_unknown") == "no_order_and_report";
  OrderCase input;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    Order order = shop_order(i);
    const Gene& gene = genes[i];
    if (gene.edge == 0) {
      order.lines.push_back(known_line(10 * i));
    } else {
      order.planted = "no line is known in the ERP";
      order.imported = !no_order;
      order.reported = true;
      for (int line = 0; line < gene.edge; ++line) {
        const LineEdge edge = gene.a == 0   ? LineEdge::Unknown
                              : gene.a == 1 ? LineEdge::NoCode
                                            : LineEdge::NameOnly;
        order.lines.push_back(line_of(edge, 10 * i + static_cast<std::size_t>(line), nullptr));
      }
      // An order of the shop without any line: whether it is empty in the ERP too, nobody says.
      if (gene.b == 1 && no_order) {
        order.planted = gene.c == 1 ? "nothing but a shipping cost" : "no lines at all";
        order.lines.clear();
        if (gene.c == 1) order.shipping = "15.99";
      }
    }
    input.orders.push_back(std::move(order));
  }
  return input;
}

void judge_hopeless(const OrderCase& input, Bench& bench, Judgement& judgement) {
  Counter counter(input, bench);
  counter.set();
  counter.run("orders");
  counter.check_imported(judgement);
  counter.check_lines(judgement);
  counter.check_reports(judgement);
}

}  // namespace

std::vector<Rule> order_content_rules() {
  return {
      make(Draft<OrderCase>{
          .id = "SYSTIM-ORD-05",
          .switches = {"systim.code_equality", "systim.unknown_line"},
          .shape =
              [](const SwitchValues&) {
                return Shape{.edges = kLineEdges + static_cast<int>(code_edges().size()),
                             .seconds = 2,
                             .d = 3};
              },
          .build = build_line_codes,
          .oracle = judge_lines,
      }),
      make(Draft<OrderCase>{
          .id = "SYSTIM-ORD-06",
          .switches = {"systim.unknown_line"},
          .shape = [](const SwitchValues&) { return Shape{.edges = kLineEdges, .d = 3}; },
          .build = build_unknown_lines,
          .oracle = judge_unknown_lines,
      }),
      make(Draft<OrderCase>{
          .id = "SYSTIM-ORD-07",
          .switches = {"systim.line_price", "systim.unknown_line"},
          .shape =
              [](const SwitchValues&) {
                return Shape{.edges = 3,
                             .seconds = static_cast<int>(kShipping.size()),
                             .a = static_cast<int>(kPrices.size()),
                             .b = static_cast<int>(kQuantities.size()),
                             .c = static_cast<int>(kDiscounts.size()),
                             .d = 3};
              },
          .build = build_amounts,
          .oracle = judge_totals,
      }),
      make(Draft<OrderCase>{
          .id = "SYSTIM-ORD-08",
          .switches = {"systim.all_lines_unknown"},
          .shape =
              [](const SwitchValues&) {
                return Shape{.edges = 4, .a = 3, .b = 2, .c = 2, .most = 6};
              },
          .build = build_hopeless,
          .oracle = judge_hopeless,
      }),
  };
}

}  // namespace atrapa::scenarios::systim
