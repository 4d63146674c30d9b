#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

#include "scenarios/systim/catalogue.hpp"
#include "scenarios/systim/csv_file.hpp"
#include "scenarios/systim/edges.hpp"
#include "scenarios/systim/rules.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::Bench;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

/// The products of a case run through the export; nothing where there is no file that can be read.
std::optional<CsvFile> exported(Shelves& shelves, Bench& bench, Judgement& judgement) {
  shelves.set();
  bench.run("csv");
  const std::optional<std::string> text = bench.erp().exported;
  judgement.expect(text.has_value(), "the file of the export", "there", "none");
  if (!text) return std::nullopt;
  CsvFile file = read_csv_file(*text);
  judgement.expect(file.broken.empty(), "the file of the export", "a CSV file that can be read",
                   file.broken);
  if (!file.broken.empty()) return std::nullopt;
  return file;
}

/// The products of the file: which row is whose. What the file calls its columns and whether it
/// names them at all is said by nobody, so that rows are told by the planted names and codes.
struct Told {
  std::vector<std::optional<std::size_t>> rows;  ///< Of each product; nothing where it has none.
  std::vector<std::size_t> others;               ///< Rows of no product; no row of heads.
  bool heads = false;                            ///< The first row is none of a product.
};

bool holds(const std::vector<std::string>& row, const std::string& value) {
  return std::find(row.begin(), row.end(), value) != row.end();
}

Told tell_rows(const CsvFile& file, const std::vector<ErpProduct>& products) {
  Told told;
  told.rows.resize(products.size());
  std::vector<bool> taken(file.rows.size());
  // Those with a code first: a name alone may be that of several.
  for (const bool coded : {true, false}) {
    for (std::size_t i = 0; i < products.size(); ++i) {
      const std::string code = products[i].code.value_or("");
      if (code.empty() == coded) continue;
      for (std::size_t row = 0; row < file.rows.size() && !told.rows[i]; ++row) {
        if (taken[row] || !holds(file.rows[row], products[i].name)) continue;
        if (coded && !holds(file.rows[row], code)) continue;
        taken[row] = true;
        told.rows[i] = row;
      }
    }
  }
  told.heads = !file.rows.empty() && !taken[0];
  for (std::size_t row = told.heads ? 1 : 0; row < taken.size(); ++row) {
    if (!taken[row]) told.others.push_back(row);
  }
  return told;
}

// CSV-01 ----------------------------------------------------------------------------------------

std::vector<AdditionEdge> exportable() {
  std::vector<AdditionEdge> edges = names();
  const auto more = [&](std::string name, std::function<void(Addition&)> plant) {
    edges.push_back({std::move(name), std::move(plant)});
  };
  more("no code", [](Addition& product) { product.erp.code.reset(); });
  more("empty code", [](Addition& product) { product.erp.code = ""; });
  more("no gross price", [](Addition& product) { product.erp.gross_price.reset(); });
  more("gross price 0", [](Addition& product) { product.erp.gross_price = "0.00"; });
  more("no VAT rate", [](Addition& product) { product.erp.vat.reset(); });
  more("no category", [](Addition& product) { product.erp.categories.clear(); });
  more("stock 0", [](Addition& product) { product.erp.stock = "0"; });
  more("negative stock", [](Addition& product) { product.erp.stock = "-1"; });
  more("nothing but an id and a name", [](Addition& product) {
    ErpProduct bare;
    bare.id = product.erp.id;
    bare.name = product.erp.name;
    product.erp = std::move(bare);
  });
  for (const CodeEdge& edge : code_edges()) {
    if (edge.codepoint != true) continue;
    more("code; " + std::string(edge.name),
         [&edge](Addition& product) { product.erp.code = edge.erp(*product.erp.code); });
  }
  return edges;
}

CatalogueCase build_export(const std::vector<Gene>& genes, const SwitchValues&) {
  CatalogueCase input = build_catalogue(genes, exportable());
  input.plain = genes.front().b == 5 ? 60 : 0;
  if (genes.size() == 1 && genes.front().b == 4) input.products.clear();
  return input;
}

std::string shown_row(const std::string& code, const std::string& name) {
  return fmt::format("'{}': {}", code, name);
}

