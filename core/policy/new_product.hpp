#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/domain/product.hpp"
#include "core/policy/reason.hpp"
#include "core/policy/switches.hpp"
#include "core/result.hpp"

namespace atrapa::core {

/// A product that the shop is to get.
struct NewProduct {
  std::string code;  ///< "" for none: the shop wants the field [doc], so it is sent empty.
  std::string name;  ///< Polish.
  std::string category_id;
  std::string tax_id;
  std::string unit_id;
  Money gross_price;
  Quantity stock;
};

/// Where the shop keeps what the ERP names: its categories, rates and units by name. The catalogue
/// must outlive it.
class ShopDirectory {
 public:
  ShopDirectory(const ShopCatalogue& shop, const SystimSwitches& switches);

  /// The shop's category of the ERP's name, as `category_match` reads names. Of several with the
  /// same name, the one with the same path, else the one with the lowest id. Refused when the ERP
  /// sets none or the shop has none of that name: the documentation says nothing of categories
  /// being made.
  Result<std::string, Objection> category(const ErpProduct& product) const;
  /// Whether several categories of the shop bear that name and none of them the ERP's path.
  bool category_is_a_guess(const ErpProduct& product) const;
  /// The shop's rate of the ERP's, as `vat_match` reads rates; of several the one with the lowest
  /// id. Under `percent_only` the very code goes first. Refused when there is none: the shop's
  /// default rate may be another one.
  Result<std::string, Objection> tax(const ErpProduct& product) const;
  /// The shop's unit of that Polish name; its default where the ERP names none.
  Result<std::string, Objection> unit(const ErpProduct& product) const;

  const ShopCatalogue& shop() const { return shop_; }

 private:
  struct Found {
    std::string id;
    bool guess = false;
  };
  std::optional<Found> find_category(const CategoryPath& path) const;
  std::optional<Found> first_category(const ErpProduct& product) const;
  std::optional<std::string> find_tax(const std::function<bool(const ShopTax&)>& wanted) const;

  const ShopCatalogue& shop_;
  SystimSwitches switches_;
  std::unordered_map<std::string, std::vector<std::string>> categories_;  ///< Ids by name.
  std::vector<std::string> taxes_;                                        ///< Ids, ascending.
  std::unordered_map<std::string, std::string> units_;                    ///< Id by name.
};

/// What the shop gets of an ERP product, its stock left at 0 (SYSTIM-PROD-01, -02). The gross price
/// is rounded half up to the grosz, which is what a shop keeps (PL-ROUND-01 [doc]). A price of 0
/// passes: conditions are documented for the stock sync only. Refused, each with its reason: a
/// missing, unreadable or negative price, no category, rate or unit in the shop, bytes that no JSON
/// can carry.
Result<NewProduct, Objection> draft_product(const ErpProduct& product,
                                            const ShopDirectory& directory);

/// Whether a product without a code is to be added (PROD-01, -04). Before it was, always; after
/// that as `codeless_again` says, for nothing in the shop identifies it.
bool add_codeless(bool added_before, const SystimSwitches& switches);

/// What was about to be added when the answer got lost.
struct SoughtProduct {
  std::string code;  ///< "" for none.
  std::string name;
  std::int64_t after = 0;  ///< The highest product id of the shop before the attempt.
};

/// Whether an item of the shop is what was sought: one with the very code; for a product without
/// one, a product that is newer than the attempt, bears its name and no code.
bool is_sought(const ShopItem& item, const SoughtProduct& sought);

}  // namespace atrapa::core
