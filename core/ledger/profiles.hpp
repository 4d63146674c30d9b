#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/domain/contractor.hpp"
#include "core/domain/document.hpp"
#include "core/domain/profile.hpp"
#include "core/ledger/ledger.hpp"
#include "core/policy/ksef.hpp"

/// The integrations of an ERP account, what platforms told them, the buyers, and documents on their
/// way to a shop.
namespace atrapa::core {

void put_profile(Ledger& ledger, const Profile& profile);  ///< Adds, or replaces by id.
void drop_profile(Ledger& ledger, std::string_view id);
std::optional<Profile> profile(const Ledger& ledger, std::string_view id);
/// In the order in which they were made; of one program, or of all with "".
std::vector<Profile> profiles(const Ledger& ledger, std::string_view program = {});

void put_seller(Ledger& ledger, const Seller& seller);
Seller seller(const Ledger& ledger);  ///< Nothing known of it where nobody said.

/// Files it; its id.
std::int64_t add_event(Ledger& ledger, const InboundEvent& event);
void settle_event(Ledger& ledger, std::int64_t id, InboundEvent::State state,
                  std::string_view text = {});
/// Those that wait, oldest first.
std::vector<InboundEvent> pending_events(const Ledger& ledger, std::string_view integration);
std::vector<InboundEvent> events(const Ledger& ledger);  ///< All, oldest first.

/// Files the buyer; its id.
std::int64_t add_contractor(Ledger& ledger, const Contractor& contractor);
void update_contractor(Ledger& ledger, const Contractor& contractor);  ///< By id.
std::vector<Contractor> contractors(const Ledger& ledger);
std::optional<Contractor> contractor(const Ledger& ledger, std::int64_t id);
/// Oldest first; byte for byte.
std::vector<Contractor> contractors_of_name(const Ledger& ledger, std::string_view name);
std::vector<Contractor> contractors_of_nip(const Ledger& ledger, std::string_view nip);

void put_delivery(Ledger& ledger, const Delivery& delivery, Instant at);  ///< By document.
std::optional<Delivery> delivery_of(const Ledger& ledger, std::int64_t document);
/// Those not sent and not failed, by document.
std::vector<Delivery> open_deliveries(const Ledger& ledger, std::string_view integration);
std::vector<Delivery> deliveries(const Ledger& ledger);

}  // namespace atrapa::core