void judge_export(const CatalogueCase& input, Bench& bench, Judgement& judgement) {
  Shelves shelves(input, bench);
  const auto file = exported(shelves, bench, judgement);
  if (!file) return;
  std::vector<ErpProduct> products;
  for (const Addition& product : input.products) products.push_back(product.erp);
  for (int i = 0; i < input.plain; ++i) products.push_back(further_product(i));
  const Told told = tell_rows(*file, products);
  std::vector<std::string> expected;
  std::vector<std::string> observed;
  for (std::size_t i = 0; i < products.size(); ++i) {
    expected.push_back(shown_row(products[i].code.value_or(""), products[i].name));
    if (told.rows[i]) observed.push_back(expected.back());
  }
  for (const std::size_t row : told.others) {
    observed.push_back(fmt::format("{}", fmt::join(file->rows[row], "; ")));
  }
  std::sort(expected.begin(), expected.end());
  std::sort(observed.begin(), observed.end());
  judgement.expect_equal("rows of the file, code and name", expected, observed);
}

// CSV-02 ----------------------------------------------------------------------------------------

/// Products that a shop can take as they are. A path spelt with the characters that part its names
/// is left out: how a file writes a path is said by nobody.
std::vector<AdditionEdge> importable() {
  std::vector<AdditionEdge> edges = names();
  const auto more = [&](std::string name, std::function<void(Addition&)> plant) {
    edges.push_back({std::move(name), std::move(plant)});
  };
  for (const std::string price : {"0.01", "12.5", "7", "99999.99"}) {
    more("price " + price, [price](Addition& product) { product.erp.gross_price = price; });
  }
  for (const auto& [erp, tax] : {std::pair<std::string, std::string>{"23", "23%"},
                                 {"8", "8%"},
                                 {"5", "5%"},
                                 {"0", "0%"},
                                 {"zw", "zw."},
                                 {"np", "np."},
                                 {"zw.", "zw."},
                                 {"0%", "0%"}}) {
    more("VAT " + erp, [erp, tax](Addition& product) {
      product.erp.vat = erp;
      product.taxes = {tax};
    });
  }
  more("fractions of a unit", [](Addition& product) {
    product.erp.unit = "kg";
    product.erp.stock = "1.5";
  });
  more("a million pieces", [](Addition& product) { product.erp.stock = "1000000"; });
  more("category of one name", [](Addition& product) { product.erp.categories = {{"Buty"}}; });
  more("several categories", [](Addition& product) {
    product.erp.categories = {{"Obuwie", "Buty"}, {"Nowości"}};
  });
  for (const CodeEdge& edge : code_edges()) {
    if (edge.codepoint != true) continue;
    more("code; " + std::string(edge.name),
         [&edge](Addition& product) { product.erp.code = edge.erp(*product.erp.code); });
  }
  return edges;
}

/// A decimal as the shop takes it; spreadsheets write a comma.
std::string with_point(std::string decimal) {
  std::replace(decimal.begin(), decimal.end(), ',', '.');
  return decimal;
}

/// The last name of the first path.
std::string leaf_of(const std::string& category) {
  std::string path = category.substr(0, category.find('|'));
  if (const std::size_t parted = path.find_last_of(">/"); parted != path.npos) {
    path.erase(0, parted + 1);
  }
  path.erase(0, std::min(path.find_first_not_of(' '), path.size()));
  path.erase(path.find_last_not_of(' ') + 1);
  return path;
}

/// The rate as a person would look it up in the shop: "23" is "23%", "zw" is "zw.".
std::string rate_of(std::string vat) {
  while (vat.ends_with('%') || vat.ends_with('.')) vat.pop_back();
  return vat == "zw" || vat == "np" ? vat + "." : vat + "%";
}

/// A row of the file: values by what they are, as csv_meaning() calls them.
using CsvRow = std::map<std::string, std::string>;

std::string value(const CsvRow& row, const std::string& column) {
  const auto found = row.find(column);
  return found == row.end() ? "" : found->second;
}

/// Does the value say what was planted?
bool says(const std::string& meaning, const std::string& shown, const Addition& planted) {
  const ErpProduct& erp = planted.erp;
  const auto decimal = [&](const std::string& text) {
    return plain_decimal(with_point(shown)) == plain_decimal(text);
  };
  if (meaning == "code") return shown == erp.code.value_or("");
  if (meaning == "name") return shown == erp.name;
  if (meaning == "unit") return shown == erp.unit;
  if (meaning == "price") return decimal(erp.gross_price.value_or(""));
  if (meaning == "stock") return decimal(erp.stock);
  if (meaning == "category") return leaf_of(shown) == erp.categories.front().back();
  return rate_of(shown) == planted.taxes.front();
}

