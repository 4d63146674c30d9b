#include "scenarios/systim/catalogue.hpp"
#include "scenarios/systim/edges.hpp"

namespace atrapa::scenarios::systim {
namespace {

using Paths = std::vector<std::vector<std::string>>;

/// A product of the shop under a code that is nobody's.
ShopProduct neighbour(const Addition& product) {
  return {.code = "SASIAD-" + product.erp.id,
          .name = "Sąsiad " + product.erp.id,
          .categories = {{"Obuwie", "Buty"}},
          .stock = "3"};
}

/// The shop's own product of that code.
ShopProduct counterpart(const Addition& product, std::string code) {
  ShopProduct shop = neighbour(product);
  shop.code = std::move(code);
  return shop;
}

AdditionEdge in_shop(std::string name, std::function<void(ShopProduct&)> differ) {
  return {std::move(name), [differ = std::move(differ)](Addition& product) {
            product.shop = counterpart(product, *product.erp.code);
            differ(*product.shop);
            product.arrival = Arrival::There;
          }};
}

AdditionEdge rate(std::string erp, std::vector<std::string> taxes) {
  return {"VAT " + erp, [erp, taxes](Addition& product) {
            product.erp.vat = erp;
            product.taxes = taxes;
          }};
}

AdditionEdge unknown_rate(const std::string& erp) {
  return {"VAT " + erp + ", which the shop does not have", [erp](Addition& product) {
            product.erp.vat = erp;
            product.arrival = Arrival::Reported;
          }};
}

/// A rate that the shop has twice or beside the usual ones.
AdditionEdge further_rate(std::string name, std::string erp, std::string tax, int row) {
  return {std::move(name), [erp, tax, row](Addition& product) {
            product.erp.vat = erp;
            product.taxes = {tax};
            product.shop = neighbour(product);
            product.shop->tax = tax;
            product.shop->tax_row = row;
          }};
}

AdditionEdge price(const std::optional<std::string>& text, Arrival arrival) {
  return {"price " + text.value_or("not set"), [text, arrival](Addition& product) {
            product.erp.gross_price = text;
            product.arrival = arrival;
          }};
}

AdditionEdge category(std::string name, Paths erp, Paths shop, Arrival arrival,
                      std::string foreign = "") {
  return {std::move(name), [erp, shop, arrival, foreign](Addition& product) {
            product.erp.categories = erp;
            product.arrival = arrival;
            if (shop.empty()) return;
            product.shop = neighbour(product);
            product.shop->categories = shop;
            product.shop->foreign_category = foreign;
          }};
}

AdditionEdge without_code(std::string name, std::optional<std::string> code,
                          std::function<void(Addition&)> more = {}) {
  return {std::move(name), [code, more](Addition& product) {
            product.erp.code = code;
            if (more) more(product);
          }};
}

}  // namespace

std::vector<AdditionEdge> missing_codes(const harness::SwitchValues& switches) {
  const std::string_view reading = value_of(switches, "systim.code_equality");
  std::vector<AdditionEdge> edges;
  for (const CodeEdge& edge : code_edges()) {
    if (same_code(edge, reading) == false) {
      edges.push_back({"missing; " + std::string(edge.name), [&edge](Addition& product) {
                         const std::string base = *product.erp.code;
                         product.erp.code = edge.erp(base);
                         product.shop = counterpart(product, edge.shop(base));
                       }});
    }
    if (edge.codepoint == true) {
      edges.push_back({"missing; " + std::string(edge.name), [&edge](Addition& product) {
                         product.erp.code = edge.erp(*product.erp.code);
                       }});
    }
  }
  edges.push_back({"missing; another code of the shop bears its name", [](Addition& product) {
                     product.shop = neighbour(product);
                     product.shop->name = product.erp.name;
                   }});
  return edges;
}

std::vector<AdditionEdge> codes_in_shop(const harness::SwitchValues& switches) {
  const std::string_view reading = value_of(switches, "systim.code_equality");
  std::vector<AdditionEdge> edges{
      in_shop("in the shop under another name", [](ShopProduct&) {}),
      in_shop("in the shop at another price", [](ShopProduct& shop) { shop.price = "99.00"; }),
      in_shop("in the shop at no price", [](ShopProduct& shop) { shop.price = "0.00"; }),
      in_shop("in the shop at another rate", [](ShopProduct& shop) { shop.tax = "8%"; }),
      in_shop("in the shop without a rate", [](ShopProduct& shop) { shop.tax.clear(); }),
      in_shop("in another category of the shop",
              [](ShopProduct& shop) { shop.categories = {{"Czapki"}}; }),
      in_shop("in no category of the shop", [](ShopProduct& shop) { shop.categories.clear(); }),
      in_shop("in the shop, inactive", [](ShopProduct& shop) { shop.active = false; }),
      in_shop("in the shop, sold out", [](ShopProduct& shop) { shop.stock = "0"; }),
      in_shop("in the shop as a variant",
              [](ShopProduct& shop) {
                shop.variants = {{.code = shop.code, .stock = "4"}};
                shop.code = "RODZIC-" + shop.code;
              }),
      in_shop("in the shop as a product and its variant",
              [](ShopProduct& shop) { shop.variants = {{.code = shop.code, .stock = "4"}}; }),
  };
  for (const CodeEdge& edge : code_edges()) {
    if (same_code(edge, reading) != true) continue;
    edges.push_back({"in the shop; " + std::string(edge.name), [&edge](Addition& product) {
                       const std::string base = *product.erp.code;
                       product.erp.code = edge.erp(base);
                       product.shop = counterpart(product, edge.shop(base));
                       product.arrival = Arrival::There;
                     }});
  }
  return edges;
}

std::vector<AdditionEdge> no_codes() {
  const auto same_name = [](Addition& product) { product.erp.name = "Towar bez kodu"; };
  return {
      without_code("no code", std::nullopt),
      without_code("empty code", ""),
      without_code("one of several without a code under one name", std::nullopt, same_name),
      // Added either way, whether or not white space is a code.
      without_code("white space for a code", " "),
      without_code("a no-break space for a code", "\u00a0"),
      without_code("no code; the shop has its name without a code", std::nullopt,
                   [](Addition& product) {
                     product.shop = neighbour(product);
                     product.shop->code.clear();
                     product.shop->name = product.erp.name;
                   }),
      without_code("no code; the shop has its name under a code", std::nullopt,
                   [](Addition& product) {
                     product.shop = neighbour(product);
                     product.shop->name = product.erp.name;
                   }),
  };
}

std::vector<AdditionEdge> rates(const harness::SwitchValues& switches) {
  const std::string_view reading = value_of(switches, "systim.vat_match");
  std::vector<AdditionEdge> edges;
  for (const std::string label : {"23%", "8%", "5%"}) edges.push_back(rate(label, {label}));
  const bool percent = reading == "percent_only";
  // By percentage alone, none of the three is more right than the others.
  const std::vector<std::string> zero{"0%", "zw.", "np."};
  for (const std::string& label : zero) {
    edges.push_back(rate(label, percent ? zero : std::vector{label}));
  }
  edges.push_back(unknown_rate("19"));
  edges.push_back(further_rate("VAT 7%, a legacy rate of the shop", "7%", "7%", 1));
  edges.push_back(further_rate("VAT 8%, which the shop has twice", "8%", "8%", 2));
  edges.push_back({"no VAT rate in the ERP", [](Addition& product) {
                     product.erp.vat.reset();
                     product.arrival = Arrival::Open;
                   }});
  if (reading == "label") {
    edges.push_back(unknown_rate("23"));
    return edges;
  }
  edges.push_back(rate("23", {"23%"}));
  edges.push_back(rate("23.00", {"23%"}));
  edges.push_back(rate("8", {"8%"}));
  for (const auto& [erp, tax] : {std::pair<std::string, std::string>{"0", "0%"},
                                 {"0 WDT", "0%"},
                                 {"0 EX", "0%"},
                                 {"zw", "zw."},
                                 {"np", "np."},
                                 {"np I", "np."},
                                 {"np II", "np."}}) {
    edges.push_back(rate(erp, percent ? zero : std::vector{tax}));
  }
  if (!percent) edges.push_back(unknown_rate("oo"));
  edges.push_back(unknown_rate("22"));
  return edges;
}

std::vector<AdditionEdge> prices() {
  // Below a grosz, 0 and less: whether such a product can be added is not said.
  return {price("0.01", Arrival::Added),     price("99999.99", Arrival::Added),
          price("12.5", Arrival::Added),     price("7", Arrival::Added),
          price("1299.90", Arrival::Added),  price("0.00", Arrival::Open),
          price("0.004", Arrival::Open),     price("-0.01", Arrival::Open),
          price(std::nullopt, Arrival::Open)};
}

std::vector<AdditionEdge> shop_categories(const harness::SwitchValues& switches) {
  const bool path = value_of(switches, "systim.category_match") == "path";
  // Whether a category that the shop lacks is made, or the product left alone, is not said.
  return {
      category("category with Polish letters", {{"Odzież", "Łódź"}}, {{"Odzież", "Łódź"}},
               Arrival::Added),
      category("category of a name that two of the shop bear", {{"Obuwie", "Kozaki"}},
               {{"Wyprzedaż", "Kozaki"}, {"Obuwie", "Kozaki"}}, Arrival::Added),
      category("same name under another parent", {{"Dom", "Dywany"}}, {{"Salon", "Dywany"}},
               path ? Arrival::Open : Arrival::Added),
      category("only its second category is in the shop", {{"Nieznana"}, {"Obuwie", "Buty"}}, {},
               Arrival::Open),
      category("a category that the shop lacks", {{"Nieznana"}}, {}, Arrival::Open),
      category("the shop's category has a space more", {{"Szaliki"}}, {{"Szaliki "}},
               Arrival::Open),
      category("the shop's category in lower case", {{"Rękawice"}}, {{"rękawice"}}, Arrival::Open),
      category("the shop's category in decomposed letters", {{"G\u00f3ry"}}, {{"Go\u0301ry"}},
               Arrival::Open),
      category("only the English name is equal", {{"Shoes"}}, {{"Trzewiki"}}, Arrival::Open,
               "Shoes"),
      category("no category in the ERP", {}, {}, Arrival::Open),
  };
}

std::vector<AdditionEdge> names() {
  std::vector<AdditionEdge> edges;
  const auto name = [&](std::string about, std::string text) {
    edges.push_back({"name " + std::move(about),
                     [text](Addition& product) { product.erp.name = text + product.erp.name; }});
  };
  name("with Polish letters", "Zażółć gęślą jaźń ");
  name("with quotes", "Kabel 3/4\" 'x' ");
  name("with a semicolon", "But; lewy, ");
  name("with markup", "<b>But</b> &amp; ");
  name("over two lines", "Pierwszy wiersz\nDrugi ");
  name("of 200 letters", std::string(200, 'n'));
  name("in decomposed letters", "Go\u0301ry ");
  name("with a backslash", "C:\\but ");
  name("with spaces in front", "  ");
  return edges;
}

}  // namespace atrapa::scenarios::systim
