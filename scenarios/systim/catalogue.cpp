#include "scenarios/systim/catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace atrapa::scenarios::systim {
namespace {

constexpr std::array kArrivals{Arrival::Added, Arrival::There, Arrival::Open, Arrival::Reported};

std::string arrival_text(Arrival arrival) {
  switch (arrival) {
    case Arrival::Added: return "added";
    case Arrival::There: return "there";
    case Arrival::Open: return "open";
    case Arrival::Reported: return "reported";
  }
  throw std::logic_error("an arrival without a name");
}

Arrival arrival_of(const std::string& text) {
  for (const Arrival arrival : kArrivals) {
    if (arrival_text(arrival) == text) return arrival;
  }
  throw std::runtime_error("\"arrival\" is '" + text +
                           "'; expected added, there, open or reported");
}

std::string text_of(harness::Bench& bench, std::int64_t id, std::string_view field) {
  return bench.shop().text("products", id, field);
}

std::string tax_of(harness::Bench& bench, std::int64_t id) {
  const std::string tax = text_of(bench, id, "tax_id");
  return tax.empty() ? "no rate" : bench.shop().text("taxes", std::stoll(tax), "name");
}

std::string category_of(harness::Bench& bench, std::int64_t id) {
  const std::string category = text_of(bench, id, "category_id");
  if (category.empty()) return "no category";
  return bench.shop().text("categories", std::stoll(category), "translations.pl_PL.name");
}

std::string unit_of(harness::Bench& bench, std::int64_t id) {
  return bench.shop().text("units", std::stoll(text_of(bench, id, "unit_id")),
                           "translations.pl_PL.name");
}

std::string about(const Addition& product) {
  return fmt::format("'{}' ({}, {})", product.erp.code.value_or(""), product.erp.name,
                     product.planted);
}

/// The names of the ERP's categories, any of which its place in the shop may bear.
std::vector<std::string> leaves(const ErpProduct& product) {
  std::vector<std::string> names;
  for (const auto& path : product.categories) names.push_back(path.empty() ? "" : path.back());
  return names;
}

}  // namespace

// Found by the namespace of their types, so these stand outside of the unnamed one.

static void to_json(Json& json, const Addition& product) {
  json = {{"planted", product.planted},
          {"erp", product.erp},
          {"arrival", arrival_text(product.arrival)},
          {"taxes", product.taxes}};
  if (product.shop) json["shop"] = *product.shop;
  if (!product.later_stock.empty()) json["later_stock"] = product.later_stock;
  if (product.level_open) json["level_open"] = true;
  if (product.code_by_hand) json["code_by_hand"] = true;
}

static void from_json(const Json& json, Addition& product) {
  product.planted = json.value("planted", "");
  json.at("erp").get_to(product.erp);
  if (json.contains("shop")) product.shop = json.at("shop").get<ShopProduct>();
  product.arrival = arrival_of(json.at("arrival").get<std::string>());
  if (json.contains("taxes")) json.at("taxes").get_to(product.taxes);
  product.later_stock = json.value("later_stock", "");
  product.level_open = json.value("level_open", false);
  product.code_by_hand = json.value("code_by_hand", false);
}

void to_json(Json& json, const CatalogueCase& input) {
  json = {{"categories", input.categories}, {"products", input.products}};
  if (!input.automatic) json["automatic"] = false;
  if (input.limit != 0) json["limit"] = input.limit;
  if (!input.runs.empty()) json["runs"] = input.runs;
  if (input.plain != 0) json["plain"] = input.plain;
}

void from_json(const Json& json, CatalogueCase& input) {
  input.automatic = json.value("automatic", true);
  input.limit = json.value("limit", 0);
  input.plain = json.value("plain", 0);
  if (json.contains("runs")) json.at("runs").get_to(input.runs);
  if (json.contains("categories")) json.at("categories").get_to(input.categories);
  json.at("products").get_to(input.products);
}

std::size_t records(const CatalogueCase& input) {
  return input.products.size() + static_cast<std::size_t>(input.plain);
}

bool codeless(const ErpProduct& product) {
  if (!product.code) return true;
  std::string code = *product.code;
  for (const std::string_view space : {" ", "\t", "\u00a0"}) {
    for (std::size_t at; (at = code.find(space)) != code.npos;) code.erase(at, space.size());
  }
  return code.empty();
}

