#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/product.hpp"
#include "core/policy/reason.hpp"
#include "core/result.hpp"
#include "core/shops/base/products.hpp"

/// Product cards of the books and products of Base's catalogues.
namespace atrapa::core {

/// What of a product of Base goes onto a card. Its variants are cards of their own.
struct CardSource {
  std::string external_id;  ///< Of the product, or of the variant.
  std::string name;
  std::optional<std::string> sku, ean;  ///< Nothing where they are empty.
  std::optional<std::string> vat;       ///< Canonical; nothing where Base's rate cannot be read.
  std::optional<Reading<Price>> gross_price;
  std::string description;
  std::vector<std::string> images;
};

/// The product and its variants, at the price of that group.
std::vector<CardSource> cards_of(const base::Product& product, const std::string& price_group);

/// Puts what Base says onto the card; what only the ERP knows (unit, groups, stock, prices of its
/// groups) stays. True where anything changed.
bool take_over(ErpProduct& card, const CardSource& source);

/// What a card's price is taken from.
struct PriceSource {
  std::optional<ErpPriceGroup> group;  ///< Nothing: the price of the card itself.
};

/// The card's gross price, rounded to the grosz. Refused: none, one that cannot be read, a net one
/// without a VAT rate.
Result<Money, Objection> gross_price(const ErpProduct& card, const PriceSource& source);

/// Everything of a card that a catalogue keeps but its stock; images only when asked for, at Base's
/// places 0 to 15.
base::ProductWrite product_write(const ErpProduct& card, const std::string& inventory_id,
                                 bool with_images);
inline constexpr std::size_t kMostImages = 16;

/// The write as text: equal texts write the same.
std::string write_text(const base::ProductWrite& write);

}  // namespace atrapa::core
