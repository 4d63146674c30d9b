#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/domain/product.hpp"
#include "core/policy/switches.hpp"

namespace atrapa::core {

/// The key of a code, or nothing where no code is set. See code_key() in eligibility.hpp.
using CodeKey = std::function<std::optional<std::string>(const std::optional<std::string>& code,
                                                         const SystimSwitches& switches)>;

/// Who met whom. All are positions in the spans given; each position stands in exactly one list.
struct Pairing {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  ///< ERP, shop; one to one.
  std::vector<std::size_t> erp_only, shop_only;
  std::vector<std::size_t> erp_codeless, shop_codeless;
  /// Their key is not unique among the ERP's products, or among the shop's items, the partners
  /// included (STOCK-17).
  std::vector<std::size_t> erp_twins, shop_twins;  ///< Twins on their own side.
  std::vector<std::size_t> erp_partner_of_twins,
      shop_partner_of_twins;  ///< Twins on the other side only.
};

/// Pairs in linear time, in the order of the ERP's products.
Pairing pair_by_code(std::span<const ErpProduct> erp, std::span<const ShopItem> shop,
                     const CodeKey& code_key, const SystimSwitches& switches);

/// The ERP's products by the key of their code, for order lines.
class ErpIndex {
 public:
  ErpIndex(std::vector<ErpProduct> products, const CodeKey& code_key,
           const SystimSwitches& switches);

  const std::vector<ErpProduct>& products() const { return products_; }
  /// The positions of the products under that key; empty when there is none.
  const std::vector<std::size_t>& find(const std::string& key) const;

 private:
  std::vector<ErpProduct> products_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_key_;
};

}  // namespace atrapa::core
