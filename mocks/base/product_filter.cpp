#include "mocks/base/product_filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "mocks/base/products.hpp"
#include "mocks/kit/ascii.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::array<std::string_view, 9> kSortColumns{
    "id", "product_id", "parent_id", "ean", "sku", "name", "prices", "stock", "asin"};

struct SortOrder {
  std::string_view column;
  bool descending = false;
};

/// Nothing for what is no "<column> ASC|DESC".
std::optional<SortOrder> sort_order(std::string_view text) {
  const std::size_t blank = text.find(' ');
  const std::string_view column = text.substr(0, blank);
  const std::string_view direction =
      blank == std::string_view::npos ? "ASC" : text.substr(blank + 1);
  if (std::find(kSortColumns.begin(), kSortColumns.end(), column) == kSortColumns.end()) {
    return std::nullopt;
  }
  if (direction != "ASC" && direction != "DESC") return std::nullopt;
  return SortOrder{column, direction == "DESC"};
}

std::string without_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), kit::ascii_lower);
  return lower;
}

std::optional<std::int64_t> integer_given(const Given& given, std::string_view name) {
  return given.has(name) ? std::optional(given.integer(name)) : std::nullopt;
}
std::optional<kit::Decimal> decimal_given(const Given& given, std::string_view name) {
  return given.has(name) ? std::optional(given.decimal(name)) : std::nullopt;
}

bool has_location(const Product& product, std::string_view wanted) {
  for (const auto& [key, locations] : product.locations) {
    std::string_view rest = locations;
    for (;;) {
      const std::size_t end = rest.find(';');
      if (kit::trimmed(rest.substr(0, end)) == wanted) return true;
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
  }
  return false;
}

bool has_ean(const Product& product, const std::string& ean) {
  return product.ean == ean ||
         std::any_of(product.ean_additional.begin(), product.ean_additional.end(),
                     [&](const AdditionalEan& one) { return one.ean == ean; });
}

/// Sorts by what `key` answers, equal ones by id.
template <typename Key>
void sort_products(std::vector<const Product*>& products, bool descending, Key&& key) {
  using Value = std::decay_t<decltype(key(*products.front()))>;
  std::vector<std::pair<Value, const Product*>> keyed;
  keyed.reserve(products.size());
  for (const Product* one : products) keyed.emplace_back(key(*one), one);
  std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& left, const auto& right) {
    return descending ? right.first < left.first : left.first < right.first;
  });
  for (std::size_t at = 0; at < keyed.size(); ++at) products[at] = keyed[at].second;
}

}  // namespace

ProductFilter::ProductFilter(const State& state, const Inventory& inventory, const Given& given)
    : state_(state),
      inventory_(inventory),
      id_(integer_given(given, "filter_id")),
      category_(integer_given(given, "filter_category_id")),
      ean_(given.text("filter_ean")),
      sku_(given.text("filter_sku")),
      asin_(given.text("filter_asin")),
      name_(without_case(given.text("filter_name"))),
      location_(given.text("filter_locations")),
      price_from_(decimal_given(given, "filter_price_from")),
      price_to_(decimal_given(given, "filter_price_to")),
      stock_from_(decimal_given(given, "filter_stock_from")),
      stock_to_(decimal_given(given, "filter_stock_to")),
      sort_(given.text("filter_sort")),
      variants_(given.flag("include_variants")) {}

std::string ProductFilter::problem() const {
  if (sort_.empty() || sort_order(sort_)) return {};
  return fmt::format("filter_sort: '{}' is no column and direction", sort_);
}

kit::Decimal ProductFilter::price(const Product& product) const {
  return price_of(state_, product, inventory_.default_price_group);
}

std::int64_t ProductFilter::stock(const Product& product) const {
  if (!state_.settings->stock_of_all_warehouses) {
    return stock_of(state_, product, inventory_.default_warehouse);
  }
  std::int64_t pieces = 0;
  for (const std::string& key : inventory_.warehouses) pieces += stock_of(state_, product, key);
  return pieces;
}

bool ProductFilter::wanted(const Product& product) const {
  if (product.inventory_id != inventory_.id) return false;
  if (product.parent_id != 0 && !variants_) return false;
  if (id_ && product.id != *id_) return false;
  if (category_ && product.category_id != *category_) return false;
  if (!ean_.empty() && !has_ean(product, ean_)) return false;
  if (!sku_.empty() && product.sku != sku_) return false;
  if (!asin_.empty() && product.asin != asin_) return false;
  if (!name_.empty() && without_case(product_name(product)).find(name_) == std::string::npos) {
    return false;
  }
  if (!location_.empty() && !has_location(product, location_)) return false;
  if (price_from_ && price(product) < *price_from_) return false;
  if (price_to_ && price(product) > *price_to_) return false;
  if (stock_from_ && kit::Decimal(stock(product)) < *stock_from_) return false;
  return !stock_to_ || kit::Decimal(stock(product)) <= *stock_to_;
}

std::vector<const Product*> ProductFilter::candidates() const {
  const Rows<Product>& products = state_.catalogue.products;
  if (id_) {
    const Product* one = products.find(*id_);
    return one != nullptr ? std::vector{one} : std::vector<const Product*>{};
  }
  if (!sku_.empty()) return products.look_up(Product::Sku, sku_);
  if (!ean_.empty()) return products.look_up(Product::Ean, ean_);
  if (category_.value_or(0) > 0) {
    return products.look_up(Product::CategoryId, number_key(*category_));
  }
  return products.look_up(Product::InventoryId, number_key(inventory_.id));
}

void ProductFilter::sort(std::vector<const Product*>& products) const {
  const auto order = sort_order(sort_);
  if (!order || products.empty()) return;
  const bool down = order->descending;
  const std::string_view column = order->column;
  if (column == "id" || column == "product_id") {
    sort_products(products, down, [](const Product& one) { return one.id; });
  } else if (column == "parent_id") {
    sort_products(products, down, [](const Product& one) { return one.parent_id; });
  } else if (column == "ean") {
    sort_products(products, down, [](const Product& one) { return one.ean; });
  } else if (column == "sku") {
    sort_products(products, down, [](const Product& one) { return one.sku; });
  } else if (column == "asin") {
    sort_products(products, down, [](const Product& one) { return one.asin; });
  } else if (column == "name") {
    sort_products(products, down, [](const Product& one) { return product_name(one); });
  } else if (column == "prices") {
    sort_products(products, down, [&](const Product& one) { return price(one); });
  } else {
    sort_products(products, down, [&](const Product& one) { return stock(one); });
  }
}

std::vector<const Product*> ProductFilter::matches() const {
  std::vector<const Product*> found = candidates();
  std::erase_if(found, [&](const Product* one) { return !wanted(*one); });
  sort(found);
  return found;
}

}  // namespace atrapa::mocks::base
