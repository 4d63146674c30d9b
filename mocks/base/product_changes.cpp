#include <array>
#include <set>
#include <utility>

#include "mocks/base/products.hpp"

// Every change of a product goes through here, and is told by the product's log.

namespace atrapa::mocks::base {
namespace {

using LogEntries = std::vector<ProductLogEntry>;

/// Who changes a product through the API; what Base writes there is not known [inferred].
constexpr std::string_view kApiProfile = "API";

std::string shown_value(const std::string& text) { return text; }
std::string shown_value(std::int64_t number) { return std::to_string(number); }
std::string shown_value(const kit::Decimal& number) { return number.text(); }
std::string shown_value(const ProductLink& link) { return link.product_id + ':' + link.variant_id; }
std::string shown_value(const std::map<std::string, std::string>& features) {
  std::string text;
  for (const auto& [name, value] : features) {
    text += (text.empty() ? "" : "; ") + name + ": " + value;
  }
  return text;
}

/// One entry for each key whose value is not the same.
template <typename Key, typename Value>
void add_differences(LogEntries& entries, ProductLogType type, const std::map<Key, Value>& before,
                     const std::map<Key, Value>& after, const std::string& none = {}) {
  std::set<Key> all;
  for (const auto& [key, value] : before) all.insert(key);
  for (const auto& [key, value] : after) all.insert(key);
  for (const Key& key : all) {
    const auto was = before.find(key);
    const auto is = after.find(key);
    std::string from = was != before.end() ? shown_value(was->second) : none;
    std::string to = is != after.end() ? shown_value(is->second) : none;
    if (from == to) continue;
    entries.push_back({static_cast<std::int64_t>(type), shown_value(key), from, to});
  }
}

LogEntries differences(const Product& before, const Product& after) {
  LogEntries entries;
  add_differences(entries, ProductLogType::Stock, before.stock, after.stock, "0");
  add_differences(entries, ProductLogType::Price, before.prices, after.prices, "0");
  add_differences(entries, ProductLogType::Text, before.text_fields, after.text_fields);
  add_differences(entries, ProductLogType::Text, before.features, after.features);
  add_differences(entries, ProductLogType::Location, before.locations, after.locations);
  add_differences(entries, ProductLogType::Link, before.links, after.links);
  add_differences(entries, ProductLogType::Gallery, before.images, after.images);
  add_differences(entries, ProductLogType::Bundle, before.bundle_products, after.bundle_products,
                  "0");
  return entries;
}

void log_product(State& state, std::int64_t product_id, LogEntries entries, std::int64_t now) {
  if (entries.empty()) return;
  state.catalogue.product_logs.add({.product_id = product_id,
                                    .profile = std::string(kApiProfile),
                                    .date = now,
                                    .entries = std::move(entries)});
}

/// A main product's log tells of the variants that it gains and loses.
void log_variant(State& state, std::int64_t parent_id, std::int64_t variant_id, bool gained,
                 std::int64_t now) {
  if (parent_id == 0) return;
  const std::string id = std::to_string(variant_id);
  log_product(state, parent_id,
              {{static_cast<std::int64_t>(ProductLogType::Variant), id, gained ? "" : id,
                gained ? id : ""}},
              now);
}

}  // namespace

const std::string& product_name(const Product& product) {
  static const std::string kNone;
  const auto name = product.text_fields.find("name");
  return name != product.text_fields.end() ? name->second : kNone;
}

std::int64_t save_product(State& state, Product product, std::int64_t now) {
  Rows<Product>& products = state.catalogue.products;
  const Product* found = products.find(product.id);
  const bool is_new = found == nullptr;
  const Product before = is_new ? Product{} : *found;
  LogEntries entries = differences(before, product);
  if (is_new) {
    if (product.id == 0) product.id = products.next_id();
    entries.insert(entries.begin(),
                   {static_cast<std::int64_t>(ProductLogType::Created), {}, {}, {}});
  }
  const std::int64_t id = product.id;
  const std::int64_t parent_id = product.parent_id;
  products.put(std::move(product));
  log_product(state, id, std::move(entries), now);
  if (before.parent_id != parent_id) {
    log_variant(state, before.parent_id, id, /*gained=*/false, now);
    log_variant(state, parent_id, id, /*gained=*/true, now);
  }
  return id;
}

bool delete_product(State& state, kit::Context& context, std::int64_t product_id,
                    std::int64_t now) {
  const Product* product = state.catalogue.products.find(product_id);
  if (product == nullptr) return false;
  const std::int64_t parent_id = product->parent_id;
  const std::int64_t inventory_id = product->inventory_id;
  std::vector<std::int64_t> variants;
  for (const Product* one :
       state.catalogue.products.look_up(Product::Parent, number_key(product_id))) {
    variants.push_back(one->id);
  }
  for (const std::int64_t variant : variants) delete_product(state, context, variant, now);
  state.catalogue.products.erase(product_id);
  log_product(state, product_id, {{static_cast<std::int64_t>(ProductLogType::Deleted), {}, {}, {}}},
              now);
  if (state.catalogue.products.has(parent_id)) {
    log_variant(state, parent_id, product_id, /*gained=*/false, now);
  }
  happened(state, context, Happening::ProductDeleted, product_id, inventory_id);
  return true;
}

}  // namespace atrapa::mocks::base
