#include "mocks/kit/contract.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "contract_check.hpp"
#include "shop.hpp"

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;

namespace {

const kit::Contract& shoper_contract() {
  static const kit::Contract parsed = kit::Contract::parse(atrapa::mocks::shoper::contract_json());
  return parsed;
}

/// Whether the answer of a GET fits; else the test fails with what does not.
void check_fits(Shop& shop, const std::string& path) {
  const Request request{"GET", path, {}, ""};
  const Response response = shop.get(path);
  CAPTURE(path, response.body);
  REQUIRE(response.status == 200);
  CHECK(misfits(shoper_contract(), request, response) == std::vector<std::string>{});
}

}  // namespace

TEST_CASE("Shoper: every answer of a list or an object fits the contract", "[shoper][contract]") {
  Shop shop;
  const auto product = shop.create("products", least_product("A"));
  shop.plant_product("B", "2.5", "1.00", 2);
  shop.plant("products", Json::object());
  shop.create("product-stocks",
              {{"product_id", product}, {"options", {{{"option_id", 1}, {"value_id", 2}}}}});
  Json body = least_order();
  body["additional_fields"] = {{"5", "1"}};
  const auto order = shop.create("orders", body);
  shop.door.configure({{"shopping_allow_overselling", "1"}});
  shop.create("order-products", {{"order_id", order}, {"product_id", product}, {"quantity", 1}});
  shop.create(
      "order-products",
      {{"order_id", order}, {"name", "x"}, {"quantity", 1}, {"unit_id", 1}, {"tax", "zw."}});
  shop.plant("orders", Json::object());
  shop.create("users", {{"email", "e@example.com"}});
  shop.create("payments", Json::object());
  shop.create("shippings", Json::object());
  shop.create("categories", {{"parent_id", 0}, {"translations", {{"en_US", {{"name", "x"}}}}}});
  const auto check_all = [&] {
    for (const char* resource :
         {"products", "product-stocks", "orders", "order-products", "categories", "taxes", "units",
          "payments", "shippings", "statuses", "users", "languages"}) {
      check_fits(shop, fmt::format("/webapi/rest/{}?limit=50", resource));
      for (const auto id : shop.door.ids(resource)) {
        check_fits(shop, fmt::format("/webapi/rest/{}/{}", resource, id));
      }
    }
    check_fits(shop, "/webapi/rest/application-config");
    check_fits(shop, "/webapi/rest/application-version");
  };
  check_all();

  shop.door.configure({{"warehouses_enabled", true}});
  shop.create("order-products",
              {{"order_id", order},
               {"product_id", product},
               {"warehouses",
                {{{"source_warehouse_id", 1}, {"shipping_warehouse_id", 1}, {"quantity", 1}}}}});
  check_all();
  check_fits(shop, "/webapi/rest/warehouses");
}

TEST_CASE("The contract check finds what does not fit", "[contract]") {
  Shop shop;
  const kit::Schema& schema = shoper_contract().at("taxes").schema;
  Json tax = shop.read("/webapi/rest/taxes/1");
  CHECK(misfits(schema, tax).empty());
  tax["value"] = 23;
  CHECK(misfits(schema, tax) == std::vector<std::string>{"value is 23, not int_string"});
  tax["value"] = "23";
  tax["colour"] = "red";
  tax.erase("name");
  CHECK(misfits(schema, tax) ==
        std::vector<std::string>{"colour does not belong into an answer", "name is missing"});
}

TEST_CASE("Shoper: the contract lists every call of its 80 entries once", "[shoper][contract]") {
  Shop shop;
  CHECK(shoper_contract().entries().size() == 80);
  const auto operations = shop.platform->operations();
  CHECK(operations.size() == 325);
  std::set<std::string> names;
  std::set<std::string> resources;
  std::map<kit::Emulation, int> counts;
  for (const kit::Operation& operation : operations) {
    CHECK(operation.platform == "shoper");
    resources.insert(operation.resource);
    ++counts[operation.emulation];
    CHECK(operation.provenance.starts_with("["));
    CHECK(names.insert(operation.operation).second);
  }
  CHECK(names.contains("PUT /webapi/rest/product-stocks/{id}"));
  CHECK(resources.size() == 80);
  CHECK(counts[kit::Emulation::None] == 0);
  CHECK(counts[kit::Emulation::NameOnly] == 2);
  CHECK(names.contains("ANY product-reviews"));
  CHECK(names.contains("ANY /webapi/rest/xml-feeds"));
}

