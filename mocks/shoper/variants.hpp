#pragma once

#include <cstdint>
#include <string_view>

#include "mocks/shoper/call.hpp"
#include "mocks/shoper/state.hpp"

// Variants: stocks that an option group makes. A product's group is that of its variants' options
// [inferred from `group_id` being read-only].

namespace atrapa::mocks::shoper {

/// Adds the problems of a variant's sent `options`: each option and value must exist, the value
/// belong to the option, the option make variants (`stock`) [rec] and lie in the product's group;
/// no option twice, and no required one of the group left out [inferred]. `own` is the variant
/// itself, 0 for a new one: another variant with the same values is refused (setting
/// `duplicate_variants`). `product` may be null.
void check_variant(const Call& call, kit::Written& written, const kit::Record* product,
                   std::int64_t own);

/// Sets the product's `group_id` to the group of its variants' options; null where it has no
/// variant. Nothing happens where the shop does not know the options.
void assign_group(State& state, std::int64_t product_id);

/// Adds `by` times the product and its variants to the figures `total_products` and `total_stocks`
/// of its option group and of the values in use.
void count_variants(State& state, std::int64_t product_id, int by);
/// Computes those figures anew from all products.
void recount_variants(State& state);

/// Whether the stock's `options` name that option (and that value, unless it is 0).
bool names_option(const kit::Record& stock, std::int64_t option_id, std::int64_t value_id);

}  // namespace atrapa::mocks::shoper
