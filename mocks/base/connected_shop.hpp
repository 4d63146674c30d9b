#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mocks/base/shop_file.hpp"
#include "mocks/base/state.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::base {

/// What a look into a connected shop brought.
struct Fetched {
  std::int64_t categories = 0;
  std::int64_t products = 0;
};

/// Reads the shop of that key ("shop_2445") through its integration file: categories, products with
/// their variants, prices, stock. What it no longer has is gone here, too; the storage supports
/// what the file says it does. An error changes nothing. [doc developers.baselinker.com/shops_api
/// for the actions; inferred when Base asks]
FromShop<Fetched> fetch_shop(State& state, const std::string& storage_key, ShopFile& file);

/// Tells the shop's file which absolute quantities were written here: ProductsQuantityUpdate, sent
/// as webhooks are. Nothing for a storage without address.
void tell_shop(const State& state, kit::Context& context, const ExternalStorage& storage,
               const std::vector<ShopFile::Quantity>& written);

}  // namespace atrapa::mocks::base
