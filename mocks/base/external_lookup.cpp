#include <algorithm>

#include "mocks/base/external.hpp"
#include "mocks/base/products.hpp"

namespace atrapa::mocks::base {

const ExternalVariant* ExternalProduct::variant(const std::string& wanted) const {
  const auto found =
      std::find_if(variants.begin(), variants.end(),
                   [&](const ExternalVariant& one) { return one.variant_id == wanted; });
  return found != variants.end() ? &*found : nullptr;
}

const ExternalStorage* ExternalStorages::find_storage(const std::string& key) const {
  const ExternalStorage* found = external_storages.find(number_of_key(key));
  return found != nullptr && found->key() == key ? found : nullptr;
}

const ExternalProduct* ExternalStorages::find_product(const std::string& storage_id,
                                                      const std::string& product_id) const {
  const auto found = external_products.look_up(ExternalProduct::Place,
                                               ExternalProduct::place_key(storage_id, product_id));
  return found.empty() ? nullptr : found.front();
}

}  // namespace atrapa::mocks::base
