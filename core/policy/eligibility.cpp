#include "core/policy/eligibility.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/vat_code.hpp"

namespace atrapa::core {

namespace {

Objection object(Reason reason, std::string text) { return {reason, std::move(text)}; }

std::optional<Objection> check_one_price(const std::optional<Reading<Price>>& price,
                                         std::string_view side, const SystimSwitches& switches) {
  if (!price || price->text.empty()) {
    return object(Reason::PriceMissing, fmt::format("no gross price in {}", side));
  }
  if (!price->value) {
    return object(Reason::PriceUnreadable,
                  fmt::format("the gross price in {} cannot be read: '{}'", side, price->text));
  }
  const bool above = switches.price_test == PriceTest::AsStored
                         ? *price->value > Price{}
                         : round_half_up(*price->value) > Money{};
  if (above) return std::nullopt;
  return object(Reason::PriceNotAboveZero,
                fmt::format("the gross price in {} is {}", side, price->text));
}

const ShopCategory* find_category(const ShopCatalogue& shop, const std::string& id) {
  const auto found = shop.categories.find(id);
  return found == shop.categories.end() ? nullptr : &found->second;
}

/// Ids of the item's categories that count, the main one first.
std::vector<std::string> category_ids(const ShopItem& item, bool main_only) {
  std::vector<std::string> ids;
  if (item.category_id) ids.push_back(*item.category_id);
  if (main_only) return ids;
  for (const std::string& id : item.category_ids) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  return ids;
}

/// What one side's categories are compared by: the leaf alone, or the whole path.
std::vector<CategoryPath> shop_names(const Pair& pair, CategoryMatch match) {
  std::vector<CategoryPath> names;
  for (const std::string& id : category_ids(pair.item, match == CategoryMatch::LeafMain)) {
    const ShopCategory* category = find_category(pair.shop, id);
    if (category == nullptr) continue;
    if (match == CategoryMatch::Path) {
      if (auto path = shop_category_path(pair.shop, id)) names.push_back(std::move(*path));
    } else if (category->name && !category->name->empty()) {
      names.push_back({*category->name});
    }
  }
  return names;
}

std::vector<CategoryPath> erp_names(const Pair& pair, CategoryMatch match) {
  std::vector<CategoryPath> names;
  for (const CategoryPath& path : pair.erp.categories) {
    const bool named = !path.empty() && !path.back().empty();
    if (named) names.push_back(match == CategoryMatch::Path ? path : CategoryPath{path.back()});
    if (match == CategoryMatch::LeafMain) break;
  }
  return names;
}

std::string shown(const std::vector<CategoryPath>& names) {
  std::vector<std::string> texts;
  for (const CategoryPath& path : names)
    texts.push_back(fmt::format("'{}'", fmt::join(path, " > ")));
  return fmt::format("{}", fmt::join(texts, ", "));
}

const ShopTax* find_tax(const Pair& pair) {
  if (!pair.item.tax_id) return nullptr;
  const auto found = pair.shop.taxes.find(*pair.item.tax_id);
  return found == pair.shop.taxes.end() ? nullptr : &found->second;
}

std::optional<Objection> vat_differs(const std::string& erp, const std::string& shop) {
  return object(Reason::VatDiffers, fmt::format("VAT differs: '{}' / '{}'", erp, shop));
}

/// The percentage alone: 0, zw, np and oo are all 0.
std::optional<Percent> percent_only(const std::optional<VatCode>& code, std::string_view value) {
  if (auto percent = parse_percent(value)) return *percent;
  return code ? std::optional(rate_of(*code)) : std::nullopt;
}

}  // namespace

std::optional<CategoryPath> shop_category_path(const ShopCatalogue& shop, const std::string& id) {
  CategoryPath path;
  const ShopCategory* category = find_category(shop, id);
  while (category != nullptr && path.size() <= shop.categories.size()) {
    if (!category->name || category->name->empty()) return std::nullopt;
    path.insert(path.begin(), *category->name);
    category = category->parent ? find_category(shop, *category->parent) : nullptr;
  }
  return path;
}

std::optional<std::string> code_key(const std::optional<std::string>& code,
                                    const SystimSwitches& switches) {
  if (!code || is_blank(*code)) return std::nullopt;
  return match_key(*code, switches.code_equality);
}

std::optional<Objection> check_price(const Pair& pair, const SystimSwitches& switches) {
  if (auto objection = check_one_price(pair.erp.gross_price, "the ERP", switches)) return objection;
  return check_one_price(pair.item.gross_price, "the shop", switches);
}

std::optional<Objection> check_category(const Pair& pair, const SystimSwitches& switches) {
  const auto erp = erp_names(pair, switches.category_match);
  if (erp.empty()) return object(Reason::CategoryMissing, "no category in the ERP");
  const bool main_only = switches.category_match == CategoryMatch::LeafMain;
  if (category_ids(pair.item, main_only).empty()) {
    return object(Reason::CategoryMissing, "no category in the shop");
  }
  const auto shop = shop_names(pair, switches.category_match);
  if (shop.empty()) {
    return object(Reason::CategoryMissing, "the category in the shop has no Polish name");
  }
  const bool equal = std::any_of(erp.begin(), erp.end(), [&](const CategoryPath& name) {
    return std::find(shop.begin(), shop.end(), name) != shop.end();
  });
  if (equal) return std::nullopt;
  return object(Reason::CategoryDiffers,
                fmt::format("category differs: {} / {}", shown(erp), shown(shop)));
}

std::optional<Objection> check_vat(const Pair& pair, const SystimSwitches& switches) {
  if (!pair.erp.vat || is_blank(*pair.erp.vat)) {
    return object(Reason::VatMissing, "no VAT rate in the ERP");
  }
  const ShopTax* tax = find_tax(pair);
  if (tax == nullptr) return object(Reason::VatMissing, "no VAT rate in the shop");

  if (switches.vat_match == VatMatch::Label) {
    return *pair.erp.vat == tax->name ? std::nullopt : vat_differs(*pair.erp.vat, tax->name);
  }
  const auto erp = parse_vat(*pair.erp.vat);
  if (!erp) {
    return object(Reason::VatUnreadable,
                  fmt::format("'{}' in the ERP is no VAT rate", *pair.erp.vat));
  }
  if (switches.vat_match == VatMatch::PercentOnly) {
    const auto percent = percent_only(parse_vat(tax->name), tax->value);
    return percent && *percent == rate_of(*erp) ? std::nullopt
                                                : vat_differs(*pair.erp.vat, tax->name);
  }
  const auto shop = shop_vat(tax->name, tax->tax_class, tax->value);
  if (!shop) {
    return object(
        Reason::VatUnreadable,
        fmt::format("the shop's rate '{}' of value '{}' cannot be told", tax->name, tax->value));
  }
  return comparable(*erp) == comparable(*shop) ? std::nullopt
                                               : vat_differs(*pair.erp.vat, tax->name);
}

std::optional<Objection> check_stock(const Pair& pair, Quantity figure,
                                     const SystimSwitches& switches) {
  if (figure < Quantity{}) {
    return object(Reason::StockNegative, fmt::format("the ERP's stock is {}", to_text(figure)));
  }
  if (figure >= kOnePiece) return std::nullopt;
  switch (switches.zero_stock) {
    case ZeroStock::Always: return std::nullopt;
    case ZeroStock::SentAfterFirst:
      if (pair.synced_before) return std::nullopt;
      break;
    case ZeroStock::NeverSent: break;
  }
  return object(Reason::StockBelowOne,
                fmt::format("the ERP has {} of it, less than one piece", to_text(figure)));
}

}  // namespace atrapa::core
