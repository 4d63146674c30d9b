#include "mocks/base/product_edit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "mocks/base/product_texts.hpp"
#include "mocks/base/products.hpp"
#include "mocks/base/world_json.hpp"

// The fields of a product that are no maps, and the lists.

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kLongestTag = 25;
constexpr std::size_t kMostVideos = 6;

/// 0 to 100, or one of the three words for no tax [doc].
bool is_product_tax_rate(const kit::Decimal& rate) {
  static const std::array<kit::Decimal, 3> kWords{kit::Decimal(-1), *kit::Decimal::parse("-0.02"),
                                                  *kit::Decimal::parse("-0.03")};
  if (rate >= kit::Decimal(0) && rate <= kit::Decimal(100)) return true;
  return std::find(kWords.begin(), kWords.end(), rate) != kWords.end();
}

bool has_variants(const State& state, std::int64_t product_id) {
  const auto& products = state.catalogue.products;
  return product_id != 0 && !products.look_up(Product::Parent, number_key(product_id)).empty();
}

/// Two levels, and no bundles in them [inferred].
std::string parent_problem(const ProductEdit& edit, std::int64_t parent_id) {
  if (parent_id == 0) return {};
  const Product* parent = edit.state.catalogue.products.find(parent_id);
  if (parent == nullptr || parent->inventory_id != edit.inventory.id) {
    return fmt::format("parent_id: product {} is not in the catalogue", parent_id);
  }
  if (parent->parent_id != 0) return "parent_id: a variant has no variants";
  if (parent->is_bundle) return "parent_id: a bundle has no variants";
  if (parent_id == edit.product.id) return "parent_id: a product is no variant of itself";
  if (has_variants(edit.state, edit.product.id)) return "parent_id: the product has variants";
  return {};
}

std::string bundle_problem(const ProductEdit& edit) {
  if (has_variants(edit.state, edit.product.id)) return "is_bundle: the product has variants";
  const auto& products = edit.state.catalogue.products;
  const bool is_part = edit.product.id != 0 &&
                       !products.look_up(Product::BundlePart, number_key(edit.product.id)).empty();
  return is_part ? "is_bundle: the product is a part of a bundle" : "";
}

std::optional<std::string> take_kind(ProductEdit& edit, const Given& given) {
  if (given.has("parent_id")) {
    const std::int64_t parent_id = given.integer("parent_id");
    if (auto problem = parent_problem(edit, parent_id); !problem.empty()) return problem;
    edit.product.parent_id = parent_id;
  }
  const bool is_bundle = given.flag("is_bundle", edit.product.is_bundle);
  if (is_bundle && !edit.product.is_bundle) {
    if (auto problem = bundle_problem(edit); !problem.empty()) return problem;
    edit.product.stock.clear();  // Its parts' from now on.
  }
  if (!is_bundle) edit.product.bundle_products.clear();
  edit.product.is_bundle = is_bundle;
  return std::nullopt;
}

std::optional<std::string> take_numbers(ProductEdit& edit, const Given& given) {
  Product& product = edit.product;
  if (given.has("tax_rate")) {
    const kit::Decimal rate = given.decimal("tax_rate");
    if (!is_product_tax_rate(rate)) return fmt::format("tax_rate: {} is none", rate.text());
    product.tax_rate = rate;
  }
  const std::array<std::pair<std::string_view, kit::Decimal*>, 4> sizes{
      {{"weight", &product.weight},
       {"height", &product.height},
       {"width", &product.width},
       {"length", &product.length}}};
  for (const auto& [name, size] : sizes) {
    if (!given.has(name)) continue;
    if (given.decimal(name) < kit::Decimal(0)) return fmt::format("{}: is below 0", name);
    *size = given.decimal(name).rounded(2);
  }
  if (given.has("average_cost")) {
    if (edit.state.settings->storage_documents) {
      edit.warnings["average_cost"] = "is kept by the storage documents";
    } else {
      product.average_cost = given.decimal("average_cost").rounded(2);
    }
  }
  product.star = given.integer("star", product.star);
  return std::nullopt;
}

