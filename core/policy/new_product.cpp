#include "core/policy/new_product.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "core/domain/text_match.hpp"
#include "core/domain/vat_code.hpp"
#include "core/policy/eligibility.hpp"

namespace atrapa::core {

namespace {

/// Ids are numbers as texts: "9" comes before "10".
bool lower_id(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

Failure<Objection> refuse_draft(Reason reason, std::string text) {
  return fail(Objection{reason, std::move(text)});
}

std::string shown_paths(const std::vector<CategoryPath>& paths) {
  std::vector<std::string> texts;
  for (const CategoryPath& path : paths) {
    texts.push_back(fmt::format("'{}'", fmt::join(path, " > ")));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

Result<Money, Objection> new_price(const ErpProduct& product) {
  if (!product.gross_price || product.gross_price->text.empty()) {
    return refuse_draft(Reason::PriceMissing, "no gross price in the ERP");
  }
  if (!product.gross_price->value) {
    return refuse_draft(
        Reason::PriceUnreadable,
        fmt::format("the gross price in the ERP cannot be read: '{}'", product.gross_price->text));
  }
  if (*product.gross_price->value < Price{}) {
    return refuse_draft(Reason::PriceNotAboveZero,
                        fmt::format("the gross price in the ERP is {}", product.gross_price->text));
  }
  return round_half_up(*product.gross_price->value);
}

}  // namespace

ShopDirectory::ShopDirectory(const ShopCatalogue& shop, const SystimSwitches& switches)
    : shop_(shop), switches_(switches) {
  for (const auto& [id, category] : shop.categories) {
    if (category.name && !category.name->empty()) categories_[*category.name].push_back(id);
  }
  for (auto& [name, ids] : categories_) std::sort(ids.begin(), ids.end(), lower_id);
  for (const auto& [id, tax] : shop.taxes) taxes_.push_back(id);
  std::sort(taxes_.begin(), taxes_.end(), lower_id);
  for (const auto& [id, unit] : shop.units) {
    if (!unit.name) continue;
    const auto [known, is_new] = units_.try_emplace(*unit.name, id);
    if (!is_new && lower_id(id, known->second)) known->second = id;
  }
}

std::optional<ShopDirectory::Found> ShopDirectory::find_category(const CategoryPath& path) const {
  if (path.empty() || path.back().empty()) return std::nullopt;
  const auto named = categories_.find(path.back());
  if (named == categories_.end()) return std::nullopt;
  for (const std::string& id : named->second) {
    if (shop_category_path(shop_, id) == path) return Found{id, false};
  }
  if (switches_.category_match == CategoryMatch::Path) return std::nullopt;
  return Found{named->second.front(), named->second.size() > 1};
}

std::optional<ShopDirectory::Found> ShopDirectory::first_category(const ErpProduct& product) const {
  for (const CategoryPath& path : product.categories) {
    if (auto found = find_category(path)) return found;
    if (switches_.category_match == CategoryMatch::LeafMain) break;
  }
  return std::nullopt;
}

Result<std::string, Objection> ShopDirectory::category(const ErpProduct& product) const {
  const bool set =
      std::any_of(product.categories.begin(), product.categories.end(),
                  [](const CategoryPath& path) { return !path.empty() && !path.back().empty(); });
  if (!set) return refuse_draft(Reason::CategoryMissing, "no category in the ERP");
  if (auto found = first_category(product)) return std::move(found->id);
  return refuse_draft(Reason::CategoryNotInShop,
                      fmt::format("the shop has no category {}", shown_paths(product.categories)));
}

bool ShopDirectory::category_is_a_guess(const ErpProduct& product) const {
  const auto found = first_category(product);
  return found && found->guess;
}

std::optional<std::string> ShopDirectory::find_tax(
    const std::function<bool(const ShopTax&)>& wanted) const {
  for (const std::string& id : taxes_) {
    if (wanted(shop_.taxes.at(id))) return id;
  }
  return std::nullopt;
}

Result<std::string, Objection> ShopDirectory::tax(const ErpProduct& product) const {
  if (!product.vat || is_blank(*product.vat)) {
    return refuse_draft(Reason::VatMissing, "no VAT rate in the ERP");
  }
  std::optional<std::string> id;
  if (switches_.vat_match == VatMatch::Label) {
    id = find_tax([&](const ShopTax& tax) { return tax.name == *product.vat; });
  } else {
    const auto code = parse_vat(*product.vat);
    if (!code) {
      return refuse_draft(Reason::VatUnreadable,
                          fmt::format("'{}' in the ERP is no VAT rate", *product.vat));
    }
    id = find_tax([&](const ShopTax& tax) {
      const auto there = shop_vat(tax.name, tax.tax_class, tax.value);
      return there && comparable(*there) == comparable(*code);
    });
    if (!id && switches_.vat_match == VatMatch::PercentOnly) {
      id = find_tax([&](const ShopTax& tax) {
        const auto percent = parse_percent(tax.value);
        return percent && *percent == rate_of(*code);
      });
    }
  }
  if (id) return *std::move(id);
  return refuse_draft(Reason::VatNotInShop,
                      fmt::format("the shop has no VAT rate '{}'", *product.vat));
}

Result<std::string, Objection> ShopDirectory::unit(const ErpProduct& product) const {
  if (is_blank(product.unit) && shop_.default_unit_id) return *shop_.default_unit_id;
  const auto found = units_.find(product.unit);
  if (found != units_.end()) return found->second;
  return refuse_draft(Reason::UnitNotInShop,
                      fmt::format("the shop has no unit '{}'", product.unit));
}

Result<NewProduct, Objection> draft_product(const ErpProduct& product,
                                            const ShopDirectory& directory) {
  NewProduct draft;
  draft.name = product.name;
  if (product.code && !is_blank(*product.code)) draft.code = *product.code;
  if (!is_utf8(draft.name) || !is_utf8(draft.code)) {
    return refuse_draft(Reason::TextUnreadable, "its name or code is not valid UTF-8");
  }
  auto price = new_price(product);
  if (!price) return fail(price.error());
  draft.gross_price = *price;
  auto category = directory.category(product);
  if (!category) return fail(category.error());
  draft.category_id = *std::move(category);
  auto tax = directory.tax(product);
  if (!tax) return fail(tax.error());
  draft.tax_id = *std::move(tax);
  auto unit = directory.unit(product);
  if (!unit) return fail(unit.error());
  draft.unit_id = *std::move(unit);
  return draft;
}

bool add_codeless(bool added_before, const SystimSwitches& switches) {
  return !added_before || switches.codeless_again == CodelessAgain::AddEveryRun;
}

bool is_sought(const ShopItem& item, const SoughtProduct& sought) {
  if (item.variant) return false;
  if (!sought.code.empty()) return item.code == sought.code;
  std::int64_t id = 0;
  std::from_chars(item.product_id.data(), item.product_id.data() + item.product_id.size(), id);
  return id > sought.after && item.name == sought.name && (!item.code || is_blank(*item.code));
}

}  // namespace atrapa::core
