#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;

namespace {

Json with_warehouse(Json more, int id = 206) {
  more["warehouse_id"] = id;
  more["warehouse_type"] = "bl";
  return more;
}

Json listed_locations(Account& account, Json asked = Json::object()) {
  return account.good("getInventoryWarehouseLocations", with_warehouse(asked))["locations"];
}

}  // namespace

TEST_CASE("Locations are listed by name, 100 a page, each warehouse by itself", "[base][space]") {
  Account account;
  for (int one = 0; one < 120; ++one) {
    account.good("addInventoryWarehouseLocation",
                 with_warehouse({{"name", fmt::format("L-{:03}", one * 77 % 120)}}));
  }
  account.good("addInventoryWarehouseLocation", with_warehouse({{"name", "A-1"}}, 207));
  std::vector<std::string> names;
  for (int page = 1; page <= 3; ++page) {
    const Json rows = listed_locations(account, {{"page", page}});
    CHECK(rows.size() == (page == 1 ? 100u : page == 2 ? 20u : 0u));
    for (const Json& row : rows) names.push_back(row["name"]);
  }
  REQUIRE(names.size() == 120);
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(names.front() == "L-000");
}

TEST_CASE("A location is checked, edited and deleted in its warehouse", "[base][space]") {
  Account account;
  const Json id =
      account.good("addInventoryWarehouseLocation",
                   with_warehouse({{"name", "A-1"}, {"color", "00cc00"}}))["location_id"];
  account.good("addInventoryWarehouseLocation",
               with_warehouse({{"location_id", id}, {"is_pickable", false}, {"priority", 7}}));
  const Json row = listed_locations(account)[0];
  CHECK(row["name"] == "A-1");
  CHECK(row["color"] == "00cc00");
  CHECK(row["is_pickable"] == false);
  CHECK(row["priority"] == 7);

  const auto refused = [&](const char* method, const Json& parameters) {
    return account.refused(method, parameters) != "";
  };
  const char* const add = "addInventoryWarehouseLocation";
  CHECK(refused(add, with_warehouse(Json::object())));
  CHECK(refused(add, with_warehouse({{"name", "A-1"}})));  // Taken.
  CHECK_FALSE(refused(add, with_warehouse({{"name", "A-1"}}, 207)));
  for (const Json& wrong : Json{{{"color", "green!"}},
                                {{"priority", 0}},
                                {{"priority", 100000}},
                                {{"zone_id", 9}},
                                {{"rack_id", 9}},
                                {{"location_type_id", 9}}}) {
    Json given = with_warehouse(wrong);
    given["name"] = "B-1";
    INFO(given.dump());
    CHECK(refused(add, given));
  }
  CHECK(refused(add, with_warehouse({{"location_id", id}, {"name", "C"}}, 207)));
  CHECK(refused("deleteInventoryWarehouseLocation", with_warehouse({{"location_id", id}}, 207)));
  account.good("deleteInventoryWarehouseLocation", with_warehouse({{"location_id", id}}));
  CHECK(listed_locations(account).empty());
}

TEST_CASE("Deleting a zone deletes its racks and leaves its locations unassigned",
          "[base][space]") {
  Account account;
  const Json zone = account.good("addInventoryWarehouseZone",
                                 {{"name", "Chłodnia"}, {"color", "0000ff"}})["zone_id"];
  const Json rack = account.good("addInventoryWarehouseRack",
                                 {{"name", "R1"}, {"zone_id", zone}, {"layout", 2}})["rack_id"];
  const Json other =
      account.good("addInventoryWarehouseRack", {{"name", "R2"}, {"layout", "0"}})["rack_id"];
  account.good("addInventoryWarehouseLocation",
               with_warehouse({{"name", "A"}, {"zone_id", zone}, {"rack_id", rack}}));
  account.good("addInventoryWarehouseLocation",
               with_warehouse({{"name", "B"}, {"rack_id", other}}));

  account.good("deleteInventoryWarehouseZone", {{"zone_id", zone}});
  CHECK(account.good("getInventoryWarehouseZones")["zones"].empty());
  const Json racks = account.good("getInventoryWarehouseRacks")["racks"];
  REQUIRE(racks.size() == 1);
  CHECK(racks[0]["rack_id"] == other);
  const Json rows = listed_locations(account);
  CHECK(rows[0]["zone_id"] == 0);
  CHECK(rows[0]["rack_id"] == 0);
  CHECK(rows[1]["rack_id"] == other);
  account.good("deleteInventoryWarehouseRack", {{"rack_id", other}});
  CHECK(listed_locations(account)[1]["rack_id"] == 0);
  CHECK(account.refused("addInventoryWarehouseRack", {{"name", "R"}, {"layout", 4}}) != "");
  CHECK(account.refused("addInventoryWarehouseZone", {{"name", "Z"}, {"color", "#0000ff"}}) != "");
}

TEST_CASE("Locations of a type that goes get the default type", "[base][space]") {
  Account account;
  const auto add_type = [&](const char* name) {
    return account.good("addInventoryWarehouseLocationType",
                        {{"name", name}, {"max_weight", "25.5"}})["location_type_id"];
  };
  const Json shelf = add_type("Półka");
  const Json pallet = add_type("Paleta");
  account.good("addInventoryWarehouseLocation",
               with_warehouse({{"name", "A"}, {"location_type_id", pallet}}));
  account.good("addInventoryWarehouseLocation", with_warehouse({{"name", "B"}}));
  CHECK(listed_locations(account)[1]["location_type_id"] == shelf);
  account.good("deleteInventoryWarehouseLocationType", {{"location_type_id", pallet}});
  CHECK(listed_locations(account)[0]["location_type_id"] == shelf);
  CHECK(account.refused("deleteInventoryWarehouseLocationType", {{"location_type_id", shelf}}) !=
        "");
  const Json types = account.good("getInventoryWarehouseLocationTypes")["location_types"];
  REQUIRE(types.size() == 1);
  CHECK(types[0]["is_default"] == true);
  CHECK(types[0]["max_weight"] == 25.5);
}

TEST_CASE("Maps are those of the account", "[base][space]") {
  Account account;
  const std::int64_t id = account.door.plant("maps", {{"name", "Hala"},
                                                      {"is_default", true},
                                                      {"address_city", "Kraków"},
                                                      {"warehouses", {{{"warehouse_id", 206}}}}});
  const Json maps = account.good("getInventoryMaps")["maps"];
  REQUIRE(maps.size() == 1);
  CHECK(maps[0]["is_default"] == true);
  const Json map = account.good("getInventoryMapDetails", {{"map_id", id}});
  CHECK(map["address_city"] == "Kraków");
  CHECK(map["warehouses"] == Json::array({{{"warehouse_id", 206}, {"warehouse_type", "bl"}}}));
  CHECK(account.refused("getInventoryMapDetails", {{"map_id", id + 1}}) != "");
}
