#include <catch2/catch.hpp>

#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;

TEST_CASE("A supplier is made, found by a part of its name, edited and deleted", "[base]") {
  Account account;
  const Json supplier = {{"name", "Hurt Południe"},
                         {"take_product_cost_from", "cost"},
                         {"take_product_code_from", "ean"},
                         {"city", "Kraków"}};
  const Json id = account.good("addInventorySupplier", supplier)["supplier_id"];
  Json edit = {{"supplier_id", id},
               {"name", "Hurt Północ"},
               {"take_product_cost_from", "105"},
               {"take_product_code_from", "sku"}};
  CHECK(account.good("addInventorySupplier", edit)["supplier_id"] == id);

  const Json found =
      account.good("getInventorySuppliers", {{"filter_name", "Północ"}})["suppliers"];
  REQUIRE(found.size() == 1);
  CHECK(found[0]["city"] == "Kraków");  // Left out of the edit.
  CHECK(account.good("getInventorySuppliers", {{"filter_name", "Zachód"}})["suppliers"].empty());
  edit["supplier_id"] = 99;
  CHECK(account.refused("addInventorySupplier", edit) == "ERROR_UNDOCUMENTED");

  account.good("deleteInventorySupplier", {{"supplier_id", id}});
  CHECK(account.refused("deleteInventorySupplier", {{"supplier_id", id}}) != "");
}

TEST_CASE("A payer is made, listed and deleted", "[base]") {
  Account account;
  const Json id = account.good("addInventoryPayer",
                               {{"name", "Nasza Spółka"}, {"tax_no", "5250000009"}})["payer_id"];
  const Json payers = account.good("getInventoryPayers", {{"filter_id", id}})["payers"];
  REQUIRE(payers.size() == 1);
  CHECK(payers[0]["tax_no"] == "5250000009");
  account.good("deleteInventoryPayer", {{"payer_id", id}});
  CHECK(account.good("getInventoryPayers")["payers"].empty());
}
