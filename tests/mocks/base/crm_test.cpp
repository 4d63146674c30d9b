#include <catch2/catch.hpp>

#include "mocks/base/state.hpp"
#include "tests/mocks/base/orders.hpp"

using namespace atrapa::tests::base;

TEST_CASE("A client is made, edited in parts, and read", "[base][crm]") {
  Account account;
  account.door.plant("crm_statuses", {{"id", 5}, {"name", "Stały"}});
  account.door.plant("crm_extra_fields", {{"extra_field_id", 2}, {"name", "Rabat"}});
  const Json id = account.good("addCrmClient", {{"email", "biuro@example.com"},
                                                {"invoice_company", "Hurt Południe"},
                                                {"invoice_tax_id", "525-000 00-09"},
                                                {"custom_extra_fields", {{"2", "5%"}}},
                                                {"notes", "Dzwonić po 10"}})["crm_client_id"];
  account.good("addCrmClient", {{"crm_client_id", id}, {"status_id", 5}, {"star", 2}});
  const Json read =
      account.good("getCrmClientData", {{"crm_client_id", id}, {"include_custom_extra_fields", 1}});
  CHECK(read["invoice_tax_id"] == "5250000009");
  CHECK(read["email"] == "biuro@example.com");
  CHECK(read["notes"] == "Dzwonić po 10");
  CHECK(read["status_id"] == 5);
  CHECK(read["custom_extra_fields"]["2"] == "5%");
  CHECK(!account.good("getCrmClientData", {{"crm_client_id", id}}).contains("custom_extra_fields"));
  CHECK(account.good("getCrmClientExtraFields")["extra_fields"][0]["name"] == "Rabat");
  CHECK(account.refused("addCrmClient", {{"crm_client_id", 99}}) != "");
  CHECK(account.refused("addCrmClient", {{"status_id", 99}}) != "");
  CHECK(account.refused("addCrmClient", {{"contractor_id", 99}}) != "");
  CHECK(account.refused("getCrmClientData", {{"crm_client_id", 99}}) != "");
}

TEST_CASE("Clients are found by parts of texts and by whole ids", "[base][crm]") {
  Account account;
  account.door.plant("crm_statuses", {{"id", 5}, {"name", "Stały"}});
  account.good("addCrmClient", {{"email", "jan@example.com"}, {"phone", "+48600100200"}});
  account.good("addCrmClient", {{"invoice_company", "Example Sp. z o.o."},
                                {"invoice_tax_id", "5250000009"},
                                {"login", "hurt"},
                                {"status_id", 5}});
  const auto found = [&](const char* name, const Json& value) {
    std::vector<int> ids;
    const Json clients = account.good("getCrmClients", {{name, value}})["clients"];
    for (const Json& client : clients) {
      ids.push_back(client["crm_client_id"]);
    }
    return ids;
  };
  using Ids = std::vector<int>;
  CHECK(found("filter_email", "JAN@") == Ids{1});
  CHECK(found("filter_phone", "600100") == Ids{1});
  CHECK(found("filter_invoice_company", "example") == Ids{2});
  CHECK(found("filter_invoice_tax_id", "525-00") == Ids{2});
  CHECK(found("filter_login", "hurt") == Ids{2});
  CHECK(found("filter_invoice_fullname", "Jan").empty());
  CHECK(found("filter_crm_client_id", 2) == Ids{2});
  CHECK(found("filter_crm_client_id", 3).empty());
  CHECK(found("filter_status_id", 5) == Ids{2});
  CHECK(found("filter_status_id", 0) == Ids{1});
  CHECK(found("page", 1) == Ids{1, 2});
  CHECK(found("page", 2).empty());
}

TEST_CASE("Clients come 100 a page, each once", "[base][crm]") {
  Account account;
  for (int client = 0; client < 230; ++client) account.door.plant("crm_clients", Json::object());
  std::vector<int> seen;
  std::vector<std::size_t> sizes;
  for (int page = 1; page <= 4; ++page) {
    const Json clients = account.good("getCrmClients", {{"page", page}})["clients"];
    sizes.push_back(clients.size());
    for (const Json& client : clients) seen.push_back(client["crm_client_id"]);
  }
  CHECK(sizes == std::vector<std::size_t>{100, 100, 30, 0});
  std::vector<int> expected;
  for (int id = 1; id <= 230; ++id) expected.push_back(id);
  CHECK(seen == expected);
}

TEST_CASE("A deleted client leaves its orders without one", "[base][crm]") {
  Account account;
  const Json id = account.good("addCrmClient", {{"login", "jan"}})["crm_client_id"];
  account.door.plant("orders", {{"order_id", 4}, {"crm_client_id", id}});
  account.good("deleteCrmClient", {{"crm_client_id", id}});
  CHECK(read_order(account, 4)["crm_client_id"] == 0);
  CHECK(account.refused("deleteCrmClient", {{"crm_client_id", id}}) != "");
}

TEST_CASE("The clients of a removed status move to the other one", "[base][crm]") {
  Account account;
  for (const char* name : {"Nowy", "Stały"}) {
    account.good("addCrmClientStatus", {{"name", name}, {"color", "#000000"}});
  }
  const Json id = account.good("addCrmClient", {{"status_id", 1}})["crm_client_id"];
  account.good("deleteCrmClientStatus", {{"status_id", 1}, {"target_status_id", 2}});
  CHECK(account.good("getCrmClientData", {{"crm_client_id", id}})["status_id"] == 2);
}