Addition newcomer(std::size_t index) {
  const std::string number = fmt::format("{:03}", index + 1);
  Addition product;
  product.planted = "missing in the shop";
  product.erp.id = "N-" + number;
  product.erp.code = "NOWY-" + number;
  product.erp.name = "Nowy towar " + number;
  product.erp.vat = "23%";  // The shop's own label, so that every reading finds it.
  product.erp.gross_price = "12.30";
  product.erp.categories = {{"Obuwie", "Buty"}};
  product.erp.stock = std::to_string(index + 2);
  return product;
}

ErpProduct further_product(int index) {
  ErpProduct product = newcomer(static_cast<std::size_t>(index)).erp;
  product.id = fmt::format("Z-{}", index);
  product.code = fmt::format("DALSZY-{}", index);
  product.name = fmt::format("Dalszy towar {}", index);
  return product;
}

CatalogueCase build_catalogue(const std::vector<Gene>& genes,
                              const std::vector<AdditionEdge>& edges) {
  CatalogueCase input;
  for (const Gene& gene : genes) {
    Addition product = newcomer(input.products.size());
    if (gene.edge > 0) {
      const AdditionEdge& edge = edges[static_cast<std::size_t>(gene.edge) - 1];
      product.planted = edge.name;
      edge.plant(product);
    }
    input.products.push_back(std::move(product));
  }
  input.categories = {{"Obuwie", "Buty"}};
  return input;
}

Shelves::Shelves(const CatalogueCase& input, harness::Bench& bench)
    : input_(input), bench_(bench), planter_(bench) {}

void Shelves::set() {
  for (const auto& path : input_.categories) planter_.plant_category(path);
  for (const Addition& product : input_.products) {
    if (product.shop) planter_.plant(*product.shop);
    bench_.add_product(product.erp);
  }
  for (int i = 0; i < input_.plain; ++i) bench_.add_product(further_product(i));
  if (input_.limit != 0) bench_.shop().set({{"limit", input_.limit}, {"bandwidth", 1}});
  const auto ids = bench_.shop().ids("products");
  before_.insert(ids.begin(), ids.end());
  bench_.configure(input_.automatic);
}

std::vector<std::int64_t> Shelves::newcomers() const {
  std::vector<std::int64_t> ids = bench_.shop().ids("products");
  std::erase_if(ids, [&](std::int64_t id) { return before_.contains(id); });
  return ids;
}

std::vector<std::int64_t> Shelves::with_code(const std::vector<std::int64_t>& ids,
                                             const std::string& code) const {
  std::vector<std::int64_t> found;
  for (const std::int64_t id : ids) {
    if (text_of(bench_, id, "code") == code) found.push_back(id);
  }
  return found;
}

std::vector<std::int64_t> Shelves::codeless_of(const std::string& name) const {
  std::set<std::string> codes;
  for (const Addition& product : input_.products) {
    if (!codeless(product.erp)) codes.insert(*product.erp.code);
  }
  std::vector<std::int64_t> found;
  for (const std::int64_t id : newcomers()) {
    if (text_of(bench_, id, "translations.pl_PL.name") == name &&
        !codes.contains(text_of(bench_, id, "code"))) {
      found.push_back(id);
    }
  }
  return found;
}

void Shelves::check_values(const Addition& product, std::int64_t id,
                           harness::Judgement& judgement) {
  const ErpProduct& erp = product.erp;
  const auto what = [&](std::string_view field) {
    return fmt::format("{} in the shop of {}", field, about(product));
  };
  judgement.expect_equal(what("the name"), erp.name,
                         text_of(bench_, id, "translations.pl_PL.name"));
  judgement.expect_equal(what("the gross price"), plain_decimal(erp.gross_price.value_or("")),
                         plain_decimal(text_of(bench_, id, "stock.price")));
  const std::string tax = tax_of(bench_, id);
  judgement.expect(
      std::find(product.taxes.begin(), product.taxes.end(), tax) != product.taxes.end(),
      what("the VAT rate"), fmt::format("{}", fmt::join(product.taxes, " or ")), tax);
  check_category(product, id, judgement);
  judgement.expect_equal(what("the unit"), erp.unit, unit_of(bench_, id));
}

void Shelves::check_category(const Addition& product, std::int64_t id,
                             harness::Judgement& judgement) {
  const auto wanted = leaves(product.erp);
  const std::string category = category_of(bench_, id);
  judgement.expect(std::find(wanted.begin(), wanted.end(), category) != wanted.end(),
                   "the category in the shop of " + about(product),
                   fmt::format("{}", fmt::join(wanted, " or ")), category);
}

