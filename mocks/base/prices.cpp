#include <algorithm>
#include <optional>

#include "mocks/base/products.hpp"

namespace atrapa::mocks::base {
namespace {

/// kit::Decimal groups may depend on each other; a world may even tie a knot.
constexpr int kLongestChain = 16;

kit::Decimal price_in(const State& state, const Product& product, std::int64_t group_id, int depth);

kit::Decimal own_price(const Product& product, std::int64_t group_id) {
  const auto found = product.prices.find(group_id);
  return found != product.prices.end() ? found->second : kit::Decimal{};
}

/// What has no price, or no cost, gets none from a multiplier and an addition either [inferred].
kit::Decimal derived_price(const kit::Decimal& source, const kit::Decimal& multiplier,
                           const kit::Decimal& addition) {
  if (source == kit::Decimal{}) return {};
  // decimal(10,2), as the other decimals of a product [inferred].
  static const kit::Decimal kLargestPrice = *kit::Decimal::parse("99999999.99");
  const kit::Decimal price = (source * multiplier + addition).rounded(2);
  return std::clamp(price, kit::Decimal(0), kLargestPrice);
}

kit::Decimal bundle_price(const State& state, const Product& bundle, const PriceGroup& group,
                          int depth) {
  kit::Decimal sum;
  for (const auto& [part_id, pieces] : bundle.bundle_products) {
    const Product* part = state.catalogue.products.find(part_id);
    if (part != nullptr && !part->is_bundle)
      sum = sum + price_in(state, *part, group.id, depth + 1) * kit::Decimal(pieces);
  }
  return derived_price(sum, group.bundle_price_multiplier, group.bundle_price_addition);
}

kit::Decimal price_in(const State& state, const Product& product, std::int64_t group_id,
                      int depth) {
  const PriceGroup* group = state.catalogue.price_groups.find(group_id);
  if (group == nullptr || depth > kLongestChain) return {};
  if (product.is_bundle && group->is_bundle_price_calculated) {
    return bundle_price(state, product, *group, depth);
  }
  if (group->type == "dependent_on_price_group") {
    return derived_price(price_in(state, product, group->source_price_group_id, depth + 1),
                         group->price_multiplier, group->price_addition);
  }
  if (group->type == "dependent_on_average_cost") {
    return derived_price(product.average_cost, group->price_multiplier, group->price_addition);
  }
  return own_price(product, group_id);
}

}  // namespace

kit::Decimal price_of(const State& state, const Product& product, std::int64_t price_group_id) {
  return price_in(state, product, price_group_id, 0);
}

}  // namespace atrapa::mocks::base
