#pragma once

#include <cstdint>
#include <string>

#include "core/domain/order.hpp"

namespace atrapa::core {

/// A buyer in the ERP's books.
struct Contractor {
  std::int64_t id = 0;    ///< Given by the ledger.
  std::string name = {};  ///< Company, else the person's full name, byte for byte.
  std::string nip = {};   ///< As document_nip() gives it; "" for none.
  std::string email = {}, phone = {}, login = {};
  ShopParty party = {};

  bool operator==(const Contractor&) const = default;
};

}  // namespace atrapa::core