void Shelves::check_coded(const Addition& product, const harness::ErpView& erp,
                          harness::Judgement& judgement) {
  const auto found = with_code(newcomers(), *product.erp.code);
  const std::string what = "products added to the shop of " + about(product);
  const bool named = reported(erp, "product", *product.erp.code);
  switch (product.arrival) {
    case Arrival::Added:
      judgement.expect_equal(what, std::uint64_t{1}, std::uint64_t{found.size()});
      if (found.size() == 1) check_values(product, found.front(), judgement);
      break;
    case Arrival::There:
      judgement.expect_equal(what, std::uint64_t{0}, std::uint64_t{found.size()});
      break;
    case Arrival::Open:
      judgement.expect(found.size() == 1 || (found.empty() && named), what,
                       "1, or none and a report of its code",
                       fmt::format("{}{}", found.size(), named ? ", reported" : ", no report"));
      if (found.size() == 1 && !product.erp.categories.empty()) {
        check_category(product, found.front(), judgement);
      }
      break;
    case Arrival::Reported:
      judgement.expect(named, "report about " + about(product),
                       "a warning or an error that names its code", "none");
      break;
  }
}

void Shelves::check_codeless(harness::Judgement& judgement, std::optional<int> times) {
  std::map<std::string, std::vector<const Addition*>> by_name;
  for (const Addition& product : input_.products) {
    if (codeless(product.erp)) by_name[product.erp.name].push_back(&product);
  }
  for (const auto& [name, products] : by_name) {
    const auto found = codeless_of(name);
    const std::string what = fmt::format("products added to the shop of the name '{}' ({})", name,
                                         products.front()->planted);
    if (times) {
      judgement.expect_equal(what, products.size() * static_cast<std::uint64_t>(*times),
                             std::uint64_t{found.size()});
    } else {
      judgement.expect(found.size() >= products.size(), what,
                       fmt::format("{} at least", products.size()), std::to_string(found.size()));
    }
    for (const std::int64_t id : found) check_values(*products.front(), id, judgement);
  }
}

void Shelves::check(harness::Judgement& judgement, std::optional<int> times) {
  const harness::ErpView erp = bench_.erp();
  std::set<std::string> codes;
  std::set<std::string> codeless_names;
  for (const Addition& product : input_.products) {
    if (codeless(product.erp)) {
      codeless_names.insert(product.erp.name);
      continue;
    }
    codes.insert(*product.erp.code);
    check_coded(product, erp, judgement);
  }
  check_codeless(judgement, times);
  for (const std::int64_t id : newcomers()) {
    const std::string code = text_of(bench_, id, "code");
    const std::string name = text_of(bench_, id, "translations.pl_PL.name");
    judgement.expect(codes.contains(code) || codeless_names.contains(name),
                     "a product that was added to the shop", "one of the ERP's, code and all",
                     fmt::format("'{}' of the code '{}'", name, code));
  }
}

void Shelves::check_none(harness::Judgement& judgement) {
  judgement.expect_equal("products added to the shop", std::uint64_t{0},
                         std::uint64_t{newcomers().size()});
}

void Shelves::check_stock(harness::Judgement& judgement) {
  const auto all = bench_.shop().ids("products");
  for (const Addition& product : input_.products) {
    const bool named = !codeless(product.erp);
    const auto ids = named ? with_code(all, *product.erp.code) : codeless_of(product.erp.name);
    const bool edited = named && !product.later_stock.empty();
    const std::string expected = plain_decimal(edited ? product.later_stock : product.erp.stock);
    judgement.expect(!ids.empty(), about(product), "in the shop", "not there");
    for (const std::int64_t id : ids) {
      const std::string stock = planter_.stock(id);
      judgement.expect(stock == expected || (product.level_open && stock == "0"),
                       "stock in the shop of " + about(product),
                       expected + (product.level_open ? " or 0" : ""), stock);
    }
  }
}

void Shelves::give_codes() {
  for (const Addition& product : input_.products) {
    if (!product.code_by_hand || !codeless(product.erp)) continue;
    for (const std::int64_t id : codeless_of(product.erp.name)) {
      bench_.shop().edit("products", id, {{"code", fmt::format("RĘKA-{}", id)}});
    }
  }
}

}  // namespace atrapa::scenarios::systim
