#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace atrapa::scenarios::systim {

// The edge sets of the documented rules as named values: what is planted, and what it means under
// each reading of the ambiguous sentence. Whoever adds one writes down the outcome by hand; nothing
// here computes it. Left out on purpose are values whose outcome nobody documents.

/// Two product codes (@CODE), made from a base that is unique in its case.
struct CodeEdge {
  std::string_view name;
  std::function<std::string(const std::string& base)> erp;
  std::function<std::string(const std::string& base)> shop;
  /// Are they one code under that reading of systim.code_equality? Nothing: nobody can say.
  std::optional<bool> codepoint, nfc, trim, casefold;
};

const std::vector<CodeEdge>& code_edges();
std::optional<bool> same_code(const CodeEdge& edge, std::string_view reading);

/// A gross price of one side (@PRICE).
struct PriceEdge {
  std::string_view name;
  std::optional<std::string> price;
  /// Does it count as above 0 under that reading of systim.price_test?
  bool as_stored, after_grosz_rounding;
  bool shop_can_hold;  ///< The shop keeps two decimals and always has a price.
};

const std::vector<PriceEdge>& price_edges();
bool above_zero(const PriceEdge& edge, std::string_view reading);

/// A VAT code of the ERP and a tax rate of the shop (@VAT).
struct VatEdge {
  std::string_view name;
  std::string erp;
  std::string shop;
  /// Are they the same rate under that reading of systim.vat_match?
  bool canonical_code, percent_only, label;
};

const std::vector<VatEdge>& vat_edges();
bool same_vat(const VatEdge& edge, std::string_view reading);

/// Categories of both sides (@CAT): paths from the root, the first is the main one.
struct CategoryEdge {
  std::string_view name;
  std::vector<std::vector<std::string>> erp;
  std::vector<std::vector<std::string>> shop;
  std::string foreign;  ///< English name of the shop's main category.
  /// Is one name borne by both under that reading of systim.category_match? Nothing: nobody can
  /// say.
  std::optional<bool> leaf_any, leaf_main, path;
};

const std::vector<CategoryEdge>& category_edges();
std::optional<bool> same_category(const CategoryEdge& edge, std::string_view reading);

/// A stock level of the ERP (@STOCK).
struct StockEdge {
  std::string_view name;
  std::string stock;
  bool whole;         ///< A unit of whole pieces can carry it.
  bool at_least_one;  ///< What the page asks for.
};

const std::vector<StockEdge>& stock_edges();

}  // namespace atrapa::scenarios::systim