/// A reference to what is not there is not taken.
void take_references(ProductEdit& edit, const Given& given) {
  const Catalogue& catalogue = edit.state.catalogue;
  if (given.has("manufacturer_id")) {
    const std::int64_t id = given.integer("manufacturer_id");
    if (id == 0 || catalogue.manufacturers.has(id)) {
      edit.product.manufacturer_id = id;
    } else {
      edit.warnings["manufacturer_id"] = fmt::format("manufacturer {} is not there", id);
    }
  }
  if (given.has("category_id")) {
    const std::int64_t id = given.integer("category_id");
    const Category* category = catalogue.categories.find(id);
    const bool usable = category != nullptr && (category->inventory_id == 0 ||
                                                category->inventory_id == edit.inventory.id);
    if (id == 0 || usable) {
      edit.product.category_id = id;
    } else {
      edit.warnings["category_id"] = fmt::format("category {} is not in the catalogue", id);
    }
  }
}

void take_tags(ProductEdit& edit, const kit::Json& tags) {
  edit.product.tags.clear();
  for (const kit::Json& one : tags) {
    const std::string tag = text_in(one).value_or("");
    auto& taken = edit.product.tags;
    if (tag.empty() || first_characters(tag, kLongestTag).size() < tag.size()) {
      edit.warnings["tags"] = "a tag is a text of 1 to 25 characters";
    } else if (std::find(taken.begin(), taken.end(), tag) == taken.end()) {
      taken.push_back(tag);
    }
  }
}

void take_further_eans(ProductEdit& edit, const kit::Json& eans) {
  edit.product.ean_additional.clear();
  for (const kit::Json& one : eans) {
    const Given given(one);
    const std::int64_t quantity = given.integer("quantity", 1);
    if (given.text("ean").empty() || quantity < 1) {
      edit.warnings["ean_additional"] = "expected an EAN and a number of pieces above 0";
      continue;
    }
    edit.product.ean_additional.push_back({given.text("ean"), quantity});
  }
}

void take_suppliers(ProductEdit& edit, const kit::Json& suppliers) {
  std::vector<ProductSupplier> taken;
  from_json(taken, suppliers, "suppliers");
  std::erase_if(taken, [&](const ProductSupplier& one) {
    if (edit.state.partners.suppliers.has(one.id)) return false;
    edit.warnings["suppliers"] = fmt::format("supplier {} is not there", one.id);
    return true;
  });
  edit.product.suppliers = std::move(taken);
}

}  // namespace

void put_warnings(Answer& answer, const Warnings& warnings) {
  const auto map = answer.open("warnings");
  for (const auto& [what, message] : warnings) answer.add(what, message);
}

std::optional<std::string> take_product(ProductEdit& edit, const Given& given) {
  if (auto problem = take_kind(edit, given)) return problem;
  if (auto problem = take_numbers(edit, given)) return problem;
  Product& product = edit.product;
  product.sku = given.text("sku", product.sku);
  product.ean = given.text("ean", product.ean);
  product.asin = given.text("asin", product.asin);
  take_references(edit, given);
  if (given.has("tags")) take_tags(edit, given.list("tags"));
  if (given.has("ean_additional")) take_further_eans(edit, given.list("ean_additional"));
  if (given.has("suppliers")) take_suppliers(edit, given.list("suppliers"));
  take_parts(edit, given.map("bundle_products"));
  take_prices(edit, given.map("prices"));
  take_stock(edit, given.map("stock"));
  take_locations(edit, given.map("locations"));
  take_texts(edit, given.map("text_fields"));
  take_images(edit, given.map("images"));
  take_links(edit, given.map("links"));
  if (given.list("videos").size() > kMostVideos) {
    edit.warnings["videos"] = fmt::format("more than {} videos", kMostVideos);
  }
  return std::nullopt;
}

}  // namespace atrapa::mocks::base
