#include "tests/harness/opened_account.hpp"

#include "mocks/base/base.hpp"

namespace atrapa::tests {

namespace {

constexpr const char* kAccount = R"([{
  "account": "demo", "tokens": [{"token": "made-up", "name": "eBiuro"}],
  "catalogue": {
    "inventories": [{"inventory_id": 307, "name": "Katalog", "languages": ["pl"],
      "default_language": "pl", "price_groups": [105], "default_price_group": 105,
      "warehouses": ["bl_206"], "default_warehouse": "bl_206", "is_default": true}],
    "price_groups": [{"price_group_id": 105, "name": "Podstawowa", "currency": "PLN",
      "is_default": true}],
    "warehouses": [{"warehouse_id": 206, "name": "Domyślny", "stock_edition": true,
      "is_default": true}]},
  "sales": {"order_statuses": [{"id": 401, "name": "Nowe", "is_primary": true},
                               {"id": 402, "name": "Do księgowania"},
                               {"id": 403, "name": "Wysłane"}]},
  "invoicing": {"series": [{"id": 21, "name": "Faktury", "is_default": true},
                           {"id": 23, "type": "RECEIPT", "name": "Paragony", "is_default": true}]}}])";

}  // namespace

std::unique_ptr<mocks::kit::Platform> base_account() {
  auto base = mocks::base::make_base();
  base->restore(mocks::kit::Json::parse(kAccount));
  return base;
}

std::unique_ptr<mocks::kit::Platform> two_base_accounts() {
  auto accounts = mocks::kit::Json::parse(kAccount);
  accounts.push_back(accounts[0]);
  accounts[1]["account"] = "other";
  accounts[1]["tokens"][0]["token"] = "made-up-too";
  auto base = mocks::base::make_base();
  base->restore(accounts);
  return base;
}

}  // namespace atrapa::tests