TEST_CASE("Shoper: what is known by name only is refused as that, whatever is asked of it",
          "[shoper][contract]") {
  Shop shop;
  const Json before = shop.platform->snapshot()[0]["resources"];
  for (const std::string resource : {"product-reviews", "xml-feeds"}) {
    for (const std::string verb : {"GET", "HEAD", "POST", "PUT", "DELETE"}) {
      for (const std::string id : {"", "/1", "/1/2"}) {
        const std::string path = "/webapi/rest/" + resource + id;
        CAPTURE(verb, path);
        const Response response = shop.send(verb, path, "{}");
        CHECK(response.status == 501);
        CHECK(response.headers.get("X-Atrapa-Not-Emulated") == verb + " " + path);
        CHECK(response.body.find(resource + " is known by name only") != std::string::npos);
      }
    }
    CHECK(shop.send("GET", "/webapi/rest/" + resource, "", {{"Authorization", ""}}).status == 401);
  }
  CHECK(shop.platform->snapshot()[0]["resources"] == before);
  CHECK(shop.get("/webapi/rest/product-review").status == 404);
}

TEST_CASE("Shoper: the contract is proper JSON, and each of its facts has a mark",
          "[shoper][contract]") {
  const Json json = Json::parse(atrapa::mocks::shoper::contract_json());
  std::size_t fields = 0;
  for (const Json& entry : json["entries"]) {
    for (const Json& field : entry["fields"]) {
      CAPTURE(entry["resource"], field.dump());
      CHECK(json["marks"].contains(field["mark"].get<std::string>()));
      ++fields;
    }
    const kit::Entry& read = shoper_contract().at(entry["resource"].get<std::string>());
    CHECK(read.methods.size() == entry["methods"].size());
    CHECK(json["marks"][entry["mark"].get<std::string>()] == read.mark);
  }
  CHECK(fields > 1054);
}

TEST_CASE("Shoper: a call that is not imitated says so loudly, as any call after token and limit",
          "[shoper][contract]") {
  Shop shop;
  for (const kit::Operation& operation : shop.platform->operations()) {
    if (operation.emulation != kit::Emulation::None) continue;
    if (operation.operation.find("/warehouse-") != std::string::npos)
      continue;  // The module is off.
    CAPTURE(operation.operation);
    const std::size_t blank = operation.operation.find(' ');
    std::string path;
    bool inside = false;  // Of a placeholder, which becomes "1".
    for (const char c : operation.operation.substr(blank + 1)) {
      if (c == '{') path.push_back('1');
      inside = c == '{' || (inside && c != '}');
      if (!inside && c != '}') path.push_back(c);
    }
    const Response response = shop.send(operation.operation.substr(0, blank), path, "{}");
    CHECK(response.status == 501);
    CHECK(response.headers.get("X-Atrapa-Not-Emulated") == operation.operation);
    CHECK(body_of(response)["error"] == "server_error");
    CHECK(response.headers.find("X-SHOP-API-CALLS") != nullptr);
  }
  CHECK(shop.send("GET", "/webapi/rest/dashboard-stats", "", {{"Authorization", ""}}).status ==
        401);
}

TEST_CASE("A contract that cannot be read is refused by its place", "[contract]") {
  const auto error = [](std::string_view text) -> std::string {
    try {
      kit::Contract::parse(text);
    } catch (const std::exception& problem) {
      return problem.what();
    }
    return "no error";
  };
  CHECK(error("[]") == ": a contract is a JSON object with \"entries\"");
  CHECK(error(R"({"entries":[{"resource":"a","fields":[{"name":"x","type":"blob"}]}]})") ==
        "/entries/0/fields/0/type: unknown type \"blob\"");
  CHECK(error(R"({"entries":[{"resource":"a","fields":[{"name":"x","type":"id","is":"odd"}]}]})") ==
        "/entries/0/fields/0/is: unknown word \"odd\"");
  CHECK(error(R"({"entries":[{"resource":"a","mark":"x"}]})") ==
        "/entries/0/mark: not one of the contract's marks");
  CHECK(error(R"({"entries":[{"resource":"a","methods":[{"do":"GET /a","emulation":"full"}]}]})") ==
        "/entries/0/methods/0/emulation: expected behaviour, contract or none");
}
