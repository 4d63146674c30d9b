#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/domain/contractor.hpp"
#include "core/policy/base_switches.hpp"

namespace atrapa::core {

/// Which of the books' buyers an order's buyer is.
struct BuyerMatch {
  std::optional<std::int64_t> contractor;  ///< Nothing: a new one.
  bool nip_differs = false;  ///< Joined with one of another NIP, which has to be reported.
};

/// By NIP where there is one, else by the client's login and name: eBiuro's page names the login
/// and the invoice data, no key (EBIURO-NEW-03, -05 [inferred]). Two firms are never one.
BuyerMatch match_buyer(const Contractor& buyer, std::span<const Contractor> known);

/// By name, or by NIP first (FIRMINO-ORD-10 and its switch). By name alone firms of different NIPs
/// may become one: then the match says so.
BuyerMatch match_buyer(const Contractor& buyer, std::span<const Contractor> known,
                       ContractorMatch match);

}  // namespace atrapa::core
