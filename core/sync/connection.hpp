#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/installation.hpp"
#include "core/ledger/ledger.hpp"
#include "core/policy/reason.hpp"

namespace atrapa::core {

/// Of one user of the ERP: what the connector opens its books with (SYSTIM-CONF-02).
struct ErpKey {
  std::string login;
  std::string key;  ///< Secret.
};

/// Books without any API key are open to whoever has their file. Others open to a user's present
/// key alone: not to an empty, a former or another user's one. Only a digest is in the books.
std::optional<Objection> erp_access(const Ledger& ledger, const ErpKey& key);

/// Under which name the books keep what comes from a shop: its licence, which a new domain does not
/// change; its address where it was installed by hand.
std::string integration_name(const Installation& installation);
/// "systim-shoper@shop.example": the address without what may change about it.
std::string integration_of_url(const std::string& url);

/// The connector is put into a shop (again): the keys are the new ones and only these. What an
/// earlier installation brought into the books stays there, so that nothing comes a second time.
void put_in(Ledger& ledger, const Installation& installation, Instant now);

/// The connector is taken out of a shop: its keys are forgotten, and where the account served that
/// shop it serves none (SYSTIM-CONF-01). Orders and documents stay.
void take_out(Ledger& ledger, const std::string& shop, Instant now);

/// The account serves that shop from now on and no other (SYSTIM-CONF-06); a former one is
/// suspended.
void connect_shop(Ledger& ledger, const std::string& shop, Instant now);

/// The shop that the account serves; nothing before the first saving and after uninstalling.
std::optional<Installation> connected_shop(const Ledger& ledger);

/// What stands behind "show Shoper access keys".
struct ShownKey {
  std::string name;  ///< "address", "licence", "auth_code", "access_token", ...
  std::string value;
};

/// The keys as the shop sent them, whole: for eyes that asked for them, never for a log
/// (SYSTIM-CONF-07). Changes nothing and calls nobody.
std::vector<ShownKey> show_keys(Ledger& ledger, const Installation& installation);

/// The same with all but the last four characters of secrets covered.
std::vector<ShownKey> covered(std::vector<ShownKey> keys);

}  // namespace atrapa::core
