#include "core/policy/pairing.hpp"

namespace atrapa::core {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// Who bears one key.
struct Bearers {
  std::size_t erp_count = 0, shop_count = 0;
  std::size_t shop_first = kNone;
};

}  // namespace

Pairing pair_by_code(std::span<const ErpProduct> erp, std::span<const ShopItem> shop,
                     const CodeKey& code_key, const SystimSwitches& switches) {
  Pairing pairing;
  std::unordered_map<std::string, Bearers> bearers;
  bearers.reserve(erp.size() + shop.size());
  std::vector<Bearers*> of_erp(erp.size(), nullptr), of_shop(shop.size(), nullptr);
  for (std::size_t i = 0; i < shop.size(); ++i) {
    auto key = code_key(shop[i].code, switches);
    if (!key) {
      pairing.shop_codeless.push_back(i);
      continue;
    }
    Bearers& found = bearers[std::move(*key)];
    of_shop[i] = &found;
    if (found.shop_count++ == 0) found.shop_first = i;
  }
  for (std::size_t i = 0; i < erp.size(); ++i) {
    auto key = code_key(erp[i].code, switches);
    if (!key) {
      pairing.erp_codeless.push_back(i);
      continue;
    }
    Bearers& found = bearers[std::move(*key)];
    of_erp[i] = &found;
    ++found.erp_count;
  }
  for (std::size_t i = 0; i < erp.size(); ++i) {
    if (of_erp[i] == nullptr) continue;
    const Bearers& found = *of_erp[i];
    if (found.erp_count > 1) {
      pairing.erp_twins.push_back(i);
    } else if (found.shop_count > 1) {
      pairing.erp_partner_of_twins.push_back(i);
    } else if (found.shop_count == 0) {
      pairing.erp_only.push_back(i);
    } else {
      pairing.pairs.emplace_back(i, found.shop_first);
    }
  }
  for (std::size_t i = 0; i < shop.size(); ++i) {
    if (of_shop[i] == nullptr) continue;
    const Bearers& found = *of_shop[i];
    if (found.shop_count > 1) {
      pairing.shop_twins.push_back(i);
    } else if (found.erp_count > 1) {
      pairing.shop_partner_of_twins.push_back(i);
    } else if (found.erp_count == 0) {
      pairing.shop_only.push_back(i);
    }
  }
  return pairing;
}

ErpIndex::ErpIndex(std::vector<ErpProduct> products, const CodeKey& code_key,
                   const SystimSwitches& switches)
    : products_(std::move(products)) {
  by_key_.reserve(products_.size());
  for (std::size_t i = 0; i < products_.size(); ++i) {
    if (auto key = code_key(products_[i].code, switches)) by_key_[std::move(*key)].push_back(i);
  }
}

const std::vector<std::size_t>& ErpIndex::find(const std::string& key) const {
  static const std::vector<std::size_t> none;
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? none : found->second;
}

}  // namespace atrapa::core
