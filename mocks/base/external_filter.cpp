#include "mocks/base/external_filter.hpp"

#include <algorithm>
#include <string_view>

#include "mocks/kit/ascii.hpp"

namespace atrapa::mocks::base {
namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), kit::ascii_lower);
  return lower;
}

/// Whether the product or one of its variants has that code.
template <typename Code>
bool has_code(const ExternalProduct& product, const std::string& wanted, Code&& code) {
  return code(product) == wanted ||
         std::any_of(product.variants.begin(), product.variants.end(),
                     [&](const ExternalVariant& one) { return code(one) == wanted; });
}

bool matches_codes(const ExternalProduct& product, const Given& given) {
  const std::string sku = given.text("filter_sku");
  const std::string ean = given.text("filter_ean");
  const std::string asin = given.text("filter_asin");
  if (!sku.empty() && !has_code(product, sku, [](const auto& one) { return one.sku; })) {
    return false;
  }
  if (!ean.empty() && !has_code(product, ean, [](const auto& one) { return one.ean; })) {
    return false;
  }
  return asin.empty() || has_code(product, asin, [](const auto& one) { return one.asin; });
}

bool external_wanted(const ExternalProduct& product, const Given& given) {
  const std::string category = given.text("filter_category_id");
  if (!category.empty() && category != std::to_string(product.category_id)) return false;
  const std::string id = given.text("filter_id");
  if (!id.empty() && id != product.product_id) return false;
  if (!matches_codes(product, given)) return false;
  const std::string name = given.text("filter_name");
  if (lower_case(product.name).find(lower_case(name)) == std::string::npos) return false;
  const kit::Decimal price = product.price_brutto;
  if (given.has("filter_price_from") && price < given.decimal("filter_price_from")) return false;
  if (given.has("filter_price_to") && price > given.decimal("filter_price_to")) return false;
  const std::int64_t pieces = product.quantity;
  if (given.has("filter_quantity_from") && pieces < given.integer("filter_quantity_from")) {
    return false;
  }
  if (given.has("filter_quantity_to") && pieces > given.integer("filter_quantity_to")) return false;
  return !given.has("filter_available") || (pieces > 0) == given.flag("filter_available");
}

/// Sorts by a column; false where there is none of that name.
bool sort_external(std::vector<const ExternalProduct*>& products, std::string_view column,
                   bool down) {
  const auto by = [&](auto&& key) {
    std::stable_sort(products.begin(), products.end(), [&](const auto* left, const auto* right) {
      return down ? key(*right) < key(*left) : key(*left) < key(*right);
    });
    return true;
  };
  if (column == "product_id" || column == "id") {
    return by([](const ExternalProduct& one) { return one.product_id; });
  }
  if (column == "sku") return by([](const ExternalProduct& one) { return one.sku; });
  if (column == "ean") return by([](const ExternalProduct& one) { return one.ean; });
  if (column == "asin") return by([](const ExternalProduct& one) { return one.asin; });
  if (column == "name") return by([](const ExternalProduct& one) { return one.name; });
  if (column == "quantity") return by([](const ExternalProduct& one) { return one.quantity; });
  if (column == "price_brutto" || column == "price") {
    return by([](const ExternalProduct& one) { return one.price_brutto; });
  }
  return false;
}

}  // namespace

std::optional<std::vector<const ExternalProduct*>> external_matches(
    const ExternalStorages& storages, const std::string& storage_id, const Given& given) {
  std::vector<const ExternalProduct*> found;
  // A storage's products lie together in the index.
  storages.external_products.each_by(ExternalProduct::Place,
                                     ExternalProduct::place_key(storage_id, ""),
                                     [&](const ExternalProduct& one) {
                                       if (one.storage_id != storage_id) return false;
                                       if (external_wanted(one, given)) found.push_back(&one);
                                       return true;
                                     });
  const std::string sort = given.text("filter_sort");
  if (sort.empty()) {
    std::sort(found.begin(), found.end(),
              [](const auto* left, const auto* right) { return left->id < right->id; });
    return found;
  }
  const std::size_t blank = sort.find(' ');
  const std::string direction = blank == std::string::npos ? "ASC" : sort.substr(blank + 1);
  const bool known = direction == "ASC" || direction == "DESC";
  if (!known || !sort_external(found, sort.substr(0, blank), direction == "DESC")) {
    return std::nullopt;
  }
  return found;
}

}  // namespace atrapa::mocks::base
