#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mocks/base/given.hpp"
#include "mocks/base/state.hpp"

namespace atrapa::mocks::base {

/// Which products a list asks for, and in which order. Filters are exact but for the name, which
/// matches a part; the EAN is also looked for among the additional ones [doc]. Prices are those of
/// the catalogue's default group; stock is by the setting `filter_stock`; a location is one of
/// those that a product has in any warehouse, whole; case of A to Z does not matter in names
/// [inferred].
class ProductFilter {
 public:
  ProductFilter(const State& state, const Inventory& inventory, const Given& given);

  /// "<column> ASC" or "<column> DESC" [doc] with a field of the list's rows for the column
  /// [inferred]. Why it cannot be taken; "" where it can.
  std::string problem() const;
  /// In that order, or by id. Main products, and variants where `include_variants` is given.
  std::vector<const Product*> matches() const;

 private:
  bool wanted(const Product& product) const;
  /// By an index where a filter names a key of one, else the whole catalogue.
  std::vector<const Product*> candidates() const;
  kit::Decimal price(const Product& product) const;
  std::int64_t stock(const Product& product) const;
  void sort(std::vector<const Product*>& products) const;

  const State& state_;
  const Inventory& inventory_;
  std::optional<std::int64_t> id_;
  std::optional<std::int64_t> category_;
  std::string ean_;  ///< These: "" for any.
  std::string sku_;
  std::string asin_;
  std::string name_;  ///< Without case.
  std::string location_;
  std::optional<kit::Decimal> price_from_;
  std::optional<kit::Decimal> price_to_;
  std::optional<kit::Decimal> stock_from_;
  std::optional<kit::Decimal> stock_to_;
  std::string sort_;
  bool variants_ = false;
};

}  // namespace atrapa::mocks::base
