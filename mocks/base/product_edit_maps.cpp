#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "mocks/base/image_file.hpp"
#include "mocks/base/product_edit.hpp"
#include "mocks/base/product_texts.hpp"
#include "mocks/base/products.hpp"
#include "mocks/base/world_json.hpp"

// The maps of a product: each key is set or refused by itself.

namespace atrapa::mocks::base {
namespace {

constexpr std::int64_t kImagePositions = 16;
constexpr std::int64_t kPriceEnd = 100'000'000;  // decimal(10,2), as the other decimals [inferred].
constexpr std::int64_t kMostStock = 1'000'000'000;

template <typename T>
bool has_value(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// The whole number that a key of a map is; -1 for what is none.
std::int64_t number_key_in(const std::string& key) {
  std::int64_t number = -1;
  return read_key(number, key) ? number : -1;
}

/// "features": name and value, which PHP sends as [] when there are none. False where it is no map
/// of texts.
bool take_features(Product& product, const std::string& key, const kit::Json& value) {
  if (value.empty() || value == "") {
    product.features.erase(key);
    return true;
  }
  if (!value.is_object()) return false;
  std::map<std::string, std::string> features;
  for (const auto& [name, one] : value.items()) {
    const auto text = text_in(one);
    if (!text) return false;
    features[name] = *text;
  }
  product.features[key] = std::move(features);
  return true;
}

std::string part_problem(const ProductEdit& edit, std::int64_t part_id, const kit::Json& pieces) {
  const Product* part = edit.state.catalogue.products.find(part_id);
  if (part == nullptr || part->inventory_id != edit.inventory.id) {
    return "the product is not in the catalogue";
  }
  if (part->is_bundle || part_id == edit.product.id) return "a bundle is no part of a bundle";
  const std::int64_t number = integer_in(pieces).value_or(0);
  if (number < 1 || number > kMostStock) return "expected a number of pieces above 0";
  return {};
}

}  // namespace

std::string stock_problem(const Inventory& inventory, const std::string& warehouse_key,
                          const kit::Json& pieces) {
  if (!has_value(inventory.warehouses, warehouse_key)) {
    return fmt::format("warehouse '{}' is not in the catalogue", warehouse_key);
  }
  if (!is_own_warehouse(inventory, warehouse_key)) {
    return fmt::format("{} mirrors an external storage and cannot be written", warehouse_key);
  }
  const auto number = pieces.is_boolean() ? std::nullopt : integer_in(pieces);
  return number && *number <= kMostStock && *number >= -kMostStock
             ? ""
             : fmt::format("{}: expected a whole number", warehouse_key);
}

std::string price_problem(const State& state, const Inventory& inventory, const std::string& group,
                          const kit::Json& price) {
  const std::int64_t id = number_key_in(group);
  const PriceGroup* found = state.catalogue.price_groups.find(id);
  if (found == nullptr || !has_value(inventory.price_groups, id)) {
    return fmt::format("price group '{}' is not in the catalogue", group);
  }
  if (found->type != "standard") return fmt::format("the prices of group {} are computed", group);
  const auto number = price.is_boolean() ? std::nullopt : number_in(price);
  if (!number || *number < kit::Decimal(0)) {
    return fmt::format("{}: expected a number of at least 0", group);
  }
  return *number < kit::Decimal(kPriceEnd) ? "" : fmt::format("{}: the price is too high", group);
}

void take_prices(ProductEdit& edit, const kit::Json& prices) {
  for (const auto& [group, price] : prices.items()) {
    const std::string problem = price_problem(edit.state, edit.inventory, group, price);
    if (problem.empty()) {
      edit.product.prices[number_key_in(group)] = number_in(price)->rounded(2);
    } else {
      edit.warnings["prices." + group] = problem;
    }
  }
}

void take_stock(ProductEdit& edit, const kit::Json& stock) {
  for (const auto& [key, pieces] : stock.items()) {
    std::string problem = stock_problem(edit.inventory, key, pieces);
    if (edit.product.is_bundle) problem = "the stock of a bundle is that of its parts";
    if (problem.empty()) {
      edit.product.stock[key] = *integer_in(pieces);
    } else {
      edit.warnings["stock." + key] = problem;
    }
  }
}

void take_locations(ProductEdit& edit, const kit::Json& locations) {
  for (const auto& [key, location] : locations.items()) {
    const auto text = text_in(location);
    if (!text || !has_value(edit.inventory.warehouses, key)) {
      edit.warnings["locations." + key] =
          text ? "the warehouse is not in the catalogue" : "expected a text";
    } else if (text->empty()) {
      edit.product.locations.erase(key);
    } else {
      edit.product.locations[key] = *text;
    }
  }
}

void take_texts(ProductEdit& edit, const kit::Json& texts) {
  for (const auto& [sent_key, value] : texts.items()) {
    const auto key = text_field_key(edit.state, edit.inventory, sent_key);
    if (!key) {
      edit.warnings["text_fields." + sent_key] = "the catalogue has no such text field";
      continue;
    }
    if (key->starts_with("features")) {
      if (!take_features(edit.product, *key, value)) {
        edit.warnings["text_fields." + sent_key] = "expected a map of names and values";
      }
      continue;
    }
    auto text = text_in(value);
    if (!text) {
      edit.warnings["text_fields." + sent_key] = "expected a text";
    } else if (text->empty()) {
      edit.product.text_fields.erase(*key);
    } else {
      const std::size_t longest = longest_text(edit.state, *key);
      std::string kept = longest != 0 ? first_characters(*text, longest) : *text;
      if (kept.size() < text->size()) {
        edit.warnings["text_fields." + sent_key] =
            fmt::format("longer than {} characters, cut", longest);
      }
      edit.product.text_fields[*key] = std::move(kept);
    }
  }
}

void take_images(ProductEdit& edit, const kit::Json& images) {
  for (const auto& [place, value] : images.items()) {
    const std::int64_t position = number_key_in(place);
    const auto sent = text_in(value);
    if (position < 0 || position >= kImagePositions || !sent) {
      edit.warnings["images." + place] =
          sent ? "images have the positions 0 to 15" : "expected a text";
      continue;
    }
    if (sent->empty()) {
      edit.product.images.erase(position);
      continue;
    }
    TakenImage taken = take_image(*sent);
    if (taken.problem.empty()) {
      edit.product.images[position] = std::move(taken.address);
    } else {
      edit.warnings["images." + place] = taken.problem;
    }
  }
}

void take_links(ProductEdit& edit, const kit::Json& links) {
  for (const auto& [key, value] : links.items()) {
    const Given link(value);
    const auto storage = find_warehouse(edit.state, key);
    if (!storage || storage->type == "bl") {
      edit.warnings["links." + key] = "no external storage of that key is connected";
    } else if (link.text("product_id").empty()) {
      edit.product.links.erase(key);
    } else {
      edit.product.links[key] = {link.text("product_id"), link.text("variant_id", "0")};
    }
  }
}

void take_parts(ProductEdit& edit, const kit::Json& parts) {
  if (parts.empty()) return;
  if (!edit.product.is_bundle) {
    edit.warnings["bundle_products"] = "the product is no bundle";
    return;
  }
  edit.product.bundle_products.clear();
  for (const auto& [id, pieces] : parts.items()) {
    const std::int64_t part_id = number_key_in(id);
    const std::string problem = part_problem(edit, part_id, pieces);
    if (problem.empty()) {
      edit.product.bundle_products[part_id] = *integer_in(pieces);
    } else {
      edit.warnings["bundle_products." + id] = problem;
    }
  }
}

}  // namespace atrapa::mocks::base