/// Where the file has each value: by the column's name, else by what was planted, as a person who
/// imports it would tell the columns.
std::map<std::string, std::size_t> columns_of(const CsvFile& file, const Told& told,
                                              const std::vector<Addition>& planted) {
  std::map<std::string, std::size_t> columns;
  if (file.rows.empty()) return columns;
  const std::vector<std::string>& first = file.rows.front();
  for (std::size_t column = 0; told.heads && column < first.size(); ++column) {
    const std::string meaning(csv_meaning(first[column]));
    if (!meaning.empty()) columns.emplace(meaning, column);
  }
  for (const char* meaning : {"code", "name", "price", "vat", "unit", "category", "stock"}) {
    for (std::size_t column = 0; column < first.size() && !columns.contains(meaning); ++column) {
      bool fits = true;
      for (std::size_t i = 0; i < planted.size(); ++i) {
        fits =
            fits && (!told.rows[i] || says(meaning, file.rows[*told.rows[i]][column], planted[i]));
      }
      if (fits) columns.emplace(meaning, column);
    }
  }
  return columns;
}

/// What a person does with the file in the shop: one product a row, by the shop's own API.
class Import {
 public:
  explicit Import(Bench& bench) : bench_(bench) {
    auto& shop = bench.shop();
    for (const std::int64_t id : shop.ids("taxes")) taxes_[shop.text("taxes", id, "name")] = id;
    for (const char* resource : {"categories", "units"}) {
      for (const std::int64_t id : shop.ids(resource)) {
        named_[resource].emplace(shop.text(resource, id, "translations.pl_PL.name"), id);
      }
    }
  }

  /// The new product's id; nothing where the row cannot come in, with the reason.
  std::optional<std::int64_t> take(const CsvRow& row, std::string& why) {
    for (const char* needed : {"code", "name", "price", "vat", "category", "stock"}) {
      if (!value(row, needed).empty()) continue;
      why = fmt::format("no value for {}", needed);
      return std::nullopt;
    }
    const auto tax = taxes_.find(rate_of(value(row, "vat")));
    const auto category = named_["categories"].find(leaf_of(value(row, "category")));
    const auto unit = named_["units"].find(value(row, "unit"));
    if (tax == taxes_.end() || category == named_["categories"].end() ||
        unit == named_["units"].end()) {
      why = fmt::format("rate '{}', category '{}' or unit '{}' is not in the shop",
                        value(row, "vat"), value(row, "category"), value(row, "unit"));
      return std::nullopt;
    }
    const Json body = {
        {"code", value(row, "code")},
        {"category_id", category->second},
        {"tax_id", tax->second},
        {"unit_id", unit->second},
        {"translations", {{"pl_PL", {{"name", value(row, "name")}}}}},
        {"stock",
         {{"price", with_point(value(row, "price"))}, {"stock", with_point(value(row, "stock"))}}}};
    const auto answer = bench_.call_shop("POST", "products", body.dump());
    if (answer.status != 200) {
      why = fmt::format("the shop answered {}: {}", answer.status, answer.body);
      return std::nullopt;
    }
    return std::stoll(answer.body);
  }

 private:
  Bench& bench_;
  std::map<std::string, std::int64_t> taxes_;
  std::map<std::string, std::map<std::string, std::int64_t>> named_;
};

void judge_import(const CatalogueCase& input, Bench& bench, Judgement& judgement) {
  Shelves shelves(input, bench);
  const auto file = exported(shelves, bench, judgement);
  if (!file) return;
  Import import(bench);
  std::vector<ErpProduct> products;
  for (const Addition& product : input.products) products.push_back(product.erp);
  const Told told = tell_rows(*file, products);
  const auto columns = columns_of(*file, told, input.products);
  for (std::size_t i = told.heads ? 1 : 0; i < file->rows.size(); ++i) {
    CsvRow row;
    for (const auto& [meaning, column] : columns) row.emplace(meaning, file->rows[i][column]);
    std::string why;
    const auto id = import.take(row, why);
    judgement.expect(id.has_value(),
                     "the row of " + shown_row(value(row, "code"), value(row, "name")),
                     "comes into the shop", why);
  }
  shelves.check(judgement);
  shelves.check_stock(judgement);
}

}  // namespace

std::vector<Rule> csv_rules() {
  return {
      make(Draft<CatalogueCase>{
          .id = "SYSTIM-CSV-01",
          .shape =
              [](const SwitchValues&) {
                return Shape{.edges = 1 + static_cast<int>(exportable().size()), .b = 6};
              },
          .build = build_export,
          .oracle = judge_export,
      }),
      make(Draft<CatalogueCase>{
          .id = "SYSTIM-CSV-02",
          .shape =
              [](const SwitchValues&) {
                return Shape{.edges = 1 + static_cast<int>(importable().size()), .most = 8};
              },
          .build =
              [](const std::vector<Gene>& genes, const SwitchValues&) {
                CatalogueCase input = build_catalogue(genes, importable());
                input.categories.push_back({"Nowości"});
                return input;
              },
          .oracle = judge_import,
      }),
  };
}

}  // namespace atrapa::scenarios::systim
