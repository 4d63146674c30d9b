#include "core/policy/buyer_matching.hpp"

#include <algorithm>

namespace atrapa::core {

namespace {

bool nips_differ(const Contractor& a, const Contractor& b) {
  return !a.nip.empty() && !b.nip.empty() && a.nip != b.nip;
}

template <typename Fits>
std::optional<std::int64_t> first_that(std::span<const Contractor> known, const Fits& fits) {
  const auto found = std::find_if(known.begin(), known.end(), fits);
  return found == known.end() ? std::nullopt : std::optional(found->id);
}

}  // namespace

BuyerMatch match_buyer(const Contractor& buyer, std::span<const Contractor> known) {
  if (!buyer.nip.empty()) {
    return {first_that(known, [&](const Contractor& one) { return one.nip == buyer.nip; })};
  }
  return {first_that(known, [&](const Contractor& one) {
    return one.nip.empty() && one.login == buyer.login && one.name == buyer.name;
  })};
}

BuyerMatch match_buyer(const Contractor& buyer, std::span<const Contractor> known,
                       ContractorMatch match) {
  if (match == ContractorMatch::NipThenName) {
    if (!buyer.nip.empty()) {
      const auto found =
          first_that(known, [&](const Contractor& one) { return one.nip == buyer.nip; });
      if (found) return {found};
    }
    return {first_that(known, [&](const Contractor& one) {
      return one.name == buyer.name && !nips_differ(one, buyer);
    })};
  }
  for (const Contractor& one : known) {
    if (one.name == buyer.name) return {one.id, nips_differ(one, buyer)};
  }
  return {};
}

}  // namespace atrapa::core
