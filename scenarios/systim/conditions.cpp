#include "scenarios/systim/edges.hpp"
#include "scenarios/systim/pairs.hpp"

namespace atrapa::scenarios::systim {
namespace {

Fate written_if(bool condition) { return condition ? Fate::Written : Fate::LeftAlone; }

using Paths = std::vector<std::vector<std::string>>;

/// A level at a first run and another one afterwards.
PairEdge level_change(std::string name, std::string first, std::string then, Fate fate) {
  return {
      .aspect = "stock", .name = std::move(name), .fate = fate, .plant = [first, then](Pair& pair) {
        pair.first_stock = first;
        pair.erp->stock = then;
        pair.erp->unit = pair.shop->unit = "kg";
      }};
}

void add(std::vector<PairEdge>& all, std::vector<PairEdge> more) {
  for (PairEdge& edge : more) all.push_back(std::move(edge));
}

/// Reserved pieces where it does not matter whether they count as stock, which nobody says.
std::vector<PairEdge> reserved_stock(std::string_view reading) {
  const auto reserved = [](std::string name, std::string stock, std::string part, Fate fate) {
    return PairEdge{.aspect = "stock",
                    .name = std::move(name),
                    .fate = fate,
                    .plant = [stock, part](Pair& pair) {
                      if (!stock.empty()) pair.erp->stock = stock;
                      pair.erp->reserved = part;
                      if (stock.find('.') != stock.npos) pair.erp->unit = pair.shop->unit = "kg";
                    }};
  };
  std::vector<PairEdge> edges{reserved("nothing of it reserved", "", "0", Fate::Written)};
  if (reading == "always") return edges;
  edges.push_back(reserved("0 on hand, 2 reserved", "0", "2", Fate::LeftAlone));
  edges.push_back(reserved("0.5 on hand, all of it reserved", "0.5", "0.5", Fate::LeftAlone));
  return edges;
}

}  // namespace

std::vector<PairEdge> price_conditions(const harness::SwitchValues& switches) {
  const std::string_view reading = value_of(switches, "systim.price_test");
  std::vector<PairEdge> edges;
  for (const PriceEdge& edge : price_edges()) {
    const Fate fate = written_if(above_zero(edge, reading));
    const auto in_erp = [price = edge.price](Pair& pair) { pair.erp->gross_price = price; };
    edges.push_back({"price", "ERP price: " + std::string(edge.name), fate, in_erp});
    if (!edge.shop_can_hold) continue;
    edges.push_back({"price", "shop price: " + std::string(edge.name), fate,
                     [price = edge.price](Pair& pair) { pair.shop->price = *price; }});
    edges.push_back({"price", "price of both: " + std::string(edge.name), fate,
                     [price = edge.price](Pair& pair) {
                       pair.erp->gross_price = price;
                       pair.shop->price = *price;
                     }});
  }
  return edges;
}

std::vector<PairEdge> code_set_conditions(const harness::SwitchValues& switches) {
  const auto codes = [](std::string name, std::optional<std::string> erp,
                        std::optional<std::string> shop) {
    return PairEdge{.aspect = "code",
                    .name = std::move(name),
                    .fate = Fate::LeftAlone,
                    .plant = [erp, shop](Pair& pair) {
                      if (erp != "(kept)") pair.erp->code = erp;
                      if (shop) pair.shop->code = *shop;
                    }};
  };
  // The same white space alone on both sides is left out: whether that is a code, nobody says.
  // Where it differs, the products stay apart either way, unless the reading trims it. No product
  // of the shop has the ERP's single space, so that no two pairs of a case meet by it.
  std::vector<PairEdge> edges = {
      {"code", "codes set and equal", Fate::Written, [](Pair&) {}},
      codes("no code in the ERP", std::nullopt, std::nullopt),
      codes("no code in the shop", "(kept)", ""),
      codes("no code on either side", std::nullopt, ""),
      codes("empty code on both sides", "", ""),
      codes("empty code in the ERP", "", std::nullopt),
      codes("white space in the ERP, no code in the shop", " ", ""),
      codes("no code in the ERP, white space in the shop", std::nullopt, "\t"),
  };
  if (value_of(switches, "systim.code_equality") != "trim") {
    edges.push_back(codes("one space in the ERP, two in the shop", " ", "  "));
    edges.push_back(codes("a space in the ERP, a no-break space in the shop", " ", "\u00a0"));
    edges.push_back(codes("a space in the ERP, a tab in the shop", " ", "\t"));
  }
  return edges;
}

std::vector<PairEdge> code_conditions(const harness::SwitchValues& switches) {
  std::vector<PairEdge> edges;
  for (const CodeEdge& edge : code_edges()) {
    const auto same = same_code(edge, value_of(switches, "systim.code_equality"));
    if (!same) continue;
    edges.push_back({"code", std::string(edge.name), written_if(*same), [&edge](Pair& pair) {
                       const std::string base = *pair.erp->code;
                       pair.erp->code = edge.erp(base);
                       pair.shop->code = edge.shop(base);
                     }});
  }
  return edges;
}

std::vector<PairEdge> category_set_conditions() {
  return {
      {"category", "categories set and equal", Fate::Written, [](Pair&) {}},
      {"category", "no category in the ERP", Fate::LeftAlone,
       [](Pair& pair) { pair.erp->categories.clear(); }},
      {"category", "no category in the shop", Fate::LeftAlone,
       [](Pair& pair) { pair.shop->categories.clear(); }},
      {"category", "no category on either side", Fate::LeftAlone,
       [](Pair& pair) {
         pair.erp->categories.clear();
         pair.shop->categories.clear();
       }},
  };
}

std::vector<PairEdge> category_conditions(const harness::SwitchValues& switches) {
  std::vector<PairEdge> edges;
  for (const CategoryEdge& edge : category_edges()) {
    const auto same = same_category(edge, value_of(switches, "systim.category_match"));
    if (!same) continue;
    edges.push_back({"category", std::string(edge.name), written_if(*same), [&edge](Pair& pair) {
                       pair.erp->categories = edge.erp;
                       pair.shop->categories = edge.shop;
                       pair.shop->foreign_category = edge.foreign;
                     }});
  }
  return edges;
}

PairEdge renamed_category() {
  return {.aspect = "category",
          .name = "the shop's category was renamed since the last run",
          .fate = Fate::LeftAlone,
          .plant =
              [](Pair& pair) {
                // A category of its own: the others of the case keep theirs.
                const Paths own = {{"Nazwa " + *pair.erp->code}};
                pair.erp->categories = pair.shop->categories = own;
                pair.first_stock = pair.erp->stock;
                pair.erp->stock = *pair.first_stock == "41" ? "42" : "41";
                pair.category_becomes = "Inna nazwa " + *pair.erp->code;
              },
          .later = true};
}

std::vector<PairEdge> vat_set_conditions() {
  return {
      {"vat", "rates set and equal", Fate::Written, [](Pair&) {}},
      {"vat", "no VAT rate in the ERP", Fate::LeftAlone, [](Pair& pair) { pair.erp->vat.reset(); }},
      {"vat", "no VAT rate in the shop", Fate::LeftAlone,
       [](Pair& pair) { pair.shop->tax.clear(); }},
      {"vat", "no VAT rate on either side", Fate::LeftAlone,
       [](Pair& pair) {
         pair.erp->vat.reset();
         pair.shop->tax.clear();
       }},
      // 0 % is a rate; a missing one is not 0 %.
      {"vat", "0 in the ERP, no VAT rate in the shop", Fate::LeftAlone,
       [](Pair& pair) {
         pair.erp->vat = "0";
         pair.shop->tax.clear();
       }},
  };
}

std::vector<PairEdge> vat_conditions(const harness::SwitchValues& switches) {
  const std::string_view reading = value_of(switches, "systim.vat_match");
  std::vector<PairEdge> edges;
  for (const VatEdge& edge : vat_edges()) {
    for (const int row : {1, 2}) {
      const std::string which = row == 2 ? ", the second rate of that name" : "";
      edges.push_back({"vat", "VAT " + std::string(edge.name) + which,
                       written_if(same_vat(edge, reading)), [&edge, row](Pair& pair) {
                         pair.erp->vat = edge.erp;
                         pair.shop->tax = edge.shop;
                         pair.shop->tax_row = row;
                       }});
    }
  }
  return edges;
}

std::vector<PairEdge> stock_conditions(const harness::SwitchValues& switches) {
  const std::string_view reading = value_of(switches, "systim.zero_stock");
  std::vector<PairEdge> edges;
  for (const StockEdge& edge : stock_edges()) {
    Fate fate = written_if(edge.at_least_one);
    if (reading == "always" && !edge.at_least_one) {
      if (edge.stock != "0") continue;  // What becomes of parts and debts is said by nobody.
      fate = Fate::Written;
    }
    edges.push_back({"stock", "ERP stock " + std::string(edge.name), fate, [&edge](Pair& pair) {
                       pair.erp->stock = edge.stock;
                       if (!edge.whole) pair.erp->unit = pair.shop->unit = "kg";
                     }});
  }
  const Fate of_nothing = reading == "never_sent" ? Fate::LeftAlone : Fate::Written;
  edges.push_back(level_change("stock falls from 5 to 0", "5", "0", of_nothing));
  edges.push_back(level_change("stock falls from 1 to 0", "1", "0", of_nothing));
  edges.push_back(level_change("stock falls from 9 to 1", "9", "1", Fate::Written));
  edges.push_back(level_change("stock rises from 2 to 3", "2", "3", Fate::Written));
  edges.push_back(level_change("stock rises from 0 to 1", "0", "1", Fate::Written));
  add(edges, reserved_stock(reading));
  edges.push_back({.aspect = "stock",
                   .name = "0 on both sides",
                   .fate = reading == "always" ? Fate::Tried : Fate::LeftAlone,
                   .plant = [](Pair& pair) { pair.erp->stock = pair.shop->stock = "0"; },
                   .equal_levels = true});
  if (reading == "never_sent") {
    edges.push_back(level_change("stock falls from 1.5 to 0.5", "1.5", "0.5", Fate::LeftAlone));
  }
  return edges;
}

std::vector<PairEdge> every_condition(const harness::SwitchValues& switches) {
  std::vector<PairEdge> all;
  add(all, code_set_conditions(switches));
  add(all, price_conditions(switches));
  add(all, code_conditions(switches));
  add(all, category_set_conditions());
  add(all, category_conditions(switches));
  add(all, vat_set_conditions());
  add(all, vat_conditions(switches));
  add(all, stock_conditions(switches));
  return all;
}

std::vector<std::string> condition_switches() {
  return {"systim.code_equality", "systim.category_match", "systim.vat_match", "systim.price_test",
          "systim.zero_stock"};
}

}  // namespace atrapa::scenarios::systim
